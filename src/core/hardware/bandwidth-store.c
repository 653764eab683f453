/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/bandwidth-store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/atomic-file.h"
#include "base/io-error.h"
#include "base/own-folder.h"
#include "base/strict-parser.h"
#include "hardware/bandwidth.h"

#define FILE_NAME "bandwidth.json"
#define MAX_BYTES (256u << 10)
#define MAX_KEPT 64

/* A home directory may be that of several computers. */
static char *
get_machine (void)
{
  g_autofree char *id = NULL;

  if (!g_file_get_contents ("/etc/machine-id", &id, NULL, NULL))
    return g_strdup (g_get_host_name ());
  return g_strstrip (g_utf8_make_valid (id, -1));
}

static char *
read_file (gsize *length)
{
  g_autofree char *folder = paddock_own_folder_dup_path (PADDOCK_OWN_CACHE);
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  char *text = NULL;
  GStatBuf status;

  if (g_stat (path, &status) != 0 || !S_ISREG (status.st_mode) || status.st_size > MAX_BYTES)
    return NULL;
  g_file_get_contents (path, &text, length, NULL);
  return text;
}

static PaddockBandwidth *
read_one (JsonObject *object)
{
  const char *kind_name = json_object_get_string_member_with_default (object, "kind", "");
  const char *subject = json_object_get_string_member_with_default (object, "subject", NULL);
  gint64 speed = json_object_get_int_member_with_default (object, "speed", 0);
  gint64 measured_at = json_object_get_int_member_with_default (object, "measured_at", 0);
  PaddockBandwidthKind kind;
  PaddockBandwidth *measured;

  if (kind_name == NULL || !paddock_bandwidth_kind_parse (kind_name, &kind) || speed <= 0 || measured_at <= 0)
    return NULL;
  measured = paddock_bandwidth_new (kind, subject, (guint64) speed);
  measured->measured_at = measured_at;
  return measured;
}

static JsonArray *
find_list (JsonNode *root)
{
  g_autofree char *machine = get_machine ();
  JsonObject *object;
  JsonNode *list;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  object = json_node_get_object (root);
  list = json_object_get_member (object, "measured");
  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list) ||
      g_strcmp0 (json_object_get_string_member_with_default (object, "machine", NULL), machine) != 0)
    return NULL;
  return json_node_get_array (list);
}

/**
 * paddock_bandwidth_store_load:
 *
 * Returns: (transfer full) (element-type PaddockBandwidth): what is kept; it may be empty
 */
GPtrArray *
paddock_bandwidth_store_load (void)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_bandwidth_free);
  g_autoptr (JsonParser) parser = paddock_strict_parser_new ();
  gsize length = 0;
  g_autofree char *text = read_file (&length);
  JsonArray *list = NULL;

  if (text != NULL && json_parser_load_from_data (parser, text, (gssize) length, NULL))
    list = find_list (json_parser_get_root (parser));
  for (guint i = 0; list != NULL && i < MIN (json_array_get_length (list), MAX_KEPT); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      PaddockBandwidth *one = JSON_NODE_HOLDS_OBJECT (node) ? read_one (json_node_get_object (node)) : NULL;

      if (one != NULL)
        g_ptr_array_add (kept, one);
    }
  return kept;
}

static void
drop_same (GPtrArray *kept, const PaddockBandwidth *measured)
{
  for (guint i = kept->len; i > 0; i--)
    {
      const PaddockBandwidth *one = g_ptr_array_index (kept, i - 1);

      if (one->kind == measured->kind && g_strcmp0 (one->subject, measured->subject) == 0)
        g_ptr_array_remove_index (kept, i - 1);
    }
}

static char *
write_text (GPtrArray *kept)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *machine = get_machine ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "machine");
  json_builder_add_string_value (builder, machine);
  json_builder_set_member_name (builder, "measured");
  json_builder_begin_array (builder);
  for (guint i = 0; i < kept->len; i++)
    {
      const PaddockBandwidth *one = g_ptr_array_index (kept, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "kind");
      json_builder_add_string_value (builder, paddock_bandwidth_kind_get_name (one->kind));
      json_builder_set_member_name (builder, "subject");
      json_builder_add_string_value (builder, one->subject);
      json_builder_set_member_name (builder, "speed");
      json_builder_add_int_value (builder, (gint64) one->speed);
      json_builder_set_member_name (builder, "measured_at");
      json_builder_add_int_value (builder, one->measured_at);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

/**
 * paddock_bandwidth_store_add:
 * @measured: (element-type PaddockBandwidth): what was measured now
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: whether it is kept
 */
gboolean
paddock_bandwidth_store_add (GPtrArray *measured, GError **error)
{
  g_autoptr (GPtrArray) kept = paddock_bandwidth_store_load ();
  g_autofree char *folder = paddock_own_folder_dup_path (PADDOCK_OWN_CACHE);
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  g_autoptr (PaddockAtomicFile) file = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < measured->len; i++)
    {
      const PaddockBandwidth *one = g_ptr_array_index (measured, i);

      if (one->speed == 0)
        continue;
      drop_same (kept, one);
      g_ptr_array_add (kept, paddock_bandwidth_copy (one));
    }
  /* The oldest go first. */
  if (kept->len > MAX_KEPT)
    g_ptr_array_remove_range (kept, 0, kept->len - MAX_KEPT);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      paddock_io_error_set_from_errno (error, errno, "make", folder);
      return FALSE;
    }
  text = write_text (kept);
  file = paddock_atomic_file_new (path, error);
  return file != NULL && paddock_atomic_file_write (file, (const guint8 *) text, strlen (text), error) &&
         paddock_atomic_file_commit (file, error);
}
