/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/tile-headings.h"
#include "widgets/tile-strip.h"

G_BEGIN_DECLS

/* Where an item is in the model now; GTK_INVALID_LIST_POSITION: nowhere. */
typedef guint (*PaddockTileFinder) (gpointer item, gpointer user_data);

/**
 * PaddockTileView:
 *
 * Items of a model as tiles of one size, in as many columns as there is room for, with headings above the sections of the
 * model if wanted. It has exactly the tiles that can be seen, so that a model of a hundred thousand items that is another one
 * with each letter of a search costs no more than one of twenty. Keys and the pointer do to it what they do to a list view
 * that opens its items with one click. Properties: "max-columns" (uint); "model". Signal "activate" (position).
 */
#define PADDOCK_TYPE_TILE_VIEW (paddock_tile_view_get_type ())
G_DECLARE_FINAL_TYPE (PaddockTileView, paddock_tile_view, PADDOCK, TILE_VIEW, GtkWidget)

/* Once, before there is a model. */
void               paddock_tile_view_set_makers   (PaddockTileView *self, PaddockTileMaker make_tile, PaddockHeadingMaker make_heading,
                                                   PaddockHeadingFiller fill_heading, PaddockTileFinder find,
                                                   gpointer user_data);
void               paddock_tile_view_set_model    (PaddockTileView *self, GtkSelectionModel *model);
GtkSelectionModel *paddock_tile_view_get_model    (PaddockTileView *self);
void               paddock_tile_view_set_headings (PaddockTileView *self, gboolean headings);
void               paddock_tile_view_go_to_top    (PaddockTileView *self);
/* The tile that shows a position; NULL: it is out of sight. */
PaddockTile       *paddock_tile_view_find_tile    (PaddockTileView *self, guint position);
/* Makes a position visible, and where the keyboard is. */
void               paddock_tile_view_focus        (PaddockTileView *self, guint position);

/* For what moves the keyboard's place; GTK_INVALID_LIST_POSITION: there are no items. */
guint              paddock_tile_view_get_focused  (PaddockTileView *self);
guint              paddock_tile_view_move         (PaddockTileView *self, guint position, int rows);
int                paddock_tile_view_count_rows   (PaddockTileView *self);
/* Whether tiles may be side by side, even if there is no room for that now. */
gboolean           paddock_tile_view_is_grid      (PaddockTileView *self);
/* Where a range begins that the keys select; GTK_INVALID_LIST_POSITION: none was begun. */
guint              paddock_tile_view_get_mark     (PaddockTileView *self);
void               paddock_tile_view_set_mark     (PaddockTileView *self, guint mark);

G_END_DECLS
