/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-cell.h"

G_BEGIN_DECLS

/* The cell below a widget that the keyboard is at, that is below a point, or that shows a model; NULL: there is none. */
PaddockLibraryCell *paddock_cell_finding_focused (GtkWidget *view);
PaddockLibraryCell *paddock_cell_finding_at      (GtkWidget *view, double x, double y);
PaddockLibraryCell *paddock_cell_finding_by_id   (GtkWidget *list, const char *id);   /* a list or grid view itself */
const char         *paddock_cell_finding_get_id  (PaddockLibraryCell *cell);   /* NULL for NULL */

G_END_DECLS
