/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sign-in.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_PREFERENCES_DIALOG (paddock_preferences_dialog_get_type ())

G_DECLARE_FINAL_TYPE (PaddockPreferencesDialog, paddock_preferences_dialog, PADDOCK, PREFERENCES_DIALOG,
                      AdwPreferencesDialog)

AdwDialog *paddock_preferences_dialog_new (GSettings *settings, PaddockSignIn *sign_in, PaddockHubSession *session);

G_END_DECLS
