/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quant/quant-tradeoffs.h"

#include <math.h>

#define BITS_SCALE 10000
#define SCALED_BYTE (8 * BITS_SCALE)

/*
 * Bits: the files of Llama 3.1 8B that llama.cpp's documentation of its quantizer lists; where it leaves a type out, the
 * published size of the file of Llama 3 8B over its 8.03 thousand million weights. Nominal ones are the main type's own.
 *
 * Perplexity and divergence: llama.cpp's scoreboard for Llama 3 8B, revision f364eb6f, the test set of Wikitext-2, against
 * 16 bits. K-quants and older types without an importance matrix, the others with one of ten million tokens of Wikitext.
 * That is one model and one English text: larger models lose less, and other models may lose more.
 */
#define BASE_PERPLEXITY 6.231636

#define UNUSED PADDOCK_QUANT_IMATRIX_UNUSED
#define HELPS PADDOCK_QUANT_IMATRIX_HELPS
#define NEEDED PADDOCK_QUANT_IMATRIX_NEEDED
#define ORDINARY PADDOCK_QUANT_SPEED_ORDINARY
#define SIMPLE PADDOCK_QUANT_SPEED_SIMPLE
#define TABLES PADDOCK_QUANT_SPEED_TABLES
#define USE(name) PADDOCK_QUANT_USE_##name

/* name, bits, nominal, advised, perplexity, divergence, with an importance matrix, needs one, speed, use */
const PaddockQuantTradeoff paddock_quant_tradeoffs[] = {
  { "F32", 320000, FALSE, FALSE, 0, 0, FALSE, UNUSED, SIMPLE, USE (SOURCE) },
  { "BF16", 160005, FALSE, TRUE, 0, 0, FALSE, UNUSED, SIMPLE, USE (SOURCE) },
  { "F16", 160005, FALSE, FALSE, 0, 0, FALSE, UNUSED, SIMPLE, USE (SOURCE) },
  { "Q8_0", 85008, FALSE, TRUE, 0.002650, 0.001355, FALSE, UNUSED, SIMPLE, USE (NO_COMPROMISE) },
  { "Q6_K", 65633, FALSE, TRUE, 0.021748, 0.005452, FALSE, HELPS, ORDINARY, USE (NO_COMPROMISE) },
  { "Q5_K_M", 57036, FALSE, TRUE, 0.056974, 0.010762, FALSE, HELPS, ORDINARY, USE (QUALITY) },
  { "Q5_K_S", 55704, FALSE, TRUE, 0.104964, 0.016595, FALSE, HELPS, ORDINARY, USE (QUALITY) },
  { "Q5_1", 60440, FALSE, FALSE, 0.106223, 0.018045, FALSE, HELPS, SIMPLE, USE (LEGACY) },
  { "Q5_0", 55730, FALSE, FALSE, 0.131591, 0.022239, FALSE, HELPS, SIMPLE, USE (LEGACY) },
  { "Q4_K_M", 48944, FALSE, TRUE, 0.175482, 0.031273, FALSE, HELPS, ORDINARY, USE (EVERYDAY) },
  { "IQ4_NL", 46818, FALSE, FALSE, 0.223959, 0.035742, TRUE, HELPS, ORDINARY, USE (TIGHT) },
  { "IQ4_XS", 44597, FALSE, TRUE, 0.228071, 0.036334, TRUE, HELPS, ORDINARY, USE (TIGHT) },
  { "Q4_K_S", 46672, FALSE, FALSE, 0.268895, 0.043136, FALSE, HELPS, ORDINARY, USE (TIGHT) },
  { "Q4_1", 51130, FALSE, FALSE, 0.451103, 0.071683, FALSE, HELPS, SIMPLE, USE (LEGACY) },
  { "Q4_0", 46430, FALSE, FALSE, 0.468514, 0.071940, FALSE, HELPS, SIMPLE, USE (LEGACY) },
  { "Q3_K_L", 42979, FALSE, TRUE, 0.556242, 0.087176, FALSE, HELPS, ORDINARY, USE (LARGE_MODEL) },
  { "Q3_K_M", 40010, FALSE, TRUE, 0.656864, 0.101913, FALSE, HELPS, ORDINARY, USE (LARGE_MODEL) },
  { "IQ3_M", 37628, FALSE, TRUE, 0.666694, 0.102534, TRUE, HELPS, TABLES, USE (LARGE_MODEL) },
  { "IQ3_S", 36606, FALSE, TRUE, 0.733867, 0.111278, TRUE, HELPS, TABLES, USE (LARGE_MODEL) },
  { "IQ3_XS", 34977, FALSE, TRUE, 0.931409, 0.138693, TRUE, HELPS, TABLES, USE (LARGE_MODEL) },
  { "IQ3_XXS", 32548, FALSE, TRUE, 1.226803, 0.183625, TRUE, HELPS, TABLES, USE (LARGE_MODEL) },
  { "Q3_K_S", 36429, FALSE, FALSE, 1.632152, 0.228217, FALSE, HELPS, ORDINARY, USE (LARGE_MODEL) },
  { "IQ2_M", 29294, FALSE, TRUE, 2.369166, 0.325989, TRUE, HELPS, TABLES, USE (LAST_RESORT) },
  { "Q2_K_S", 29697, FALSE, FALSE, 3.092145, 0.403360, TRUE, NEEDED, ORDINARY, USE (LAST_RESORT) },
  { "IQ2_S", 27403, FALSE, TRUE, 3.419148, 0.439197, TRUE, HELPS, TABLES, USE (LAST_RESORT) },
  { "Q2_K", 31593, FALSE, FALSE, 3.519934, 0.445132, FALSE, HELPS, ORDINARY, USE (LAST_RESORT) },
  { "IQ2_XS", 25882, FALSE, TRUE, 4.529791, 0.546290, TRUE, NEEDED, TABLES, USE (LAST_RESORT) },
  { "IQ2_XXS", 23824, FALSE, TRUE, 7.860148, 0.812022, TRUE, NEEDED, TABLES, USE (LAST_RESORT) },
  { "IQ1_M", 21460, FALSE, TRUE, 19.262089, 1.393084, TRUE, NEEDED, TABLES, USE (LAST_RESORT) },
  { "IQ1_S", 20042, FALSE, TRUE, 54.462959, 2.254554, TRUE, NEEDED, TABLES, USE (LAST_RESORT) },
  { "NVFP4", 45000, TRUE, FALSE, NAN, NAN, FALSE, UNUSED, ORDINARY, USE (TRAINED) },
  { "MXFP4_MOE", 42500, TRUE, FALSE, NAN, NAN, FALSE, UNUSED, ORDINARY, USE (TRAINED) },
  { "Q2_0", 22500, TRUE, FALSE, NAN, NAN, FALSE, UNUSED, SIMPLE, USE (TRAINED) },
  { "TQ2_0", 20625, TRUE, FALSE, NAN, NAN, FALSE, UNUSED, SIMPLE, USE (TRAINED) },
  { "I2_S", 20000, TRUE, FALSE, NAN, NAN, FALSE, UNUSED, SIMPLE, USE (TRAINED) },
  { "TQ1_0", 16875, TRUE, FALSE, NAN, NAN, FALSE, UNUSED, ORDINARY, USE (TRAINED) },
  { "Q1_0", 11250, TRUE, FALSE, NAN, NAN, FALSE, UNUSED, SIMPLE, USE (TRAINED) },
};
const gsize paddock_quant_tradeoffs_count = G_N_ELEMENTS (paddock_quant_tradeoffs);

/* What llama.cpp's tools take a family's name for, and a type that files use under another name. */
static const char * const aliases[][2] = {
  { "Q3_K", "Q3_K_M" },
  { "Q4_K", "Q4_K_M" },
  { "Q5_K", "Q5_K_M" },
  { "MXFP4", "MXFP4_MOE" },
};

/**
 * paddock_quant_tradeoff_lookup:
 * @name: (nullable): a file type, "Q4_K_M"
 *
 * Returns: (transfer none) (nullable): its trade-offs, or %NULL if none are known
 */
const PaddockQuantTradeoff *
paddock_quant_tradeoff_lookup (const char *name)
{
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (aliases); i++)
    if (g_ascii_strcasecmp (aliases[i][0], name) == 0)
      name = aliases[i][1];
  for (gsize i = 0; name != NULL && i < paddock_quant_tradeoffs_count; i++)
    if (g_ascii_strcasecmp (paddock_quant_tradeoffs[i].name, name) == 0)
      return &paddock_quant_tradeoffs[i];
  return NULL;
}

/**
 * paddock_quant_tradeoff_get_grade:
 * @self: trade-offs
 *
 * Returns: their quality in a word, by the published divergence
 */
PaddockQuantGrade
paddock_quant_tradeoff_get_grade (const PaddockQuantTradeoff *self)
{
  static const double limits[] = { 0.35, 0.12, 0.05, 0.02, 0.003, 0 };
  PaddockQuantGrade grade = PADDOCK_QUANT_GRADE_POOR;

  if (isnan (self->divergence))
    return PADDOCK_QUANT_GRADE_UNKNOWN;
  for (gsize i = 0; i < G_N_ELEMENTS (limits) && self->divergence <= limits[i]; i++)
    grade++;
  return grade;
}

double
paddock_quant_tradeoff_get_relative_loss (const PaddockQuantTradeoff *self)
{
  return self->perplexity / BASE_PERPLEXITY;
}

/**
 * paddock_quant_tradeoff_estimate_size:
 * @self: trade-offs
 * @weights: how many weights a model has
 *
 * Returns: about how many bytes they take, rounded up
 */
guint64
paddock_quant_tradeoff_estimate_size (const PaddockQuantTradeoff *self, guint64 weights)
{
  guint64 whole;
  guint64 rest = (weights % SCALED_BYTE) * self->bits;
  guint64 size;

  if (__builtin_mul_overflow (weights / SCALED_BYTE, self->bits, &whole) ||
      __builtin_add_overflow (whole, (rest + SCALED_BYTE - 1) / SCALED_BYTE, &size))
    return G_MAXUINT64;
  return size;
}
