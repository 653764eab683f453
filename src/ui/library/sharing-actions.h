/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-page.h"

G_BEGIN_DECLS

/* Making a model known to another program: from the list, */
void paddock_sharing_actions_begin (PaddockLibraryView *view, PaddockLibraryEntry *entry);
/* and from a model's page: the action library.share-shown of PaddockLibraryPage, which the library must have the model for. */
void paddock_sharing_actions_install (GtkWidgetClass *widget_class);
void paddock_sharing_actions_update  (PaddockLibraryPage *page);

G_END_DECLS
