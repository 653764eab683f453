/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/file-walk.h"

#include "base/worker.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  GPtrArray *files;                  /* PaddockFoundFile */
  gboolean limited;
} WalkResult;

typedef struct
{
  dev_t device;
  ino_t inode;
} Place;

typedef struct
{
  WalkResult *result;
  GHashTable *directories;           /* Place: a loop of links ends where it began */
  GHashTable *identities;            /* of the files; borrowed from them */
  PaddockWorker *worker;
} Walk;

static void
walk_result_free (WalkResult *result)
{
  g_clear_pointer (&result->files, g_ptr_array_unref);
  g_free (result);
}

static guint
place_hash (gconstpointer data)
{
  const Place *place = data;
  guint64 mixed = (guint64) place->inode * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) + (guint64) place->device;

  return (guint) (mixed >> 32);
}

static gboolean
place_equal (gconstpointer a, gconstpointer b)
{
  const Place *first = a;
  const Place *second = b;

  return first->inode == second->inode && first->device == second->device;
}

static void
add_file (Walk *walk, const char *path)
{
  g_autoptr (PaddockFoundFile) file = NULL;

  if (walk->result->files->len >= PADDOCK_FILE_WALK_MAX_FILES)
    {
      walk->result->limited = TRUE;
      return;
    }
  file = paddock_found_file_new (path);
  /* Asked first, because adding would put this name in the place of the one that stays. */
  if (g_hash_table_contains (walk->identities, file->identity))
    return;
  g_hash_table_add (walk->identities, file->identity);
  g_ptr_array_add (walk->result->files, g_steal_pointer (&file));
}

static gboolean
is_model_name (const char *name)
{
  gsize length = strlen (name);

  return length > 5 && g_ascii_strcasecmp (name + length - 5, ".gguf") == 0;
}

static gboolean
remember_directory (Walk *walk, const struct stat *status)
{
  Place *place;

  if (g_hash_table_size (walk->directories) >= PADDOCK_FILE_WALK_MAX_DIRECTORIES)
    {
      walk->result->limited = TRUE;
      return FALSE;
    }
  place = g_new (Place, 1);
  place->device = status->st_dev;
  place->inode = status->st_ino;
  return g_hash_table_add (walk->directories, place);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* The names in a directory, sorted: the first shard of a set comes before the others. */
static GPtrArray *
list_names (const char *path)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  DIR *directory = opendir (path);
  struct dirent *entry;

  if (directory == NULL)
    return NULL;
  while ((entry = readdir (directory)) != NULL)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0 &&
        (is_model_name (entry->d_name) || entry->d_type == DT_DIR || entry->d_type == DT_LNK ||
         entry->d_type == DT_UNKNOWN))
      g_ptr_array_add (names, g_strdup (entry->d_name));
  closedir (directory);
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gboolean
walk_directory (Walk *walk, const char *path, guint depth, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;

  if (!paddock_worker_poll (walk->worker, error))
    return FALSE;
  if (depth > PADDOCK_FILE_WALK_MAX_DEPTH)
    {
      walk->result->limited = TRUE;
      return TRUE;
    }
  /* A directory that may not be read hides its files; the others are still worth showing. */
  names = list_names (path);
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *child = g_build_filename (path, name, NULL);
      struct stat status;

      if ((i & 63) == 63 && !paddock_worker_poll (walk->worker, error))
        return FALSE;
      if (stat (child, &status) != 0)
        continue;
      if (S_ISREG (status.st_mode) && is_model_name (name))
        add_file (walk, child);
      else if (S_ISDIR (status.st_mode) && remember_directory (walk, &status) &&
               !walk_directory (walk, child, depth + 1, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
walk_all (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  const char * const *paths = snapshot;
  g_autoptr (GHashTable) directories = g_hash_table_new_full (place_hash, place_equal, g_free, NULL);
  g_autoptr (GHashTable) identities = g_hash_table_new (g_str_hash, g_str_equal);
  WalkResult *result = g_new0 (WalkResult, 1);
  Walk walk = { .result = result, .directories = directories, .identities = identities, .worker = worker };

  result->files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_found_file_free);
  for (gsize i = 0; paths[i] != NULL; i++)
    {
      struct stat status;

      if (stat (paths[i], &status) != 0 || !S_ISDIR (status.st_mode))
        add_file (&walk, paths[i]);  /* also one that cannot be read: its page will say why */
      else if (remember_directory (&walk, &status) && !walk_directory (&walk, paths[i], 1, error))
        {
          walk_result_free (result);
          return NULL;
        }
    }
  return result;
}

/**
 * paddock_file_walk_async:
 * @paths: (array zero-terminated=1): files and folders
 * @cancellable: (nullable): to stop it
 * @callback: called when all are known
 * @user_data: for @callback
 *
 * Finds the models behind @paths in a worker: files as they are, and in folders what is named *.gguf, at any depth
 * up to a limit. Links are followed; loops end; a file or split set is found once.
 */
void
paddock_file_walk_async (const char * const *paths, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data)
{
  PaddockWork work = {
    .name = "paddock-file-walk",
    .run = walk_all,
    .snapshot = g_strdupv ((char **) paths),
    .snapshot_free = (GDestroyNotify) g_strfreev,
    .result_free = (GDestroyNotify) walk_result_free,
  };

  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_file_walk_finish:
 * @result: what the callback got
 * @limited: (out) (optional): whether a limit left something out
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type PaddockFoundFile): the models in the order of the names
 */
GPtrArray *
paddock_file_walk_finish (GAsyncResult *result, gboolean *limited, GError **error)
{
  WalkResult *walked = paddock_worker_run_finish (NULL, result, error);
  GPtrArray *files;

  if (walked == NULL)
    return NULL;
  if (limited != NULL)
    *limited = walked->limited;
  files = g_steal_pointer (&walked->files);
  walk_result_free (walked);
  return files;
}
