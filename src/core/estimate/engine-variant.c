/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/engine-variant.h"

#include <string.h>

#define AVX1 (PADDOCK_ENGINE_SSE42 | PADDOCK_ENGINE_AVX)
#define V3 (AVX1 | PADDOCK_ENGINE_F16C | PADDOCK_ENGINE_FMA | PADDOCK_ENGINE_BMI2 | PADDOCK_ENGINE_AVX2)
#define V4 (V3 | PADDOCK_ENGINE_AVX512)
#define ARM_8_2 (PADDOCK_ENGINE_DOTPROD | PADDOCK_ENGINE_FP16)
#define ARM_8_6 (ARM_8_2 | PADDOCK_ENGINE_SVE | PADDOCK_ENGINE_I8MM)

static const PaddockEngineVariant variants[] = {
  { "x64", 0, FALSE },
  { "sse42", PADDOCK_ENGINE_SSE42, FALSE },
  { "sandybridge", AVX1, FALSE },
  { "ivybridge", AVX1 | PADDOCK_ENGINE_F16C, FALSE },
  { "piledriver", AVX1 | PADDOCK_ENGINE_F16C | PADDOCK_ENGINE_FMA, FALSE },
  { "haswell", V3, FALSE },
  { "alderlake", V3 | PADDOCK_ENGINE_AVX_VNNI, FALSE },
  { "skylakex", V4, FALSE },
  { "cannonlake", V4 | PADDOCK_ENGINE_AVX512_VBMI, FALSE },
  { "cascadelake", V4 | PADDOCK_ENGINE_AVX512_VNNI, FALSE },
  { "icelake", V4 | PADDOCK_ENGINE_AVX512_VBMI | PADDOCK_ENGINE_AVX512_VNNI, FALSE },
  { "cooperlake", V4 | PADDOCK_ENGINE_AVX512_VNNI | PADDOCK_ENGINE_AVX512_BF16, FALSE },
  { "zen4", V4 | PADDOCK_ENGINE_AVX512_VBMI | PADDOCK_ENGINE_AVX512_VNNI | PADDOCK_ENGINE_AVX512_BF16, FALSE },
  { "sapphirerapids",
    V4 | PADDOCK_ENGINE_AVX512_VBMI | PADDOCK_ENGINE_AVX512_VNNI | PADDOCK_ENGINE_AVX512_BF16 | PADDOCK_ENGINE_AMX,
    FALSE },
  { "armv8.0_1", 0, TRUE },
  { "armv8.2_1", PADDOCK_ENGINE_DOTPROD, TRUE },
  { "armv8.2_2", ARM_8_2, TRUE },
  { "armv8.2_3", ARM_8_2 | PADDOCK_ENGINE_SVE, TRUE },
  { "armv8.6_1", ARM_8_6, TRUE },
  { "armv8.6_2", ARM_8_6 | PADDOCK_ENGINE_SVE2, TRUE },
  { "armv9.2_1", ARM_8_6 | PADDOCK_ENGINE_SME, TRUE },
  { "armv9.2_2", ARM_8_6 | PADDOCK_ENGINE_SVE2 | PADDOCK_ENGINE_SME, TRUE },
};

/* The levels of x86-64, and the names of processors that people know, for which the engine has no library. */
static const struct
{
  const char *name;
  const char *variant;
} other_names[] = {
  { "x86-64", "x64" },         { "x86-64-v1", "x64" },      { "x86-64-v2", "sse42" },
  { "x86-64-v3", "haswell" },  { "x86-64-v4", "skylakex" }, { "skylake", "haswell" },
  { "broadwell", "haswell" },  { "zen", "haswell" },        { "zen2", "haswell" },
  { "zen3", "haswell" },       { "zen5", "zen4" },          { "tigerlake", "icelake" },
  { "rocketlake", "icelake" }, { "raptorlake", "alderlake" }, { "emeraldrapids", "sapphirerapids" },
  { "graniterapids", "sapphirerapids" },
};

/* AVX-512 is five of them: what follows counts only together. */
static const struct
{
  const char *flag;
  guint feature;
} flags[] = {
  { "fma", PADDOCK_ENGINE_FMA },
  { "f16c", PADDOCK_ENGINE_F16C },
  { "sse4_2", PADDOCK_ENGINE_SSE42 },
  { "bmi2", PADDOCK_ENGINE_BMI2 },
  { "avx", PADDOCK_ENGINE_AVX },
  { "avx2", PADDOCK_ENGINE_AVX2 },
  { "avx_vnni", PADDOCK_ENGINE_AVX_VNNI },
  { "avx512vbmi", PADDOCK_ENGINE_AVX512_VBMI },
  { "avx512_bf16", PADDOCK_ENGINE_AVX512_BF16 },
  { "avx512_vnni", PADDOCK_ENGINE_AVX512_VNNI },
  { "amx_int8", PADDOCK_ENGINE_AMX },
  { "asimddp", PADDOCK_ENGINE_DOTPROD },
  { "asimdhp", PADDOCK_ENGINE_FP16 },
  { "sve", PADDOCK_ENGINE_SVE },
  { "i8mm", PADDOCK_ENGINE_I8MM },
  { "sve2", PADDOCK_ENGINE_SVE2 },
  { "sme", PADDOCK_ENGINE_SME },
};

static const char *const avx512_parts[] = { "avx512f", "avx512cd", "avx512vl", "avx512dq", "avx512bw", NULL };

/**
 * paddock_engine_variant_get_count:
 *
 * Returns: how many variants there are
 */
guint
paddock_engine_variant_get_count (void)
{
  return G_N_ELEMENTS (variants);
}

/**
 * paddock_engine_variant_get:
 * @position: below paddock_engine_variant_get_count()
 *
 * Returns: (transfer none): a variant
 */
const PaddockEngineVariant *
paddock_engine_variant_get (guint position)
{
  g_return_val_if_fail (position < G_N_ELEMENTS (variants), NULL);

  return &variants[position];
}

static const PaddockEngineVariant *
lookup_exactly (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    if (g_ascii_strcasecmp (variants[i].name, name) == 0)
      return &variants[i];
  return NULL;
}

/**
 * paddock_engine_variant_lookup:
 * @name: "haswell", "x86-64-v3", "zen4"
 *
 * Returns: (transfer none) (nullable): the variant of that name
 */
const PaddockEngineVariant *
paddock_engine_variant_lookup (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (other_names); i++)
    if (g_ascii_strcasecmp (other_names[i].name, name) == 0)
      return lookup_exactly (other_names[i].variant);
  return lookup_exactly (name);
}

/* The words of the first line that begins with one of the two names which kernels give to it. */
static GStrv
split_flags (const char *cpuinfo, gboolean *arm)
{
  g_auto (GStrv) lines = g_strsplit (cpuinfo, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *colon = strchr (lines[i], ':');

      *arm = g_str_has_prefix (lines[i], "Features");
      if (colon != NULL && (*arm || g_str_has_prefix (lines[i], "flags")))
        return g_strsplit_set (colon + 1, " \t", -1);
    }
  return NULL;
}

static guint
read_features (const char *const *words)
{
  guint features = 0;
  gboolean avx512 = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if (g_strv_contains (words, flags[i].flag))
      features |= flags[i].feature;
  for (guint i = 0; avx512_parts[i] != NULL; i++)
    avx512 = avx512 && g_strv_contains (words, avx512_parts[i]);
  return avx512 ? features | PADDOCK_ENGINE_AVX512 : features;
}

/**
 * paddock_engine_variant_for_cpuinfo:
 * @cpuinfo: the text of /proc/cpuinfo
 *
 * Returns: (transfer none) (nullable): the variant that the engine would load: of those whose features are all there,
 *   the one whose features weigh most; %NULL if the text tells nothing
 */
const PaddockEngineVariant *
paddock_engine_variant_for_cpuinfo (const char *cpuinfo)
{
  const PaddockEngineVariant *best = NULL;
  gboolean arm = FALSE;
  g_auto (GStrv) words = split_flags (cpuinfo, &arm);
  guint features;

  if (words == NULL)
    return NULL;
  features = read_features ((const char *const *) words);
  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    if (variants[i].arm == arm && (variants[i].features & ~features) == 0 &&
        (best == NULL || variants[i].features > best->features))
      best = &variants[i];
  return best;
}

static gpointer
find_own (gpointer data)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents ("/proc/cpuinfo", &text, NULL, NULL))
    return NULL;
  return (gpointer) paddock_engine_variant_for_cpuinfo (text);
}

/**
 * paddock_engine_variant_of_this_processor:
 *
 * Returns: (transfer none) (nullable): the variant that the engine loads here; %NULL if the system does not tell
 */
const PaddockEngineVariant *
paddock_engine_variant_of_this_processor (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, find_own, NULL);
}
