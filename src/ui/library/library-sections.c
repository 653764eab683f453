/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-sections.h"

#include "base/units.h"
#include "library/library-words.h"

#include <glib/gi18n.h>

#define TITLE_CHARS 60

/* The models of one section, while they are gathered. */
typedef struct
{
  char *title;
  char *sort_key;                    /* NULL: nobody knows what they are, they come last */
  GPtrArray *entries;                /* borrowed */
} Group;

static void
free_group (gpointer data)
{
  Group *group = data;

  g_free (group->title);
  g_free (group->sort_key);
  g_ptr_array_unref (group->entries);
  g_free (group);
}

static const PaddockEntryLocation *
get_location (const PaddockLibraryEntry *entry)
{
  return entry->locations->len > 0 ? g_ptr_array_index (entry->locations, 0) : NULL;
}

/* What its section has in common, and where two folders of a store are two sections, the folder; "": nobody knows. */
static const char *
get_key (const PaddockLibraryEntry *entry, PaddockSectioning sectioning)
{
  const PaddockEntryLocation *location = get_location (entry);

  switch (sectioning)
    {
    case PADDOCK_SECTIONS_STORE:
      if (location == NULL)
        return "";
      return location->root != NULL && g_strcmp0 (location->store, "folder") == 0 ? location->root : location->store;
    case PADDOCK_SECTIONS_FAMILY:
      return entry->record->architecture != NULL ? entry->record->architecture : "";
    case PADDOCK_SECTIONS_QUANTIZATION:
      return entry->record->quantization != NULL ? entry->record->quantization : "";
    case PADDOCK_SECTIONS_NONE:
    default:
      return "";
    }
}

static char *
dup_title (const PaddockLibraryEntry *entry, PaddockSectioning sectioning, const char *key)
{
  const PaddockEntryLocation *location = get_location (entry);

  if (*key == '\0')
    return g_strdup (_("Not Known"));
  if (sectioning == PADDOCK_SECTIONS_STORE)
    return paddock_library_words_dup_store (location->store, location->root);
  if (sectioning == PADDOCK_SECTIONS_FAMILY && entry->facts != NULL && entry->facts->architecture_name != NULL)
    return paddock_units_escape (entry->facts->architecture_name, -1, TITLE_CHARS);
  return paddock_units_escape (key, -1, TITLE_CHARS);
}

static Group *
create_group (const PaddockLibraryEntry *entry, PaddockSectioning sectioning, const char *key)
{
  Group *group = g_new0 (Group, 1);

  group->title = dup_title (entry, sectioning, key);
  group->sort_key = *key != '\0' ? g_utf8_collate_key_for_filename (group->title, -1) : NULL;
  group->entries = g_ptr_array_new ();
  return group;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const Group *first = a, *second = b;

  if (first->sort_key == NULL || second->sort_key == NULL)
    return (first->sort_key == NULL) - (second->sort_key == NULL);
  return g_strcmp0 (first->sort_key, second->sort_key);
}

static GPtrArray *
gather (GPtrArray *entries, PaddockSectioning sectioning)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (free_group);
  g_autoptr (GHashTable) by_key = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < entries->len; i++)
    {
      const PaddockLibraryEntry *entry = g_ptr_array_index (entries, i);
      const char *key = get_key (entry, sectioning);
      Group *group = g_hash_table_lookup (by_key, key);

      if (group == NULL)
        {
          group = create_group (entry, sectioning, key);
          g_hash_table_insert (by_key, (gpointer) key, group);
          g_ptr_array_add (groups, group);
        }
      g_ptr_array_add (group->entries, (gpointer) entry);
    }
  g_ptr_array_sort_values (groups, compare_groups);
  return groups;
}

/**
 * paddock_library_sections_new:
 * @entries: (element-type PaddockLibraryEntry): models in the order that somebody wants
 * @sectioning: what they are to have in common
 * @grouped: (out) (transfer container): the same, section after section
 *
 * Returns: (transfer full): the sections
 */
PaddockLibrarySections *
paddock_library_sections_new (GPtrArray *entries, PaddockSectioning sectioning, GPtrArray **grouped)
{
  PaddockLibrarySections *self = g_new0 (PaddockLibrarySections, 1);
  g_autoptr (GPtrArray) groups = gather (entries, sectioning);

  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->n_entries = entries->len;
  *grouped = g_ptr_array_new_full (entries->len, (GDestroyNotify) paddock_library_entry_unref);
  for (guint i = 0; i < groups->len; i++)
    {
      Group *group = g_ptr_array_index (groups, i);

      g_array_append_val (self->starts, (*grouped)->len);
      g_ptr_array_add (self->titles, g_steal_pointer (&group->title));
      for (guint j = 0; j < group->entries->len; j++)
        g_ptr_array_add (*grouped, paddock_library_entry_ref (g_ptr_array_index (group->entries, j)));
    }
  return self;
}

void
paddock_library_sections_free (PaddockLibrarySections *self)
{
  g_array_unref (self->starts);
  g_ptr_array_unref (self->titles);
  g_free (self);
}

/**
 * paddock_library_sections_find:
 * @self: the sections
 * @position: of one of the models
 *
 * Returns: the section that it is in
 */
guint
paddock_library_sections_find (const PaddockLibrarySections *self, guint position)
{
  guint first = 0;
  guint end = self->starts->len;

  while (end - first > 1)
    {
      guint middle = first + (end - first) / 2;

      if (g_array_index (self->starts, guint, middle) <= position)
        first = middle;
      else
        end = middle;
    }
  return first;
}

guint
paddock_library_sections_get_end (const PaddockLibrarySections *self, guint section)
{
  return section + 1 < self->starts->len ? g_array_index (self->starts, guint, section + 1) : self->n_entries;
}
