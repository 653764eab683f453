/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/hash-text.h"
#include "folder-store.h"
#include "folder-walk.h"
#include "model-stores.h"
#include "store-reading.h"

#define REPOSITORY "models--"

typedef struct
{
  const char *id, *root;
  PaddockStoreVisit visit;
  gpointer user_data;
  char *repository;                  /* "owner/name" */
  char *snapshots;                   /* the folder */
  GHashTable *linked;                /* names of blobs that some snapshot leads to */
} Listing;

static void
locate (const PaddockStorePlaces *places, GPtrArray *roots)
{
  static const struct
  {
    const char *variable, *below;
  } named[] = { { "HF_HUB_CACHE", NULL }, { "HUGGINGFACE_HUB_CACHE", NULL }, { "HF_HOME", "hub" } };

  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    {
      const char *value = paddock_store_places_get_variable (places, named[i].variable);
      g_autofree char *path = value != NULL ? g_build_filename (value, named[i].below, NULL) : NULL;

      if (path != NULL)
        paddock_store_add_named_root (roots, path);
    }
  paddock_store_add_root (roots, places->cache, "huggingface", "hub", NULL);
}

static gboolean
tell (Listing *self, const PaddockFolderWalkStep *step, PaddockFileRole role)
{
  PaddockLibraryFile *file = paddock_library_file_new (self->id, self->root, step->path);

  file->role = role;
  file->identity = step->identity;
  return self->visit (file, self->user_data);
}

static gboolean
visit_snapshot (const PaddockFolderWalkStep *step, gpointer user_data)
{
  Listing *self = user_data;
  g_autofree char *target = step->is_link ? g_file_read_link (step->path, NULL) : NULL;
  g_autofree char *blob = target != NULL ? g_path_get_basename (target) : NULL;
  const char *relative = step->path + strlen (self->snapshots);
  g_auto (GStrv) parts = NULL;
  PaddockLibraryFile *file;
  PaddockFileRole role;

  if (step->is_directory)
    return tell (self, step, PADDOCK_FILE_ROLE_DIRECTORY);
  if (blob != NULL)
    g_hash_table_add (self->linked, g_strdup (blob));
  if (!paddock_folder_store_judge_name (step->name, &role))
    return TRUE;
  file = paddock_library_file_new (self->id, self->root, step->path);
  file->role = role;
  file->identity = step->identity;
  file->repository = g_strdup (self->repository);
  if (step->is_link)
    file->target = realpath (step->path, NULL);
  if (paddock_hash_text_is_sha256 (blob))
    file->claimed_sha256 = g_ascii_strdown (blob, -1);
  relative += strspn (relative, "/");
  parts = g_utf8_validate (relative, -1, NULL) ? g_strsplit (relative, "/", 2) : NULL;
  if (parts != NULL && g_strv_length (parts) == 2)
    {
      file->revision = g_strdup (parts[0]);
      file->repository_path = g_strdup (parts[1]);
    }
  return self->visit (file, self->user_data);
}

/* "ETAG.incomplete", "ETAG.CHANCE.incomplete", and as llama.cpp calls them. */
static gboolean
is_partial (const char *name)
{
  return g_str_has_suffix (name, ".incomplete") || g_str_has_suffix (name, ".downloadInProgress");
}

static gboolean
visit_blob (const PaddockFolderWalkStep *step, gpointer user_data)
{
  Listing *self = user_data;

  if (step->is_directory)
    return tell (self, step, PADDOCK_FILE_ROLE_DIRECTORY);
  if (is_partial (step->name))
    return tell (self, step, PADDOCK_FILE_ROLE_PARTIAL);
  if (!g_hash_table_contains (self->linked, step->name))
    return tell (self, step, PADDOCK_FILE_ROLE_ORPHAN);
  return TRUE;
}

/* A name at the hub has no "--" in it; old ones have no owner. */
static char *
make_repository (const char *folder)
{
  g_auto (GStrv) parts = g_strsplit (folder + strlen (REPOSITORY), "--", 2);

  return g_utf8_validate (folder, -1, NULL) ? g_strjoinv ("/", parts) : NULL;
}

static gboolean
list_repository (Listing *self, const char *folder, GCancellable *cancellable, GError **error)
{
  g_autofree char *repository = make_repository (folder);
  g_autofree char *snapshots = g_build_filename (self->root, folder, "snapshots", NULL);
  g_autofree char *blobs = g_build_filename (self->root, folder, "blobs", NULL);
  g_autoptr (GHashTable) linked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const PaddockFolderWalk names = { .visit = visit_snapshot, .user_data = self };
  const PaddockFolderWalk files = { .visit = visit_blob, .user_data = self };
  g_autoptr (GError) problem = NULL;
  gboolean known;

  self->repository = repository;
  self->snapshots = snapshots;
  self->linked = linked;
  known = paddock_folder_walk_run (&names, snapshots, cancellable, &problem);
  /* Without names, every blob would look like an orphan. */
  if (known)
    paddock_folder_walk_run (&files, blobs, cancellable, NULL);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
visit_root (const PaddockFolderWalkStep *step, gpointer user_data)
{
  Listing *self = user_data;

  return !step->is_directory || tell (self, step, PADDOCK_FILE_ROLE_DIRECTORY);
}

/* Those at the top, for the watcher: what is in them is walked one by one. */
static gboolean
wants_repository (const char *path, const char *name, gpointer user_data)
{
  const Listing *self = user_data;

  return g_str_has_prefix (name, REPOSITORY) && strlen (path) == strlen (self->root) + 1 + strlen (name);
}

static gboolean
wants_no_file (const char *name G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
  return FALSE;
}

/**
 * paddock_hugging_face_store_list:
 * @id: of the store that lists
 * @root: (type filename): its folder
 * @visit: is told what is found
 * @user_data: for @visit
 * @cancellable: (nullable): to stop it
 * @error: return location for an error
 *
 * Lists the models of every repository's snapshots, the downloads that stopped, and the blobs that no snapshot leads to.
 *
 * Returns: whether the folder could be read
 */
gboolean
paddock_hugging_face_store_list (const char *id, const char *root, PaddockStoreVisit visit, gpointer user_data,
                                 GCancellable *cancellable, GError **error)
{
  Listing self = { .id = id, .root = root, .visit = visit, .user_data = user_data };
  const PaddockFolderWalk top = {
    .wants_file = wants_no_file, .wants_folder = wants_repository, .visit = visit_root, .user_data = &self,
  };
  g_autoptr (GDir) directory = NULL;
  const char *name;

  if (!paddock_folder_walk_run (&top, root, cancellable, error))
    return FALSE;
  directory = g_dir_open (root, 0, NULL);
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    if (g_str_has_prefix (name, REPOSITORY) && !list_repository (&self, name, cancellable, error))
      return FALSE;
  return TRUE;
}

static gboolean
list (const char *root, PaddockStoreVisit visit, gpointer user_data, GCancellable *cancellable, GError **error)
{
  return paddock_hugging_face_store_list (paddock_hugging_face_store.id, root, visit, user_data, cancellable, error);
}

const PaddockModelStore paddock_hugging_face_store = {
  "huggingface", "Hugging Face", PADDOCK_STORE_FOREIGN | PADDOCK_STORE_BLOBS, locate, list,
};
