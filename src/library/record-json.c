/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-json.h"

#include <string.h>

#include "library-error.h"
#include "record-fields.h"
#include "record-hashes.h"

static void
set_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

/* JSON has no bytes: a path that is not UTF-8 is written as an address. */
static void
set_path (JsonObject *object, const char *name, const char *path)
{
  if (path != NULL && !g_utf8_validate (path, -1, NULL))
    {
      g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

      set_string (object, name, uri);
    }
  else
    set_string (object, name, path);
}

static JsonArray *
write_locations (const PaddockModelRecord *record)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < record->locations->len; i++)
    {
      const PaddockRecordedLocation *location = g_ptr_array_index (record->locations, i);
      JsonObject *object = json_object_new ();

      set_path (object, "path", location->path);
      set_string (object, "store", location->store);
      set_path (object, "root", location->root);
      json_object_set_int_member (object, "seen_at", location->seen_at);
      if (location->filesystem != 0)
        json_object_set_int_member (object, "filesystem", (gint64) location->filesystem);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
write_identity (const PaddockFileIdentity *identity)
{
  JsonObject *object = json_object_new ();

  /* The bits are kept, whatever the sign. */
  json_object_set_int_member (object, "device", (gint64) identity->device);
  json_object_set_int_member (object, "inode", (gint64) identity->inode);
  json_object_set_int_member (object, "size", (gint64) identity->size);
  json_object_set_int_member (object, "modified", identity->modified);
  return object;
}

static void
write_other (JsonObject *others, const char *name, JsonNode *node, gpointer user_data)
{
  JsonObject *object = user_data;

  if (!json_object_has_member (object, name))
    json_object_set_member (object, name, json_node_copy (node));
}

/* Numbered as in the names of files: from 1. */
static JsonArray *
write_hashes (GPtrArray *hashes)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < hashes->len; i++)
    {
      const PaddockRecordedHash *hash = g_ptr_array_index (hashes, i);
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "shard", (gint64) hash->shard + 1);
      set_string (object, "expected_sha256", hash->expected_sha256);
      if (hash->sha256 != NULL)
        {
          json_object_set_string_member (object, "sha256", hash->sha256);
          json_object_set_int_member (object, "sha256_at", hash->sha256_at);
          json_object_set_object_member (object, "sha256_of", write_identity (&hash->sha256_of));
        }
      if (hash->others != NULL)
        json_object_foreach_member (hash->others, write_other, object);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
write_metadata (GHashTable *metadata)
{
  g_autoptr (GPtrArray) keys = g_hash_table_get_keys_as_ptr_array (metadata);
  JsonObject *object = json_object_new ();

  g_ptr_array_sort_values (keys, (GCompareFunc) strcmp);
  for (guint i = 0; i < keys->len; i++)
    json_object_set_string_member (object, g_ptr_array_index (keys, i),
                                   g_hash_table_lookup (metadata, g_ptr_array_index (keys, i)));
  return object;
}

static void
write_field (JsonObject *object, const PaddockRecordField *field, const PaddockModelRecord *record)
{
  if (field->type == PADDOCK_FIELD_STRING)
    set_string (object, field->name, *paddock_record_field_string (field, record));
  else if (field->type == PADDOCK_FIELD_FLAG)
    {
      if (*paddock_record_field_flag (field, record))
        json_object_set_boolean_member (object, field->name, TRUE);
    }
  else if (*paddock_record_field_number (field, record) > 0)
    json_object_set_int_member (object, field->name, *paddock_record_field_number (field, record));
}

/**
 * paddock_record_json_write:
 * @record: a record
 *
 * Returns: (transfer full): all that it says
 */
JsonNode *
paddock_record_json_write (const PaddockModelRecord *record)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_init_object (json_node_alloc (), object);
  JsonArray *tags = json_array_new ();
  gsize n;
  const PaddockRecordField *fields = paddock_record_fields_get (&n);

  json_object_set_int_member (object, "version", record->version);
  json_object_set_string_member (object, "id", record->id);
  for (gsize i = 0; i < n; i++)
    write_field (object, &fields[i], record);
  if (record->sha256 != NULL)
    json_object_set_object_member (object, "sha256_of", write_identity (&record->sha256_of));
  if (record->shards->len > 0)
    json_object_set_array_member (object, "shards", write_hashes (record->shards));
  if (record->copies->len > 0)
    json_object_set_array_member (object, "copies", write_hashes (record->copies));
  for (gsize i = 0; record->tags[i] != NULL; i++)
    json_array_add_string_element (tags, record->tags[i]);
  json_object_set_array_member (object, "tags", tags);
  if (record->metadata != NULL)
    json_object_set_object_member (object, "metadata", write_metadata (record->metadata));
  json_object_set_array_member (object, "locations", write_locations (record));
  if (record->others != NULL)
    json_object_foreach_member (record->others, write_other, object);
  json_object_unref (object);
  return node;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && holds (node, G_TYPE_STRING) ? json_node_get_string (node) : NULL;
}

static gint64
get_number (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && holds (node, G_TYPE_INT64) ? json_node_get_int (node) : 0;
}

static char *
get_path (JsonObject *object, const char *name)
{
  const char *text = get_string (object, name);

  if (text != NULL && g_str_has_prefix (text, "file:"))
    return g_filename_from_uri (text, NULL, NULL);
  return text != NULL && *text == '/' ? g_strdup (text) : NULL;
}

static gboolean
read_field (const PaddockRecordField *field, JsonNode *node, PaddockModelRecord *record)
{
  static const GType types[] = {
    [PADDOCK_FIELD_STRING] = G_TYPE_STRING,
    [PADDOCK_FIELD_NUMBER] = G_TYPE_INT64,
    [PADDOCK_FIELD_SIZE] = G_TYPE_INT64,
    [PADDOCK_FIELD_FLAG] = G_TYPE_BOOLEAN,
  };

  if (!holds (node, types[field->type]) || (field->type == PADDOCK_FIELD_SIZE && json_node_get_int (node) < 0))
    return FALSE;
  if (field->type == PADDOCK_FIELD_STRING)
    g_set_str (paddock_record_field_string (field, record), json_node_get_string (node));
  else if (field->type == PADDOCK_FIELD_FLAG)
    *paddock_record_field_flag (field, record) = json_node_get_boolean (node);
  else
    *paddock_record_field_number (field, record) = json_node_get_int (node);
  return TRUE;
}

static gboolean
read_tags (JsonNode *node, PaddockModelRecord *record)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (holds (json_array_get_element (array, i), G_TYPE_STRING))
      g_ptr_array_add (tags, (gpointer) json_array_get_string_element (array, i));
  g_ptr_array_add (tags, NULL);
  paddock_model_record_set_tags (record, (const char *const *) tags->pdata);
  return TRUE;
}

static gboolean
read_metadata (JsonNode *node, PaddockModelRecord *record)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  /* All or nothing: the rest would be forgotten at the next change. */
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!holds (value, G_TYPE_STRING))
      return FALSE;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    paddock_model_record_set_metadata (record, name, json_node_get_string (value));
  return TRUE;
}

static gboolean
read_locations (JsonNode *node, PaddockModelRecord *record)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      g_autofree char *path = object != NULL ? get_path (object, "path") : NULL;
      g_autofree char *root = object != NULL ? get_path (object, "root") : NULL;

      PaddockRecordedLocation *location;

      if (path == NULL)
        continue;
      location = paddock_recorded_location_new (path, get_string (object, "store"), root, get_number (object, "seen_at"));
      location->filesystem = (guint64) get_number (object, "filesystem");
      g_ptr_array_add (record->locations, location);
    }
  return TRUE;
}

static gboolean
read_identity (JsonNode *node, PaddockFileIdentity *identity)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  if (object == NULL)
    return FALSE;
  *identity = (PaddockFileIdentity){
    .device = (guint64) get_number (object, "device"),
    .inode = (guint64) get_number (object, "inode"),
    .size = (guint64) get_number (object, "size"),
    .modified = get_number (object, "modified"),
  };
  return TRUE;
}

static gboolean
read_sha256_of (JsonNode *node, PaddockModelRecord *record)
{
  return read_identity (node, &record->sha256_of);
}

static gboolean
read_shard_member (const char *name, JsonNode *node, PaddockRecordedHash *hash)
{
  if (g_str_equal (name, "sha256") && holds (node, G_TYPE_STRING))
    g_set_str (&hash->sha256, json_node_get_string (node));
  else if (g_str_equal (name, "expected_sha256") && holds (node, G_TYPE_STRING))
    g_set_str (&hash->expected_sha256, json_node_get_string (node));
  else if (g_str_equal (name, "sha256_at") && holds (node, G_TYPE_INT64))
    hash->sha256_at = json_node_get_int (node);
  else if (g_str_equal (name, "sha256_of"))
    return read_identity (node, &hash->sha256_of);
  else
    return g_str_equal (name, "shard");
  return TRUE;
}

static PaddockRecordedHash *
read_hash (JsonNode *node, gint64 first)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gint64 number = object != NULL ? get_number (object, "shard") : 0;
  g_autoptr (PaddockRecordedHash) hash = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (number < first || number > PADDOCK_RECORDED_HASH_MAX_SHARD)
    return NULL;
  hash = paddock_recorded_hash_new ((guint) number - 1);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!read_shard_member (name, value, hash))
      {
        if (hash->others == NULL)
          hash->others = json_object_new ();
        json_object_set_member (hash->others, name, json_node_copy (value));
      }
  return g_steal_pointer (&hash);
}

/* All or nothing, so that what is not understood stays as it is. */
static gboolean
read_shards (JsonNode *node, PaddockModelRecord *record)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      /* The first file's is not here. */
      PaddockRecordedHash *hash = read_hash (json_array_get_element (array, i), 2);

      if (hash != NULL && paddock_record_hashes_add (record, hash))
        continue;
      g_ptr_array_set_size (record->shards, 0);
      return FALSE;
    }
  return array != NULL;
}

static gboolean
read_copies (JsonNode *node, PaddockModelRecord *record)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      PaddockRecordedHash *hash = read_hash (json_array_get_element (array, i), 1);

      if (hash != NULL && hash->sha256 != NULL)
        {
          paddock_record_hashes_add_copy (record, hash);
          continue;
        }
      g_clear_pointer (&hash, paddock_recorded_hash_free);
      g_ptr_array_set_size (record->copies, 0);
      return FALSE;
    }
  return array != NULL;
}

/* The version was looked at before all else, and the id is the file's name. */
static gboolean
skip (JsonNode *node G_GNUC_UNUSED, PaddockModelRecord *record G_GNUC_UNUSED)
{
  return TRUE;
}

static gboolean
read_member (const char *name, JsonNode *node, PaddockModelRecord *record)
{
  static const struct
  {
    const char *name;
    gboolean (*read) (JsonNode *node, PaddockModelRecord *record);
  } readers[] = {
    { "version", skip },           { "id", skip },
    { "tags", read_tags },         { "metadata", read_metadata },
    { "locations", read_locations }, { "sha256_of", read_sha256_of },
    { "shards", read_shards },     { "copies", read_copies },
  };
  gsize n;
  const PaddockRecordField *fields = paddock_record_fields_get (&n);

  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    if (g_str_equal (readers[i].name, name))
      return readers[i].read (node, record);
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (fields[i].name, name))
      return read_field (&fields[i], node, record);
  return FALSE;
}

/**
 * paddock_record_json_read:
 * @id: the record's
 * @node: what was written about it
 * @error: return location for %PADDOCK_LIBRARY_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the record
 */
PaddockModelRecord *
paddock_record_json_read (const char *id, JsonNode *node, GError **error)
{
  g_autoptr (PaddockModelRecord) record = paddock_model_record_new (id);
  gint64 version = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? get_number (json_node_get_object (node), "version") : 0;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (version < 1 || version > G_MAXINT)
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID, "this is no record of a model: %s", id);
      return NULL;
    }
  record->version = (int) version;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!read_member (name, value, record))
      paddock_model_record_set_other (record, name, value);
  return g_steal_pointer (&record);
}
