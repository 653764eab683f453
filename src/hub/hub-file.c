/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-file.h"

#include "base/hash-text.h"
#include "hub-json.h"
#include "hub-reference.h"

/**
 * paddock_hub_file_new:
 * @path: in the repository
 * @size: in bytes, or -1
 * @sha256: (nullable): what the hub says; anything else than a hash is none
 *
 * Returns: (transfer full): a file
 */
PaddockHubFile *
paddock_hub_file_new (const char *path, gint64 size, const char *sha256)
{
  PaddockHubFile *self = g_new0 (PaddockHubFile, 1);

  self->path = g_strdup (path);
  self->size = size;
  /* Whoever may not have the file sees asterisks. */
  if (paddock_hash_text_is_sha256 (sha256))
    self->sha256 = g_ascii_strdown (sha256, -1);
  return self;
}

/**
 * paddock_hub_file_free:
 * @self: (transfer full): a file
 */
void
paddock_hub_file_free (PaddockHubFile *self)
{
  g_free (self->path);
  g_free (self->sha256);
  g_free (self);
}

static void
read_entry (JsonObject *entry, GPtrArray *files)
{
  const char *type = paddock_hub_json_get_string (entry, "type");
  const char *path = paddock_hub_json_get_string (entry, "path");
  JsonObject *large = paddock_hub_json_get_object (entry, "lfs");

  if (g_strcmp0 (type, "file") != 0 || path == NULL || !paddock_hub_reference_is_path (path))
    return;
  g_ptr_array_add (files, paddock_hub_file_new (path, paddock_hub_json_get_number (large != NULL ? large : entry, "size"),
                                                large != NULL ? paddock_hub_json_get_string (large, "oid") : NULL));
}

/**
 * paddock_hub_file_read_tree:
 * @root: (nullable): what the hub said
 * @files: (element-type PaddockHubFile): gets the files
 *
 * Returns: whether it is a page of a tree
 */
gboolean
paddock_hub_file_read_tree (JsonNode *root, GPtrArray *files)
{
  JsonArray *array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        read_entry (json_node_get_object (node), files);
    }
  return array != NULL;
}
