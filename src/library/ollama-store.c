/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/hash-text.h"
#include "folder-walk.h"
#include "model-stores.h"
#include "store-reading.h"

#define MEDIA "application/vnd.ollama.image."
#define REGISTRY "registry.ollama.ai"
#define HUB "hf.co"
#define BLOB "sha256-"
#define PARTIAL "-partial"

typedef struct
{
  const char *id, *root;
  char *manifests, *blobs;           /* their folders */
  PaddockStoreVisit visit;
  gpointer user_data;
  GHashTable *named;                 /* names of blobs that some manifest leads to */
  GHashTable *told;                  /* those of them that were visited */
  gboolean complete;                 /* every manifest was understood */
} Listing;

static void
locate (const PaddockStorePlaces *places, GPtrArray *roots)
{
  const char *named = paddock_store_places_get_variable (places, "OLLAMA_MODELS");

  if (named != NULL)
    paddock_store_add_named_root (roots, named);
  paddock_store_add_root (roots, places->home, ".ollama/models", NULL);
  /* Of the system's service. */
  paddock_store_add_root (roots, places->system, "usr/share/ollama/.ollama/models", NULL);
  paddock_store_add_root (roots, places->system, "var/lib/ollama/.ollama/models", NULL);
  paddock_store_add_root (roots, places->system, "var/lib/ollama/models", NULL);
  paddock_store_add_root (roots, places->system, "var/snap/ollama/common/models", NULL);
}

/* "sha256:…" as manifests write it, "sha256-…" as the file is called. */
static char *
make_blob_name (const char *digest)
{
  const char *hex = digest != NULL && g_str_has_prefix (digest, "sha256:") ? digest + strlen ("sha256:") : NULL;

  return paddock_hash_text_is_sha256 (hex) ? g_strconcat (BLOB, hex, NULL) : NULL;
}

/* What people type to run it: "llama3.2:3b", "owner/name:tag", "hf.co/owner/name:Q4_K_M". */
static void
take_name (PaddockLibraryFile *file, const char *manifest)
{
  g_auto (GStrv) parts = g_utf8_validate (manifest, -1, NULL) ? g_strsplit (manifest, "/", -1) : NULL;

  if (parts == NULL || g_strv_length (parts) != 4)
    return;
  if (g_str_equal (parts[0], REGISTRY) && g_str_equal (parts[1], "library"))
    file->title = g_strdup_printf ("%s:%s", parts[2], parts[3]);
  else if (g_str_equal (parts[0], REGISTRY))
    file->title = g_strdup_printf ("%s/%s:%s", parts[1], parts[2], parts[3]);
  else
    file->title = g_strdup_printf ("%s/%s/%s:%s", parts[0], parts[1], parts[2], parts[3]);
  if (g_str_equal (parts[0], HUB) || g_str_equal (parts[0], "huggingface.co"))
    file->repository = g_strdup_printf ("%s/%s", parts[1], parts[2]);
}

static gboolean
find_role (const char *media, PaddockFileRole *role)
{
  static const struct
  {
    const char *media;
    PaddockFileRole role;
  } roles[] = {
    { MEDIA "model", PADDOCK_FILE_ROLE_MODEL },
    { MEDIA "projector", PADDOCK_FILE_ROLE_PROJECTOR },
    { MEDIA "adapter", PADDOCK_FILE_ROLE_ADAPTER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (media, roles[i].media) == 0)
      {
        *role = roles[i].role;
        return TRUE;
      }
  return FALSE;
}

static gboolean
tell_layer (Listing *self, const char *manifest, const char *blob, PaddockFileRole role, const char *model)
{
  g_autofree char *path = g_build_filename (self->blobs, blob, NULL);
  PaddockLibraryFile *file;

  /* A blob may have several names; the first one stands for all. */
  if (!g_hash_table_add (self->told, g_strdup (blob)))
    return TRUE;
  file = paddock_library_file_new (self->id, self->root, path);
  file->role = role;
  file->claimed_sha256 = g_strdup (blob + strlen (BLOB));
  if (role != PADDOCK_FILE_ROLE_MODEL && model != NULL)
    file->belongs_to = g_build_filename (self->blobs, model, NULL);
  take_name (file, manifest);
  return self->visit (file, self->user_data);
}

static JsonObject *
get_layer (JsonArray *layers, guint position)
{
  JsonNode *node = json_array_get_element (layers, position);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static char *
find_model_blob (JsonArray *layers)
{
  for (guint i = 0; i < json_array_get_length (layers); i++)
    {
      JsonObject *layer = get_layer (layers, i);

      if (layer != NULL && g_strcmp0 (paddock_store_get_string (layer, "mediaType"), MEDIA "model") == 0)
        return make_blob_name (paddock_store_get_string (layer, "digest"));
    }
  return NULL;
}

static gboolean
tell_layers (Listing *self, const char *manifest, JsonArray *layers)
{
  g_autofree char *model = find_model_blob (layers);

  for (guint i = 0; i < json_array_get_length (layers); i++)
    {
      JsonObject *layer = get_layer (layers, i);
      g_autofree char *blob = layer != NULL ? make_blob_name (paddock_store_get_string (layer, "digest")) : NULL;
      PaddockFileRole role;

      if (blob == NULL)
        continue;
      g_hash_table_add (self->named, g_strdup (blob));
      if (find_role (paddock_store_get_string (layer, "mediaType"), &role) &&
          !tell_layer (self, manifest, blob, role, model))
        return FALSE;
    }
  return TRUE;
}

static gboolean
tell_directory (Listing *self, const PaddockFolderWalkStep *step)
{
  PaddockLibraryFile *file = paddock_library_file_new (self->id, self->root, step->path);

  file->role = PADDOCK_FILE_ROLE_DIRECTORY;
  file->identity = step->identity;
  return self->visit (file, self->user_data);
}

static gboolean
visit_manifest (const PaddockFolderWalkStep *step, gpointer user_data)
{
  Listing *self = user_data;
  const char *manifest = step->path + strlen (self->manifests);
  g_autoptr (JsonObject) object = NULL;
  JsonNode *layers, *config;

  if (step->is_directory)
    return tell_directory (self, step);
  object = paddock_store_read_json (step->path);
  layers = object != NULL ? json_object_get_member (object, "layers") : NULL;
  if (layers == NULL || !JSON_NODE_HOLDS_ARRAY (layers))
    {
      self->complete = FALSE;
      return TRUE;
    }
  config = json_object_get_member (object, "config");
  if (config != NULL && JSON_NODE_HOLDS_OBJECT (config))
    {
      char *blob = make_blob_name (paddock_store_get_string (json_node_get_object (config), "digest"));

      if (blob != NULL)
        g_hash_table_add (self->named, blob);
    }
  return tell_layers (self, manifest + strspn (manifest, "/"), json_node_get_array (layers));
}

static gboolean
wants_blob (const char *name, gpointer user_data G_GNUC_UNUSED)
{
  return g_str_has_prefix (name, BLOB);
}

static gboolean
visit_blob (const PaddockFolderWalkStep *step, gpointer user_data)
{
  Listing *self = user_data;
  PaddockLibraryFile *file;
  PaddockFileRole role;

  if (step->is_directory)
    return tell_directory (self, step);
  if (g_str_has_suffix (step->name, PARTIAL))
    role = PADDOCK_FILE_ROLE_PARTIAL;
  else if (self->complete && paddock_hash_text_is_sha256 (step->name + strlen (BLOB)) &&
           !g_hash_table_contains (self->named, step->name))
    role = PADDOCK_FILE_ROLE_ORPHAN;
  else
    return TRUE;
  file = paddock_library_file_new (self->id, self->root, step->path);
  file->role = role;
  file->identity = step->identity;
  return self->visit (file, self->user_data);
}

/**
 * paddock_ollama_store_list:
 * @id: of the store that lists
 * @root: (type filename): its folder
 * @visit: is told what is found
 * @user_data: for @visit
 * @cancellable: (nullable): to stop it
 * @error: return location for an error
 *
 * Lists what manifests lead to, then the blobs that none leads to.
 *
 * Returns: whether the folder could be read
 */
gboolean
paddock_ollama_store_list (const char *id, const char *root, PaddockStoreVisit visit, gpointer user_data,
                           GCancellable *cancellable, GError **error)
{
  g_autofree char *manifests = g_build_filename (root, "manifests", NULL);
  g_autofree char *blobs = g_build_filename (root, "blobs", NULL);
  g_autoptr (GHashTable) named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Listing self = { id, root, manifests, blobs, visit, user_data, named, told, TRUE };
  const PaddockFolderWalk names = { .visit = visit_manifest, .user_data = &self };
  const PaddockFolderWalk files = { .wants_file = wants_blob, .visit = visit_blob, .user_data = &self };

  return paddock_folder_walk_run (&names, manifests, cancellable, error) &&
         paddock_folder_walk_run (&files, blobs, cancellable, error);
}

static gboolean
list (const char *root, PaddockStoreVisit visit, gpointer user_data, GCancellable *cancellable, GError **error)
{
  return paddock_ollama_store_list (paddock_ollama_store.id, root, visit, user_data, cancellable, error);
}

const PaddockModelStore paddock_ollama_store = {
  "ollama", "Ollama", PADDOCK_STORE_FOREIGN | PADDOCK_STORE_BLOBS, locate, list,
};
