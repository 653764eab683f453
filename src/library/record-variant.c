/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-variant.h"

#include <string.h>

#include "record-fields.h"
#include "record-hashes.h"

static GVariant *
write_strings (const PaddockModelRecord *record)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("ams"));
  gsize n;
  const PaddockRecordField *fields = paddock_record_fields_get (&n);

  for (gsize i = 0; i < n; i++)
    if (fields[i].type == PADDOCK_FIELD_STRING)
      g_variant_builder_add (&builder, "ms", *paddock_record_field_string (&fields[i], record));
  return g_variant_builder_end (&builder);
}

static GVariant *
write_numbers (const PaddockModelRecord *record)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("ax"));
  gsize n;
  const PaddockRecordField *fields = paddock_record_fields_get (&n);

  for (gsize i = 0; i < n; i++)
    if (fields[i].type == PADDOCK_FIELD_NUMBER || fields[i].type == PADDOCK_FIELD_SIZE)
      g_variant_builder_add (&builder, "x", *paddock_record_field_number (&fields[i], record));
  return g_variant_builder_end (&builder);
}

static guint32
write_flags (const PaddockModelRecord *record)
{
  guint32 flags = 0, bit = 1;
  gsize n;
  const PaddockRecordField *fields = paddock_record_fields_get (&n);

  for (gsize i = 0; i < n; i++)
    if (fields[i].type == PADDOCK_FIELD_FLAG)
      {
        flags |= *paddock_record_field_flag (&fields[i], record) ? bit : 0;
        bit <<= 1;
      }
  return flags;
}

static GVariant *
write_metadata (GHashTable *metadata)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, metadata);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_variant_builder_add (&builder, "{ss}", key, value);
  return g_variant_builder_end (&builder);
}

static GVariant *
write_locations (GPtrArray *locations)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(aymsmayxt)"));

  for (guint i = 0; i < locations->len; i++)
    {
      const PaddockRecordedLocation *location = g_ptr_array_index (locations, i);

      g_variant_builder_add (&builder, "(^aymsm^ayxt)", location->path, location->store, location->root, location->seen_at,
                             location->filesystem);
    }
  return g_variant_builder_end (&builder);
}

static char *
print_others (JsonObject *others)
{
  g_autoptr (JsonNode) node = NULL;

  if (others == NULL || json_object_get_size (others) == 0)
    return g_strdup ("");
  node = json_node_init_object (json_node_alloc (), others);
  return json_to_string (node, FALSE);
}

static GVariant *
write_shards (GPtrArray *shards)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (PADDOCK_RECORD_HASHES_TYPE));

  for (guint i = 0; i < shards->len; i++)
    {
      const PaddockRecordedHash *hash = g_ptr_array_index (shards, i);
      g_autofree char *others = print_others (hash->others);

      g_variant_builder_add (&builder, "(umsx(tttx)mss)", hash->shard, hash->sha256, hash->sha256_at,
                             hash->sha256_of.device, hash->sha256_of.inode, hash->sha256_of.size, hash->sha256_of.modified,
                             hash->expected_sha256, others);
    }
  return g_variant_builder_end (&builder);
}

/**
 * paddock_record_variant_write:
 * @record: a record
 *
 * Returns: (transfer floating): all that it says
 */
GVariant *
paddock_record_variant_write (const PaddockModelRecord *record)
{
  g_autofree char *others = print_others (record->others);

  return g_variant_new ("(si@ams@axu(tttx)@" PADDOCK_RECORD_HASHES_TYPE "^as@a{ss}@a(aymsmayxt)s)", record->id,
                        record->version, write_strings (record), write_numbers (record), write_flags (record),
                        record->sha256_of.device, record->sha256_of.inode, record->sha256_of.size,
                        record->sha256_of.modified, write_shards (record->shards), record->tags,
                        write_metadata (record->metadata), write_locations (record->locations), others);
}

static gboolean
read_fields (PaddockModelRecord *record, GVariant *strings, GVariant *numbers, guint32 flags)
{
  GVariantIter string_iter, number_iter;
  guint32 bit = 1;
  gsize n;
  const PaddockRecordField *fields = paddock_record_fields_get (&n);
  gboolean complete = TRUE;

  g_variant_iter_init (&string_iter, strings);
  g_variant_iter_init (&number_iter, numbers);
  for (gsize i = 0; i < n && complete; i++)
    if (fields[i].type == PADDOCK_FIELD_STRING)
      complete = g_variant_iter_next (&string_iter, "ms", paddock_record_field_string (&fields[i], record));
    else if (fields[i].type == PADDOCK_FIELD_FLAG)
      {
        *paddock_record_field_flag (&fields[i], record) = (flags & bit) != 0;
        bit <<= 1;
      }
    else
      {
        complete = g_variant_iter_next (&number_iter, "x", paddock_record_field_number (&fields[i], record));
        complete = complete && (fields[i].type != PADDOCK_FIELD_SIZE || *paddock_record_field_number (&fields[i], record) >= 0);
      }
  return complete;
}

static void
read_locations (PaddockModelRecord *record, GVariant *locations)
{
  GVariantIter iter;
  const char *path, *store, *root;
  gint64 seen_at;
  guint64 filesystem;

  g_variant_iter_init (&iter, locations);
  while (g_variant_iter_next (&iter, "(^&aym&sm^&ayxt)", &path, &store, &root, &seen_at, &filesystem))
    {
      PaddockRecordedLocation *location = paddock_recorded_location_new (path, store, root, seen_at);

      location->filesystem = filesystem;
      g_ptr_array_add (record->locations, location);
    }
}

/* "" leaves them as they are. */
static gboolean
read_others (JsonObject **others, const char *text)
{
  g_autoptr (JsonNode) node = *text != '\0' ? json_from_string (text, NULL) : NULL;

  if (*text == '\0')
    return TRUE;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  g_clear_pointer (others, json_object_unref);
  *others = json_node_dup_object (node);
  return TRUE;
}

static gboolean
read_shards (PaddockModelRecord *record, GVariant *shards)
{
  PaddockFileIdentity of;
  GVariantIter iter;
  const char *sha256, *expected, *others;
  gint64 computed_at;
  guint shard;

  g_variant_iter_init (&iter, shards);
  while (g_variant_iter_next (&iter, "(um&sx(tttx)m&s&s)", &shard, &sha256, &computed_at, &of.device, &of.inode, &of.size,
                              &of.modified, &expected, &others))
    {
      g_autoptr (PaddockRecordedHash) hash = paddock_recorded_hash_new (shard);

      hash->sha256 = g_strdup (sha256);
      hash->sha256_at = computed_at;
      hash->sha256_of = of;
      hash->expected_sha256 = g_strdup (expected);
      if (shard == 0 || shard >= PADDOCK_RECORDED_HASH_MAX_SHARD || !read_others (&hash->others, others) ||
          !paddock_record_hashes_add (record, g_steal_pointer (&hash)))
        return FALSE;
    }
  return TRUE;
}

/**
 * paddock_record_variant_read:
 * @variant: what the cache has, which nobody vouches for
 *
 * Returns: (transfer full) (nullable): the record
 */
PaddockModelRecord *
paddock_record_variant_read (GVariant *variant)
{
  g_autoptr (PaddockModelRecord) record = NULL;
  g_autoptr (GVariant) strings = NULL;
  g_autoptr (GVariant) numbers = NULL;
  g_autoptr (GVariant) shards = NULL;
  g_autoptr (GVariant) metadata = NULL;
  g_autoptr (GVariant) locations = NULL;
  g_autofree const char **tags = NULL;
  const char *id, *others, *key, *value;
  PaddockFileIdentity identity;
  GVariantIter iter;
  guint32 flags;
  int version;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE (PADDOCK_RECORD_VARIANT_TYPE)))
    return NULL;
  g_variant_get (variant, "(&si@ams@axu(tttx)@" PADDOCK_RECORD_HASHES_TYPE "^a&s@a{ss}@a(aymsmayxt)&s)", &id, &version,
                 &strings, &numbers, &flags, &identity.device, &identity.inode, &identity.size, &identity.modified, &shards,
                 &tags, &metadata, &locations, &others);
  record = paddock_model_record_new (id);
  record->version = version;
  record->sha256_of = identity;
  paddock_model_record_set_tags (record, tags);
  g_variant_iter_init (&iter, metadata);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    g_hash_table_replace (record->metadata, g_strdup (key), g_strdup (value));
  read_locations (record, locations);
  if (version < 1 || !read_fields (record, strings, numbers, flags) || !read_others (&record->others, others) ||
      !read_shards (record, shards))
    return NULL;
  return g_steal_pointer (&record);
}
