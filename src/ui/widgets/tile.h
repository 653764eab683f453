/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What assistive technology asks of a tile. */
typedef enum
{
  PADDOCK_TILE_ACTIVATE,
  PADDOCK_TILE_SELECT,
  PADDOCK_TILE_SCROLL_TO
} PaddockTileWish;

/**
 * PaddockTile:
 *
 * One item of a tile view. Recycled: what derives from it shows another item whenever it is told to. Signal "asked"
 * (PaddockTileWish).
 */
#define PADDOCK_TYPE_TILE (paddock_tile_get_type ())
G_DECLARE_DERIVABLE_TYPE (PaddockTile, paddock_tile, PADDOCK, TILE, GtkWidget)

struct _PaddockTileClass
{
  GtkWidgetClass parent_class;

  void (*show_item) (PaddockTile *self, gpointer item);   /* NULL: it is not in use */
};

gpointer paddock_tile_get_item     (PaddockTile *self);   /* NULL while it is not in use */
guint    paddock_tile_get_position (PaddockTile *self);
gboolean paddock_tile_get_selected (PaddockTile *self);

/* For the view. */
void     paddock_tile_set_item     (PaddockTile *self, gpointer item, guint position, guint n_items);
void     paddock_tile_set_selected (PaddockTile *self, gboolean selected);

G_END_DECLS
