/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockImportDialog:
 *
 * What importing some files would do, by copying, moving or leaving them, and the choice among these. Signal "known":
 * there is nothing to choose, all of it is where the library looks anyway.
 */
#define PADDOCK_TYPE_IMPORT_DIALOG (paddock_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockImportDialog, paddock_import_dialog, PADDOCK, IMPORT_DIALOG, AdwDialog)

PaddockImportDialog *paddock_import_dialog_new   (PaddockLibrary *library, PaddockActivityList *activities,
                                                  GSettings *settings, GtkWidget *near);
/* Looks at the files, and shows itself when there is something to say or it takes long. */
void                 paddock_import_dialog_begin (PaddockImportDialog *self, const char * const *paths);

G_END_DECLS
