/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-exchange.h"

#include <string.h>

#include "base/atomic-file.h"
#include "base/strict-parser.h"
#include "library-error.h"
#include "record-fields.h"
#include "record-hashes.h"
#include "record-json.h"

#define FORMAT "paddock-library"

/**
 * paddock_record_exchange_export:
 * @store: a store of records
 * @path: the file to write, which is replaced
 * @cancellable: (nullable): a cancellable
 * @error: return location for %PADDOCK_LIBRARY_ERROR or %G_IO_ERROR
 *
 * Returns: whether all of them are in the file now
 */
gboolean
paddock_record_exchange_export (PaddockRecordStore *store, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) records = paddock_record_store_load (store, NULL, cancellable, error);
  g_autoptr (PaddockAtomicFile) file = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  JsonObject *object;
  JsonArray *models;

  if (records == NULL)
    return FALSE;
  object = json_object_new ();
  models = json_array_sized_new (records->len);
  for (guint i = 0; i < records->len; i++)
    json_array_add_element (models, paddock_record_json_write (g_ptr_array_index (records, i)));
  json_object_set_string_member (object, "format", FORMAT);
  json_object_set_int_member (object, "version", PADDOCK_RECORD_EXCHANGE_VERSION);
  json_object_set_array_member (object, "models", models);
  node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  text = json_to_string (node, TRUE);
  file = paddock_atomic_file_new (path, error);
  return file != NULL && paddock_atomic_file_write (file, (const guint8 *) text, strlen (text), error) &&
         paddock_atomic_file_commit (file, error);
}

static JsonArray *
get_models (JsonParser *parser, const char *path, GError **error)
{
  JsonNode *root = json_parser_get_root (parser);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *models = object != NULL ? json_object_get_member (object, "models") : NULL;

  if (models == NULL || !JSON_NODE_HOLDS_ARRAY (models) ||
      g_strcmp0 (json_object_get_string_member_with_default (object, "format", NULL), FORMAT) != 0)
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID, "%s is no list of a library’s models", path);
      return NULL;
    }
  if (json_object_get_int_member_with_default (object, "version", 0) > PADDOCK_RECORD_EXCHANGE_VERSION)
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NEWER, "%s was written by a newer version of Paddock",
                   path);
      return NULL;
    }
  return json_node_get_array (models);
}

static void
merge_field (const PaddockRecordField *field, PaddockModelRecord *here, const PaddockModelRecord *there)
{
  char **string = paddock_record_field_string (field, here);
  gint64 *number = paddock_record_field_number (field, here);

  if (field->type == PADDOCK_FIELD_STRING)
    {
      if (*string == NULL)
        *string = g_strdup (*paddock_record_field_string (field, there));
    }
  else if (field->type == PADDOCK_FIELD_FLAG)
    *paddock_record_field_flag (field, here) |= *paddock_record_field_flag (field, there);
  else if (*number <= 0)
    *number = *paddock_record_field_number (field, there);
}

static void
merge_other (JsonObject *others, const char *name, JsonNode *node, gpointer user_data)
{
  PaddockModelRecord *here = user_data;

  if (here->others == NULL || !json_object_has_member (here->others, name))
    paddock_model_record_set_other (here, name, node);
}

static void
merge_metadata (PaddockModelRecord *here, const PaddockModelRecord *there)
{
  GHashTableIter iter;
  gpointer key, value;

  if (there->metadata == NULL)
    return;
  g_hash_table_iter_init (&iter, there->metadata);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (here->metadata == NULL || !g_hash_table_contains (here->metadata, key))
      paddock_model_record_set_metadata (here, key, value);
}

static void
merge_locations (PaddockModelRecord *here, const PaddockModelRecord *there)
{
  for (guint i = 0; here->locations->len == 0 && i < there->locations->len; i++)
    {
      const PaddockRecordedLocation *from = g_ptr_array_index (there->locations, i);

      g_ptr_array_add (here->locations, paddock_recorded_location_new (from->path, from->store, from->root, from->seen_at));
    }
}

/* A sum belongs to the file that it was computed of, and an added date is that of the first time. */
static gboolean
merge (PaddockModelRecord *here, gpointer user_data)
{
  const PaddockModelRecord *there = user_data;
  g_autoptr (PaddockModelRecord) before = paddock_model_record_copy (here);
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  gsize n;
  const PaddockRecordField *fields = paddock_record_fields_get (&n);

  paddock_record_hashes_merge (here, there);
  for (gsize i = 0; i < n; i++)
    merge_field (&fields[i], here, there);
  if (there->added_at > 0)
    here->added_at = MIN (here->added_at, there->added_at);
  here->last_used = MAX (here->last_used, there->last_used);
  g_strv_builder_addv (tags, (const char **) here->tags);
  g_strv_builder_addv (tags, (const char **) there->tags);
  all = g_strv_builder_end (tags);
  paddock_model_record_set_tags (here, (const char *const *) all);
  merge_metadata (here, there);
  merge_locations (here, there);
  if (there->others != NULL)
    json_object_foreach_member (there->others, merge_other, here);
  return !paddock_model_record_equal (before, here);
}

/* Keys by which a record that came from elsewhere is found: its id, its weights. */
static void
index_record (GHashTable *index, const PaddockModelRecord *record)
{
  const char *keys[] = { record->id, record->fingerprint, record->sha256 };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i] != NULL && *keys[i] != '\0')
      g_hash_table_insert (index, g_strdup (keys[i]), g_strdup (record->id));
}

static const char *
find_record (GHashTable *index, const PaddockModelRecord *record)
{
  const char *keys[] = { record->sha256, record->fingerprint, record->id };
  const char *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (keys) && found == NULL; i++)
    found = keys[i] != NULL ? g_hash_table_lookup (index, keys[i]) : NULL;
  return found;
}

/* All of them, before anything is written: a file that is broken further down changes nothing. */
static GPtrArray *
read_models (JsonArray *models, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_model_record_unref);

  for (guint i = 0; i < json_array_get_length (models); i++)
    {
      JsonNode *node = json_array_get_element (models, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (node)
                         ? json_object_get_string_member_with_default (json_node_get_object (node), "id", "")
                         : "";
      PaddockModelRecord *record = paddock_record_json_read (id, node, error);

      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
  return g_steal_pointer (&records);
}

/**
 * paddock_record_exchange_import:
 * @store: a store of records
 * @path: a file that was exported
 * @n_new: (out): how many nobody had here
 * @n_merged: (out): how many were here already
 * @cancellable: (nullable): a cancellable
 * @error: return location for %PADDOCK_LIBRARY_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether all of them are here now
 */
gboolean
paddock_record_exchange_import (PaddockRecordStore *store, const char *path, guint *n_new, guint *n_merged,
                                GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonParser) parser = paddock_strict_parser_new ();
  g_autoptr (GHashTable) index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) theirs = NULL;
  JsonArray *models;

  *n_new = *n_merged = 0;
  if (!json_parser_load_from_mapped_file (parser, path, error) || (models = get_models (parser, path, error)) == NULL ||
      (theirs = read_models (models, error)) == NULL ||
      (records = paddock_record_store_load (store, NULL, cancellable, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    index_record (index, g_ptr_array_index (records, i));
  for (guint i = 0; i < theirs->len; i++)
    {
      PaddockModelRecord *there = g_ptr_array_index (theirs, i);
      const char *here = find_record (index, there);
      g_autoptr (PaddockModelRecord) now = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      now = paddock_record_store_change (store, here != NULL ? here : there->id, TRUE, merge, there, error);
      if (now == NULL)
        return FALSE;
      *(here != NULL ? n_merged : n_new) += 1;
      index_record (index, now);
    }
  return TRUE;
}
