/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-cache.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "base/atomic-file.h"
#include "base/running-digest.h"

#include <string.h>

/* Of the limit, so much is left when it was passed: not every new file shall cost a look at all of them. */
#define KEPT_PERCENT 80

struct _PaddockHubCache
{
  char *path;
  guint64 limit;
};

typedef struct
{
  char *path;
  guint64 size;
  gint64 used_at;
} Kept;

/* What a worker is given. */
typedef struct
{
  PaddockHubCache *cache;
  char *key;
  PaddockHubCached *cached; /* NULL: it is looked for */
} Job;

/**
 * paddock_hub_cache_new:
 * @path: (type filename): a folder
 * @limit: how many bytes may lie in it
 *
 * Returns: (transfer full): a cache there
 */
PaddockHubCache *
paddock_hub_cache_new (const char *path, guint64 limit)
{
  PaddockHubCache *self = g_atomic_rc_box_new0 (PaddockHubCache);

  self->path = g_strdup (path);
  self->limit = limit;
  return self;
}

/**
 * paddock_hub_cache_ref:
 * @self: a cache
 *
 * Returns: (transfer full): @self
 */
PaddockHubCache *
paddock_hub_cache_ref (PaddockHubCache *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_cache (gpointer data)
{
  g_free (((PaddockHubCache *) data)->path);
}

/**
 * paddock_hub_cache_unref:
 * @self: (transfer full): a cache
 */
void
paddock_hub_cache_unref (PaddockHubCache *self)
{
  g_atomic_rc_box_release_full (self, clear_cache);
}

static char *
make_path (const PaddockHubCache *self, const char *key)
{
  g_autofree char *name = paddock_running_digest_sha256_bytes ((const guint8 *) key, strlen (key), NULL, 0);

  return g_build_filename (self->path, name, NULL);
}

/**
 * paddock_hub_cache_load:
 * @self: a cache
 * @key: of what was kept
 *
 * Returns: (transfer full) (nullable): it
 */
PaddockHubCached *
paddock_hub_cache_load (PaddockHubCache *self, const char *key)
{
  g_autofree char *path = make_path (self, key);
  g_autoptr (GBytes) bytes = NULL;
  PaddockHubCached *cached;
  char *contents = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &contents, &length, NULL))
    return NULL;
  bytes = g_bytes_new_take (contents, length);
  cached = paddock_hub_cached_unpack (bytes, key);
  if (cached != NULL)
    utimensat (AT_FDCWD, path, NULL, 0);
  return cached;
}

static void
free_kept (gpointer data)
{
  Kept *kept = data;

  g_free (kept->path);
  g_free (kept);
}

static int
compare_kept (gconstpointer a, gconstpointer b)
{
  const Kept *first = a, *second = b;

  return first->used_at < second->used_at ? -1 : first->used_at > second->used_at;
}

static GPtrArray *
list_kept (const PaddockHubCache *self, guint64 *total)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (free_kept);
  g_autoptr (GDir) folder = g_dir_open (self->path, 0, NULL);
  const char *name;

  *total = 0;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->path, name, NULL);
      struct stat status;
      Kept *kept;

      if (lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
        continue;
      kept = g_new0 (Kept, 1);
      kept->path = g_steal_pointer (&path);
      kept->size = (guint64) status.st_size;
      kept->used_at = (gint64) status.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + status.st_mtim.tv_nsec;
      *total += kept->size;
      g_ptr_array_add (all, kept);
    }
  return all;
}

static void
make_room (const PaddockHubCache *self)
{
  guint64 total;
  g_autoptr (GPtrArray) all = list_kept (self, &total);

  if (total <= self->limit)
    return;
  g_ptr_array_sort_values (all, compare_kept);
  for (guint i = 0; i < all->len && total > self->limit / 100 * KEPT_PERCENT; i++)
    {
      const Kept *kept = g_ptr_array_index (all, i);

      if (g_unlink (kept->path) == 0)
        total -= kept->size;
    }
}

/**
 * paddock_hub_cache_store:
 * @self: a cache
 * @key: of what is kept
 * @cached: what is kept
 */
void
paddock_hub_cache_store (PaddockHubCache *self, const char *key, const PaddockHubCached *cached)
{
  g_autoptr (GBytes) bytes = paddock_hub_cached_pack (cached, key);
  g_autofree char *path = make_path (self, key);
  g_autoptr (PaddockAtomicFile) file = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (length > self->limit || g_mkdir_with_parents (self->path, 0700) != 0)
    return;
  file = paddock_atomic_file_new (path, NULL);
  /* What a private repository says is nobody else's business. */
  if (file != NULL && fchmod (paddock_atomic_file_get_fd (file), 0600) == 0 && paddock_atomic_file_write (file, data, length, NULL)
      && paddock_atomic_file_commit (file, NULL))
    make_room (self);
}

static void
free_job (gpointer data)
{
  Job *job = data;

  paddock_hub_cache_unref (job->cache);
  g_free (job->key);
  g_clear_pointer (&job->cached, paddock_hub_cached_unref);
  g_free (job);
}

static GTask *
make_task (PaddockHubCache *self, const char *key, PaddockHubCached *cached, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->cache = paddock_hub_cache_ref (self);
  job->key = g_strdup (key);
  job->cached = cached != NULL ? paddock_hub_cached_ref (cached) : NULL;
  g_task_set_static_name (task, cached != NULL ? "hub cache storing" : "hub cache loading");
  g_task_set_task_data (task, job, free_job);
  return task;
}

static void
load (GTask *task, gpointer source G_GNUC_UNUSED, gpointer data, GCancellable *cancellable G_GNUC_UNUSED)
{
  const Job *job = data;

  g_task_return_pointer (task, paddock_hub_cache_load (job->cache, job->key), (GDestroyNotify) paddock_hub_cached_unref);
}

static void
store (GTask *task, gpointer source G_GNUC_UNUSED, gpointer data, GCancellable *cancellable G_GNUC_UNUSED)
{
  const Job *job = data;

  paddock_hub_cache_store (job->cache, job->key, job->cached);
  g_task_return_boolean (task, TRUE);
}

/**
 * paddock_hub_cache_load_async:
 * @self: a cache
 * @key: of what was kept
 * @callback: called with it
 * @user_data: for @callback
 */
void
paddock_hub_cache_load_async (PaddockHubCache *self, const char *key, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = make_task (self, key, NULL, callback, user_data);

  g_task_set_source_tag (task, paddock_hub_cache_load_async);
  g_task_run_in_thread (task, load);
}

/**
 * paddock_hub_cache_load_finish:
 * @result: what the callback was given
 *
 * Returns: (transfer full) (nullable): what was kept
 */
PaddockHubCached *
paddock_hub_cache_load_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/**
 * paddock_hub_cache_store_async:
 * @self: a cache
 * @key: of what is kept
 * @cached: what is kept
 * @callback: called when it is
 * @user_data: for @callback
 */
void
paddock_hub_cache_store_async (
    PaddockHubCache *self, const char *key, PaddockHubCached *cached, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = make_task (self, key, cached, callback, user_data);

  g_task_set_source_tag (task, paddock_hub_cache_store_async);
  g_task_run_in_thread (task, store);
}

/**
 * paddock_hub_cache_store_finish:
 * @result: what the callback was given
 */
void
paddock_hub_cache_store_finish (GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
