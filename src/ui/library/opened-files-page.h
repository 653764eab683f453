/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "computer/machine-choice.h"
#include "model/opened-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockOpenedFilesPage:
 *
 * The files that were opened as long as the window is there, which need not be in the library. Signals: "open" (model): the
 * person wants to see it; "changed": there are more or fewer of them.
 */
#define PADDOCK_TYPE_OPENED_FILES_PAGE (paddock_opened_files_page_get_type ())
G_DECLARE_FINAL_TYPE (PaddockOpenedFilesPage, paddock_opened_files_page, PADDOCK, OPENED_FILES_PAGE, AdwNavigationPage)

/* Reads the models of found files that are not among them; the last one of all that were found, NULL for none. */
PaddockOpenedModel *paddock_opened_files_page_take  (PaddockOpenedFilesPage *self, GPtrArray *found,
                                                     PaddockMachineChoice *machines);
guint               paddock_opened_files_page_count (PaddockOpenedFilesPage *self);

G_END_DECLS
