/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-page.h"

G_BEGIN_DECLS

/* The ways to import that a person has: actions "library.import*" of PaddockLibraryPage. */

void paddock_import_actions_install (GtkWidgetClass *widget_class);
/* Files and folders that came in by another way. */
void paddock_import_actions_begin   (PaddockLibraryPage *page, GListModel *files);

G_END_DECLS
