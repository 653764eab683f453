/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-page.h"

G_BEGIN_DECLS

/* What can be done with the files of the model whose page is shown: actions "library.*-shown" of PaddockLibraryPage. */

void paddock_shown_actions_install (GtkWidgetClass *widget_class);
/* After something else is shown or known. */
void paddock_shown_actions_update  (PaddockLibraryPage *page);

G_END_DECLS
