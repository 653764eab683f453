/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "library.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_BACKGROUND_CHECK (paddock_background_check_get_type ())

/**
 * PaddockBackgroundCheck:
 *
 * Reads every model once, when the library was looked through and the computer has power to spend, and holds it against
 * what its source published. Signal `found` (id, text): something is wrong with a model.
 */
G_DECLARE_FINAL_TYPE (PaddockBackgroundCheck, paddock_background_check, PADDOCK, BACKGROUND_CHECK, GObject)

PaddockBackgroundCheck *paddock_background_check_new (PaddockLibrary *library, GSettings *settings,
                                                      PaddockActivityList *activities);
/* "verify-all" and "pause-checking". */
void                    paddock_background_check_add_actions (PaddockBackgroundCheck *self, GActionMap *map);
/* Whether there is a window: without one nothing is read. */
void                    paddock_background_check_set_present (PaddockBackgroundCheck *self, gboolean present);

G_END_DECLS
