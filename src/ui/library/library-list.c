/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-list.h"

struct _PaddockLibraryList
{
  GObject parent_instance;

  /* Owned */
  PaddockLibraryFits *fits;          /* NULL: nobody judges */
  GPtrArray *entries;                /* PaddockLibraryEntry */
  GHashTable *items;                 /* id -> PaddockLibraryItem that somebody holds, borrowed */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PaddockLibraryList, paddock_library_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

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

static gboolean
is_same (GPtrArray *a, guint position_a, GPtrArray *b, guint position_b)
{
  const PaddockLibraryEntry *first = get_entry (a, position_a);
  const PaddockLibraryEntry *second = get_entry (b, position_b);

  return first == second || g_str_equal (first->id, second->id);
}

/* Who is told of a change may let go of items, which then leave the table. */
static void
update_items (PaddockLibraryList *self)
{
  for (guint i = 0; i < self->entries->len && g_hash_table_size (self->items) > 0; i++)
    {
      PaddockLibraryEntry *entry = get_entry (self->entries, i);
      PaddockLibraryItem *item = g_hash_table_lookup (self->items, entry->id);

      if (item != NULL)
        paddock_library_item_set_entry (item, entry);
    }
}

/**
 * paddock_library_list_set_entries:
 * @self: the list
 * @entries: (element-type PaddockLibraryEntry): what it is to show
 */
void
paddock_library_list_set_entries (PaddockLibraryList *self, GPtrArray *entries)
{
  g_autoptr (GPtrArray) before = self->entries;
  guint shorter = MIN (before->len, entries->len);
  guint first = 0;
  guint last = 0;

  self->entries = g_ptr_array_ref (entries);
  while (first < shorter && is_same (before, first, entries, first))
    first++;
  while (last < shorter - first && is_same (before, before->len - 1 - last, entries, entries->len - 1 - last))
    last++;
  if (first + last < before->len || first + last < entries->len)
    g_list_model_items_changed (G_LIST_MODEL (self), first, before->len - first - last, entries->len - first - last);
  update_items (self);
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
