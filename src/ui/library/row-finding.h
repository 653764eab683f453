/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-row.h"

G_BEGIN_DECLS

/* The row of a list that the keyboard is at, that is below a point, or that shows a model; NULL: there is none. */
PaddockLibraryRow *paddock_row_finding_focused (GtkListView *list);
PaddockLibraryRow *paddock_row_finding_at      (GtkListView *list, double x, double y);
PaddockLibraryRow *paddock_row_finding_by_id   (GtkListView *list, const char *id);
const char        *paddock_row_finding_get_id  (PaddockLibraryRow *row);   /* NULL for NULL */

G_END_DECLS
