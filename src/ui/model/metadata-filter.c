/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/metadata-filter.h"

#include "base/worker.h"
#include "gguf/gguf-header-bytes.h"

#include <string.h>

#define SEARCHED_CHARS 4096          /* of each value: a search need not read a whole vocabulary */

typedef struct
{
  PaddockGgufFile *file;
  char *search;                      /* in lower case */
} FilterRequest;

static void
filter_request_free (FilterRequest *request)
{
  paddock_gguf_file_unref (request->file);
  g_free (request->search);
  g_free (request);
}

static gboolean
contains (const char *text, const char *search)
{
  g_autofree char *folded = g_utf8_strdown (text, -1);

  return strstr (folded, search) != NULL;
}

static gboolean
matches (const PaddockGgufMetadata *metadata, const PaddockGgufEntry *entry, const char *search)
{
  g_autofree char *key = NULL;
  g_autofree char *value = NULL;

  if (*search == '\0')
    return TRUE;
  key = paddock_gguf_metadata_dup_key (metadata, entry);
  if (contains (key, search))
    return TRUE;
  value = paddock_gguf_metadata_format (metadata, entry, SEARCHED_CHARS);
  return contains (value, search);
}

static gpointer
run (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  FilterRequest *request = snapshot;
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (request->file);
  const PaddockGgufEntry *room = paddock_gguf_metadata_find (metadata, PADDOCK_GGUF_ROOM_KEY);
  guint count = paddock_gguf_metadata_get_count (metadata);
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < count; i++)
    {
      const PaddockGgufEntry *entry = paddock_gguf_metadata_get_entry (metadata, i);

      if ((i & 63) == 63 && !paddock_worker_poll (worker, error))
        return NULL;
      if (entry != room && matches (metadata, entry, request->search))
        g_array_append_val (positions, i);
    }
  return g_steal_pointer (&positions);
}

/**
 * paddock_metadata_filter_run_async:
 * @file: a file
 * @search: what a key or the beginning of its value must contain, in any case; empty for all
 * @cancellable: (nullable): to stop it
 * @callback: called when they are found
 * @user_data: for @callback
 *
 * The key that only keeps room for later edits is not found: it says nothing.
 */
void
paddock_metadata_filter_run_async (PaddockGgufFile *file, const char *search, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  FilterRequest *request = g_new0 (FilterRequest, 1);
  PaddockWork work = {
    .name = "paddock-metadata-filter",
    .run = run,
    .snapshot = request,
    .snapshot_free = (GDestroyNotify) filter_request_free,
    .result_free = (GDestroyNotify) g_array_unref,
  };

  request->file = paddock_gguf_file_ref (file);
  request->search = g_utf8_strdown (search, -1);
  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_metadata_filter_run_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type guint): the positions that match
 */
GArray *
paddock_metadata_filter_run_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}
