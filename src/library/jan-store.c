/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "folder-store.h"
#include "folder-walk.h"
#include "model-stores.h"
#include "store-reading.h"

#define DESCRIPTION "model.yml"

typedef struct
{
  const char *root;
  PaddockStoreVisit visit;
  gpointer user_data;
  GHashTable *told;                  /* paths */
} Listing;

static void
add_data_folder (GPtrArray *roots, const char *settings)
{
  g_autoptr (JsonObject) object = paddock_store_read_json (settings);
  const char *folder = object != NULL ? paddock_store_get_string (object, "data_folder") : NULL;

  if (folder != NULL && g_path_is_absolute (folder))
    paddock_store_add_named_root (roots, folder);
}

static void
locate (const PaddockStorePlaces *places, GPtrArray *roots)
{
  const char *named = paddock_store_places_get_variable (places, "JAN_DATA_FOLDER");
  g_autofree char *settings = g_build_filename (places->data, "Jan", "settings.json", NULL);
  g_autofree char *old_settings = g_build_filename (places->config, "Jan", "settings.json", NULL);

  if (named != NULL)
    paddock_store_add_named_root (roots, named);
  add_data_folder (roots, settings);
  add_data_folder (roots, old_settings);
  paddock_store_add_root (roots, places->data, "Jan", "data", NULL);
  paddock_store_add_root (roots, places->home, ".var/app/ai.jan.Jan/data/Jan/data", NULL);
}

static gboolean
tell (Listing *self, const char *path, PaddockFileRole role, const char *title, const char *model)
{
  PaddockLibraryFile *file;

  if (!g_hash_table_add (self->told, g_strdup (path)))
    return TRUE;
  file = paddock_library_file_new (paddock_jan_store.id, self->root, path);
  file->role = role;
  file->title = title != NULL && g_utf8_validate (title, -1, NULL) ? g_strdup (title) : NULL;
  file->belongs_to = g_strdup (model);
  return self->visit (file, self->user_data);
}

/* What a description names is a file of any place, or of none. */
static gboolean
tell_described (Listing *self, const char *description)
{
  g_autofree char *text = paddock_store_read_text (description, NULL);
  g_autofree char *model = text != NULL ? paddock_store_find_line (text, "model_path") : NULL;
  g_autofree char *projector = text != NULL ? paddock_store_find_line (text, "mmproj_path") : NULL;
  g_autofree char *title = text != NULL ? paddock_store_find_line (text, "name") : NULL;
  g_autofree char *model_path = model != NULL ? g_canonicalize_filename (model, self->root) : NULL;
  g_autofree char *projector_path = projector != NULL ? g_canonicalize_filename (projector, self->root) : NULL;

  return (model_path == NULL || tell (self, model_path, PADDOCK_FILE_ROLE_MODEL, title, NULL)) &&
         (projector_path == NULL || tell (self, projector_path, PADDOCK_FILE_ROLE_PROJECTOR, title, model_path));
}

static gboolean
wants_description (const char *name, gpointer user_data G_GNUC_UNUSED)
{
  return g_str_equal (name, DESCRIPTION);
}

static gboolean
visit_description (const PaddockFolderWalkStep *step, gpointer user_data)
{
  return step->is_directory || tell_described (user_data, step->path);
}

static gboolean
visit_file (PaddockLibraryFile *file, gpointer user_data)
{
  Listing *self = user_data;

  if (g_hash_table_contains (self->told, file->path))
    {
      paddock_library_file_unref (file);
      return TRUE;
    }
  return self->visit (file, self->user_data);
}

/* Descriptions first, for they know names; then whatever else lies there. */
static gboolean
list (const char *root, PaddockStoreVisit visit, gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autofree char *models = g_build_filename (root, "llamacpp", "models", NULL);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Listing self = { root, visit, user_data, told };
  const PaddockFolderWalk walk = {
    .wants_file = wants_description, .visit = visit_description, .user_data = &self,
  };

  return paddock_folder_walk_run (&walk, models, cancellable, error) &&
         paddock_folder_store_list (paddock_jan_store.id, models, visit_file, &self, cancellable, error);
}

const PaddockModelStore paddock_jan_store = { "jan", "Jan", PADDOCK_STORE_FOREIGN, locate, list };
