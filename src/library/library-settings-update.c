/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-settings.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "library-error.h"

/* -1 with an error. */
static int
lock (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_strconcat (path, ".lock", NULL);
  int fd, status;

  if (g_mkdir_with_parents (folder, 0700) < 0)
    {
      paddock_library_error_set_errno (error, errno, "cannot make", folder);
      return -1;
    }
  fd = open (name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      paddock_library_error_set_errno (error, errno, "cannot write", name);
      return -1;
    }
  do
    status = flock (fd, LOCK_EX);
  while (status < 0 && errno == EINTR);
  /* A file system without locks has no second writer that would respect them either. */
  return fd;
}

static gboolean
holds (char **list, const char *value)
{
  return g_strv_contains ((const char *const *) list, value);
}

static void
merge_list (char ***list, char **before, char **wanted)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  char **now = *list;

  for (gsize i = 0; now[i] != NULL; i++)
    if (!holds (before, now[i]) || holds (wanted, now[i]))
      g_strv_builder_add (builder, now[i]);
  for (gsize i = 0; wanted[i] != NULL; i++)
    if (!holds (before, wanted[i]) && !holds (now, wanted[i]))
      g_strv_builder_add (builder, wanted[i]);
  g_strfreev (now);
  *list = g_strv_builder_end (builder);
}

static void
merge_others (JsonObject *now, JsonObject *before, JsonObject *wanted)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, before);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!json_object_has_member (wanted, name))
      json_object_remove_member (now, name);
  json_object_iter_init (&iter, wanted);
  while (json_object_iter_next (&iter, &name, &node))
    if (!json_object_has_member (before, name) || !json_node_equal (json_object_get_member (before, name), node))
      json_object_set_member (now, name, json_node_copy (node));
}

/**
 * paddock_library_settings_update:
 * @path: where they are
 * @before: what the person saw
 * @wanted: what they made of it
 * @error: return location for %PADDOCK_LIBRARY_ERROR or %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): what is on the disk now
 */
PaddockLibrarySettings *
paddock_library_settings_update (const char *path, const PaddockLibrarySettings *before,
                                 const PaddockLibrarySettings *wanted, GError **error)
{
  g_autofd int held = lock (path, error);
  g_autoptr (PaddockLibrarySettings) now = held >= 0 ? paddock_library_settings_load (path, error) : NULL;

  if (now == NULL)
    return NULL;
  merge_list (&now->folders, before->folders, wanted->folders);
  merge_list (&now->hidden_stores, before->hidden_stores, wanted->hidden_stores);
  if (g_strcmp0 (before->default_model, wanted->default_model) != 0)
    g_set_str (&now->default_model, wanted->default_model);
  if (before->own_limit != wanted->own_limit)
    now->own_limit = wanted->own_limit;
  merge_others (now->others, before->others, wanted->others);
  return paddock_library_settings_save (now, path, error) ? g_steal_pointer (&now) : NULL;
}
