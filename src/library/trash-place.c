/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trash-place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "file-place.h"
#include "library-error.h"

/* In the folder "files" of a Trash. */
static char *
find_in (const char *files, const PaddockFileIdentity *identity)
{
  DIR *directory = opendir (files);
  const struct dirent *entry;
  char *found = NULL;

  if (directory == NULL)
    return NULL;
  while (found == NULL && (entry = readdir (directory)) != NULL)
    {
      const PaddockFilePlace place = { dirfd (directory), (char *) entry->d_name };

      if (paddock_file_place_holds (&place, identity))
        found = g_build_filename (files, entry->d_name, NULL);
    }
  closedir (directory);
  return found;
}

static char *
find_in_trash (const char *base, const char *trash, const PaddockFileIdentity *identity)
{
  g_autofree char *files = g_build_filename (base, trash, "files", NULL);

  return find_in (files, identity);
}

/* At the top of the file system; what is bound elsewhere has its top where it is bound. */
static char *
find_on_volume (const char *original, const PaddockFileIdentity *identity)
{
  g_autofree char *own = g_strdup_printf (".Trash-%u", (guint) getuid ());
  g_autofree char *shared = g_strdup_printf (".Trash/%u", (guint) getuid ());
  g_autofree char *folder = g_path_get_dirname (original);

  while (TRUE)
    {
      char *found = find_in_trash (folder, own, identity);
      char *parent;

      if (found == NULL)
        found = find_in_trash (folder, shared, identity);
      if (found != NULL)
        return found;
      parent = g_path_get_dirname (folder);
      if (g_str_equal (parent, folder) || g_str_equal (parent, "."))
        {
          g_free (parent);
          return NULL;
        }
      g_free (folder);
      folder = parent;
    }
}

/**
 * paddock_trash_place_find:
 * @original: (type filename): where the file was
 * @identity: what it was
 *
 * Returns: (transfer full) (nullable) (type filename): where it is
 */
char *
paddock_trash_place_find (const char *original, const PaddockFileIdentity *identity)
{
  char *found = find_in_trash (g_get_user_data_dir (), "Trash", identity);

  /* The desktop puts away what a program in a sandbox asks it to. */
  if (found == NULL)
    found = find_in_trash (g_get_home_dir (), ".local/share/Trash", identity);
  return found != NULL ? found : find_on_volume (original, identity);
}

/* What the Trash knew of it: without it, the file would not be shown there any more. */
static void
remove_info (const char *trashed)
{
  g_autofree char *files = g_path_get_dirname (trashed);
  g_autofree char *trash = g_path_get_dirname (files);
  g_autofree char *name = g_path_get_basename (trashed);
  g_autofree char *info_name = g_strconcat (name, ".trashinfo", NULL);
  g_autofree char *info = g_build_filename (trash, "info", info_name, NULL);

  unlink (info);
}

/**
 * paddock_trash_place_restore:
 * @trashed: (type filename): where the file is
 * @original: (type filename): where it shall be
 * @identity: what it has to be
 * @error: return location for an error
 *
 * Returns: whether it is there again
 */
gboolean
paddock_trash_place_restore (const char *trashed, const char *original, const PaddockFileIdentity *identity, GError **error)
{
  g_auto (PaddockFilePlace) from = PADDOCK_FILE_PLACE_INIT, to = PADDOCK_FILE_PLACE_INIT;
  g_autofree char *folder = g_path_get_dirname (original);

  if (!paddock_file_place_open (&from, trashed))
    return paddock_library_error_set_errno (error, errno, "cannot put back", original);
  if (!paddock_file_place_holds (&from, identity))
    return paddock_library_error_set_errno (error, ENOENT, "cannot put back", original);
  if (g_mkdir_with_parents (folder, 0755) != 0 || !paddock_file_place_open (&to, original) ||
      !paddock_file_place_rename (&from, &to))
    return paddock_library_error_set_errno (error, errno, "cannot put back", original);
  remove_info (trashed);
  paddock_file_place_sync (&to);
  return TRUE;
}
