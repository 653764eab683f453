/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PaddockLibrarySelection:
 *
 * Which models of a list are selected: by what they are and not by where they stand, so that a look at the disk or another
 * order changes nothing. What leaves the list is no longer selected. Properties: "active" (boolean): whether the person is
 * selecting, without which nothing is selected; "n-selected" (uint).
 */
#define PADDOCK_TYPE_LIBRARY_SELECTION (paddock_library_selection_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLibrarySelection, paddock_library_selection, PADDOCK, LIBRARY_SELECTION, GObject)

PaddockLibrarySelection *paddock_library_selection_new          (PaddockLibraryList *list);
PaddockLibraryList      *paddock_library_selection_get_list     (PaddockLibrarySelection *self);
gboolean                 paddock_library_selection_get_active   (PaddockLibrarySelection *self);
void                     paddock_library_selection_set_active   (PaddockLibrarySelection *self, gboolean active);
guint                    paddock_library_selection_count        (PaddockLibrarySelection *self);
/* One more or one less; from the one that was touched last up to this one. Both begin to select. */
void                     paddock_library_selection_toggle       (PaddockLibrarySelection *self, guint position);
void                     paddock_library_selection_extend       (PaddockLibrarySelection *self, guint position);
/* In the order of the list (transfer full). */
GPtrArray               *paddock_library_selection_list_entries (PaddockLibrarySelection *self);
char                   **paddock_library_selection_list_ids     (PaddockLibrarySelection *self);
gboolean                 paddock_library_selection_find         (PaddockLibrarySelection *self, const char *id, guint *position);

G_END_DECLS
