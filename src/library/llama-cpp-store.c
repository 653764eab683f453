/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "folder-store.h"
#include "model-stores.h"
#include "store-reading.h"

#define MANIFEST "manifest="

typedef struct
{
  const char *root;
  PaddockStoreVisit visit;
  gpointer user_data;
  GHashTable *origins;               /* a file's name -> the repository */
} Listing;

static void
locate (const PaddockStorePlaces *places, GPtrArray *roots)
{
  const char *named = paddock_store_places_get_variable (places, "LLAMA_CACHE");

  if (named != NULL)
    paddock_store_add_named_root (roots, named);
  paddock_store_add_root (roots, places->cache, "llama.cpp", NULL);
}

/* "manifest=OWNER=NAME=TAG.json" says which file it downloaded, and files are called OWNER_NAME_FILE: the other way round
   that cannot be taken apart. */
static void
add_origin (GHashTable *origins, const char *root, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name + strlen (MANIFEST), "=", 3);
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autoptr (JsonObject) object = paddock_store_read_json (path);
  static const char *members[] = { "ggufFile", "mmprojFile" };

  for (gsize i = 0; object != NULL && g_strv_length (parts) == 3 && i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *node = json_object_get_member (object, members[i]);
      JsonObject *inner = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *file = inner != NULL ? paddock_store_get_string (inner, "rfilename") : NULL;

      if (file != NULL)
        {
          char *flat = g_strdelimit (g_strdup_printf ("%s_%s_%s", parts[0], parts[1], file), "/", '_');

          g_hash_table_replace (origins, flat, g_strdup_printf ("%s/%s", parts[0], parts[1]));
        }
    }
}

static GHashTable *
read_origins (const char *root)
{
  GHashTable *origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GDir) directory = g_dir_open (root, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    if (g_str_has_prefix (name, MANIFEST) && g_utf8_validate (name, -1, NULL))
      add_origin (origins, root, name);
  return origins;
}

static void
take_origin (Listing *self, PaddockLibraryFile *file)
{
  g_autofree char *name = g_path_get_basename (file->path);
  g_autofree char *beside = g_strconcat (file->path, ".json", NULL);
  g_autoptr (JsonObject) object = paddock_store_read_json (beside);

  if (object != NULL && paddock_store_take_address (file, paddock_store_get_string (object, "url")))
    return;
  file->repository = g_strdup (g_hash_table_lookup (self->origins, name));
}

static gboolean
visit_file (PaddockLibraryFile *file, gpointer user_data)
{
  Listing *self = user_data;

  if (file->role == PADDOCK_FILE_ROLE_FOUND)
    take_origin (self, file);
  return self->visit (file, self->user_data);
}

static gboolean
has_repositories (const char *root)
{
  g_autoptr (GDir) directory = g_dir_open (root, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    if (g_str_has_prefix (name, "models--"))
      return TRUE;
  return FALSE;
}

/* Newer ones keep models as the hub's own tools do; a folder that changed sides has files of both. */
static gboolean
list (const char *root, PaddockStoreVisit visit, gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) origins = read_origins (root);
  Listing self = { root, visit, user_data, origins };

  if (has_repositories (root))
    return paddock_hugging_face_store_list (paddock_llama_cpp_store.id, root, visit, user_data, cancellable, error);
  return paddock_folder_store_list (paddock_llama_cpp_store.id, root, visit_file, &self, cancellable, error);
}

const PaddockModelStore paddock_llama_cpp_store = { "llamacpp", "llama.cpp", PADDOCK_STORE_FOREIGN, locate, list };
