/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-settings.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/atomic-file.h"
#include "base/strict-parser.h"
#include "library-error.h"

/**
 * paddock_library_settings_new:
 *
 * Returns: (transfer full): what holds for who never said anything
 */
PaddockLibrarySettings *
paddock_library_settings_new (void)
{
  PaddockLibrarySettings *self = g_new0 (PaddockLibrarySettings, 1);

  self->folders = g_new0 (char *, 1);
  self->hidden_stores = g_new0 (char *, 1);
  self->others = json_object_new ();
  return self;
}

/**
 * paddock_library_settings_free:
 * @self: (transfer full): settings
 */
void
paddock_library_settings_free (PaddockLibrarySettings *self)
{
  g_strfreev (self->folders);
  g_strfreev (self->hidden_stores);
  g_free (self->default_model);
  json_object_unref (self->others);
  g_free (self);
}

static void
add_member (JsonObject *others G_GNUC_UNUSED, const char *name, JsonNode *node, gpointer user_data)
{
  JsonObject *object = user_data;

  if (!json_object_has_member (object, name))
    json_object_set_member (object, name, json_node_copy (node));
}

/**
 * paddock_library_settings_copy:
 * @self: settings
 *
 * Returns: (transfer full): the same, to be changed
 */
PaddockLibrarySettings *
paddock_library_settings_copy (const PaddockLibrarySettings *self)
{
  PaddockLibrarySettings *copy = g_new0 (PaddockLibrarySettings, 1);

  copy->folders = g_strdupv (self->folders);
  copy->hidden_stores = g_strdupv (self->hidden_stores);
  copy->default_model = g_strdup (self->default_model);
  copy->own_limit = self->own_limit;
  copy->others = json_object_new ();
  json_object_foreach_member (self->others, add_member, copy->others);
  return copy;
}

/* JSON has no bytes: a path that is not UTF-8 is written as an address. */
static JsonArray *
write_strings (char **strings)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; strings[i] != NULL; i++)
    {
      g_autofree char *uri = g_utf8_validate (strings[i], -1, NULL) ? NULL : g_filename_to_uri (strings[i], NULL, NULL);

      json_array_add_string_element (array, uri != NULL ? uri : strings[i]);
    }
  return array;
}

static gboolean
read_strings (JsonNode *node, char ***strings)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *text = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;
      g_autofree char *path =
        text != NULL && g_str_has_prefix (text, "file:") ? g_filename_from_uri (text, NULL, NULL) : g_strdup (text);

      if (path != NULL && *path != '\0')
        g_strv_builder_take (builder, g_steal_pointer (&path));
    }
  g_strfreev (*strings);
  *strings = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_member (PaddockLibrarySettings *self, const char *name, JsonNode *node)
{
  gboolean is_value = JSON_NODE_HOLDS_VALUE (node);

  if (g_str_equal (name, "folders"))
    return read_strings (node, &self->folders);
  if (g_str_equal (name, "hidden_stores"))
    return read_strings (node, &self->hidden_stores);
  if (g_str_equal (name, "default_model") && is_value && json_node_get_string (node) != NULL)
    return g_set_str (&self->default_model, json_node_get_string (node)) || TRUE;
  if (g_str_equal (name, "own_limit") && is_value && json_node_get_int (node) >= 0)
    {
      self->own_limit = (guint64) json_node_get_int (node);
      return TRUE;
    }
  return FALSE;
}

/**
 * paddock_library_settings_load:
 * @path: where they are
 * @error: return location for %PADDOCK_LIBRARY_ERROR
 *
 * Returns: (transfer full) (nullable): what was written there, or the defaults if nothing ever was
 */
PaddockLibrarySettings *
paddock_library_settings_load (const char *path, GError **error)
{
  g_autoptr (PaddockLibrarySettings) self = paddock_library_settings_new ();
  g_autoptr (JsonParser) parser = paddock_strict_parser_new ();
  g_autoptr (GError) problem = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *root, *node;

  if (!json_parser_load_from_mapped_file (parser, path, &problem))
    {
      if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&self);
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID, "%s: %s", path, problem->message);
      return NULL;
    }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID, "%s: there are no settings in it", path);
      return NULL;
    }
  json_object_iter_init_ordered (&iter, json_node_get_object (root));
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (!read_member (self, name, node))
      json_object_set_member (self->others, name, json_node_copy (node));
  return g_steal_pointer (&self);
}

/**
 * paddock_library_settings_save:
 * @self: settings
 * @path: where they are to be
 * @error: return location for %PADDOCK_LIBRARY_ERROR or %G_IO_ERROR
 *
 * Returns: whether they are on the disk
 */
gboolean
paddock_library_settings_save (const PaddockLibrarySettings *self, const char *path, GError **error)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autoptr (PaddockAtomicFile) file = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, "folders", write_strings (self->folders));
  json_object_set_array_member (object, "hidden_stores", write_strings (self->hidden_stores));
  if (self->default_model != NULL)
    json_object_set_string_member (object, "default_model", self->default_model);
  json_object_set_int_member (object, "own_limit", (gint64) MIN (self->own_limit, (guint64) G_MAXINT64));
  json_object_foreach_member (self->others, add_member, object);
  json_node_take_object (json_node_init (node, JSON_NODE_OBJECT), object);
  text = json_to_string (node, TRUE);
  if (g_mkdir_with_parents (folder, 0700) < 0)
    return paddock_library_error_set_errno (error, errno, "cannot make", folder);
  file = paddock_atomic_file_new (path, error);
  return file != NULL && paddock_atomic_file_write (file, (const guint8 *) text, strlen (text), error) &&
         paddock_atomic_file_commit (file, error);
}

static gboolean
is_inside (const char *path, const char *folder)
{
  gsize length = strlen (folder);

  return g_str_has_prefix (path, folder) && (path[length] == '/' || path[length] == '\0' || folder[length - 1] == '/');
}

static gboolean
check_folder (char **folders, const char *path, GError **error)
{
  for (gsize i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *real = realpath (folders[i], NULL);
      const char *known = real != NULL ? real : folders[i];

      if (is_inside (path, known))
        {
          g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS, "%s is in the library already", path);
          return FALSE;
        }
      if (is_inside (known, path))
        {
          g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID,
                       "%s holds a folder that is in the library already: %s", path, known);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * paddock_library_settings_add_folder:
 * @self: settings
 * @path: a folder to look into
 * @error: return location for %PADDOCK_LIBRARY_ERROR
 *
 * Returns: whether it is looked into from now on
 */
gboolean
paddock_library_settings_add_folder (PaddockLibrarySettings *self, const char *path, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *real = realpath (absolute, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  /* An empty path is no way to say the folder that the program stands in. */
  if (*path == '\0' || real == NULL)
    return paddock_library_error_set_errno (error, *path == '\0' ? ENOENT : errno, "cannot open", path);
  if (!g_file_test (real, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID, "%s is no folder", absolute);
      return FALSE;
    }
  if (!check_folder (self->folders, real, error))
    return FALSE;
  /* As the person called it: the link may point elsewhere tomorrow, and they mean the link. */
  g_strv_builder_addv (builder, (const char **) self->folders);
  g_strv_builder_add (builder, absolute);
  g_strfreev (self->folders);
  self->folders = g_strv_builder_end (builder);
  return TRUE;
}

/**
 * paddock_library_settings_remove_folder:
 * @self: settings
 * @path: a folder
 *
 * Returns: whether it was looked into until now
 */
gboolean
paddock_library_settings_remove_folder (PaddockLibrarySettings *self, const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean found = FALSE;

  for (gsize i = 0; self->folders[i] != NULL; i++)
    if (*path != '\0' && g_str_equal (self->folders[i], absolute))
      found = TRUE;
    else
      g_strv_builder_add (builder, self->folders[i]);
  g_strfreev (self->folders);
  self->folders = g_strv_builder_end (builder);
  return found;
}
