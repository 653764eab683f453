/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "folder-store.h"
#include "model-stores.h"
#include "store-reading.h"

#define FLATPAK ".var/app/ai.lmstudio.LMStudio"

typedef struct
{
  const char *root;
  PaddockStoreVisit visit;
  gpointer user_data;
} Listing;

/* The models' folder may have been moved away from the program's. */
static void
add_home (GPtrArray *roots, const char *home)
{
  g_autofree char *settings = g_build_filename (home, "settings.json", NULL);
  g_autoptr (JsonObject) object = paddock_store_read_json (settings);
  const char *folder = object != NULL ? paddock_store_get_string (object, "downloadsFolder") : NULL;

  if (folder == NULL && object != NULL)
    folder = paddock_store_get_string (object, "modelsDirectory");
  if (folder != NULL && g_path_is_absolute (folder))
    paddock_store_add_named_root (roots, folder);
  else
    paddock_store_add_root (roots, home, "models", NULL);
}

static void
locate (const PaddockStorePlaces *places, GPtrArray *roots)
{
  g_autofree char *pointer = g_build_filename (places->home, ".lmstudio-home-pointer", NULL);
  g_autofree char *text = paddock_store_read_text (pointer, NULL);
  const char *homes[] = { ".lmstudio", ".cache/lm-studio", FLATPAK "/.lmstudio", FLATPAK "/data/lm-studio" };

  if (text != NULL)
    {
      text[strcspn (text, "\r\n")] = '\0';
      g_strstrip (text);
      if (g_path_is_absolute (text))
        add_home (roots, text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (homes); i++)
    {
      g_autofree char *home = g_build_filename (places->home, homes[i], NULL);

      add_home (roots, home);
    }
}

/* Below the root: publisher, repository, file. */
static gboolean
visit_file (PaddockLibraryFile *file, gpointer user_data)
{
  Listing *listing = user_data;
  const char *relative = file->path + strlen (listing->root);
  g_auto (GStrv) parts = g_strsplit (relative + strspn (relative, "/"), "/", 3);

  if (file->role != PADDOCK_FILE_ROLE_DIRECTORY && g_strv_length (parts) == 3 && g_utf8_validate (relative, -1, NULL))
    {
      file->repository = g_strconcat (parts[0], "/", parts[1], NULL);
      file->repository_path = g_strdup (parts[2]);
    }
  return listing->visit (file, listing->user_data);
}

static gboolean
list (const char *root, PaddockStoreVisit visit, gpointer user_data, GCancellable *cancellable, GError **error)
{
  Listing listing = { root, visit, user_data };

  return paddock_folder_store_list (paddock_lm_studio_store.id, root, visit_file, &listing, cancellable, error);
}

const PaddockModelStore paddock_lm_studio_store = { "lmstudio", "LM Studio", PADDOCK_STORE_FOREIGN, locate, list };
