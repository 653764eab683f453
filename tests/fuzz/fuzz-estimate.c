/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-cache.h"
#include "estimate/memory-output.h"
#include "estimate/memory-weights.h"
#include "fuzz-target.h"

/* What a model needs, told from any header: a sum is never less than its parts, and nothing takes long or much. */

static PaddockModelShape *
read_shape (const guint8 *data, gsize size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr(PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, "fuzz.gguf");
  g_autoptr(PaddockGgufFile) file = paddock_gguf_file_scan (source, NULL);
  g_autoptr(PaddockGgufShards) shards = paddock_gguf_shards_new_for_file (file);
  g_autoptr(GError) error = NULL;
  PaddockModelShape *shape = paddock_model_shape_new (shards, &error);

  g_assert_true ((shape == NULL) == (error != NULL));
  return shape;
}

static void
check_tensors (const PaddockModelShape *shape)
{
  guint seen = 0;

  for (int layer = -1; layer < (int) shape->layers; layer++)
    {
      guint n_tensors = 0;
      const PaddockShapeTensor *tensors = paddock_model_shape_list (shape, layer, &n_tensors);

      for (guint i = 0; i < n_tensors; i++)
        {
          g_assert_cmpint (tensors[i].layer, ==, layer);
          g_assert_nonnull (paddock_model_shape_find (shape, layer, tensors[i].name));
        }
      seen += n_tensors;
    }
  g_assert_cmpuint (seen, ==, shape->n_tensors);
}

static void
check_layers (const PaddockModelShape *shape)
{
  g_assert_cmpuint (shape->layers, >, 0);
  g_assert_cmpuint (shape->layers, <=, MIN (shape->n_tensors, PADDOCK_SHAPE_MAX_LAYERS));
  for (guint i = 0; i < shape->layers; i++)
    {
      g_assert_cmpuint (shape->layer[i].alike, <=, i);
      g_assert_cmpuint (shape->layer[shape->layer[i].alike].alike, ==, shape->layer[i].alike);
      g_assert_true (!shape->layer[i].sliding || shape->window > 0);
    }
}

static void
check_request (const PaddockModelShape *shape, PaddockMemoryRequest *request)
{
  guint64 per_layer[PADDOCK_SHAPE_MAX_LAYERS];
  guint64 cache = 0, state = 0, sum = 0;

  if (!paddock_memory_request_check (request, shape, NULL) ||
      !paddock_memory_cache_compute (shape, request, &cache, &state, per_layer))
    return;
  for (guint i = 0; i < shape->layers; i++)
    sum += per_layer[i];
  g_assert_cmpuint (sum, ==, cache + state);
  g_assert_cmpuint (paddock_memory_cache_get_cells (shape, request, TRUE), <=,
                    paddock_memory_cache_get_cells (shape, request, FALSE));
  g_assert_cmpuint (paddock_memory_output_compute (shape, request), <, G_MAXUINT64);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr(PaddockModelShape) shape = read_shape (data, size);
  PaddockMemoryRequest request;
  guint64 weights = 0;

  if (shape == NULL)
    return 0;
  check_tensors (shape);
  check_layers (shape);
  paddock_memory_weights_compute (shape, &weights, NULL);
  paddock_memory_request_init (&request, shape);
  check_request (shape, &request);
  request.unified = FALSE;
  request.cache_k = paddock_quant_type_lookup_by_name ("Q8_0");
  check_request (shape, &request);
  request.flash_attention = PADDOCK_FLASH_ATTENTION_OFF;
  check_request (shape, &request);
  return 0;
}
