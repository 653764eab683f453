/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockFoldersDialog:
 *
 * Where the library looks: its own folder, those that the person added, and other programs' stores. Every change counts at
 * once.
 */
#define PADDOCK_TYPE_FOLDERS_DIALOG (paddock_folders_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockFoldersDialog, paddock_folders_dialog, PADDOCK, FOLDERS_DIALOG, AdwPreferencesDialog)

AdwDialog *paddock_folders_dialog_new (PaddockLibrary *library);

G_END_DECLS
