/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/library-match.h"

/* A hash for one, "name size" for the other. */
static char *
make_name_key (const char *path, guint64 size)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_strdup_printf ("%s %" G_GUINT64_FORMAT, name, size);
}

static GHashTable *
list_wanted (GPtrArray *variants)
{
  GHashTable *wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < variants->len; i++)
    {
      PaddockHubVariant *variant = g_ptr_array_index (variants, i);
      const PaddockHubFile *first = variant->files->len > 0 ? g_ptr_array_index (variant->files, 0) : NULL;

      if (first == NULL)
        continue;
      if (first->sha256 != NULL)
        g_hash_table_insert (wanted, g_strdup (first->sha256), variant);
      if (variant->size > 0)
        g_hash_table_insert (wanted, make_name_key (first->path, (guint64) variant->size), variant);
    }
  return wanted;
}

static gboolean
has_hash (const PaddockLibraryEntry *entry)
{
  return entry->record->sha256 != NULL || entry->record->expected_sha256 != NULL;
}

static const PaddockHubVariant *
look_up (GHashTable *wanted, const PaddockLibraryEntry *entry)
{
  const PaddockHubVariant *found = NULL;

  if (entry->record->sha256 != NULL)
    found = g_hash_table_lookup (wanted, entry->record->sha256);
  if (found == NULL && entry->record->expected_sha256 != NULL)
    found = g_hash_table_lookup (wanted, entry->record->expected_sha256);
  /* The same name and size with another hash is another file: a newer upload, for example. */
  if (found == NULL && !has_hash (entry))
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, 0);
      g_autofree char *key = make_name_key (location->path, entry->size);

      found = g_hash_table_lookup (wanted, key);
    }
  return found;
}

/**
 * paddock_library_match_find:
 * @index: a library
 * @variants: (element-type PaddockHubVariant): those of a repository
 *
 * Returns: (transfer full): which of them are there, and as what
 */
GHashTable *
paddock_library_match_find (PaddockLibraryIndex *index, GPtrArray *variants)
{
  g_autoptr (GHashTable) wanted = list_wanted (variants);
  GHashTable *found = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < index->entries->len; i++)
    {
      PaddockLibraryEntry *entry = g_ptr_array_index (index->entries, i);
      const PaddockHubVariant *variant;

      if (entry->state == PADDOCK_ENTRY_OFFLINE || entry->locations->len == 0 || paddock_library_entry_get_path (entry) == NULL)
        continue;
      variant = look_up (wanted, entry);
      if (variant != NULL)
        g_hash_table_insert (found, (gpointer) variant, entry);
    }
  return found;
}
