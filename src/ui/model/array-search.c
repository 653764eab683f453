/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/array-search.h"

#include "base/worker.h"
#include "gguf/gguf-array.h"

#include <string.h>

#define MAX_HITS 1000000              /* a search that finds more than this has found nothing */

typedef struct
{
  PaddockGgufFile *file;
  const PaddockGgufEntry *entry;     /* borrowed from the file */
  char *search;                      /* in lower case */
} SearchRequest;

static void
search_request_free (SearchRequest *request)
{
  paddock_gguf_file_unref (request->file);
  g_free (request->search);
  g_free (request);
}

static gpointer
search_array (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  SearchRequest *request = snapshot;
  /* An array keeps an index of its own while it is walked: the dialog's stays in the main thread. */
  g_autoptr (PaddockGgufArray) array =
    paddock_gguf_array_new (paddock_gguf_file_get_metadata (request->file), request->entry);
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (guint));
  guint64 length = array != NULL ? MIN (paddock_gguf_array_get_length (array), G_MAXUINT - 1) : 0;

  for (guint i = 0; i < length && hits->len < MAX_HITS; i++)
    {
      g_autofree char *text = NULL;
      g_autofree char *folded = NULL;

      if ((i & 511) == 511 && !paddock_worker_poll (worker, error))
        return NULL;
      text = paddock_gguf_array_format (array, i);
      if (text == NULL)
        continue;
      folded = g_utf8_strdown (text, -1);
      if (strstr (folded, request->search) != NULL)
        g_array_append_val (hits, i);
    }
  return g_steal_pointer (&hits);
}

/**
 * paddock_array_search_async:
 * @file: a file
 * @entry: an array among its metadata
 * @search: what an element must contain, in any case
 * @cancellable: (nullable): to stop it
 * @callback: called when they are found
 * @user_data: for @callback
 */
void
paddock_array_search_async (PaddockGgufFile *file, const PaddockGgufEntry *entry, const char *search,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  SearchRequest *request = g_new0 (SearchRequest, 1);
  PaddockWork work = {
    .name = "paddock-array-search",
    .run = search_array,
    .snapshot = request,
    .snapshot_free = (GDestroyNotify) search_request_free,
    .result_free = (GDestroyNotify) g_array_unref,
  };

  request->file = paddock_gguf_file_ref (file);
  request->entry = entry;
  request->search = g_utf8_strdown (search, -1);
  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_array_search_finish:
 * @result: what the callback got
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type guint): the positions that match
 */
GArray *
paddock_array_search_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}
