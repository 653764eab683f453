/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What a person says of many models at once: written by one worker, told on the toasts around a widget, and undone there. */

void paddock_batch_edits_set_favourite (PaddockLibrary *library, GtkWidget *near, const char *const *ids, gboolean favourite);
void paddock_batch_edits_change_tags   (PaddockLibrary *library, GtkWidget *near, const char *const *ids,
                                        const char *const *added, const char *const *removed);

G_END_DECLS
