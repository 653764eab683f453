/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockSignInDialog:
 *
 * Asks for a token, by which the hub knows who asks. Signal "signed-in" (token): the person gave one that can be one.
 */
#define PADDOCK_TYPE_SIGN_IN_DIALOG (paddock_sign_in_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockSignInDialog, paddock_sign_in_dialog, PADDOCK, SIGN_IN_DIALOG, AdwAlertDialog)

/* endpoint: of the hub. */
AdwDialog *paddock_sign_in_dialog_new (const char *endpoint);

G_END_DECLS
