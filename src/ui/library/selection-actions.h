/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-view.h"

G_BEGIN_DECLS

/* What a person can do with all models that are selected: actions "selected.*" of PaddockLibraryView. Its "selection.all",
   and of PaddockLibraryPage "library.select" and "library.stop-selecting", are how they are selected. */

void paddock_selection_actions_install         (GtkWidgetClass *view_class);
void paddock_selection_actions_install_on_page (GtkWidgetClass *page_class);
/* There is something else selected, or nothing any more. */
void paddock_selection_actions_update          (PaddockLibraryView *view);

G_END_DECLS
