/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "folder-store.h"
#include "model-stores.h"
#include "store-reading.h"

#define ORIGIN "huggingface-metadata.txt"

typedef struct
{
  PaddockStoreVisit visit;
  gpointer user_data;
} Listing;

/* It has no place of its own: this is where its instructions and people put it. */
static void
locate (const PaddockStorePlaces *places, GPtrArray *roots)
{
  static const char *names[] = { "text-generation-webui", "oobabooga", "src/text-generation-webui",
                                 "git/text-generation-webui", "text-generation-webui-main", "textgen" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      paddock_store_add_root (roots, places->home, names[i], "user_data", "models", NULL);
      paddock_store_add_root (roots, places->home, names[i], "models", NULL);
    }
}

/* "SHA256  NAME" lines below the address. */
static char *
find_digest (const char *text, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);
      gsize digits = strspn (line, "0123456789abcdef");

      if (digits == 64 && g_str_equal (line + digits + strspn (line + digits, " *"), name))
        return g_strndup (line, digits);
    }
  return NULL;
}

static gboolean
visit_file (PaddockLibraryFile *file, gpointer user_data)
{
  Listing *self = user_data;
  g_autofree char *folder = g_path_get_dirname (file->path);
  g_autofree char *name = g_path_get_basename (file->path);
  g_autofree char *origin = g_build_filename (folder, ORIGIN, NULL);
  g_autofree char *text = file->role == PADDOCK_FILE_ROLE_FOUND ? paddock_store_read_text (origin, NULL) : NULL;
  g_autofree char *address = text != NULL ? paddock_store_find_line (text, "url") : NULL;
  g_autoptr (GUri) uri = address != NULL ? g_uri_parse (address, G_URI_FLAGS_NONE, NULL) : NULL;

  if (uri != NULL && g_utf8_validate (text, -1, NULL) && strlen (g_uri_get_path (uri)) > 1)
    {
      file->repository = g_strdup (g_uri_get_path (uri) + 1);
      file->repository_path = g_utf8_validate (name, -1, NULL) ? g_strdup (name) : NULL;
      file->revision = paddock_store_find_line (text, "branch");
      file->claimed_sha256 = find_digest (text, name);
    }
  return self->visit (file, self->user_data);
}

static gboolean
list (const char *root, PaddockStoreVisit visit, gpointer user_data, GCancellable *cancellable, GError **error)
{
  Listing self = { visit, user_data };

  return paddock_folder_store_list (paddock_web_ui_store.id, root, visit_file, &self, cancellable, error);
}

const PaddockModelStore paddock_web_ui_store = {
  "text-generation-webui", "text-generation-webui", PADDOCK_STORE_FOREIGN, locate, list,
};
