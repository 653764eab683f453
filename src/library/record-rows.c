/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-rows.h"

#include <string.h>

#include "record-fields.h"
#include "record-hashes.h"

/* What a row is written as has to be what the system's own layout makes of it. */
G_STATIC_ASSERT (sizeof (PaddockCachedRecord) == 200);
G_STATIC_ASSERT (sizeof (PaddockCachedPlace) == 32);
G_STATIC_ASSERT (sizeof (PaddockCachedHash) == 56);

static void
put_text (PaddockRecordTables *tables, const char *text)
{
  guint32 place = paddock_cache_strings_put_text (&tables->strings, text);

  g_array_append_val (tables->written_texts, place);
}

static void
put_fields (PaddockCachedRecord *row, const PaddockModelRecord *record, PaddockRecordTables *tables)
{
  gsize n, n_strings = 0, n_numbers = 0, n_flags = 0;
  const PaddockRecordField *fields = paddock_record_fields_get (&n);

  for (gsize i = 0; i < n; i++)
    if (fields[i].type == PADDOCK_FIELD_STRING)
      row->strings[n_strings++] =
        paddock_cache_strings_put_text (&tables->strings, *paddock_record_field_string (&fields[i], record));
    else if (fields[i].type == PADDOCK_FIELD_FLAG)
      row->flags |= (*paddock_record_field_flag (&fields[i], record) ? 1u : 0u) << n_flags++;
    else
      row->numbers[n_numbers++] = *paddock_record_field_number (&fields[i], record);
  g_return_if_fail (n_strings == PADDOCK_CACHED_RECORD_STRINGS && n_numbers == PADDOCK_CACHED_RECORD_NUMBERS);
}

static void
put_texts (PaddockCachedRecord *row, const PaddockModelRecord *record, PaddockRecordTables *tables)
{
  GHashTableIter iter;
  gpointer key, value;

  row->first_text = tables->written_texts->len;
  for (; record->tags[row->n_tags] != NULL; row->n_tags++)
    put_text (tables, record->tags[row->n_tags]);
  if (record->metadata == NULL)
    return;
  g_hash_table_iter_init (&iter, record->metadata);
  for (; g_hash_table_iter_next (&iter, &key, &value); row->n_metadata++)
    {
      put_text (tables, key);
      put_text (tables, value);
    }
}

static void
put_places (PaddockCachedRecord *row, const PaddockModelRecord *record, PaddockRecordTables *tables)
{
  row->first_location = tables->written_places->len;
  row->n_locations = record->locations->len;
  for (guint i = 0; i < record->locations->len; i++)
    {
      const PaddockRecordedLocation *location = g_ptr_array_index (record->locations, i);
      PaddockCachedPlace place = {
        .seen_at = location->seen_at,
        .filesystem = location->filesystem,
        .path = paddock_cache_strings_put_bytes (&tables->strings, location->path),
        .store = paddock_cache_strings_put_text (&tables->strings, location->store),
        .root = paddock_cache_strings_put_bytes (&tables->strings, location->root),
      };

      g_array_append_val (tables->written_places, place);
    }
}

static guint32
put_object (JsonObject *object, PaddockRecordTables *tables)
{
  g_autoptr (JsonNode) node = object != NULL ? json_node_init_object (json_node_alloc (), object) : NULL;
  g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : NULL;

  return paddock_cache_strings_put_text (&tables->strings, text);
}

static void
put_hashes (GPtrArray *hashes, PaddockRecordTables *tables)
{
  for (guint i = 0; i < hashes->len; i++)
    {
      const PaddockRecordedHash *hash = g_ptr_array_index (hashes, i);
      PaddockCachedHash cached = {
        .computed_at = hash->sha256_at,
        .device = hash->sha256_of.device,
        .inode = hash->sha256_of.inode,
        .size = hash->sha256_of.size,
        .modified = hash->sha256_of.modified,
        .shard = hash->shard,
        .computed = paddock_cache_strings_put_text (&tables->strings, hash->sha256),
        .expected = paddock_cache_strings_put_text (&tables->strings, hash->expected_sha256),
        .others = put_object (hash->others, tables),
      };

      g_array_append_val (tables->written_hashes, cached);
    }
}

/**
 * paddock_record_rows_put:
 * @row: (out caller-allocates): its row
 * @record: a record
 * @tables: where what does not fit into the row goes
 */
void
paddock_record_rows_put (PaddockCachedRecord *row, const PaddockModelRecord *record, PaddockRecordTables *tables)
{
  memset (row, 0, sizeof *row);
  row->hashed_device = record->sha256_of.device;
  row->hashed_inode = record->sha256_of.inode;
  row->hashed_size = record->sha256_of.size;
  row->hashed_modified = record->sha256_of.modified;
  row->id = paddock_cache_strings_put_text (&tables->strings, record->id);
  row->version = (guint32) record->version;
  put_fields (row, record, tables);
  put_texts (row, record, tables);
  put_places (row, record, tables);
  row->first_hash = tables->written_hashes->len;
  row->n_hashes = record->shards->len;
  row->n_copies = record->copies->len;
  put_hashes (record->shards, tables);
  put_hashes (record->copies, tables);
  row->others = put_object (record->others, tables);
}

static gboolean
get_fields (PaddockModelRecord *record, const PaddockCachedRecord *row, const PaddockRecordTables *tables)
{
  gsize n, n_strings = 0, n_numbers = 0, n_flags = 0;
  const PaddockRecordField *fields = paddock_record_fields_get (&n);
  gboolean sound = TRUE;

  for (gsize i = 0; i < n && sound; i++)
    if (fields[i].type == PADDOCK_FIELD_STRING)
      sound = paddock_cache_strings_dup_text (&tables->strings, row->strings[n_strings++],
                                              paddock_record_field_string (&fields[i], record));
    else if (fields[i].type == PADDOCK_FIELD_FLAG)
      *paddock_record_field_flag (&fields[i], record) = (row->flags >> n_flags++ & 1u) != 0;
    else
      {
        gint64 number = row->numbers[n_numbers++];

        *paddock_record_field_number (&fields[i], record) = number;
        sound = fields[i].type != PADDOCK_FIELD_SIZE || number >= 0;
      }
  return sound;
}

static gboolean
get_tags (PaddockModelRecord *record, const PaddockCachedRecord *row, const PaddockRecordTables *tables)
{
  g_auto (GStrv) tags = row->n_tags > 0 ? g_new0 (char *, (gsize) row->n_tags + 1) : NULL;

  for (guint32 i = 0; i < row->n_tags; i++)
    if (!paddock_cache_strings_dup_text (&tables->strings, tables->texts[row->first_text + i], &tags[i]) || tags[i] == NULL)
      return FALSE;
  if (tags != NULL)
    paddock_model_record_set_tags (record, (const char *const *) tags);
  return TRUE;
}

static gboolean
get_metadata (PaddockModelRecord *record, const PaddockCachedRecord *row, const PaddockRecordTables *tables)
{
  const guint32 *texts = tables->texts + row->first_text + row->n_tags;

  for (guint32 i = 0; i < row->n_metadata; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (!paddock_cache_strings_dup_text (&tables->strings, texts[2 * i], &name) ||
          !paddock_cache_strings_dup_text (&tables->strings, texts[2 * i + 1], &value) || name == NULL || value == NULL)
        return FALSE;
      paddock_model_record_set_metadata (record, name, value);
    }
  return TRUE;
}

static gboolean
get_texts (PaddockModelRecord *record, const PaddockCachedRecord *row, const PaddockRecordTables *tables)
{
  guint64 end = (guint64) row->first_text + row->n_tags + 2 * (guint64) row->n_metadata;

  return end <= tables->n_texts && get_tags (record, row, tables) && get_metadata (record, row, tables);
}

static gboolean
get_place (PaddockModelRecord *record, const PaddockCachedPlace *place, const PaddockRecordTables *tables)
{
  PaddockRecordedLocation *location = paddock_recorded_location_new (NULL, NULL, NULL, place->seen_at);

  g_ptr_array_add (record->locations, location);
  location->filesystem = place->filesystem;
  return paddock_cache_strings_dup_bytes (&tables->strings, place->path, &location->path) && location->path != NULL &&
         paddock_cache_strings_dup_text (&tables->strings, place->store, &location->store) &&
         paddock_cache_strings_dup_bytes (&tables->strings, place->root, &location->root);
}

static gboolean
get_places (PaddockModelRecord *record, const PaddockCachedRecord *row, const PaddockRecordTables *tables)
{
  if ((guint64) row->first_location + row->n_locations > tables->n_places)
    return FALSE;
  for (guint32 i = 0; i < row->n_locations; i++)
    if (!get_place (record, &tables->places[row->first_location + i], tables))
      return FALSE;
  return TRUE;
}

/* NULL where there is none. */
static gboolean
get_object (JsonObject **object, guint32 place, const PaddockRecordTables *tables)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (!paddock_cache_strings_dup_text (&tables->strings, place, &text))
    return FALSE;
  if (text == NULL)
    return TRUE;
  node = json_from_string (text, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  *object = json_node_dup_object (node);
  return TRUE;
}

/* NULL: what stands there makes no sense (transfer full). */
static PaddockRecordedHash *
get_hash (const PaddockCachedHash *cached, const PaddockRecordTables *tables)
{
  g_autoptr (PaddockRecordedHash) hash = paddock_recorded_hash_new (cached->shard);

  hash->sha256_at = cached->computed_at;
  hash->sha256_of.device = cached->device;
  hash->sha256_of.inode = cached->inode;
  hash->sha256_of.size = cached->size;
  hash->sha256_of.modified = cached->modified;
  if (!paddock_cache_strings_dup_text (&tables->strings, cached->computed, &hash->sha256) ||
      !paddock_cache_strings_dup_text (&tables->strings, cached->expected, &hash->expected_sha256) ||
      !get_object (&hash->others, cached->others, tables) || hash->shard >= PADDOCK_RECORDED_HASH_MAX_SHARD)
    return NULL;
  return g_steal_pointer (&hash);
}

static gboolean
get_shards (PaddockModelRecord *record, const PaddockCachedHash *rows, guint32 n, const PaddockRecordTables *tables)
{
  for (guint32 i = 0; i < n; i++)
    {
      g_autoptr (PaddockRecordedHash) hash = get_hash (&rows[i], tables);

      if (hash == NULL || hash->shard < 1 || !paddock_record_hashes_add (record, g_steal_pointer (&hash)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
get_copies (PaddockModelRecord *record, const PaddockCachedHash *rows, guint32 n, const PaddockRecordTables *tables)
{
  for (guint32 i = 0; i < n; i++)
    {
      g_autoptr (PaddockRecordedHash) hash = get_hash (&rows[i], tables);

      if (hash == NULL || hash->sha256 == NULL)
        return FALSE;
      paddock_record_hashes_add_copy (record, g_steal_pointer (&hash));
    }
  return TRUE;
}

static gboolean
get_hashes (PaddockModelRecord *record, const PaddockCachedRecord *row, const PaddockRecordTables *tables)
{
  const PaddockCachedHash *rows;

  if ((guint64) row->first_hash + row->n_hashes + row->n_copies > tables->n_hashes)
    return FALSE;
  rows = tables->hashes + row->first_hash;
  return get_shards (record, rows, row->n_hashes, tables) &&
         get_copies (record, rows + row->n_hashes, row->n_copies, tables);
}

/**
 * paddock_record_rows_get:
 * @row: a row that nobody vouches for
 * @tables: those of its cache
 *
 * Returns: (transfer full) (nullable): the record
 */
PaddockModelRecord *
paddock_record_rows_get (const PaddockCachedRecord *row, const PaddockRecordTables *tables)
{
  g_autoptr (PaddockModelRecord) record = NULL;
  g_autofree char *id = NULL;

  if (row->version < 1 || row->version > G_MAXINT ||
      !paddock_cache_strings_dup_text (&tables->strings, row->id, &id) || id == NULL)
    return NULL;
  record = paddock_model_record_new (id);
  record->version = (int) row->version;
  record->sha256_of.device = row->hashed_device;
  record->sha256_of.inode = row->hashed_inode;
  record->sha256_of.size = row->hashed_size;
  record->sha256_of.modified = row->hashed_modified;
  if (!get_fields (record, row, tables) || !get_texts (record, row, tables) || !get_places (record, row, tables) ||
      !get_hashes (record, row, tables) || !get_object (&record->others, row->others, tables))
    return NULL;
  return g_steal_pointer (&record);
}
