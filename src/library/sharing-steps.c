/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sharing-steps.h"

#include <errno.h>
#include <string.h>

#include "file-place.h"
#include "library-error.h"

static gboolean
check_free (const char *path, GError **error)
{
  struct stat status;

  if (lstat (path, &status) == 0)
    return paddock_library_error_set_errno (error, EEXIST, "cannot write", path);
  return errno == ENOENT || paddock_library_error_set_errno (error, errno, "cannot write", path);
}

/* Where a folder is, or where it would be made. */
static char *
find_existing (const char *path, struct stat *status)
{
  char *folder = g_path_get_dirname (path);

  while (stat (folder, status) != 0 && !g_str_equal (folder, "/"))
    {
      char *parent = g_path_get_dirname (folder);

      g_free (folder);
      folder = parent;
    }
  return folder;
}

static PaddockSharingStep *
add_step (PaddockSharingPlan *self, const char *path, PaddockSharingWay way)
{
  PaddockSharingStep *step = g_new0 (PaddockSharingStep, 1);

  step->path = g_strdup (path);
  step->way = way;
  g_ptr_array_add (self->steps, step);
  return step;
}

/**
 * paddock_sharing_steps_add_link:
 * @self: a plan
 * @file: what shall be there
 * @path: (type filename): where
 * @error: return location for an error
 *
 * Returns: %FALSE when something is there, or may be
 */
gboolean
paddock_sharing_steps_add_link (PaddockSharingPlan *self, const PaddockLibraryFile *file, const char *path, GError **error)
{
  const char *source = paddock_library_file_get_real_path (file);
  struct stat status = { 0 };
  g_autofree char *folder = find_existing (path, &status);
  PaddockSharingWay way = PADDOCK_SHARE_SYMBOLIC_LINK;
  PaddockSharingStep *step;

  if (!check_free (path, error))
    return FALSE;
  if (status.st_dev == file->identity.device)
    way = paddock_file_place_can_share (source, folder) ? PADDOCK_SHARE_REFLINK : PADDOCK_SHARE_HARD_LINK;
  step = add_step (self, path, way);
  step->source = g_strdup (source);
  step->expected = file->identity;
  return TRUE;
}

/**
 * paddock_sharing_steps_add_text:
 * @self: a plan
 * @path: (type filename): where
 * @text: what shall be there
 * @error: return location for an error
 *
 * Returns: %FALSE when something is there, or may be
 */
gboolean
paddock_sharing_steps_add_text (PaddockSharingPlan *self, const char *path, const char *text, GError **error)
{
  if (!check_free (path, error))
    return FALSE;
  add_step (self, path, PADDOCK_SHARE_WRITE)->text = g_strdup (text);
  return TRUE;
}

/**
 * paddock_sharing_steps_make_name:
 * @text: (nullable): what a person calls it
 * @fallback: what it is called otherwise
 *
 * Returns: (transfer full): a name that is no path and needs no quoting
 */
char *
paddock_sharing_steps_make_name (const char *text, const char *fallback)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *at = text != NULL ? text : ""; *at != '\0'; at++)
    if (g_ascii_isalnum (*at) || (name->len > 0 && strchr ("._-", *at) != NULL))
      g_string_append_c (name, g_ascii_tolower (*at));
    else if (name->len > 0 && name->str[name->len - 1] != '-')
      g_string_append_c (name, '-');
  while (name->len > 0 && strchr ("._-", name->str[name->len - 1]) != NULL)
    g_string_truncate (name, name->len - 1);
  g_string_truncate (name, MIN (name->len, 80));
  return g_strdup (name->len > 0 ? name->str : fallback);
}
