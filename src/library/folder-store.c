/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-store.h"

#include <stdlib.h>
#include <string.h>

#include "folder-walk.h"

typedef struct
{
  const char *id;
  const char *root;
  PaddockStoreVisit visit;
  gpointer user_data;
} Listing;

static const char *
find_extension (const char *name)
{
  for (const char *dot = strchr (name, '.'); dot != NULL; dot = strchr (dot + 1, '.'))
    if (g_ascii_strncasecmp (dot, ".gguf", 5) == 0)
      return dot;
  return NULL;
}

/* How long that is which some program puts before the name of what it still receives; 0: nothing does. */
static gsize
measure_mark (const char *name)
{
  static const char *const marks[] = { "incomplete-", "downloading_" };

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (g_str_has_prefix (name, marks[i]))
      return strlen (marks[i]);
  return 0;
}

/**
 * paddock_folder_store_skip_marks:
 * @name: (type filename): a file's name without its folder
 *
 * Returns: (transfer none) (type filename): it without what hides it or makes a download of it at its begin
 */
const char *
paddock_folder_store_skip_marks (const char *name)
{
  for (gsize length = 1; length > 0; name += length)
    length = *name == '.' ? 1 : measure_mark (name);
  return name;
}

/**
 * paddock_folder_store_judge_name:
 * @name: (type filename): a file's name without its folder
 * @role: (out): what the name makes of it
 *
 * Returns: whether the name is that of a model, of a piece of one, or of a download of one
 */
gboolean
paddock_folder_store_judge_name (const char *name, PaddockFileRole *role)
{
  gsize length = strlen (name);
  g_autofree char *detail = NULL;

  if (length < 6 || name[0] == '.')
    return FALSE;
  *role = PADDOCK_FILE_ROLE_PARTIAL;
  if (find_extension (name) != NULL && measure_mark (name) > 0)
    return TRUE;
  *role = PADDOCK_FILE_ROLE_FOUND;
  if (g_ascii_strcasecmp (name + length - 5, ".gguf") == 0)
    return TRUE;
  *role = PADDOCK_FILE_ROLE_PARTIAL;
  return find_extension (name) != NULL && paddock_file_kind_detect_name (name, &detail) != PADDOCK_FILE_UNKNOWN;
}

static gboolean
wants_file (const char *name, gpointer user_data)
{
  PaddockFileRole role;

  (void) user_data;
  return paddock_folder_store_judge_name (name, &role);
}

static gboolean
visit_step (const PaddockFolderWalkStep *step, gpointer user_data)
{
  Listing *listing = user_data;
  PaddockLibraryFile *file = paddock_library_file_new (listing->id, listing->root, step->path);

  if (step->is_directory)
    file->role = PADDOCK_FILE_ROLE_DIRECTORY;
  else
    paddock_folder_store_judge_name (step->name, &file->role);
  file->identity = step->identity;
  if (step->is_link)
    file->target = realpath (step->path, NULL);
  return listing->visit (file, listing->user_data);
}

/**
 * paddock_folder_store_list:
 * @id: of a store
 * @root: (type filename): a folder
 * @visit: is told what is found
 * @user_data: for @visit
 * @cancellable: (nullable): to stop it
 * @error: return location for an error
 *
 * Lists the models of a folder and of those below it.
 *
 * Returns: whether the folder could be read
 */
gboolean
paddock_folder_store_list (const char *id, const char *root, PaddockStoreVisit visit, gpointer user_data,
                           GCancellable *cancellable, GError **error)
{
  Listing listing = { .id = id, .root = root, .visit = visit, .user_data = user_data };
  const PaddockFolderWalk walk = { .wants_file = wants_file, .visit = visit_step, .user_data = &listing };

  return paddock_folder_walk_run (&walk, root, cancellable, error);
}
