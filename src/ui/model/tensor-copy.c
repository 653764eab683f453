/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tensor-copy.h"

#include "base/units.h"
#include "base/worker.h"

#define NAME_CHARS 4096

typedef struct
{
  PaddockGgufShards *shards;
  GArray *positions;                 /* guint */
} CopyRequest;

static void
copy_request_free (CopyRequest *request)
{
  paddock_gguf_shards_unref (request->shards);
  g_array_unref (request->positions);
  g_free (request);
}

static void
append_line (GString *text, PaddockGgufShards *shards, guint position)
{
  guint shard = 0;
  const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (shards, position, &shard);
  PaddockGgufFile *file = paddock_gguf_shards_get_shard (shards, shard)->file;
  const PaddockQuantType *type = paddock_gguf_file_get_tensor_type (file, tensor);
  gsize length = 0;
  const char *bytes = paddock_gguf_file_get_tensor_name_bytes (file, tensor, &length);
  g_autofree char *name = paddock_units_escape (bytes, (gssize) length, NAME_CHARS);

  g_string_append_printf (text, "%s\t", name);
  if (type != NULL)
    g_string_append (text, type->name);
  else
    g_string_append_printf (text, "%u", tensor->type);
  for (guint i = 0; i < tensor->n_dimensions && i < PADDOCK_GGUF_MAX_DIMENSIONS; i++)
    g_string_append_printf (text, "%c%" G_GUINT64_FORMAT, i > 0 ? 'x' : '\t', tensor->dimensions[i]);
  g_string_append_printf (text, "\t%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT "\t%u\n", tensor->bytes, tensor->offset,
                          shard + 1);
}

static gpointer
copy (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  CopyRequest *request = snapshot;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < request->positions->len; i++)
    {
      if ((i & 1023) == 1023 && !paddock_worker_poll (worker, error))
        return NULL;
      append_line (text, request->shards, g_array_index (request->positions, guint, i));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * paddock_tensor_copy_async:
 * @shards: a model
 * @positions: (element-type guint): of its tensors
 * @cancellable: (nullable): to stop it
 * @callback: called when the text is made
 * @user_data: for @callback
 *
 * Makes a text for the clipboard, a line for each tensor with tabs between the columns.
 */
void
paddock_tensor_copy_async (PaddockGgufShards *shards, GArray *positions, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  CopyRequest *request = g_new0 (CopyRequest, 1);
  PaddockWork work = {
    .name = "paddock-tensor-copy",
    .run = copy,
    .snapshot = request,
    .snapshot_free = (GDestroyNotify) copy_request_free,
    .result_free = g_free,
  };

  request->shards = paddock_gguf_shards_ref (shards);
  request->positions = g_array_ref (positions);
  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_tensor_copy_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the text
 */
char *
paddock_tensor_copy_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}
