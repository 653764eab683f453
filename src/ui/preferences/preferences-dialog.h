/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_PREFERENCES_DIALOG (paddock_preferences_dialog_get_type ())

G_DECLARE_FINAL_TYPE (PaddockPreferencesDialog, paddock_preferences_dialog, PADDOCK, PREFERENCES_DIALOG,
                      AdwPreferencesDialog)

AdwDialog *paddock_preferences_dialog_new (GSettings *settings);

G_END_DECLS
