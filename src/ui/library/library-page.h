/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "computer/machine-choice.h"
#include "library.h"
#include "library/library-view.h"
#include "model/opened-model.h"
#include "services.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockLibraryPage:
 *
 * The library, and the pages of models that are reached from it. Files that a person opens need not be in the library: they
 * show their pages as well, and can be found again among the opened ones as long as the window is there. Property "n-models"
 * (uint): of the library.
 */
#define PADDOCK_TYPE_LIBRARY_PAGE (paddock_library_page_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLibraryPage, paddock_library_page, PADDOCK, LIBRARY_PAGE, AdwNavigationPage)

void paddock_library_page_set_services (PaddockLibraryPage *self, PaddockLibrary *library, PaddockActivityList *activities,
                                        PaddockMachineChoice *machines, GSettings *settings, PaddockServices *services);
/* After the window's first frame, which does not wait for anything of it. */
void paddock_library_page_begin        (PaddockLibraryPage *self);
void paddock_library_page_open         (PaddockLibraryPage *self, GListModel *files);
/* Goes back to the list, and to what of it has these words. */
void paddock_library_page_search       (PaddockLibraryPage *self, const char *text);
/* What was dropped or pasted: it is imported while the library is shown. */
void paddock_library_page_take         (PaddockLibraryPage *self, GListModel *files);
/* The view that the page of the model shows that is being opened. */
void paddock_library_page_set_view     (PaddockLibraryPage *self, const char *view);
/* Of which the page is shown; NULL: none. */
PaddockOpenedModel *paddock_library_page_get_shown (PaddockLibraryPage *self);
PaddockLibraryView *paddock_library_page_get_view  (PaddockLibraryPage *self);

G_END_DECLS
