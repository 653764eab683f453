/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-card.h"

#include "base/worker.h"
#include "card-parser.h"
#include "hub-reader.h"
#include "hub-reference.h"
#include "hub-session-private.h"

#include <string.h>

#define FILE_NAME "README.md"
#define MAX_BYTES (512u << 10)
#define COMMIT_DIGITS 40

typedef struct
{
  /* Owned */
  char *url, *base;
  char *key; /* NULL: another text may be there tomorrow */
} Loading;

/* What a worker reads. */
typedef struct
{
  PaddockHubCache *cache;
  char *key, *base;
  GBytes *text; /* NULL: what is in the cache */
  gint64 size;
} Snapshot;

/* What it found. */
typedef struct
{
  PaddockHubCard *card; /* NULL: nothing */
} Found;

static void
free_loading (gpointer data)
{
  Loading *loading = data;

  g_free (loading->url);
  g_free (loading->base);
  g_free (loading->key);
  g_free (loading);
}

static void
free_snapshot (gpointer data)
{
  Snapshot *snapshot = data;

  paddock_hub_cache_unref (snapshot->cache);
  g_clear_pointer (&snapshot->text, g_bytes_unref);
  g_free (snapshot->key);
  g_free (snapshot->base);
  g_free (snapshot);
}

static void
free_found (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->card, paddock_hub_card_free);
  g_free (found);
}

/**
 * paddock_hub_card_free:
 * @self: (transfer full): a card
 */
void
paddock_hub_card_free (PaddockHubCard *self)
{
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_free (self);
}

static PaddockHubCard *
make_card (GBytes *text, gint64 size, const char *base)
{
  PaddockHubCard *card = g_new0 (PaddockHubCard, 1);
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  card->blocks = paddock_card_parser_run (data, MIN (length, MAX_BYTES), base);
  card->is_cut = length > MAX_BYTES || size > (gint64) length;
  return card;
}

static gpointer
read_text (PaddockWorker *worker G_GNUC_UNUSED, gpointer data, GError **error G_GNUC_UNUSED)
{
  Snapshot *snapshot = data;
  Found *found = g_new0 (Found, 1);
  g_autoptr (PaddockHubCached) cached = NULL;

  if (snapshot->text == NULL)
    {
      cached = snapshot->key != NULL ? paddock_hub_cache_load (snapshot->cache, snapshot->key) : NULL;
      found->card = cached != NULL ? make_card (cached->body, cached->size, snapshot->base) : NULL;
      return found;
    }
  cached = paddock_hub_cached_new (snapshot->text, NULL, NULL, snapshot->size);
  if (snapshot->key != NULL)
    paddock_hub_cache_store (snapshot->cache, snapshot->key, cached);
  found->card = make_card (snapshot->text, snapshot->size, snapshot->base);
  return found;
}

static void
start (GTask *task, GBytes *text, gint64 size, GAsyncReadyCallback callback)
{
  Loading *loading = g_task_get_task_data (task);
  Snapshot *snapshot = g_new0 (Snapshot, 1);
  PaddockWork work
      = { .name = "hub card", .run = read_text, .snapshot = snapshot, .snapshot_free = free_snapshot, .result_free = free_found };

  snapshot->cache = paddock_hub_cache_ref (paddock_hub_session_get_answers (g_task_get_source_object (task)));
  snapshot->key = g_strdup (loading->key);
  snapshot->base = g_strdup (loading->base);
  snapshot->text = text != NULL ? g_bytes_ref (text) : NULL;
  snapshot->size = size;
  paddock_worker_run_async (NULL, &work, g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Found *found = paddock_worker_run_finish (source, result, &error);

  if (found == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, g_steal_pointer (&found->card), (GDestroyNotify) paddock_hub_card_free);
  free_found (found);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PaddockHubReader *reader = PADDOCK_HUB_READER (source);
  GError *error = NULL;
  g_autoptr (GBytes) text = paddock_hub_reader_read_finish (reader, result, &error);

  if (text == NULL)
    g_task_return_error (task, error);
  else
    start (task, text, paddock_hub_reader_get_size (reader), on_found);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Loading *loading = g_task_get_task_data (task);
  GError *error = NULL;
  Found *found = paddock_worker_run_finish (source, result, &error);
  g_autoptr (PaddockHubReader) reader = NULL;

  if (found == NULL)
    g_task_return_error (task, error);
  else if (found->card != NULL)
    g_task_return_pointer (task, g_steal_pointer (&found->card), (GDestroyNotify) paddock_hub_card_free);
  else
    {
      reader = paddock_hub_reader_new (g_task_get_source_object (task), loading->url, -1);
      paddock_hub_reader_read_async (reader, MAX_BYTES, g_task_get_cancellable (task), on_read, g_object_ref (task));
    }
  g_clear_pointer (&found, free_found);
}

static gboolean
is_commit (const char *revision)
{
  return strlen (revision) == COMMIT_DIGITS && strspn (revision, "0123456789abcdef") == COMMIT_DIGITS;
}

/**
 * paddock_hub_card_load_async:
 * @session: a session
 * @id: a repository
 * @revision: of it
 * @cancellable: (nullable): to stop
 * @callback: called with the card
 * @user_data: for @callback
 */
void
paddock_hub_card_load_async (PaddockHubSession *session,
                             const char *id,
                             const char *revision,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  const char *endpoint = paddock_hub_session_get_endpoint (session);
  g_autofree char *resolve = paddock_hub_reference_build_resolve (id, revision, FILE_NAME);
  g_autofree char *escaped = g_uri_escape_string (revision, NULL, FALSE);
  Loading *loading = g_new0 (Loading, 1);

  loading->url = g_strconcat (endpoint, resolve, NULL);
  loading->base = g_strdup_printf ("%s/%s/blob/%s/", endpoint, id, escaped);
  loading->key = is_commit (revision) ? paddock_hub_session_make_key (session, resolve) : NULL;
  g_task_set_source_tag (task, paddock_hub_card_load_async);
  g_task_set_static_name (task, "hub card");
  g_task_set_task_data (task, loading, free_loading);
  start (task, NULL, -1, on_looked_up);
}

/**
 * paddock_hub_card_load_finish:
 * @result: what the callback was given
 * @error: return location for %PADDOCK_HUB_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the card
 */
PaddockHubCard *
paddock_hub_card_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
