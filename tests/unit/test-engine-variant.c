/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/engine-variant.h"

#define HASWELL "fma f16c sse4_2 bmi2 avx avx2"
#define AVX512 HASWELL " avx512f avx512cd avx512vl avx512dq avx512bw"

static void
assert_chosen (const char *cpuinfo, const char *name)
{
  const PaddockEngineVariant *variant = paddock_engine_variant_for_cpuinfo (cpuinfo);

  g_assert_cmpstr (variant != NULL ? variant->name : NULL, ==, name);
}

static void
test_intel (void)
{
  assert_chosen ("processor\t: 0\nflags\t\t: fpu sse2\n", "x64");
  assert_chosen ("flags\t\t: sse4_2 popcnt\n", "sse42");
  assert_chosen ("flags\t\t: sse4_2 avx\n", "sandybridge");
  assert_chosen ("flags\t\t: sse4_2 avx f16c\n", "ivybridge");
  assert_chosen ("flags\t\t: sse4_2 avx f16c fma\n", "piledriver");
  assert_chosen ("flags\t\t: " HASWELL "\n", "haswell");
  assert_chosen ("flags\t\t: " HASWELL " avx_vnni\n", "alderlake");
  assert_chosen ("flags\t\t: " AVX512 "\n", "skylakex");
  assert_chosen ("flags\t\t: " AVX512 " avx512_vnni\n", "cascadelake");
  assert_chosen ("flags\t\t: " AVX512 " avx512vbmi avx512_vnni\n", "icelake");
  assert_chosen ("flags\t\t: " AVX512 " avx512_vnni avx512_bf16\n", "cooperlake");
  assert_chosen ("flags\t\t: " AVX512 " avx512vbmi avx512_vnni avx512_bf16\n", "zen4");
  assert_chosen ("flags\t\t: " AVX512 " avx512vbmi avx512_vnni avx512_bf16 amx_int8 avx_vnni\n", "sapphirerapids");
}

/* AVX-512 counts only as a whole, and the first processor speaks for all. */
static void
test_incomplete (void)
{
  assert_chosen ("flags\t\t: " HASWELL " avx512f avx512cd avx512vl avx512dq\n", "haswell");
  assert_chosen ("flags\t\t: " HASWELL "\nflags\t\t: sse4_2\n", "haswell");
  assert_chosen ("flags\t\t: " AVX512 " amx_int8\n", "skylakex");
  assert_chosen ("", NULL);
  assert_chosen ("model name\t: something\n", NULL);
}

static void
test_arm (void)
{
  assert_chosen ("Features\t: fp asimd\n", "armv8.0_1");
  assert_chosen ("Features\t: fp asimd asimddp\n", "armv8.2_1");
  assert_chosen ("Features\t: asimddp asimdhp\n", "armv8.2_2");
  assert_chosen ("Features\t: asimddp asimdhp sve i8mm\n", "armv8.6_1");
  assert_chosen ("Features\t: asimddp asimdhp sve i8mm sve2\n", "armv8.6_2");
}

static void
test_names (void)
{
  g_assert_cmpstr (paddock_engine_variant_lookup ("x86-64-v3")->name, ==, "haswell");
  g_assert_cmpstr (paddock_engine_variant_lookup ("x86-64-v4")->name, ==, "skylakex");
  g_assert_cmpstr (paddock_engine_variant_lookup ("ZEN4")->name, ==, "zen4");
  g_assert_cmpstr (paddock_engine_variant_lookup ("zen3")->name, ==, "haswell");
  g_assert_null (paddock_engine_variant_lookup ("pentium"));
  for (guint i = 0; i < paddock_engine_variant_get_count (); i++)
    {
      const PaddockEngineVariant *variant = paddock_engine_variant_get (i);

      g_assert_true (paddock_engine_variant_lookup (variant->name) == variant);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine-variant/intel", test_intel);
  g_test_add_func ("/engine-variant/incomplete", test_incomplete);
  g_test_add_func ("/engine-variant/arm", test_arm);
  g_test_add_func ("/engine-variant/names", test_names);
  return g_test_run ();
}
