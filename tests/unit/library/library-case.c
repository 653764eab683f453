/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-case.h"

#include <string.h>

#include "index-builder.h"

#define NOW 1800000000

char *
test_library_make_recipe (const char *name)
{
  return g_strdup_printf ("kv general.architecture str llama\nkv general.name str \"%s\"\n"
                          "kv llama.context_length u32 4096\nkv llama.block_count u32 1\n"
                          "kv llama.embedding_length u32 64\nfill random seed=%u\n"
                          "tensor blk.0.ffn_up.weight f16 64x32\n",
                          name, g_str_hash (name) % 100000);
}

static void
free_root (gpointer root)
{
  paddock_scan_root_free (root);
}

PaddockLibraryIndex *
test_library_look (GPtrArray *records, const char *first, ...)
{
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func (free_root);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (PaddockScan) scan = NULL;
  g_autoptr (GError) error = NULL;
  PaddockLibraryIndex *index;
  va_list places;

  va_start (places, first);
  for (const char *place = first; place != NULL; place = va_arg (places, const char *))
    {
      const char *colon = strchr (place, ':');
      g_autofree char *id = g_strndup (place, (gsize) (colon - place));

      g_assert_nonnull (paddock_model_store_find (id));
      g_ptr_array_add (roots, paddock_scan_root_new (paddock_model_store_find (id), colon + 1));
    }
  va_end (places);
  scan = paddock_library_scan (roots, none, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  index = paddock_index_build (&(PaddockIndexInput){ .files = scan->files, .roots = scan->roots,
                                                     .records = records != NULL ? records : none, .now = NOW },
                               NULL, NULL);
  return index;
}

PaddockLibraryEntry *
test_library_find (PaddockLibraryIndex *index, const char *path)
{
  PaddockLibraryEntry *entry = g_hash_table_lookup (index->by_path, path);

  g_assert_nonnull (entry);
  return entry;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_names (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
hash_folder (GChecksum *checksum, const char *folder)
{
  g_autoptr (GPtrArray) names = list_names (folder);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *target = NULL;
      g_autofree char *head = NULL;
      struct stat status;

      g_assert_cmpint (lstat (path, &status), ==, 0);
      if (S_ISLNK (status.st_mode))
        target = g_file_read_link (path, NULL);
      head = g_strdup_printf ("%s\n%o\n%s\n", name, status.st_mode, target != NULL ? target : "");
      g_checksum_update (checksum, (const guchar *) head, (gssize) strlen (head) + 1);
      if (S_ISDIR (status.st_mode))
        hash_folder (checksum, path);
      else if (S_ISREG (status.st_mode))
        {
          g_autofree char *bytes = NULL;
          gsize length;

          g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
          g_checksum_update (checksum, (const guchar *) bytes, (gssize) length);
        }
      g_checksum_update (checksum, (const guchar *) "/", 1);
    }
}

char *
test_library_hash_tree (const char *folder)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  hash_folder (checksum, folder);
  return g_strdup (g_checksum_get_string (checksum));
}
