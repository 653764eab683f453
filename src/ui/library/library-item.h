/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-fits.h"

G_BEGIN_DECLS

/**
 * PaddockLibraryItem:
 *
 * An entry of the library as long as a row shows it. Signal "changed": it is described by another entry now.
 */
#define PADDOCK_TYPE_LIBRARY_ITEM (paddock_library_item_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLibraryItem, paddock_library_item, PADDOCK, LIBRARY_ITEM, GObject)

PaddockLibraryItem  *paddock_library_item_new       (PaddockLibraryEntry *entry, PaddockLibraryFits *fits);
PaddockLibraryEntry *paddock_library_item_get_entry (PaddockLibraryItem *self);
void                 paddock_library_item_set_entry (PaddockLibraryItem *self, PaddockLibraryEntry *entry);
PaddockLibraryFits  *paddock_library_item_get_fits  (PaddockLibraryItem *self);   /* NULL: nobody judges here */

G_END_DECLS
