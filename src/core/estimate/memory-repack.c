/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-repack.h"

#include <string.h>

/* The engine begins each tensor at a multiple of this. */
#define PADDING 32

/* So many rows are interleaved at once. */
#define ROWS_INTERLEAVED 8
#define ROWS_INTERLEAVED_ARM 4
#define ROWS_OF_TILES 32

/* A type that is interleaved: with any of these features, and rows in such groups. */
typedef struct
{
  const char *type;
  guint features;
  guint rows;
} Interleaving;

static const Interleaving interleavings[] = {
  { "Q4_0", PADDOCK_ENGINE_AVX2, ROWS_INTERLEAVED },
  { "Q4_K", PADDOCK_ENGINE_AVX2, ROWS_INTERLEAVED },
  { "IQ4_NL", PADDOCK_ENGINE_AVX2, ROWS_INTERLEAVED },
  { "MXFP4", PADDOCK_ENGINE_AVX2, ROWS_INTERLEAVED },
  { "Q2_K", PADDOCK_ENGINE_AVX512, ROWS_INTERLEAVED },
  { "Q4_0", PADDOCK_ENGINE_DOTPROD, ROWS_INTERLEAVED_ARM },
  { "Q8_0", PADDOCK_ENGINE_DOTPROD, ROWS_INTERLEAVED_ARM },
  { "IQ4_NL", PADDOCK_ENGINE_DOTPROD, ROWS_INTERLEAVED_ARM },
  { "MXFP4", PADDOCK_ENGINE_DOTPROD, ROWS_INTERLEAVED_ARM },
  { "Q4_K", PADDOCK_ENGINE_DOTPROD, ROWS_INTERLEAVED },
  { "Q5_K", PADDOCK_ENGINE_DOTPROD, ROWS_INTERLEAVED },
  { "Q6_K", PADDOCK_ENGINE_DOTPROD, ROWS_INTERLEAVED },
};

/* A type that Intel's tiles take: rows in whole multiples, and what a block grows to where the tiles want sums beside it. */
typedef struct
{
  const char *type;
  guint columns;
  guint more_bytes;
} Tiling;

static const Tiling tilings[] = {
  { "F16", 16, 0 },  { "Q4_0", 32, 0 },  { "Q4_1", 32, 0 }, { "Q8_0", 32, 4 },
  { "Q4_K", 256, 4 }, { "Q5_K", 256, 4 }, { "Q6_K", 256, 0 }, { "IQ4_XS", 256, 2 },
};

/* These are looked up by row and never multiplied. */
static const char *const lookups[] = {
  "token_embd.weight", "position_embd.weight", "token_types.weight", "per_layer_token_embd.weight", NULL
};

static guint
count_dimensions (const PaddockShapeTensor *tensor)
{
  guint n = 4;

  while (n > 1 && tensor->ne[n - 1] == 1)
    n--;
  return n;
}

static gboolean
is_stack_of_experts (const PaddockShapeTensor *tensor)
{
  return strstr (tensor->name, "_exps") != NULL;
}

/* Of matrices in a stack the engine reserves only one, if they are quantized. */
static guint64
measure_tiles (const PaddockShapeTensor *tensor)
{
  guint64 rows = (guint64) tensor->ne[1], columns = (guint64) tensor->ne[0];

  if (count_dimensions (tensor) < 2 || is_stack_of_experts (tensor) || rows % ROWS_OF_TILES != 0)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (tilings); i++)
    {
      if (strcmp (tilings[i].type, tensor->type->name) != 0 || columns % tilings[i].columns != 0)
        continue;
      if (!tensor->type->quantized)
        return tensor->bytes;
      return rows * (columns / tensor->type->block) * (tensor->type->bytes + tilings[i].more_bytes);
    }
  return 0;
}

static guint64
measure_interleaved (const PaddockShapeTensor *tensor, guint features)
{
  guint n = count_dimensions (tensor);

  /* Matrices, and the stacks that experts have. */
  if (n != 2 && !(n == 3 && is_stack_of_experts (tensor)))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (interleavings); i++)
    if ((interleavings[i].features & features) != 0 && strcmp (interleavings[i].type, tensor->type->name) == 0 &&
        tensor->ne[1] % interleavings[i].rows == 0)
      return tensor->bytes;
  return 0;
}

static guint64
measure_matrix (const PaddockShapeTensor *tensor, const PaddockEngineVariant *variant)
{
  guint64 bytes = 0;

  if (variant == NULL || tensor->type == NULL || !tensor->sized)
    return 0;
  if ((variant->features & PADDOCK_ENGINE_AMX) != 0)
    bytes = measure_tiles (tensor);
  return bytes != 0 ? bytes : measure_interleaved (tensor, variant->features);
}

/**
 * paddock_memory_repack_measure:
 * @tensor: a tensor
 * @variant: (nullable): what the engine computes with
 *
 * Returns: bytes that its copy has
 */
guint64
paddock_memory_repack_measure (const PaddockShapeTensor *tensor, const PaddockEngineVariant *variant)
{
  return g_strv_contains (lookups, tensor->name) ? 0 : measure_matrix (tensor, variant);
}

/**
 * paddock_memory_repack_resolve:
 * @name: "auto", "off", or the name of a variant
 * @variant: (out) (nullable): which it is
 *
 * Returns: whether there is such a variant
 */
gboolean
paddock_memory_repack_resolve (const char *name, const PaddockEngineVariant **variant)
{
  *variant = NULL;
  if (strcmp (name, "off") == 0)
    return TRUE;
  if (strcmp (name, "auto") == 0)
    {
      *variant = paddock_engine_variant_of_this_processor ();
      return TRUE;
    }
  *variant = paddock_engine_variant_lookup (name);
  return *variant != NULL;
}

static guint64
pad (guint64 bytes)
{
  return (bytes + PADDING - 1) / PADDING * PADDING;
}

/* A model without a matrix for its output multiplies with its table of tokens, which is then there twice: once to look
 * up, once repacked. Encoders have no output. */
static const PaddockShapeTensor *
find_tied_output (const PaddockModelShape *shape)
{
  if (paddock_model_shape_find (shape, -1, "output.weight") != NULL ||
      (shape->arch != NULL && shape->arch->kind == PADDOCK_ARCH_ENCODER))
    return NULL;
  return paddock_model_shape_find (shape, -1, "token_embd.weight");
}

guint64
paddock_memory_repack_measure_tied (const PaddockModelShape *shape, const PaddockEngineVariant *variant)
{
  const PaddockShapeTensor *tied = find_tied_output (shape);

  return tied != NULL ? measure_matrix (tied, variant) : 0;
}

/**
 * paddock_memory_repack_compute:
 * @shape: a model
 * @variant: (nullable): what the engine computes with
 */
void
paddock_memory_repack_compute (PaddockMemoryRepack *self, const PaddockModelShape *shape,
                               const PaddockEngineVariant *variant)
{
  *self = (PaddockMemoryRepack) { 0 };
  for (guint i = 0; variant != NULL && i < shape->n_tensors; i++)
    {
      guint64 copy = paddock_memory_repack_measure (&shape->tensors[i], variant);

      /* Layers that guess ahead are not loaded. */
      if (copy == 0 || shape->tensors[i].layer >= (int) (shape->layers - shape->nextn_layers))
        continue;
      self->copies += pad (copy);
      self->stored += pad (shape->tensors[i].bytes);
    }
  self->copies += pad (paddock_memory_repack_measure_tied (shape, variant));
}
