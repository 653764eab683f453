/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library.h"
#include "removal-plan.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Removing, from the wish to the toast that can undo it: planned and done by workers, said on the toasts around a widget.
   Where it concerns other programs, a dialog says so first. */

void paddock_removal_flow_remove_models (PaddockLibrary *library, GtkWidget *near, const char *const *ids);
/* removed: told when something of them is gone; object: for that, may be gone by then. */
typedef void (*PaddockRemovalRemoved) (GObject *object);
void paddock_removal_flow_remove_shown  (PaddockLibrary *library, GtkWidget *near, const char *const *ids,
                                         PaddockRemovalRemoved removed, GObject *object);
void paddock_removal_flow_remove_files  (PaddockLibrary *library, GtkWidget *near, const char *const *paths);
/* What somebody agreed to already. */
void paddock_removal_flow_run           (PaddockLibrary *library, GtkWidget *near, PaddockRemovalPlan *plan,
                                         const char *subject);

G_END_DECLS
