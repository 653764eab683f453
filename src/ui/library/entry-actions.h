/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-entry.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What a person can do with one model of the list: actions "entry.*" of PaddockLibraryView, each with the model's id. */

void                paddock_entry_actions_install  (GtkWidgetClass *widget_class);
void                paddock_entry_actions_bind_keys (GtkWidgetClass *widget_class, GtkShortcutFunc callback);
GMenuModel         *paddock_entry_actions_new_menu (const PaddockLibraryEntry *entry);
/* The files of models, for the clipboard or to be dragged; NULL: there are none. */
GdkContentProvider *paddock_entry_actions_new_content (GPtrArray *entries);
/* Where they are, one path a line (transfer full); "": nobody knows. */
char               *paddock_entry_actions_dup_paths   (GPtrArray *entries);

G_END_DECLS
