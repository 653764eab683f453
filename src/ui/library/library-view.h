/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "computer/machine-choice.h"
#include "library.h"
#include "library/library-selection.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockLibraryView:
 *
 * The list of the library, with its search, its order and its filters. Signal "open" (id): the person wants to see a model.
 * Properties: "selecting" (boolean), "heading" (string): how many models are selected.
 */
#define PADDOCK_TYPE_LIBRARY_VIEW (paddock_library_view_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLibraryView, paddock_library_view, PADDOCK, LIBRARY_VIEW, AdwBin)

/* Must be called once. */
void                 paddock_library_view_set_services   (PaddockLibraryView *self, PaddockLibrary *library,
                                                          PaddockActivityList *activities, PaddockMachineChoice *machines,
                                                          GSettings *settings);
PaddockLibrary      *paddock_library_view_get_library    (PaddockLibraryView *self);
PaddockActivityList *paddock_library_view_get_activities (PaddockLibraryView *self);
GSettings           *paddock_library_view_get_settings   (PaddockLibraryView *self);
void                 paddock_library_view_look_again     (PaddockLibraryView *self);
void                 paddock_library_view_search         (PaddockLibraryView *self, const char *text);
PaddockLibraryEntry *paddock_library_view_find           (PaddockLibraryView *self, const char *id);   /* NULL: it is gone */
PaddockLibrarySelection *paddock_library_view_get_selection (PaddockLibraryView *self);
void                 paddock_library_view_set_selecting  (PaddockLibraryView *self, gboolean selecting);

G_END_DECLS
