/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tensor-layers.h"

#include "base/worker.h"

#include <string.h>

#define MOST_LAYERS 1024             /* many more than any real model has */
#define MOST_TYPES 8                 /* in one layer, that are told apart */

/* Most models have the first; others hold the layers of a vision or speech tower. */
static const char * const prefixes[] = { "blk.", "dec.blk.", "enc.blk.", "v.blk.", "a.blk." };

typedef struct
{
  const PaddockQuantType *types[MOST_TYPES];
  guint64 bytes[MOST_TYPES];
  guint count;
} TypeCount;

struct _PaddockTensorLayers
{
  const char *prefix;
  PaddockTensorLayer *layers;
  guint count;
};

void
paddock_tensor_layers_free (PaddockTensorLayers *self)
{
  for (guint i = 0; i < self->count; i++)
    g_free (self->layers[i].types);
  g_free (self->layers);
  g_free (self);
}

guint
paddock_tensor_layers_get_count (PaddockTensorLayers *self)
{
  return self->count;
}

const PaddockTensorLayer *
paddock_tensor_layers_get_layer (PaddockTensorLayers *self, guint layer)
{
  g_return_val_if_fail (layer < self->count, NULL);
  return &self->layers[layer];
}

/**
 * paddock_tensor_layers_dup_prefix:
 * @self: layers
 * @layer: one of them
 *
 * Returns: (transfer full): what the names of its tensors begin with
 */
char *
paddock_tensor_layers_dup_prefix (PaddockTensorLayers *self, guint layer)
{
  return g_strdup_printf ("%s%u.", self->prefix, layer);
}

/* The number behind the prefix, where a point follows it. Names are not terminated. */
static gboolean
parse_layer (const char *prefix, const char *name, gsize length, guint *layer)
{
  gsize position = strlen (prefix);
  guint number = 0;

  if (name == NULL || length <= position || memcmp (name, prefix, position) != 0 || !g_ascii_isdigit (name[position]))
    return FALSE;
  for (; position < length && g_ascii_isdigit (name[position]); position++)
    {
      number = number * 10 + (guint) g_ascii_digit_value (name[position]);
      if (number >= MOST_LAYERS)
        return FALSE;
    }
  *layer = number;
  return position < length && name[position] == '.';
}

static gboolean
find_layer (const char *prefix, PaddockGgufShards *shards, guint position, guint *layer)
{
  guint shard = 0;
  const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (shards, position, &shard);
  PaddockGgufFile *file = paddock_gguf_shards_get_shard (shards, shard)->file;
  gsize length = 0;
  const char *name = paddock_gguf_file_get_tensor_name_bytes (file, tensor, &length);

  return parse_layer (prefix, name, length, layer);
}

gboolean
paddock_tensor_layers_find (PaddockTensorLayers *self, PaddockGgufShards *shards, guint position, guint *layer)
{
  return find_layer (self->prefix, shards, position, layer) && *layer < self->count;
}

static const char *
find_prefix (PaddockGgufShards *shards, guint *count)
{
  guint n_tensors = paddock_gguf_shards_get_n_tensors (shards);

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      guint layer;

      *count = 0;
      for (guint position = 0; position < n_tensors; position++)
        if (find_layer (prefixes[i], shards, position, &layer))
          *count = MAX (*count, layer + 1);
      if (*count > 0)
        return prefixes[i];
    }
  return prefixes[0];
}

static void
add_type (TypeCount *types, const PaddockQuantType *type, guint64 bytes)
{
  guint place = 0;

  while (place < types->count && types->types[place] != type)
    place++;
  if (place == MOST_TYPES)
    return;
  types->types[place] = type;
  types->count = MAX (types->count, place + 1);
  if (__builtin_add_overflow (types->bytes[place], bytes, &types->bytes[place]))
    types->bytes[place] = G_MAXUINT64;
}

static char *
list_types (TypeCount *types)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint listed = 0; listed < types->count; listed++)
    {
      guint best = 0;

      for (guint i = 1; i < types->count; i++)
        if (types->types[best] == NULL || (types->types[i] != NULL && types->bytes[i] > types->bytes[best]))
          best = i;
      if (types->types[best] == NULL)
        break;
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", types->types[best]->name);
      types->types[best] = NULL;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * paddock_tensor_layers_new:
 * @shards: a model
 *
 * Returns: (transfer full): its layers, none if the names tell of none
 */
PaddockTensorLayers *
paddock_tensor_layers_new (PaddockGgufShards *shards)
{
  PaddockTensorLayers *self = g_new0 (PaddockTensorLayers, 1);
  g_autofree TypeCount *types = NULL;
  guint n_tensors = paddock_gguf_shards_get_n_tensors (shards);

  self->prefix = find_prefix (shards, &self->count);
  self->layers = g_new0 (PaddockTensorLayer, MAX (self->count, 1));
  types = g_new0 (TypeCount, MAX (self->count, 1));
  for (guint i = 0; i < n_tensors; i++)
    {
      guint shard = 0;
      const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (shards, i, &shard);
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (shards, shard)->file;
      const PaddockQuantType *type = paddock_gguf_file_get_tensor_type (file, tensor);
      guint layer;

      if (!paddock_tensor_layers_find (self, shards, i, &layer))
        continue;
      self->layers[layer].tensors++;
      if (__builtin_add_overflow (self->layers[layer].bytes, tensor->bytes, &self->layers[layer].bytes))
        self->layers[layer].bytes = G_MAXUINT64;
      if (type != NULL)
        add_type (&types[layer], type, tensor->bytes);
    }
  for (guint i = 0; i < self->count; i++)
    self->layers[i].types = list_types (&types[i]);
  return self;
}

static gpointer
make_layers (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  return paddock_tensor_layers_new (snapshot);
}

/**
 * paddock_tensor_layers_make_async:
 * @shards: a model
 * @cancellable: (nullable): to stop it
 * @callback: called when the layers are known
 * @user_data: for @callback
 *
 * Looks at the names in a worker: a model may have very many tensors.
 */
void
paddock_tensor_layers_make_async (PaddockGgufShards *shards, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  PaddockWork work = {
    .name = "paddock-tensor-layers",
    .run = make_layers,
    .snapshot = paddock_gguf_shards_ref (shards),
    .snapshot_free = (GDestroyNotify) paddock_gguf_shards_unref,
    .result_free = (GDestroyNotify) paddock_tensor_layers_free,
  };

  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

PaddockTensorLayers *
paddock_tensor_layers_make_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}
