/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockMoveDialog:
 *
 * Asks where some models are to be moved: Paddock's own folder, one that it looks into, or another one.
 */
#define PADDOCK_TYPE_MOVE_DIALOG (paddock_move_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMoveDialog, paddock_move_dialog, PADDOCK, MOVE_DIALOG, AdwDialog)

/* Moves nothing where there is nothing to move, and says why. */
void paddock_move_dialog_present (PaddockLibrary *library, PaddockActivityList *activities, GPtrArray *entries,
                                  GtkWidget *near);

G_END_DECLS
