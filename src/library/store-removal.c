/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-removal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash-text.h"
#include "folder-walk.h"
#include "model-store.h"
#include "store-reading.h"

#define BLOB "sha256-"
#define REPOSITORY "models--"
#define SNAPSHOTS "/snapshots/"

typedef struct
{
  gboolean complete;                 /* every manifest was met and understood; the first member: wants_folder() */

  /* Borrowed */
  GHashTable *doomed;                /* names of blobs of models that go */

  /* Owned */
  GPtrArray *names;                  /* char *: paths of manifests that go */
  GHashTable *lost;                  /* blobs that those lead to */
  GHashTable *needed;                /* blobs that others lead to */
} Manifests;

typedef struct
{
  gboolean complete;                 /* every folder could be looked into; the first member as well */

  /* Borrowed */
  GHashTable *doomed;                /* paths of links that go */

  /* Owned */
  GHashTable *lost, *needed;         /* PaddockFileIdentity of blobs */
} Snapshots;

static gboolean
is_ollama (const PaddockLibraryFile *file)
{
  const PaddockModelStore *store = paddock_model_store_find (file->store);
  g_autofree char *blobs = g_build_filename (file->root, "blobs", BLOB, NULL);

  return store != NULL && (store->flags & PADDOCK_STORE_BLOBS) != 0 && g_str_has_prefix (file->path, blobs);
}

static gboolean
is_hugging_face (const PaddockLibraryFile *file)
{
  g_autofree char *repository = g_build_filename (file->root, REPOSITORY, NULL);

  return file->target != NULL && g_str_has_prefix (file->path, repository) && strstr (file->path, SNAPSHOTS) != NULL;
}

/**
 * paddock_store_removal_concerns:
 * @file: a file
 *
 * Returns: whether it takes more than its path
 */
gboolean
paddock_store_removal_concerns (const PaddockLibraryFile *file)
{
  return file->role <= PADDOCK_FILE_ROLE_ADAPTER && (is_ollama (file) || is_hugging_face (file));
}

static void
take_digest (GHashTable *blobs, JsonNode *layer)
{
  const char *digest = layer != NULL && JSON_NODE_HOLDS_OBJECT (layer)
                         ? paddock_store_get_string (json_node_get_object (layer), "digest")
                         : NULL;

  if (digest != NULL && g_str_has_prefix (digest, "sha256:") && paddock_hash_text_is_sha256 (digest + strlen ("sha256:")))
    g_hash_table_add (blobs, g_strconcat (BLOB, digest + strlen ("sha256:"), NULL));
}

static gboolean
meets (GHashTable *blobs, GHashTable *others)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, blobs);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_hash_table_contains (others, name))
      return TRUE;
  return FALSE;
}

static void
take_all (GHashTable *to, GHashTable *from)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_hash_table_add (to, g_strdup (name));
}

static gboolean
visit_manifest (const PaddockFolderWalkStep *step, gpointer user_data)
{
  Manifests *self = user_data;
  g_autoptr (GHashTable) blobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (JsonObject) object = NULL;
  JsonNode *layers;

  if (step->is_directory)
    return TRUE;
  object = paddock_store_read_json (step->path);
  layers = object != NULL ? json_object_get_member (object, "layers") : NULL;
  if (layers == NULL || !JSON_NODE_HOLDS_ARRAY (layers))
    {
      self->complete = FALSE;
      return TRUE;
    }
  take_digest (blobs, json_object_get_member (object, "config"));
  for (guint i = 0; i < json_array_get_length (json_node_get_array (layers)); i++)
    take_digest (blobs, json_array_get_element (json_node_get_array (layers), i));
  if (meets (blobs, self->doomed))
    {
      g_ptr_array_add (self->names, g_strdup (step->path));
      take_all (self->lost, blobs);
    }
  else
    take_all (self->needed, blobs);
  return TRUE;
}

/* Every one, hidden ones too: what is not seen there may be what needs a blob. */
static gboolean
wants_folder (const char *path, const char *name G_GNUC_UNUSED, gpointer user_data)
{
  gboolean *complete = user_data;

  if (access (path, R_OK | X_OK) != 0)
    *complete = FALSE;
  return TRUE;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
collect_ollama (GPtrArray *files, GPtrArray *paths)
{
  const PaddockLibraryFile *first = g_ptr_array_index (files, 0);
  g_autofree char *manifests = g_build_filename (first->root, "manifests", NULL);
  g_autoptr (GHashTable) doomed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) lost = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) needed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Manifests self = { TRUE, doomed, paths, lost, needed };
  const PaddockFolderWalk walk = { .wants_folder = wants_folder, .visit = visit_manifest, .user_data = &self };
  GHashTableIter iter;
  gpointer name;
  guint names;

  for (guint i = 0; i < files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (files, i);

      /* What goes with a model goes when the model does. */
      if (file->role == PADDOCK_FILE_ROLE_MODEL)
        g_hash_table_add (doomed, g_path_get_basename (file->path));
    }
  if (!paddock_folder_walk_run (&walk, manifests, NULL, NULL))
    self.complete = FALSE;
  names = paths->len;
  g_hash_table_iter_init (&iter, lost);
  while (self.complete && g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (needed, name))
      g_ptr_array_add (paths, g_build_filename (first->root, "blobs", name, NULL));
  qsort (paths->pdata + names, paths->len - names, sizeof *paths->pdata, compare_paths);
}

static gboolean
visit_snapshot (const PaddockFolderWalkStep *step, gpointer user_data)
{
  Snapshots *self = user_data;

  if (!step->is_directory && step->is_link)
    g_hash_table_add (g_hash_table_contains (self->doomed, step->path) ? self->lost : self->needed,
                      g_memdup2 (&step->identity, sizeof step->identity));
  return TRUE;
}

/* The blob of a link, when it is where blobs of that repository are. */
static void
take_blob (GPtrArray *paths, const PaddockLibraryFile *file, GHashTable *taken)
{
  g_autofree char *repository = g_strndup (file->path, (gsize) (strstr (file->path, SNAPSHOTS) - file->path));
  g_autofree char *blobs = g_build_filename (repository, "blobs", NULL);
  g_autofree char *real = realpath (blobs, NULL);
  g_autofree char *folder = g_path_get_dirname (file->target);
  g_autofree char *name = g_path_get_basename (file->target);
  g_autofree char *path = g_build_filename (blobs, name, NULL);

  if (real != NULL && g_str_equal (real, folder) && g_hash_table_add (taken, g_strdup (path)))
    g_ptr_array_add (paths, g_steal_pointer (&path));
}

static void
collect_hugging_face (GPtrArray *files, GPtrArray *paths)
{
  g_autoptr (GHashTable) doomed = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < files->len; i++)
    {
      char *path = ((PaddockLibraryFile *) g_ptr_array_index (files, i))->path;

      if (g_hash_table_add (doomed, path))
        g_ptr_array_add (paths, g_strdup (path));
    }
  for (guint i = 0; i < files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (files, i);
      g_autofree char *snapshots = g_strndup (file->path, (gsize) (strstr (file->path, SNAPSHOTS) - file->path) +
                                                            strlen (SNAPSHOTS) - 1);
      g_autoptr (GHashTable) lost =
        g_hash_table_new_full (paddock_file_identity_hash, paddock_file_identity_equal, g_free, NULL);
      g_autoptr (GHashTable) needed =
        g_hash_table_new_full (paddock_file_identity_hash, paddock_file_identity_equal, g_free, NULL);
      Snapshots self = { TRUE, doomed, lost, needed };
      const PaddockFolderWalk walk = { .wants_folder = wants_folder, .visit = visit_snapshot, .user_data = &self };

      if (paddock_folder_walk_run (&walk, snapshots, NULL, NULL) && self.complete &&
          g_hash_table_contains (lost, &file->identity) && !g_hash_table_contains (needed, &file->identity))
        take_blob (paths, file, taken);
    }
}

/**
 * paddock_store_removal_collect:
 * @files: (element-type PaddockLibraryFile): files of one root, which paddock_store_removal_concerns()
 *
 * Returns: (transfer container) (element-type filename): what has to go
 */
GPtrArray *
paddock_store_removal_collect (GPtrArray *files)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  if (files->len > 0 && is_ollama (g_ptr_array_index (files, 0)))
    collect_ollama (files, paths);
  else if (files->len > 0)
    collect_hugging_face (files, paths);
  return paths;
}
