/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-cache.h"

#include "base/atomic-file.h"
#include "cache-rows.h"

#define MAGIC "paddock-library-cache"
/* The number of the layout; another one is not read, because a scan finds out everything again. In the byte order of the
   computer: another's is another number. */
#define VERSION 1
#define CACHE_TYPE "(suaya" PADDOCK_CACHED_FACTS_TYPE "a" PADDOCK_CACHED_FILE_TYPE ")"

struct _PaddockLibraryCache
{
  GPtrArray *files;                  /* PaddockLibraryFile */
};

static GPtrArray *
read_facts (GVariant *variant, const PaddockCacheStrings *strings)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_model_facts_unref);
  gsize n_rows;
  const PaddockCachedFacts *rows = g_variant_get_fixed_array (variant, &n_rows, sizeof *rows);

  for (gsize i = 0; i < n_rows; i++)
    {
      PaddockModelFacts *facts = paddock_cache_rows_get_facts (&rows[i], strings);

      if (facts == NULL)
        return NULL;
      g_ptr_array_add (all, facts);
    }
  return g_steal_pointer (&all);
}

static GPtrArray *
read_files (GVariant *variant, GPtrArray *facts, const PaddockCacheStrings *strings)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_file_unref);
  gsize n_rows;
  const PaddockCachedFile *rows = g_variant_get_fixed_array (variant, &n_rows, sizeof *rows);

  for (gsize i = 0; i < n_rows; i++)
    {
      PaddockLibraryFile *file = paddock_cache_rows_get_file (&rows[i], facts, strings);

      if (file == NULL)
        return NULL;
      g_ptr_array_add (all, file);
    }
  return g_steal_pointer (&all);
}

/* All or nothing: of a cache that is wrong in one place nothing is to be believed. */
static GPtrArray *
read_all (GBytes *bytes)
{
  g_autoptr (GVariant) cache =
    g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (CACHE_TYPE), bytes, FALSE));
  g_autoptr (GVariant) text = g_variant_get_child_value (cache, 2);
  g_autoptr (GVariant) fact_rows = g_variant_get_child_value (cache, 3);
  g_autoptr (GVariant) file_rows = g_variant_get_child_value (cache, 4);
  g_autoptr (GPtrArray) facts = NULL;
  PaddockCacheStrings strings;
  const char *magic, *characters;
  guint32 version;
  gsize length;

  g_variant_get_child (cache, 0, "&s", &magic);
  g_variant_get_child (cache, 1, "u", &version);
  if (!g_str_equal (magic, MAGIC) || version != VERSION)
    return NULL;
  characters = g_variant_get_fixed_array (text, &length, 1);
  if (!paddock_cache_strings_init_read (&strings, characters, length))
    return NULL;
  facts = read_facts (fact_rows, &strings);
  return facts != NULL ? read_files (file_rows, facts, &strings) : NULL;
}

/**
 * paddock_library_cache_new_for_bytes:
 * @bytes: what a cache may be made of
 *
 * Returns: (transfer full): a cache, which is empty where they make no sense
 */
PaddockLibraryCache *
paddock_library_cache_new_for_bytes (GBytes *bytes)
{
  PaddockLibraryCache *self = g_new0 (PaddockLibraryCache, 1);

  self->files = read_all (bytes);
  if (self->files == NULL)
    self->files = g_ptr_array_new ();
  return self;
}

/**
 * paddock_library_cache_open:
 * @path: (type filename): where it lies
 *
 * Returns: (transfer full): a cache, which is empty where there is none or it makes no sense
 */
PaddockLibraryCache *
paddock_library_cache_open (const char *path)
{
  g_autoptr (GBytes) bytes = NULL;
  char *contents = NULL;
  gsize length = 0;

  /* Read rather than mapped: it is small, and a mapped file that somebody cuts short ends the program. */
  if (!g_file_get_contents (path, &contents, &length, NULL))
    length = 0;
  bytes = g_bytes_new_take (contents, length);
  return paddock_library_cache_new_for_bytes (bytes);
}

/**
 * paddock_library_cache_free:
 * @self: (transfer full): a cache
 */
void
paddock_library_cache_free (PaddockLibraryCache *self)
{
  g_ptr_array_unref (self->files);
  g_free (self);
}

/**
 * paddock_library_cache_get_size:
 * @self: a cache
 *
 * Returns: how many files it knows
 */
guint
paddock_library_cache_get_size (PaddockLibraryCache *self)
{
  return self->files->len;
}

static gpointer
ref_file (gconstpointer file, gpointer user_data)
{
  return paddock_library_file_ref ((PaddockLibraryFile *) file);
}

/**
 * paddock_library_cache_get_files:
 * @self: a cache
 *
 * Returns: (transfer full) (element-type PaddockLibraryFile): the files it knows
 */
GPtrArray *
paddock_library_cache_get_files (PaddockLibraryCache *self)
{
  GPtrArray *files = g_ptr_array_new_full (self->files->len, (GDestroyNotify) paddock_library_file_unref);

  g_ptr_array_extend (files, self->files, ref_file, NULL);
  return files;
}

static guint32
put_facts (GArray *rows, GHashTable *known, PaddockModelFacts *facts, PaddockCacheStrings *strings)
{
  gpointer place;
  PaddockCachedFacts row;

  if (facts == NULL)
    return G_MAXUINT32;
  if (g_hash_table_lookup_extended (known, facts, NULL, &place))
    return GPOINTER_TO_UINT (place);
  paddock_cache_rows_put_facts (&row, facts, strings);
  g_hash_table_insert (known, facts, GUINT_TO_POINTER (rows->len));
  g_array_append_val (rows, row);
  return rows->len - 1;
}

static GVariant *
build_cache (GPtrArray *files)
{
  g_auto (PaddockCacheStrings) strings;
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) fact_rows = g_array_sized_new (FALSE, FALSE, sizeof (PaddockCachedFacts), files->len);
  g_autoptr (GArray) file_rows = g_array_sized_new (FALSE, FALSE, sizeof (PaddockCachedFile), files->len);
  GVariant *children[5];

  paddock_cache_strings_init_write (&strings);
  for (guint i = 0; i < files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (files, i);
      PaddockCachedFile row;

      paddock_cache_rows_put_file (&row, file, put_facts (fact_rows, known, file->facts, &strings), &strings);
      g_array_append_val (file_rows, row);
    }
  children[0] = g_variant_new_string (MAGIC);
  children[1] = g_variant_new_uint32 (VERSION);
  children[2] = g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, strings.written->data, strings.written->len, 1);
  children[3] = g_variant_new_fixed_array (G_VARIANT_TYPE (PADDOCK_CACHED_FACTS_TYPE), fact_rows->data, fact_rows->len,
                                           sizeof (PaddockCachedFacts));
  children[4] = g_variant_new_fixed_array (G_VARIANT_TYPE (PADDOCK_CACHED_FILE_TYPE), file_rows->data, file_rows->len,
                                           sizeof (PaddockCachedFile));
  return g_variant_ref_sink (g_variant_new_tuple (children, G_N_ELEMENTS (children)));
}

/**
 * paddock_library_cache_write:
 * @path: (type filename): where it goes
 * @files: (element-type PaddockLibraryFile): what was found
 * @error: return location for an error
 *
 * Replaces the cache.
 *
 * Returns: whether it worked
 */
gboolean
paddock_library_cache_write (const char *path, GPtrArray *files, GError **error)
{
  g_autoptr (GVariant) cache = build_cache (files);
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (cache);
  g_autoptr (PaddockAtomicFile) file = paddock_atomic_file_new (path, error);
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return file != NULL && paddock_atomic_file_write (file, data, length, error) && paddock_atomic_file_commit (file, error);
}
