/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/model-shape.h"

#include <string.h>

#include "estimate/estimate-error.h"
#include "estimate/shape-keys.h"
#include "estimate/shape-layers.h"
#include "estimate/shape-tensors.h"

/* A name that is longer than this is none of an architecture. */
#define MAX_ARCHITECTURE 64

static gboolean
read_architecture (PaddockModelShape *self, PaddockGgufFile *file, GError **error)
{
  self->architecture = paddock_gguf_metadata_dup_string (paddock_gguf_file_get_metadata (file), "general.architecture");
  if (self->architecture == NULL || *self->architecture == '\0' || strlen (self->architecture) > MAX_ARCHITECTURE)
    {
      g_set_error_literal (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_ARCHITECTURE,
                           "general.architecture does not name an architecture");
      return FALSE;
    }
  self->arch = paddock_arch_lookup (self->architecture);
  if (self->arch == NULL || self->arch->kind != PADDOCK_ARCH_PROJECTOR)
    return TRUE;
  g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_ARCHITECTURE,
               "“%s” belongs to another model and cannot be run by itself", self->architecture);
  return FALSE;
}

/* The vocabulary as the tables of the model have it: the tokenizer may be left out, and a key may be wrong. */
static gboolean
read_vocabulary (PaddockModelShape *self, const PaddockGgufMetadata *metadata, GError **error)
{
  const PaddockShapeTensor *table = paddock_model_shape_find (self, -1, "token_embd.weight");
  const PaddockGgufEntry *tokens = paddock_gguf_metadata_find (metadata, "tokenizer.ggml.tokens");
  gint64 size = self->vocabulary;

  if (table == NULL)
    table = paddock_model_shape_find (self, -1, "output.weight");
  if (table != NULL)
    size = table->ne[1];
  else if (size == 0 && tokens != NULL && tokens->type == PADDOCK_GGUF_ARRAY && tokens->length <= G_MAXINT32)
    size = (gint64) tokens->length;
  if (size < 0 || size > G_MAXINT32)
    {
      g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_HEADER,
                   "a vocabulary of %" G_GINT64_FORMAT " tokens is more than any model has", size);
      return FALSE;
    }
  self->vocabulary = (guint32) size;
  return TRUE;
}

static gboolean
read_shape (PaddockModelShape *self, PaddockGgufShards *shards, GError **error)
{
  PaddockGgufFile *file = paddock_gguf_shards_get_primary (shards);
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);

  self->dialect = paddock_gguf_file_get_dialect (file);
  if (!read_architecture (self, file, error) || !paddock_shape_keys_read (self, metadata, error) ||
      !paddock_shape_tensors_read (self, shards, error) || !paddock_shape_layers_read (self, metadata, error) ||
      !read_vocabulary (self, metadata, error))
    return FALSE;
  paddock_shape_layers_compare (self);
  return TRUE;
}

/**
 * paddock_model_shape_new:
 * @shards: a model, with all its parts
 * @error: return location for an error of %PADDOCK_ESTIMATE_ERROR
 *
 * Reads what an estimate needs from a header. Nothing is allocated for a number of layers that the tensors cannot
 * have, and no number is taken that no model could have: then the error says which.
 *
 * Returns: (transfer full) (nullable): the shape, or %NULL if nothing can be known
 */
PaddockModelShape *
paddock_model_shape_new (PaddockGgufShards *shards, GError **error)
{
  g_autoptr(PaddockModelShape) self = g_new0 (PaddockModelShape, 1);

  self->references = 1;
  self->causal = TRUE;
  return read_shape (self, shards, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * paddock_model_shape_ref:
 * @self: a shape
 *
 * Returns: (transfer full): the same shape
 */
PaddockModelShape *
paddock_model_shape_ref (PaddockModelShape *self)
{
  g_atomic_int_inc (&self->references);
  return self;
}

/**
 * paddock_model_shape_unref:
 * @self: (transfer full): a shape
 *
 * Gives a reference back.
 */
void
paddock_model_shape_unref (PaddockModelShape *self)
{
  if (!g_atomic_int_dec_and_test (&self->references))
    return;
  g_free (self->architecture);
  g_free (self->layer);
  g_free (self->tensors);
  g_free (self->first);
  g_free (self->names);
  g_free (self);
}

/**
 * paddock_model_shape_list:
 * @self: a shape
 * @layer: a layer, or -1 for what belongs to none
 * @n_tensors: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_tensors): the tensors of that layer, sorted by name
 */
const PaddockShapeTensor *
paddock_model_shape_list (const PaddockModelShape *self, int layer, guint *n_tensors)
{
  guint begin;

  *n_tensors = 0;
  if (layer < -1 || layer >= (int) self->layers)
    return NULL;
  begin = self->first[layer + 1];
  *n_tensors = self->first[layer + 2] - begin;
  return self->tensors + begin;
}

/**
 * paddock_model_shape_find:
 * @self: a shape
 * @layer: a layer, or -1 for what belongs to none
 * @name: the name without the block: "attn_q.weight"
 *
 * Returns: (transfer none) (nullable): the tensor
 */
const PaddockShapeTensor *
paddock_model_shape_find (const PaddockModelShape *self, int layer, const char *name)
{
  guint low = 0, high;
  const PaddockShapeTensor *tensors = paddock_model_shape_list (self, layer, &high);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int order = strcmp (tensors[middle].name, name);

      if (order == 0)
        return &tensors[middle];
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}
