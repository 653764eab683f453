/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-cache.h"

#include "record-rows.h"

#define MAGIC "paddock-record-cache"
/* The number of the layout; another one is not read, because the records themselves say it all. In the byte order of the
   computer: another's is another number. */
#define VERSION 5
#define CACHE_TYPE "(suaya" PADDOCK_CACHED_RECORD_TYPE "a" PADDOCK_CACHED_PLACE_TYPE "a" PADDOCK_CACHED_HASH_TYPE "au)"

/**
 * paddock_record_read_new:
 *
 * Returns: (transfer full): nothing that was read yet
 */
PaddockRecordRead *
paddock_record_read_new (void)
{
  return g_new0 (PaddockRecordRead, 1);
}

/**
 * paddock_record_read_free:
 * @self: (transfer full): what was read
 */
void
paddock_record_read_free (PaddockRecordRead *self)
{
  g_clear_pointer (&self->record, paddock_model_record_unref);
  g_free (self);
}

static GPtrArray *
new_list (guint size)
{
  return g_ptr_array_new_full (size, (GDestroyNotify) paddock_record_read_free);
}

/* A row that makes no sense is a record that has to be read again. */
static GPtrArray *
read_rows (const PaddockCachedRecord *rows, gsize n_rows, const PaddockRecordTables *tables)
{
  GPtrArray *all = new_list ((guint) n_rows);

  for (gsize i = 0; i < n_rows; i++)
    {
      PaddockModelRecord *record = paddock_record_rows_get (&rows[i], tables);
      PaddockRecordRead *read;

      if (record == NULL)
        continue;
      read = paddock_record_read_new ();
      read->record = record;
      read->identity.device = rows[i].device;
      read->identity.inode = rows[i].inode;
      read->identity.size = rows[i].size;
      read->identity.modified = rows[i].modified;
      g_ptr_array_add (all, read);
    }
  return all;
}

static GPtrArray *
read_all (GVariant *cache)
{
  g_autoptr (GVariant) text = g_variant_get_child_value (cache, 2);
  g_autoptr (GVariant) records = g_variant_get_child_value (cache, 3);
  g_autoptr (GVariant) places = g_variant_get_child_value (cache, 4);
  g_autoptr (GVariant) hashes = g_variant_get_child_value (cache, 5);
  g_autoptr (GVariant) texts = g_variant_get_child_value (cache, 6);
  PaddockRecordTables tables = { 0 };
  const PaddockCachedRecord *rows;
  const char *magic, *characters;
  gsize length, n_rows;
  guint32 version;

  g_variant_get_child (cache, 0, "&s", &magic);
  g_variant_get_child (cache, 1, "u", &version);
  characters = g_variant_get_fixed_array (text, &length, 1);
  if (!g_str_equal (magic, MAGIC) || version != VERSION ||
      !paddock_cache_strings_init_read (&tables.strings, characters, length))
    return new_list (0);
  rows = g_variant_get_fixed_array (records, &n_rows, sizeof *rows);
  tables.places = g_variant_get_fixed_array (places, &tables.n_places, sizeof *tables.places);
  tables.hashes = g_variant_get_fixed_array (hashes, &tables.n_hashes, sizeof *tables.hashes);
  tables.texts = g_variant_get_fixed_array (texts, &tables.n_texts, sizeof *tables.texts);
  return read_rows (rows, n_rows, &tables);
}

/**
 * paddock_record_cache_read:
 * @path: (type filename): where it lies
 *
 * Returns: (transfer full) (element-type PaddockRecordRead): what it knows
 */
GPtrArray *
paddock_record_cache_read (const char *path)
{
  g_autoptr (GVariant) cache = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *contents = NULL;
  gsize length = 0;

  /* Read rather than mapped: it is small, and a mapped file that somebody cuts short ends the program. */
  if (!g_file_get_contents (path, &contents, &length, NULL))
    return new_list (0);
  bytes = g_bytes_new_take (contents, length);
  cache = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (CACHE_TYPE), bytes, FALSE));
  return read_all (cache);
}

static GVariant *
build_cache (GPtrArray *all)
{
  g_autoptr (GArray) rows = g_array_sized_new (FALSE, FALSE, sizeof (PaddockCachedRecord), all->len);
  g_autoptr (GArray) places = g_array_sized_new (FALSE, FALSE, sizeof (PaddockCachedPlace), all->len);
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (PaddockCachedHash));
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof (guint32));
  PaddockRecordTables tables = { .written_places = places, .written_hashes = hashes, .written_texts = texts };
  GVariant *cache;

  paddock_cache_strings_init_write (&tables.strings);
  for (guint i = 0; i < all->len; i++)
    {
      const PaddockRecordRead *read = g_ptr_array_index (all, i);
      PaddockCachedRecord row;

      paddock_record_rows_put (&row, read->record, &tables);
      row.device = read->identity.device;
      row.inode = read->identity.inode;
      row.size = read->identity.size;
      row.modified = read->identity.modified;
      g_array_append_val (rows, row);
    }
  cache = g_variant_new (
    "(su@ay@a" PADDOCK_CACHED_RECORD_TYPE "@a" PADDOCK_CACHED_PLACE_TYPE "@a" PADDOCK_CACHED_HASH_TYPE "@au)",
    MAGIC, VERSION,
    g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, tables.strings.written->data, tables.strings.written->len, 1),
    g_variant_new_fixed_array (G_VARIANT_TYPE (PADDOCK_CACHED_RECORD_TYPE), rows->data, rows->len,
                               sizeof (PaddockCachedRecord)),
    g_variant_new_fixed_array (G_VARIANT_TYPE (PADDOCK_CACHED_PLACE_TYPE), places->data, places->len,
                               sizeof (PaddockCachedPlace)),
    g_variant_new_fixed_array (G_VARIANT_TYPE (PADDOCK_CACHED_HASH_TYPE), hashes->data, hashes->len,
                               sizeof (PaddockCachedHash)),
    g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, texts->data, texts->len, sizeof (guint32)));
  paddock_cache_strings_clear (&tables.strings);
  return g_variant_ref_sink (cache);
}

/**
 * paddock_record_cache_write:
 * @path: (type filename): where it goes
 * @all: (element-type PaddockRecordRead): what was read
 */
void
paddock_record_cache_write (const char *path, GPtrArray *all)
{
  g_autoptr (GVariant) cache = build_cache (all);
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_file_set_contents_full (path, g_variant_get_data (cache), (gssize) g_variant_get_size (cache),
                              G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}
