/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What a person says of a model, written by a worker; what goes wrong is said on the toasts around a widget. */

void   paddock_entry_edits_set_favourite (PaddockLibrary *library, GtkWidget *near, const char *id, gboolean favourite);
void   paddock_entry_edits_set_pinned    (PaddockLibrary *library, GtkWidget *near, const char *id, gboolean pinned);
void   paddock_entry_edits_set_nickname  (PaddockLibrary *library, GtkWidget *near, const char *id, const char *nickname);
void   paddock_entry_edits_set_notes     (PaddockLibrary *library, GtkWidget *near, const char *id,
                                          const char *const *tags, const char *notes);
/* The id of one; "": none; NULL: whichever is found. */
void   paddock_entry_edits_set_projector (PaddockLibrary *library, GtkWidget *near, const char *id, const char *projector);
/* Tags as a person writes them, with commas between (transfer full). */
char **paddock_entry_edits_split_tags    (const char *text);

G_END_DECLS
