/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-companion.h"

#include "estimate/estimate-error.h"
#include "estimate/memory-weights.h"

/* The engine begins each tensor at a multiple of this. */
#define PADDING 32

/* Pictures have any shape, and engines differ in how they cut them: what is computed is known only about. */
#define PROJECTOR_COMPUTE_BAND 0.5

/* More patches than that are no picture. */
#define MAX_PATCHES (1u << 16)
#define MAX_LENGTH (1u << 20)

static gboolean
add_up_tensors (PaddockGgufShards *shards, guint64 *bytes, GError **error)
{
  *bytes = 0;
  for (guint i = 0; i < paddock_gguf_shards_get_n_tensors (shards); i++)
    {
      guint shard;
      const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (shards, i, &shard);

      if (!tensor->sized)
        {
          g_set_error_literal (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_TENSOR_TYPE,
                               "it has a tensor of a type whose size nobody knows");
          return FALSE;
        }
      if (__builtin_add_overflow (*bytes, tensor->bytes, bytes) || *bytes > PADDOCK_MEMORY_MOST_BYTES)
        {
          g_set_error_literal (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_OVERFLOW,
                               "its tensors have more bytes than can be counted");
          return FALSE;
        }
      *bytes = (*bytes + PADDING - 1) / PADDING * PADDING;
    }
  return TRUE;
}

/* Whether the file is what it is taken for. */
static gboolean
check_kind (PaddockGgufShards *shards, const char *key, const char *wanted, GError **error)
{
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (paddock_gguf_shards_get_primary (shards));
  g_autofree char *kind = paddock_gguf_metadata_dup_string (metadata, key);

  if (g_strcmp0 (kind, wanted) == 0)
    return TRUE;
  g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_COMPANION,
               "this is not what it is taken for: %s is “%s” instead of “%s”", key, kind != NULL ? kind : "", wanted);
  return FALSE;
}

static guint64
get_length (const PaddockGgufMetadata *metadata, const char *key)
{
  guint64 value = 0;

  return paddock_gguf_metadata_get_uint (metadata, key, &value) && value <= MAX_LENGTH ? value : 0;
}

/* What one picture is computed in: the scores of all its patches among each other, and a layer of them. */
static guint64
measure_picture (PaddockGgufShards *shards)
{
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (paddock_gguf_shards_get_primary (shards));
  guint64 image = get_length (metadata, "clip.vision.image_size");
  guint64 patch = get_length (metadata, "clip.vision.patch_size");
  guint64 embedding = get_length (metadata, "clip.vision.embedding_length");
  guint64 feed_forward = get_length (metadata, "clip.vision.feed_forward_length");
  guint64 heads = MIN (get_length (metadata, "clip.vision.attention.head_count"), 1024);
  guint64 side = patch > 0 ? image / patch : 0;
  guint64 patches = MIN (side * side, MAX_PATCHES);

  return 4 * patches * (patches * heads + feed_forward + 5 * embedding);
}

/**
 * paddock_memory_companion_add_projector:
 * @estimate: an estimate of a model
 * @projector: its eyes or ears
 * @error: return location for an error of %PADDOCK_ESTIMATE_ERROR
 *
 * Its weights are exact; what it computes in is about that of one picture.
 *
 * Returns: whether it is a projector that can be estimated
 */
gboolean
paddock_memory_companion_add_projector (PaddockMemoryEstimate *estimate, PaddockGgufShards *projector, GError **error)
{
  guint64 weights, picture;

  if (!check_kind (projector, "general.architecture", "clip", error) ||
      !add_up_tensors (projector, &weights, error))
    return FALSE;
  picture = measure_picture (projector);
  paddock_memory_estimate_add (estimate, PADDOCK_MEMORY_PROJECTOR, weights + picture, PADDOCK_MEMORY_APPROXIMATE,
                               PROJECTOR_COMPUTE_BAND * (double) picture / (double) MAX (weights + picture, 1));
  return TRUE;
}

/**
 * paddock_memory_companion_add_adapter:
 * @estimate: an estimate of a model
 * @adapter: what changes it
 * @error: return location for an error of %PADDOCK_ESTIMATE_ERROR
 *
 * Returns: whether it is an adapter that can be estimated
 */
gboolean
paddock_memory_companion_add_adapter (PaddockMemoryEstimate *estimate, PaddockGgufShards *adapter, GError **error)
{
  guint64 weights;

  if (!check_kind (adapter, "general.type", "adapter", error) || !add_up_tensors (adapter, &weights, error))
    return FALSE;
  paddock_memory_estimate_add (estimate, PADDOCK_MEMORY_ADAPTERS, weights, PADDOCK_MEMORY_COMPUTED, 0);
  return TRUE;
}

/**
 * paddock_memory_companion_add_draft:
 * @estimate: an estimate of a model
 * @draft: a smaller one that guesses ahead for it
 * @request: how the larger one is run
 * @error: return location for an error of %PADDOCK_ESTIMATE_ERROR
 *
 * The draft model has a context as long as the other's, at most what it has learnt, and the same batches and sequences;
 * its cache has 16-bit numbers.
 *
 * Returns: whether it can be run like that
 */
gboolean
paddock_memory_companion_add_draft (PaddockMemoryEstimate *estimate, const PaddockModelShape *draft,
                                    const PaddockMemoryRequest *request, GError **error)
{
  PaddockMemoryRequest own = *request;
  PaddockMemoryEstimate other;
  guint64 bytes;

  own.cache_k = paddock_quant_type_lookup_by_name ("F16");
  own.cache_v = own.cache_k;
  own.context = MIN (request->context, draft->training_context);
  own.parallel = MIN (own.parallel, MAX (own.context, 1));
  if (!paddock_memory_estimate_compute (&other, draft, &own, error))
    return FALSE;
  bytes = other.total - other.bytes[PADDOCK_MEMORY_OVERHEAD];
  paddock_memory_estimate_add (estimate, PADDOCK_MEMORY_DRAFT, bytes, PADDOCK_MEMORY_APPROXIMATE,
                               paddock_memory_estimate_get_band (&other));
  return TRUE;
}
