/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-reading.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file-bytes.h"
#include "base/strict-parser.h"

#define MAX_TEXT (1u << 20)

/**
 * paddock_store_read_text:
 * @path: (type filename): a file
 * @length: (out) (optional): how long it is
 *
 * Returns: (transfer full) (nullable): what is in it
 */
char *
paddock_store_read_text (const char *path, gsize *length)
{
  g_autofd int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  g_autofree char *text = NULL;
  struct stat status;
  gssize got;

  if (fd < 0 || fstat (fd, &status) < 0 || !S_ISREG (status.st_mode) || status.st_size > MAX_TEXT)
    return NULL;
  text = g_malloc ((gsize) status.st_size + 1);
  got = paddock_file_bytes_read (fd, text, (gsize) status.st_size, 0);
  if (got < 0)
    return NULL;
  text[got] = '\0';
  if (length != NULL)
    *length = (gsize) got;
  return g_steal_pointer (&text);
}

/**
 * paddock_store_read_json:
 * @path: (type filename): a file
 *
 * Returns: (transfer full) (nullable): the object in it
 */
JsonObject *
paddock_store_read_json (const char *path)
{
  gsize length = 0;
  g_autofree char *text = paddock_store_read_text (path, &length);
  g_autoptr (JsonParser) parser = paddock_strict_parser_new ();
  JsonNode *root;

  if (text == NULL || !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_dup_object (root) : NULL;
}

/**
 * paddock_store_get_string:
 * @object: an object
 * @member: of its members
 *
 * Returns: (nullable): the text there
 */
const char *
paddock_store_get_string (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static char *
unquote (const char *value, gsize length)
{
  g_autofree char *text = g_strstrip (g_strndup (value, length));
  gsize n = strlen (text);

  if (n >= 2 && (text[0] == '"' || text[0] == '\'') && text[n - 1] == text[0])
    return g_strndup (text + 1, n - 2);
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/**
 * paddock_store_find_line:
 * @text: lines
 * @key: what one begins with
 *
 * Returns: (transfer full) (nullable): what it says
 */
char *
paddock_store_find_line (const char *text, const char *key)
{
  gsize length = strlen (key);

  for (const char *line = text; line != NULL; line = strchr (line, '\n') != NULL ? strchr (line, '\n') + 1 : NULL)
    if (strncmp (line, key, length) == 0)
      {
        const char *value = line + length + strspn (line + length, " \t");

        if (*value == ':' || *value == '=')
          return unquote (value + 1, strcspn (value + 1, "\r\n"));
      }
  return NULL;
}

/**
 * paddock_store_take_address:
 * @file: a file that nobody else has
 * @address: (nullable): where it came from
 *
 * Returns: whether the address was one of a hub
 */
gboolean
paddock_store_take_address (PaddockLibraryFile *file, const char *address)
{
  g_autoptr (GUri) uri = address != NULL ? g_uri_parse (address, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *path = uri != NULL ? g_uri_get_path (uri) : NULL;
  g_auto (GStrv) parts = path != NULL && *path == '/' ? g_strsplit (path + 1, "/", 5) : NULL;

  if (parts == NULL || g_strv_length (parts) != 5 || *parts[0] == '\0' || *parts[1] == '\0' || *parts[4] == '\0' ||
      (!g_str_equal (parts[2], "resolve") && !g_str_equal (parts[2], "blob")))
    return FALSE;
  g_free (file->repository);
  file->repository = g_strconcat (parts[0], "/", parts[1], NULL);
  g_set_str (&file->revision, parts[3]);
  g_set_str (&file->repository_path, parts[4]);
  return TRUE;
}

/**
 * paddock_store_add_named_root:
 * @roots: (element-type filename): takes it
 * @path: (type filename): a folder that a person named
 */
void
paddock_store_add_named_root (GPtrArray *roots, const char *path)
{
  if (g_path_is_absolute (path))
    g_ptr_array_add (roots, g_canonicalize_filename (path, NULL));
}

/**
 * paddock_store_add_root:
 * @roots: (element-type filename): takes it
 * @first: (type filename): the beginning of a path
 * @...: the rest of it
 */
void
paddock_store_add_root (GPtrArray *roots, const char *first, ...)
{
  g_autofree char *path = NULL;
  struct stat status;
  va_list parts;

  va_start (parts, first);
  path = g_build_filename_valist (first, &parts);
  va_end (parts);
  /* Closed to us is not the same as not there. */
  if (stat (path, &status) == 0 ? S_ISDIR (status.st_mode) : errno == EACCES)
    g_ptr_array_add (roots, g_steal_pointer (&path));
}
