/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-companions.h"

#include <string.h>

#include "estimate/estimate-error.h"
#include "estimate/memory-weights.h"

/* The engine begins each tensor at a multiple of this on every device. */
#define ALIGNMENT 256

/**
 * paddock_placement_load_add_companions:
 * @self: what is placed
 * @estimate: what the model needs, with what stands beside it
 */
void
paddock_placement_load_add_companions (PaddockPlacementLoad *self, const PaddockMemoryEstimate *estimate)
{
  self->projector = MIN (estimate->bytes[PADDOCK_MEMORY_PROJECTOR], PADDOCK_MEMORY_MOST_BYTES);
  self->draft = MIN (estimate->bytes[PADDOCK_MEMORY_DRAFT], PADDOCK_MEMORY_MOST_BYTES);
}

/* "blk.12.attn_q.weight.lora_a" is the twelfth's; what is no layer's goes with the output. */
static guint64 *
find_place (PaddockPlacementLoad *self, const char *name)
{
  char *end = NULL;
  guint64 layer;

  if (!g_str_has_prefix (name, "blk.") || !g_ascii_isdigit (name[strlen ("blk.")]))
    return &self->output_adapters;
  layer = g_ascii_strtoull (name + strlen ("blk."), &end, 10);
  return *end == '.' && layer < self->n_layers ? &self->layers[layer].adapters : &self->output_adapters;
}

static gboolean
check_sum (PaddockGgufShards *adapter, GError **error)
{
  guint64 sum = 0;

  for (guint i = 0; i < paddock_gguf_shards_get_n_tensors (adapter); i++)
    {
      guint shard;
      const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (adapter, i, &shard);

      if (!tensor->sized || tensor->bytes > PADDOCK_MEMORY_MOST_BYTES || sum > PADDOCK_MEMORY_MOST_BYTES)
        {
          g_set_error_literal (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_OVERFLOW,
                               "the adapter has more bytes than can be counted");
          return FALSE;
        }
      sum += tensor->bytes + ALIGNMENT;
    }
  return TRUE;
}

/**
 * paddock_placement_load_add_adapter:
 * @self: what is placed
 * @adapter: what changes the model
 * @error: return location for an error of %PADDOCK_ESTIMATE_ERROR
 *
 * An adapter lies beside the tensors that it changes, layer by layer.
 *
 * Returns: whether it can be counted; else nothing was added
 */
gboolean
paddock_placement_load_add_adapter (PaddockPlacementLoad *self, PaddockGgufShards *adapter, GError **error)
{
  if (!check_sum (adapter, error))
    return FALSE;
  for (guint i = 0; i < paddock_gguf_shards_get_n_tensors (adapter); i++)
    {
      guint shard;
      const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (adapter, i, &shard);
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (adapter, shard)->file;
      g_autofree char *name = paddock_gguf_file_dup_tensor_name (file, tensor);
      guint64 *place = find_place (self, name);

      *place = MIN (*place + (tensor->bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT, PADDOCK_MEMORY_MOST_BYTES);
    }
  return TRUE;
}
