/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-cache.h"

#include "estimate/shape-rules.h"

/* The engine gives a cache room in steps of so many tokens. */
#define CELL_STEP 256

/* What RWKV remembers of the tokens before, where the header does not tell. */
#define DEFAULT_TOKEN_SHIFT 2

/* Of Kimi Linear, where the header does not tell. */
#define DEFAULT_KDA_HISTORY 3

static guint64
round_up (guint64 cells)
{
  return (cells + CELL_STEP - 1) / CELL_STEP * CELL_STEP;
}

/**
 * paddock_memory_cache_get_streams:
 * @request: how a model is run
 *
 * Returns: one for all sequences, or one for each
 */
guint32
paddock_memory_cache_get_streams (const PaddockMemoryRequest *request)
{
  return request->unified ? 1 : MAX (request->parallel, 1);
}

/**
 * paddock_memory_cache_get_cells:
 * @shape: a model
 * @request: how it is run
 * @sliding: whether for layers with a window
 *
 * A window is kept for each sequence in the cache, with room for the tokens that are computed at once.
 *
 * Returns: the tokens of one stream
 */
guint64
paddock_memory_cache_get_cells (const PaddockModelShape *shape, const PaddockMemoryRequest *request, gboolean sliding)
{
  guint32 streams = paddock_memory_cache_get_streams (request);
  guint64 cells = round_up (((guint64) request->context + streams - 1) / streams);
  guint64 window = (guint64) shape->window * (request->unified ? MAX (request->parallel, 1) : 1) + request->ubatch;

  return sliding && !request->swa_full ? MIN (cells, round_up (window)) : cells;
}

/* Bytes of rows that hold so many numbers; FALSE if they are no whole blocks or cannot be counted. */
static gboolean
add_rows (const PaddockQuantType *type, guint64 numbers, guint64 rows, guint64 *bytes)
{
  const guint64 dimensions[4] = { numbers, rows, 1, 1 };
  guint64 size;

  return paddock_quant_type_compute_size (type, dimensions, &size) && !__builtin_add_overflow (*bytes, size, bytes);
}

/* The most numbers that the values of a token have in any layer. */
static guint64
find_widest_values (const PaddockModelShape *shape)
{
  guint64 widest = 0;

  for (guint i = 0; i < shape->layers; i++)
    widest = MAX (widest, (guint64) shape->layer[i].kv_heads * shape->layer[i].value_length);
  return widest;
}

/* Without flash attention, values are kept the other way round, in rows that are as long in all layers. Latent
 * attention keeps no values: they are made from the keys. */
static gboolean
add_cache (const PaddockModelShape *shape, const PaddockMemoryRequest *request, const PaddockShapeLayer *layer,
           guint64 widest_values, guint64 *bytes)
{
  guint64 rows = paddock_memory_cache_get_cells (shape, request, layer->sliding) *
                 paddock_memory_cache_get_streams (request);
  guint64 values = (guint64) layer->kv_heads * layer->value_length;

  if (!paddock_memory_request_uses_flash_attention (request, shape))
    values = widest_values;
  if (paddock_shape_rules_lookup (shape->architecture)->indexed &&
      !add_rows (request->cache_k, shape->indexer_key_length, rows, bytes))
    return FALSE;
  return add_rows (request->cache_k, (guint64) layer->kv_heads * layer->key_length, rows, bytes) &&
         (shape->key_length_mla != 0 || add_rows (request->cache_v, values, rows, bytes));
}

/* The numbers that a layer with a state remembers of one sequence. */
static guint64
count_state (const PaddockModelShape *shape)
{
  guint64 history = shape->conv > 0 ? shape->conv - 1 : 0;
  guint64 heads = shape->layer[0].heads;

  if (shape->wkv_head_size != 0)
    return (guint64) (shape->token_shift != 0 ? shape->token_shift : DEFAULT_TOKEN_SHIFT) * shape->embedding +
           (guint64) shape->embedding * shape->wkv_head_size;
  if (shape->shortconv_l_cache != 0)
    return (guint64) shape->embedding * (shape->shortconv_l_cache - 1) + (guint64) shape->state * shape->inner;
  if (shape->kda_head_length != 0)
    return 3 * (shape->conv > 0 ? history : DEFAULT_KDA_HISTORY) * heads * shape->kda_head_length +
           heads * shape->kda_head_length * shape->kda_head_length;
  return history * (shape->inner + 2 * (guint64) shape->groups * shape->state) + (guint64) shape->state * shape->inner;
}

/**
 * paddock_memory_cache_compute:
 * @shape: a model
 * @request: how it is run
 * @cache: (out): what it keeps of each token in the context
 * @state: (out): what it keeps of each sequence, however long
 * @per_layer: (out caller-allocates) (optional): both together for each layer
 *
 * Returns: %FALSE if the types do not fit the model or the bytes cannot be counted
 */
gboolean
paddock_memory_cache_compute (const PaddockModelShape *shape, const PaddockMemoryRequest *request, guint64 *cache,
                              guint64 *state, guint64 *per_layer)
{
  guint64 widest_values = find_widest_values (shape);
  guint64 numbers = count_state (shape), one_state = 0;

  *cache = *state = 0;
  if (__builtin_mul_overflow (numbers, sizeof (float) * MAX ((guint64) request->parallel, 1), &one_state))
    return FALSE;
  for (guint i = 0; i < shape->layers; i++)
    {
      guint64 before = *cache;

      if (shape->layer[i].has_cache && !add_cache (shape, request, &shape->layer[i], widest_values, cache))
        return FALSE;
      if (per_layer != NULL)
        per_layer[i] = *cache - before + (shape->layer[i].recurrent ? one_state : 0);
      if (shape->layer[i].recurrent && __builtin_add_overflow (*state, one_state, state))
        return FALSE;
    }
  return TRUE;
}
