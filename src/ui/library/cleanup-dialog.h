/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockCleanupDialog:
 *
 * Rules by which models of the own folder would go; it shows which ones, and does nothing before its button is pressed.
 */
#define PADDOCK_TYPE_CLEANUP_DIALOG (paddock_cleanup_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockCleanupDialog, paddock_cleanup_dialog, PADDOCK, CLEANUP_DIALOG, AdwDialog)

/* near: a widget that outlasts it. */
AdwDialog *paddock_cleanup_dialog_new (PaddockLibrary *library, GtkWidget *near);

G_END_DECLS
