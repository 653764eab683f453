/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "guarded-memory.h"
#include "kernel-cases.h"
#include "kernels/kernel-dispatch.h"

/*
 * Every kernel of every instruction set against the scalar one, on every bit pattern that a scale can have and random
 * others, between pages that must not be touched.
 */

#define ALL_SCALES 65536u
#define MANY_NUMBERS 70001u

static const TestKernelCase *
find_case (guint32 type)
{
  for (gsize i = 0; i < test_kernel_n_cases; i++)
    if (test_kernel_cases[i].type == type)
      return &test_kernel_cases[i];
  return NULL;
}

static float *
expect (const TestKernelCase *kind, const guint8 *blocks, gsize n_blocks)
{
  const PaddockKernel *scalar = paddock_kernel_dispatch_find (kind->type, PADDOCK_KERNEL_SCALAR, NULL);
  float *out = g_new (float, n_blocks * kind->block + 1);

  g_assert_nonnull (scalar);
  scalar->dequantize (blocks, n_blocks, out);
  return out;
}

static void
assert_same (const TestKernelCase *kind, const guint8 *blocks, const float *got, const float *expected, gsize n_blocks)
{
  gsize n = n_blocks * kind->block;
  gsize first = test_kernel_case_compare (got, expected, n);
  guint32 bits[2];

  if (first == n)
    return;
  memcpy (&bits[0], got + first, sizeof bits[0]);
  memcpy (&bits[1], expected + first, sizeof bits[1]);
  g_autofree char *dump = NULL;
  g_autoptr (GString) hex = g_string_new (NULL);
  for (gsize i = 0; i < kind->bytes; i++)
    g_string_append_printf (hex, "%02x", blocks[first / kind->block * kind->bytes + i]);
  dump = g_string_free_and_steal (g_steal_pointer (&hex));
  g_error ("%s: block %" G_GSIZE_FORMAT ", number %" G_GSIZE_FORMAT ": %08x (%g), not %08x (%g); block %s", kind->name,
           first / kind->block, first % kind->block, bits[0], (double) got[first], bits[1], (double) expected[first], dump);
}

/* What the kernel reads and writes lies at the very edge, before or behind which nothing may be touched. */
static void
check_edges (const TestKernelCase *kind, PaddockDequantizeFunc run, gsize n_blocks, gboolean at_end, gsize alignment)
{
  g_autofree guint8 *blocks = test_kernel_case_make_blocks (kind, n_blocks, (guint32) n_blocks);
  g_autofree float *expected = expect (kind, blocks, n_blocks);
  gsize in_size = n_blocks * kind->bytes;
  gsize out_size = n_blocks * kind->block * sizeof (float);
  g_auto (TestGuardedMemory) in = { 0 };
  g_auto (TestGuardedMemory) out = { 0 };
  guint8 *from;
  float *to;

  test_guarded_memory_init (&in, in_size);
  test_guarded_memory_init (&out, out_size + alignment);
  from = test_guarded_memory_place (&in, in_size, at_end);
  to = (float *) (gpointer) test_guarded_memory_place (&out, (out_size + alignment - 1) / alignment * alignment, at_end);
  memcpy (from, blocks, in_size);
  memset (out.start, 0xa5, out.room);
  run (from, n_blocks, to);
  assert_same (kind, blocks, to, expected, n_blocks);
  for (guint8 *byte = out.start; byte < out.start + out.room; byte++)
    if (byte < (guint8 *) to || byte >= (guint8 *) to + out_size)
      g_assert_cmphex (*byte, ==, 0xa5);
}

static void
check_all_scales (const TestKernelCase *kind, PaddockDequantizeFunc run)
{
  for (gsize done = 0; done < ALL_SCALES; done += ALL_SCALES / 8)
    {
      gsize n = ALL_SCALES / 8;
      g_autofree guint8 *blocks = test_kernel_case_make_blocks (kind, done + n, 77);
      const guint8 *piece = blocks + done * kind->bytes;
      g_autofree float *expected = expect (kind, piece, n);
      gsize size = (n * kind->block * sizeof (float) + 63) / 64 * 64;
      float *out = aligned_alloc (PADDOCK_KERNEL_STREAM_ALIGNMENT, size);

      run (piece, n, out);
      assert_same (kind, piece, out, expected, n);
      free (out);
    }
}

typedef struct
{
  const TestKernelCase *kind;
  const PaddockKernel *kernel;
} KernelTest;

static void
test_kernel (gconstpointer data)
{
  static const gsize counts[] = { 0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 33, 63, 65, 127, 258, 1023 };
  const KernelTest *test = data;
  PaddockDequantizeFunc stream = test->kernel->stream;

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    for (guint at_end = 0; at_end < 2; at_end++)
      {
        check_edges (test->kind, test->kernel->dequantize, counts[i], at_end, sizeof (float));
        if (stream != NULL)
          check_edges (test->kind, stream, counts[i], at_end, PADDOCK_KERNEL_STREAM_ALIGNMENT);
      }
  check_all_scales (test->kind, test->kernel->dequantize);
  if (stream == NULL)
    return;
  check_all_scales (test->kind, stream);
  /* What goes by turns, and a rest that does not. */
  check_edges (test->kind, stream, MANY_NUMBERS / test->kind->block, FALSE, PADDOCK_KERNEL_STREAM_ALIGNMENT);
  check_edges (test->kind, stream, MANY_NUMBERS / test->kind->block, TRUE, PADDOCK_KERNEL_STREAM_ALIGNMENT);
}

/* The scalar kernels reach here through no other: that they are right, test-kernels-ggml and the references say. */
static void
test_complete (gconstpointer data)
{
  guint isa = GPOINTER_TO_UINT (data);

  for (gsize i = 0; i < test_kernel_n_cases; i++)
    {
      const PaddockKernel *kernel = paddock_kernel_dispatch_find (test_kernel_cases[i].type, isa, NULL);

      if (kernel == NULL)
        g_error ("%s has no kernel for %s", paddock_kernel_isa_get_name (isa), test_kernel_cases[i].name);
    }
}

static void
test_names (void)
{
  g_autofree char *unknown = NULL;
  guint mask;

  g_assert_true (paddock_kernel_isa_parse_list ("scalar, AVX2", &mask, &unknown));
  g_assert_cmphex (mask, ==, PADDOCK_KERNEL_SCALAR | PADDOCK_KERNEL_AVX2);
  g_assert_null (unknown);
  g_assert_false (paddock_kernel_isa_parse_list ("avx512,mmx,sse", &mask, &unknown));
  g_assert_cmphex (mask, ==, PADDOCK_KERNEL_AVX512);
  g_assert_cmpstr (unknown, ==, "mmx");
}

static void
test_unknown_type (void)
{
  static const guint32 types[] = { 4, 5, 31, 37, 38, 43, 63, 64, 97, 400, G_MAXUINT32 };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_assert_null (paddock_kernel_dispatch_find (types[i], PADDOCK_KERNEL_ALL, NULL));
      g_assert_null (paddock_kernel_dispatch_get (types[i], NULL));
    }
}

/* The whole table follows PADDOCK_KERNELS, which is read once: in a process of its own. */
static void
test_environment (void)
{
  PaddockKernelIsa isa;

  if (g_test_subprocess ())
    {
      g_assert_cmphex (paddock_kernel_dispatch_get_allowed (), ==, PADDOCK_KERNEL_SCALAR);
      for (gsize i = 0; i < test_kernel_n_cases; i++)
        {
          g_assert_nonnull (paddock_kernel_dispatch_get (test_kernel_cases[i].type, &isa));
          g_assert_cmphex (isa, ==, PADDOCK_KERNEL_SCALAR);
        }
      return;
    }
  g_setenv ("PADDOCK_KERNELS", "scalar", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_unsetenv ("PADDOCK_KERNELS");
}

static void
add_kernels (PaddockKernelIsa isa)
{
  g_autofree char *complete = g_strdup_printf ("/kernels/%s/complete", paddock_kernel_isa_get_name (isa));

  g_test_add_data_func (complete, GUINT_TO_POINTER (isa), test_complete);
  for (guint32 type = 0; type < 64; type++)
    {
      const PaddockKernel *kernel = paddock_kernel_dispatch_find (type, isa, NULL);
      KernelTest *test;
      g_autofree char *path = NULL;

      if (kernel == NULL)
        continue;
      test = g_new (KernelTest, 1);
      *test = (KernelTest) { find_case (type), kernel };
      g_assert_nonnull (test->kind);
      path = g_strdup_printf ("/kernels/%s/%s", paddock_kernel_isa_get_name (isa), test->kind->name);
      g_test_add_data_func_full (path, test, test_kernel, g_free);
    }
}

int
main (int argc, char **argv)
{
  guint available;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  available = paddock_kernel_dispatch_get_available ();
  g_test_add_func ("/kernels/names", test_names);
  g_test_add_func ("/kernels/unknown-type", test_unknown_type);
  g_test_add_func ("/kernels/environment", test_environment);
  for (guint isa = 1; isa <= PADDOCK_KERNEL_AVX512; isa <<= 1)
    if (available & isa)
      add_kernels ((PaddockKernelIsa) isa);
  return g_test_run ();
}
