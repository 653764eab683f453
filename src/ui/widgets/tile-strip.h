/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/tile.h"

G_BEGIN_DECLS

/* The tile gets its parent from the strip. */
typedef GtkWidget *(*PaddockTileMaker) (gpointer user_data);

/**
 * PaddockTileStrip:
 *
 * The tiles that a view needs now, and some that it needed before. A tile stays with its item as long as that is shown, and
 * so does the keyboard's focus.
 */
typedef struct
{
  GtkWidget *view;                   /* borrowed: their parent */
  GCallback on_asked;                /* for the signal of that name, with the view for user data */
  PaddockTileMaker make;
  gpointer user_data;
  GPtrArray *tiles;                  /* PaddockTile, children of the view, in order */
  GPtrArray *spare;                  /* likewise, not shown */
} PaddockTileStrip;

void         paddock_tile_strip_init  (PaddockTileStrip *self, GtkWidget *view, GCallback on_asked);
/* Unparents all tiles. */
void         paddock_tile_strip_clear (PaddockTileStrip *self);
/* Any tile, so as to measure it. */
PaddockTile *paddock_tile_strip_get_sample (PaddockTileStrip *self);
/* The tile at a position of the model; NULL: there is none. */
PaddockTile *paddock_tile_strip_find (PaddockTileStrip *self, guint position);
/* Shows the positions from first to before end, and kept unless it is beyond the model. */
void         paddock_tile_strip_show  (PaddockTileStrip *self, GtkSelectionModel *model, guint first, guint end, guint kept);
void         paddock_tile_strip_hide  (PaddockTileStrip *self);

G_END_DECLS
