/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-head.h"

#include "base/worker.h"
#include "hub-error.h"
#include "hub-reader.h"
#include "hub-session-private.h"
#include "hub-splice.h"

/* Of a small vocabulary this is all; of a large one it tells at least what the model is. */
#define FIRST_WINDOW (256u << 10)
#define SECOND_WINDOW (1u << 20)
/* The largest vocabularies of today take a quarter of it. */
#define MAX_WINDOW (64u << 20)

typedef struct
{
  /* Owned */
  PaddockHubReader *reader;
  PaddockHubReader *rest; /* of the file, when the middle is known from a sibling; NULL: it is not */
  GBytes *head;           /* before that */
  PaddockHubSplice *splice;
  char *key, *name, *group;
  gsize wanted;
} Loading;

/* What a worker looks at. */
typedef struct
{
  PaddockHubCache *cache;
  char *key, *name;
  GBytes *bytes;            /* NULL: what is in the cache */
  PaddockGgufFile *sibling; /* that may know more; NULL: none may */
  PaddockHubSplice *splice; /* borrowed: how the bytes and the rest belong together; NULL: they are the begin alone */
  GBytes *rest;
  gint64 size;
} Look;

/* What it saw. */
typedef struct
{
  PaddockGgufFile *file;    /* NULL: there is nothing to see */
  PaddockHubSplice *splice; /* how the rest is found sooner; NULL: in no way */
} Sight;

static void
read_more (GTask *task);

static void
free_loading (gpointer data)
{
  Loading *loading = data;

  g_clear_object (&loading->reader);
  g_clear_object (&loading->rest);
  g_clear_pointer (&loading->head, g_bytes_unref);
  g_clear_pointer (&loading->splice, paddock_hub_splice_free);
  g_free (loading->group);
  g_free (loading->key);
  g_free (loading->name);
  g_free (loading);
}

static void
free_look (gpointer data)
{
  Look *look = data;

  paddock_hub_cache_unref (look->cache);
  g_clear_pointer (&look->bytes, g_bytes_unref);
  g_clear_pointer (&look->rest, g_bytes_unref);
  g_clear_pointer (&look->sibling, paddock_gguf_file_unref);
  g_free (look->key);
  g_free (look->name);
  g_free (look);
}

static void
free_sight (gpointer data)
{
  Sight *sight = data;

  g_clear_pointer (&sight->file, paddock_gguf_file_unref);
  g_clear_pointer (&sight->splice, paddock_hub_splice_free);
  g_free (sight);
}

/**
 * paddock_hub_head_free:
 * @self: (transfer full): a header
 */
void
paddock_hub_head_free (PaddockHubHead *self)
{
  g_clear_pointer (&self->file, paddock_gguf_file_unref);
  g_free (self);
}

static void
keep (const Look *look, PaddockGgufFile *file)
{
  gsize length;
  const guint8 *bytes = paddock_gguf_source_get_prefix (paddock_gguf_file_get_source (file), &length);
  g_autoptr (GBytes) header = g_bytes_new (bytes, (gsize) MIN (paddock_gguf_file_get_header_end (file), length));
  g_autoptr (PaddockHubCached) cached = paddock_hub_cached_new (header, NULL, NULL, look->size);

  paddock_hub_cache_store (look->cache, look->key, cached);
}

static PaddockGgufFile *
scan (const Look *look, GBytes *bytes, gint64 size, GCancellable *cancellable)
{
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_head (bytes, (guint64) size, look->name);

  return paddock_gguf_file_scan (source, cancellable);
}

static gpointer
look_at (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  const Look *look = snapshot;
  GCancellable *cancellable = paddock_worker_get_cancellable (worker);
  Sight *sight = g_new0 (Sight, 1);

  if (look->bytes == NULL)
    {
      g_autoptr (PaddockHubCached) cached = paddock_hub_cache_load (look->cache, look->key);

      if (cached != NULL && (look->size < 0 || look->size == cached->size)
          && cached->size >= (gint64) g_bytes_get_size (cached->body))
        sight->file = scan (look, cached->body, cached->size, cancellable);
      return sight;
    }
  if (look->splice != NULL)
    sight->file = paddock_hub_splice_join (look->splice, look->bytes, look->rest, (guint64) look->size, look->name, cancellable);
  else
    sight->file = scan (look, look->bytes, look->size, cancellable);
  if (sight->file != NULL && paddock_gguf_file_get_failure (sight->file) == NULL)
    keep (look, sight->file);
  else if (sight->file != NULL && look->sibling != NULL)
    sight->splice = paddock_hub_splice_new (look->sibling, look->bytes);
  return sight;
}

/* rest: of the splice; NULL: the bytes are all that there is. */
static void
start_look (GTask *task, GBytes *bytes, GBytes *rest, GAsyncReadyCallback callback)
{
  Loading *loading = g_task_get_task_data (task);
  PaddockHubSession *session = g_task_get_source_object (task);
  PaddockGgufFile *sibling = loading->group != NULL ? paddock_hub_session_get_sibling (session, loading->group) : NULL;
  Look *look = g_new0 (Look, 1);
  PaddockWork work
      = { .name = "hub header", .run = look_at, .snapshot = look, .snapshot_free = free_look, .result_free = free_sight };

  look->cache = paddock_hub_cache_ref (paddock_hub_session_get_headers (session));
  look->key = g_strdup (loading->key);
  look->name = g_strdup (loading->name);
  look->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  look->rest = rest != NULL ? g_bytes_ref (rest) : NULL;
  look->splice = rest != NULL ? loading->splice : NULL;
  /* Of no use once more has been fetched than it would save, and where it was tried. */
  if (sibling != NULL && rest == NULL && loading->splice == NULL && loading->wanted == FIRST_WINDOW)
    look->sibling = paddock_gguf_file_ref (sibling);
  look->size = paddock_hub_reader_get_size (loading->reader);
  paddock_worker_run_async (NULL, &work, g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
finish (GTask *task, PaddockGgufFile *file)
{
  Loading *loading = g_task_get_task_data (task);
  PaddockHubHead *head = g_new0 (PaddockHubHead, 1);

  head->file = paddock_gguf_file_ref (file);
  head->fetched = paddock_hub_reader_get_fetched (loading->reader);
  if (loading->rest != NULL)
    head->fetched += paddock_hub_reader_get_fetched (loading->rest);
  if (loading->group != NULL && paddock_gguf_file_get_failure (file) == NULL
      && paddock_gguf_file_get_header_end (file) > FIRST_WINDOW)
    paddock_hub_session_set_sibling (g_task_get_source_object (task), loading->group, file);
  g_task_return_pointer (task, head, (GDestroyNotify) paddock_hub_head_free);
}

static void
grow (GTask *task)
{
  Loading *loading = g_task_get_task_data (task);

  loading->wanted = MAX (SECOND_WINDOW, loading->wanted * 2);
  read_more (task);
}

/* What does not fit was no sibling after all: then everything is fetched. */
static void
on_joined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Sight *sight = paddock_worker_run_finish (source, result, &error);

  if (sight == NULL)
    g_task_return_error (task, error);
  else if (sight->file == NULL)
    grow (task);
  else
    finish (task, sight->file);
  g_clear_pointer (&sight, free_sight);
}

static void
on_rest (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Loading *loading = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) rest = paddock_hub_reader_read_finish (PADDOCK_HUB_READER (source), result, &error);

  if (rest != NULL)
    start_look (task, loading->head, rest, on_joined);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, error);
  else
    {
      g_clear_error (&error);
      grow (task);
    }
}

/* The middle is known: what is behind it is read. */
static void
read_rest (GTask *task, PaddockHubSplice *splice)
{
  Loading *loading = g_task_get_task_data (task);

  loading->splice = splice;
  loading->rest = paddock_hub_reader_new_part (loading->reader, splice->begin);
  paddock_hub_reader_read_async (loading->rest, splice->length, g_task_get_cancellable (task), on_rest, g_object_ref (task));
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Loading *loading = g_task_get_task_data (task);
  GError *error = NULL;
  Sight *sight = paddock_worker_run_finish (source, result, &error);
  const GError *failure = sight != NULL ? paddock_gguf_file_get_failure (sight->file) : NULL;

  if (sight == NULL)
    g_task_return_error (task, error);
  else if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_error_copy (failure));
  else if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    finish (task, sight->file);
  else if (loading->wanted >= MAX_WINDOW)
    g_task_return_new_error (task, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_ANSWER, "%s: its header has no end", loading->name);
  else if (sight->splice != NULL)
    read_rest (task, g_steal_pointer (&sight->splice));
  else
    grow (task);
  g_clear_pointer (&sight, free_sight);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Loading *loading = g_task_get_task_data (task);
  PaddockHubReader *reader = PADDOCK_HUB_READER (source);
  GError *error = NULL;
  g_autoptr (GBytes) bytes = paddock_hub_reader_read_finish (reader, result, &error);

  if (bytes == NULL)
    g_task_return_error (task, error);
  else if (paddock_hub_reader_get_size (reader) < (gint64) g_bytes_get_size (bytes))
    g_task_return_new_error (task, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_ANSWER, "%s: the hub does not tell how large it is",
                             loading->name);
  else
    {
      g_clear_pointer (&loading->head, g_bytes_unref);
      loading->head = g_bytes_ref (bytes);
      start_look (task, bytes, NULL, on_looked);
    }
}

static void
read_more (GTask *task)
{
  Loading *loading = g_task_get_task_data (task);

  paddock_hub_reader_read_async (loading->reader, loading->wanted, g_task_get_cancellable (task), on_read, g_object_ref (task));
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  Sight *sight = paddock_worker_run_finish (source, result, &error);

  if (sight == NULL)
    g_task_return_error (task, error);
  else if (sight->file != NULL && paddock_gguf_file_get_failure (sight->file) == NULL)
    finish (task, sight->file);
  else
    read_more (task);
  g_clear_pointer (&sight, free_sight);
}

/**
 * paddock_hub_head_load_async:
 * @session: a session
 * @place: where the file is
 * @cancellable: (nullable): to stop
 * @callback: called with its header
 * @user_data: for @callback
 */
void
paddock_hub_head_load_async (PaddockHubSession *session,
                             const PaddockHubHeadPlace *place,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  Loading *loading = g_new0 (Loading, 1);

  loading->reader = paddock_hub_reader_new (session, place->url, place->size);
  loading->key = g_strdup (place->key);
  loading->name = g_strdup (place->name);
  loading->group = g_strdup (place->group);
  loading->wanted = FIRST_WINDOW;
  g_task_set_source_tag (task, paddock_hub_head_load_async);
  g_task_set_static_name (task, "hub head");
  g_task_set_task_data (task, loading, free_loading);
  start_look (task, NULL, NULL, on_looked_up);
}

/**
 * paddock_hub_head_load_finish:
 * @result: what the callback was given
 * @error: return location for %PADDOCK_HUB_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the header
 */
PaddockHubHead *
paddock_hub_head_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
