/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-query.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A button for each value that a query filters by; clicked (swapped) takes the data and the button. */
void paddock_filter_chips_fill (AdwWrapBox *box, const PaddockLibraryQuery *query, GCallback clicked, gpointer data);
/* The value of such a button is no longer asked for. */
void paddock_filter_chips_drop (GtkButton *chip, PaddockLibraryQuery *query);

G_END_DECLS
