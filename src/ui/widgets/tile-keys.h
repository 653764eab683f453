/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/tile-view.h"

G_BEGIN_DECLS

/* The keys of lists and grids, for the class of the view. */
void paddock_tile_keys_bind   (GtkWidgetClass *widget_class);
/* Selects one item more, or one less. */
void paddock_tile_keys_toggle (PaddockTileView *view, guint position);

G_END_DECLS
