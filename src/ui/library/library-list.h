/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-index.h"
#include "library/library-item.h"
#include "library/library-sections.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockLibraryList:
 *
 * What a query found as a list model of PaddockLibraryItem, which are made when they are shown. Another result tells of one
 * change, from the first row that is another one to the last; rows that stay keep their items, with what is new about them.
 * It may have sections, which are then a part of the result.
 */
#define PADDOCK_TYPE_LIBRARY_LIST (paddock_library_list_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLibraryList, paddock_library_list, PADDOCK, LIBRARY_LIST, GObject)

PaddockLibraryList  *paddock_library_list_new         (PaddockLibraryFits *fits);
void                 paddock_library_list_set_entries (PaddockLibraryList *self, GPtrArray *entries,
                                                       PaddockLibraryIndex *index);
/* Entries of the same look at the disk as those before: none of them is another one for the same model. */
void                 paddock_library_list_filter      (PaddockLibraryList *self, GPtrArray *entries);
/* From the next result on. */
void                 paddock_library_list_set_sectioning (PaddockLibraryList *self, PaddockSectioning sectioning);
/* Of the section that a position is in; NULL: there are none. */
const char          *paddock_library_list_get_section_title (PaddockLibraryList *self, guint position);
gboolean             paddock_library_list_find        (PaddockLibraryList *self, const char *id, guint *position);
/* At a position that there is (transfer none). */
PaddockLibraryEntry *paddock_library_list_get_entry   (PaddockLibraryList *self, guint position);
PaddockLibraryFits  *paddock_library_list_get_fits    (PaddockLibraryList *self);   /* NULL: nobody judges */

G_END_DECLS
