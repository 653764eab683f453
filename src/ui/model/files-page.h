/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "computer/machine-choice.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_FILES_PAGE (paddock_files_page_get_type ())
G_DECLARE_FINAL_TYPE (PaddockFilesPage, paddock_files_page, PADDOCK, FILES_PAGE, AdwNavigationPage)

GtkWidget *paddock_files_page_new            (void);
void       paddock_files_page_set_services (PaddockFilesPage *self, PaddockActivityList *activities,
                                            PaddockMachineChoice *machines);
void       paddock_files_page_open           (PaddockFilesPage *self, GListModel *files);
/* The view that the page of the model shows that is being opened. */
void       paddock_files_page_set_view       (PaddockFilesPage *self, const char *view);

G_END_DECLS
