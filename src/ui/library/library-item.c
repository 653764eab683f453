/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-item.h"

struct _PaddockLibraryItem
{
  GObject parent_instance;

  /* Owned */
  PaddockLibraryEntry *entry;
  PaddockLibraryFits *fits;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockLibraryItem, paddock_library_item, G_TYPE_OBJECT)

static void
paddock_library_item_finalize (GObject *object)
{
  PaddockLibraryItem *self = PADDOCK_LIBRARY_ITEM (object);

  g_clear_pointer (&self->entry, paddock_library_entry_unref);
  g_clear_object (&self->fits);
  G_OBJECT_CLASS (paddock_library_item_parent_class)->finalize (object);
}

static void
paddock_library_item_class_init (PaddockLibraryItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = paddock_library_item_finalize;

  /**
   * PaddockLibraryItem::changed:
   *
   * There is another entry.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
paddock_library_item_init (PaddockLibraryItem *self)
{
}

/**
 * paddock_library_item_new:
 * @entry: a model
 * @fits: (nullable): what tells how models fit
 *
 * Returns: (transfer full): it, for a row
 */
PaddockLibraryItem *
paddock_library_item_new (PaddockLibraryEntry *entry, PaddockLibraryFits *fits)
{
  PaddockLibraryItem *self = g_object_new (PADDOCK_TYPE_LIBRARY_ITEM, NULL);

  self->entry = paddock_library_entry_ref (entry);
  self->fits = fits != NULL ? g_object_ref (fits) : NULL;
  return self;
}

/**
 * paddock_library_item_get_entry:
 * @self: the item
 *
 * Returns: (transfer none): what it shows now
 */
PaddockLibraryEntry *
paddock_library_item_get_entry (PaddockLibraryItem *self)
{
  return self->entry;
}

/**
 * paddock_library_item_set_entry:
 * @self: the item
 * @entry: the same model, as it is now
 */
void
paddock_library_item_set_entry (PaddockLibraryItem *self, PaddockLibraryEntry *entry)
{
  PaddockLibraryEntry *before = self->entry;

  if (before == entry)
    return;
  self->entry = paddock_library_entry_ref (entry);
  paddock_library_entry_unref (before);
  g_signal_emit (self, signals[CHANGED], 0);
}

PaddockLibraryFits *
paddock_library_item_get_fits (PaddockLibraryItem *self)
{
  return self->fits;
}
