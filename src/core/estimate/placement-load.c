/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-load.h"

#include <string.h>

#include "estimate/estimate-error.h"
#include "estimate/memory-cache.h"
#include "estimate/memory-output.h"
#include "estimate/memory-repack.h"
#include "estimate/memory-weights.h"
#include "estimate/placement-compute.h"

/* Devices put tensors at multiples of this, at most, and rows of blocks are rounded up for their kernels. */
#define DEVICE_ALIGNMENT 256
#define ROW_OF_NUMBERS 512

/* Beside what the engine tells of: its program, its threads, and the vocabulary with its index. */
#define PROGRAM_BYTES (G_GUINT64_CONSTANT (19) << 20)
#define VOCABULARY_BYTES 287

/* The norm of tokens is the output's in some models; in those where it is not, it is next to nothing. */
static const char *const input_names[] = { "token_embd", "token_types", "position_embd", "per_layer_token_embd" };
static const char *const common_names[] = { "rope_freqs", "rope_factors_long", "rope_factors_short" };

static const struct
{
  const char *prefix;
  PaddockExpertStack stack;
} stack_names[] = {
  { "ffn_gate_up_", PADDOCK_EXPERT_STACK_GATE_UP },
  { "ffn_down_", PADDOCK_EXPERT_STACK_DOWN },
  { "ffn_gate_", PADDOCK_EXPERT_STACK_GATE },
  { "ffn_up_", PADDOCK_EXPERT_STACK_UP },
};

PaddockPlacementLoad *
paddock_placement_load_new (guint n_layers)
{
  PaddockPlacementLoad *self = g_new0 (PaddockPlacementLoad, 1);

  self->layers = g_new0 (PaddockPlacementLayer, n_layers);
  self->n_layers = n_layers;
  self->mapped = TRUE;
  return self;
}

void
paddock_placement_load_free (PaddockPlacementLoad *self)
{
  g_free (self->layers);
  g_free (self);
}

guint64
paddock_placement_layer_get_experts (const PaddockPlacementLayer *self)
{
  guint64 bytes = 0;

  for (guint i = 0; i < PADDOCK_EXPERT_N_STACKS; i++)
    bytes += self->stacks[i];
  return bytes;
}

/* Without ".weight" or ".bias". */
static gboolean
is_named (const char *name, const char *const *names, gsize n_names)
{
  gsize length = strcspn (name, ".");

  for (gsize i = 0; i < n_names; i++)
    {
      if (strlen (names[i]) == length && strncmp (name, names[i], length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The names that --n-cpu-moe looks for: some models have a second set of smaller experts. */
static gboolean
find_stack (const char *name, PaddockExpertStack *stack)
{
  for (gsize i = 0; i < G_N_ELEMENTS (stack_names); i++)
    {
      if (g_str_has_prefix (name, stack_names[i].prefix))
        {
          const char *rest = name + strlen (stack_names[i].prefix);

          *stack = stack_names[i].stack;
          return g_str_has_prefix (rest, "exps") || g_str_has_prefix (rest, "chexps");
        }
    }
  return FALSE;
}

/**
 * paddock_placement_load_classify:
 * @tensor: a tensor of a model
 * @stack: (out): the stack of experts that it belongs to, if any
 *
 * Returns: what the engine goes by when it chooses a place for it
 */
PaddockPlacementRole
paddock_placement_load_classify (const PaddockShapeTensor *tensor, PaddockExpertStack *stack)
{
  if (tensor->layer >= 0)
    return find_stack (tensor->name, stack) ? PADDOCK_PLACEMENT_EXPERT : PADDOCK_PLACEMENT_DENSE;
  if (is_named (tensor->name, input_names, G_N_ELEMENTS (input_names)))
    return PADDOCK_PLACEMENT_INPUT;
  if (is_named (tensor->name, common_names, G_N_ELEMENTS (common_names)))
    return PADDOCK_PLACEMENT_COMMON;
  return PADDOCK_PLACEMENT_OUTPUT;
}

static guint64
round_up (guint64 bytes, guint64 to)
{
  return (bytes + to - 1) / to * to;
}

static guint64
count_slack (const PaddockShapeTensor *tensor)
{
  guint64 slack = round_up (tensor->bytes, DEVICE_ALIGNMENT) - round_up (tensor->bytes, PADDOCK_MEMORY_TENSOR_ALIGNMENT);
  guint64 rest = (guint64) tensor->ne[0] % ROW_OF_NUMBERS;

  if (tensor->type != NULL && tensor->type->quantized && rest != 0)
    slack += round_up ((ROW_OF_NUMBERS - rest) * tensor->type->bytes / MAX (tensor->type->block, 1), DEVICE_ALIGNMENT);
  return slack;
}

/* A copy stands beside a mapped file; without a mapping it takes the place of what it is a copy of. */
static guint64
count_copy (const PaddockPlacementLoad *self, const PaddockShapeTensor *tensor, const PaddockEngineVariant *variant)
{
  guint64 copy = round_up (paddock_memory_repack_measure (tensor, variant), PADDOCK_MEMORY_TENSOR_ALIGNMENT);
  guint64 original = round_up (tensor->bytes, PADDOCK_MEMORY_TENSOR_ALIGNMENT);

  if (copy == 0 || self->mapped)
    return copy;
  return copy > original ? copy - original : 0;
}

/* The engine reads them once, to copy them. */
static guint64
count_original (const PaddockPlacementLoad *self, const PaddockShapeTensor *tensor, guint64 copy)
{
  return copy > 0 && self->mapped ? round_up (tensor->bytes, PADDOCK_MEMORY_TENSOR_ALIGNMENT) : 0;
}

static void
add_layer_tensor (PaddockPlacementLoad *self, PaddockPlacementLayer *layer, const PaddockShapeTensor *tensor,
                  const PaddockEngineVariant *variant)
{
  PaddockExpertStack stack = PADDOCK_EXPERT_STACK_DOWN;
  guint64 bytes = round_up (tensor->bytes, PADDOCK_MEMORY_TENSOR_ALIGNMENT);
  guint64 copy = count_copy (self, tensor, variant);

  if (paddock_placement_load_classify (tensor, &stack) == PADDOCK_PLACEMENT_EXPERT)
    {
      layer->stacks[stack] += bytes;
      layer->stack_copies[stack] += copy;
      layer->stack_originals[stack] += count_original (self, tensor, copy);
    }
  else
    {
      layer->dense += bytes;
      layer->copies += copy;
      layer->originals += count_original (self, tensor, copy);
    }
  layer->slack += count_slack (tensor);
  self->largest = MAX (self->largest, round_up (tensor->bytes, DEVICE_ALIGNMENT));
}

/* Layers that guess ahead are counted by the engine, but it does not load them. */
static void
add_layers (PaddockPlacementLoad *self, const PaddockModelShape *shape, const PaddockEngineVariant *variant)
{
  for (guint i = 0; i < shape->layers - shape->nextn_layers; i++)
    {
      PaddockPlacementLayer *layer = &self->layers[i];
      guint n_tensors = 0;
      const PaddockShapeTensor *tensors = paddock_model_shape_list (shape, (int) i, &n_tensors);

      if (shape->layer[i].alike < i)
        *layer = self->layers[shape->layer[i].alike];
      for (guint k = 0; k < n_tensors && shape->layer[i].alike >= i; k++)
        add_layer_tensor (self, layer, &tensors[k], variant);
      self->has_experts = self->has_experts || paddock_placement_layer_get_experts (layer) > 0;
    }
}

static void
add_others (PaddockPlacementLoad *self, const PaddockModelShape *shape, const PaddockEngineVariant *variant)
{
  guint n_tensors = 0;
  const PaddockShapeTensor *tensors = paddock_model_shape_list (shape, -1, &n_tensors);
  const PaddockShapeTensor *embedding = paddock_model_shape_find (shape, -1, "token_embd.weight");

  for (guint i = 0; i < n_tensors; i++)
    {
      PaddockExpertStack stack;
      guint64 bytes = round_up (tensors[i].bytes, PADDOCK_MEMORY_TENSOR_ALIGNMENT);
      guint64 copy = count_copy (self, &tensors[i], variant);

      switch (paddock_placement_load_classify (&tensors[i], &stack))
        {
        case PADDOCK_PLACEMENT_INPUT:
          self->input += bytes;
          break;

        case PADDOCK_PLACEMENT_COMMON:
          self->common += bytes;
          break;

        case PADDOCK_PLACEMENT_OUTPUT:
        case PADDOCK_PLACEMENT_DENSE:
        case PADDOCK_PLACEMENT_EXPERT:
        default:
          self->output += bytes;
          self->output_copies += copy;
          self->output_originals += count_original (self, &tensors[i], copy);
          break;
        }
      self->inputs += count_slack (&tensors[i]);
    }
  if (embedding != NULL && shape->causal && paddock_model_shape_find (shape, -1, "output.weight") == NULL)
    self->tied = round_up (embedding->bytes, PADDOCK_MEMORY_TENSOR_ALIGNMENT);
  self->output_copies += round_up (paddock_memory_repack_measure_tied (shape, variant), PADDOCK_MEMORY_TENSOR_ALIGNMENT);
}

static void
count_read (PaddockPlacementLoad *self, const PaddockModelShape *shape)
{
  self->read = self->output + self->tied;
  for (guint i = 0; i < self->n_layers; i++)
    {
      guint64 experts = paddock_placement_layer_get_experts (&self->layers[i]);

      if (shape->experts > 0)
        experts = experts / shape->experts * MIN (shape->experts_used, shape->experts);
      self->read += self->layers[i].dense + experts;
    }
}

static gboolean
add_cache (PaddockPlacementLoad *self, const PaddockModelShape *shape, const PaddockMemoryRequest *request,
           GError **error)
{
  g_autofree guint64 *per_layer = g_new0 (guint64, shape->layers);
  guint64 cache = 0, state = 0, output = paddock_memory_output_compute (shape, request);

  if (!paddock_memory_cache_compute (shape, request, &cache, &state, per_layer) || cache > PADDOCK_MEMORY_MOST_BYTES ||
      state > PADDOCK_MEMORY_MOST_BYTES || output > PADDOCK_MEMORY_MOST_BYTES)
    {
      g_set_error_literal (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_OVERFLOW,
                           "the cache has more bytes than can be counted");
      return FALSE;
    }
  for (guint i = 0; i < shape->layers; i++)
    self->layers[i].cache = per_layer[i];
  self->host = output + PROGRAM_BYTES + (guint64) shape->vocabulary * VOCABULARY_BYTES;
  return TRUE;
}

/**
 * paddock_placement_load_new_for_shape:
 * @shape: a model
 * @request: how it is run
 * @quick: whether bounds of what computing needs will do
 * @error: return location for a #PaddockEstimateError
 *
 * Returns: (transfer full) (nullable): what there is to place
 */
PaddockPlacementLoad *
paddock_placement_load_new_for_shape (const PaddockModelShape *shape, const PaddockMemoryRequest *request,
                                      gboolean quick, GError **error)
{
  g_autoptr (PaddockPlacementLoad) self = NULL;
  const PaddockEngineVariant *variant;
  guint64 weights = 0;

  if (!paddock_memory_repack_resolve (request->repack, &variant))
    {
      g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_REPACK,
                   "the engine has no variant for a processor called %s", request->repack);
      return NULL;
    }
  if (!paddock_memory_request_check (request, shape, error) || !paddock_memory_weights_compute (shape, &weights, error))
    return NULL;
  self = paddock_placement_load_new (shape->layers);
  self->mapped = request->mmap;
  add_layers (self, shape, variant);
  add_others (self, shape, variant);
  count_read (self, shape);
  if (!add_cache (self, shape, request, error))
    return NULL;
  paddock_placement_compute_bound (self, shape, request, quick);
  return g_steal_pointer (&self);
}
