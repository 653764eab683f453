/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-list.h"

#include "base/late-release.h"

#include <gtk/gtk.h>

struct _PaddockLibraryList
{
  GObject parent_instance;

  /* Owned */
  PaddockLibraryFits *fits;          /* NULL: nobody judges */
  GPtrArray *entries;                /* PaddockLibraryEntry */
  GHashTable *items;                 /* id -> PaddockLibraryItem that somebody holds, borrowed */
  PaddockLibrarySections *sections;  /* NULL: there are none */

  PaddockSectioning sectioning;      /* of the next result */
};

static void list_model_init (GListModelInterface *iface);
static void section_model_init (GtkSectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PaddockLibraryList, paddock_library_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL, section_model_init))

static PaddockLibraryEntry *
get_entry (GPtrArray *entries, guint position)
{
  return g_ptr_array_index (entries, position);
}

static GType
get_item_type (GListModel *model)
{
  return PADDOCK_TYPE_LIBRARY_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return PADDOCK_LIBRARY_LIST (model)->entries->len;
}

static gboolean
is_item (gpointer id, gpointer item, gpointer gone)
{
  return item == gone;
}

/* By the item and not by its id: by now that is gone as well. */
static void
on_item_gone (gpointer list, GObject *item)
{
  g_hash_table_foreach_remove (PADDOCK_LIBRARY_LIST (list)->items, is_item, item);
}

static gpointer
get_item (GListModel *model, guint position)
{
  PaddockLibraryList *self = PADDOCK_LIBRARY_LIST (model);
  PaddockLibraryEntry *entry;
  PaddockLibraryItem *item;

  if (position >= self->entries->len)
    return NULL;
  entry = get_entry (self->entries, position);
  item = g_hash_table_lookup (self->items, entry->id);
  if (item != NULL)
    return g_object_ref (item);
  item = paddock_library_item_new (entry, self->fits);
  g_object_weak_ref (G_OBJECT (item), on_item_gone, self);
  g_hash_table_insert (self->items, g_strdup (entry->id), item);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
get_section (GtkSectionModel *model, guint position, guint *start, guint *end)
{
  const PaddockLibraryList *self = PADDOCK_LIBRARY_LIST (model);
  guint section;

  *start = position < self->entries->len ? 0 : self->entries->len;
  *end = position < self->entries->len ? self->entries->len : G_MAXUINT;
  if (self->sections == NULL || position >= self->entries->len)
    return;
  section = paddock_library_sections_find (self->sections, position);
  *start = g_array_index (self->sections->starts, guint, section);
  *end = paddock_library_sections_get_end (self->sections, section);
}

static void
section_model_init (GtkSectionModelInterface *iface)
{
  iface->get_section = get_section;
}

static void
paddock_library_list_finalize (GObject *object)
{
  PaddockLibraryList *self = PADDOCK_LIBRARY_LIST (object);
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_object_weak_unref (item, on_item_gone, self);
  g_hash_table_unref (self->items);
  g_ptr_array_unref (self->entries);
  g_clear_pointer (&self->sections, paddock_library_sections_free);
  g_clear_object (&self->fits);
  G_OBJECT_CLASS (paddock_library_list_parent_class)->finalize (object);
}

static void
paddock_library_list_class_init (PaddockLibraryListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_library_list_finalize;
}

static void
paddock_library_list_init (PaddockLibraryList *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_entry_unref);
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * paddock_library_list_new:
 * @fits: (nullable): what tells how models fit
 *
 * Returns: (transfer full): an empty list
 */
PaddockLibraryList *
paddock_library_list_new (PaddockLibraryFits *fits)
{
  PaddockLibraryList *self = g_object_new (PADDOCK_TYPE_LIBRARY_LIST, NULL);

  self->fits = fits != NULL ? g_object_ref (fits) : NULL;
  return self;
}

/* A result: entries, and the sections that they are in. */
typedef struct
{
  GPtrArray *entries;
  const PaddockLibrarySections *sections;
} Result;

static const char *
get_title (const Result *result, guint position)
{
  return result->sections != NULL
           ? g_ptr_array_index (result->sections->titles, paddock_library_sections_find (result->sections, position))
           : NULL;
}

static gboolean
is_same (const Result *a, guint position_a, const Result *b, guint position_b)
{
  const PaddockLibraryEntry *first = get_entry (a->entries, position_a);
  const PaddockLibraryEntry *second = get_entry (b->entries, position_b);

  return (first == second || g_str_equal (first->id, second->id)) &&
         g_strcmp0 (get_title (a, position_a), get_title (b, position_b)) == 0;
}

/* Who is told of a change may let go of items, which then leave the table. There are few of them, whatever the list is. */
static void
update_items (PaddockLibraryList *self, PaddockLibraryIndex *index)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer held;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &held))
    g_ptr_array_add (items, g_object_ref (held));
  for (guint i = 0; i < items->len; i++)
    {
      PaddockLibraryItem *item = g_ptr_array_index (items, i);
      PaddockLibraryEntry *entry = paddock_library_index_find (index, paddock_library_item_get_entry (item)->id);

      if (entry != NULL)
        paddock_library_item_set_entry (item, entry);
    }
}

/* From the first one that is another to the last. */
static void
tell_difference (PaddockLibraryList *self, const Result *before)
{
  const Result after = { self->entries, self->sections };
  guint n_before = before->entries->len;
  guint n_after = after.entries->len;
  guint shorter = MIN (n_before, n_after);
  guint first = 0;
  guint last = 0;

  /* A list with headings and one without are not the same anywhere. */
  if ((before->sections == NULL) != (after.sections == NULL))
    shorter = 0;
  while (first < shorter && is_same (before, first, &after, first))
    first++;
  while (last < shorter - first && is_same (before, n_before - 1 - last, &after, n_after - 1 - last))
    last++;
  if (first + last < n_before || first + last < n_after)
    g_list_model_items_changed (G_LIST_MODEL (self), first, n_before - first - last, n_after - first - last);
}

/**
 * paddock_library_list_filter:
 * @self: the list
 * @entries: (element-type PaddockLibraryEntry): what it is to show of the same library
 */
void
paddock_library_list_filter (PaddockLibraryList *self, GPtrArray *entries)
{
  GPtrArray *entries_before = self->entries;
  g_autoptr (PaddockLibrarySections) sections_before = g_steal_pointer (&self->sections);
  const Result before = { entries_before, sections_before };

  if (self->sectioning != PADDOCK_SECTIONS_NONE)
    self->sections = paddock_library_sections_new (entries, self->sectioning, &self->entries);
  else
    self->entries = g_ptr_array_ref (entries);
  tell_difference (self, &before);
  paddock_late_release (entries_before, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * paddock_library_list_set_entries:
 * @self: the list
 * @entries: (element-type PaddockLibraryEntry): what it is to show, which may say something else of the same models
 * @index: the library that they are of
 */
void
paddock_library_list_set_entries (PaddockLibraryList *self, GPtrArray *entries, PaddockLibraryIndex *index)
{
  paddock_library_list_filter (self, entries);
  update_items (self, index);
}

/**
 * paddock_library_list_set_sectioning:
 * @self: the list
 * @sectioning: what the sections of the next result are to have in common
 */
void
paddock_library_list_set_sectioning (PaddockLibraryList *self, PaddockSectioning sectioning)
{
  self->sectioning = sectioning;
}

/**
 * paddock_library_list_get_section_title:
 * @self: the list
 * @position: of one of its models
 *
 * Returns: (nullable): the title of the section that it is in
 */
const char *
paddock_library_list_get_section_title (PaddockLibraryList *self, guint position)
{
  const Result shown = { self->entries, self->sections };

  return position < self->entries->len ? get_title (&shown, position) : NULL;
}

/**
 * paddock_library_list_find:
 * @self: the list
 * @id: of a model
 * @position: (out) (optional): where it is
 *
 * Returns: whether it is shown
 */
gboolean
paddock_library_list_find (PaddockLibraryList *self, const char *id, guint *position)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (g_str_equal (get_entry (self->entries, i)->id, id))
      {
        if (position != NULL)
          *position = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * paddock_library_list_get_entry:
 * @self: the list
 * @position: less than the number of its items
 *
 * Returns: (transfer none): the model there, for which no item is made
 */
PaddockLibraryEntry *
paddock_library_list_get_entry (PaddockLibraryList *self, guint position)
{
  return get_entry (self->entries, position);
}

PaddockLibraryFits *
paddock_library_list_get_fits (PaddockLibraryList *self)
{
  return self->fits;
}
