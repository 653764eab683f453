/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockTileLayout:
 *
 * Where tiles of one size stand, row after row, from top to bottom; each section may begin with a heading, and then with a row
 * of its own. All of it is arithmetic: what a million tiles need is as much as what ten do, and a little for each section.
 */
typedef struct
{
  GArray *starts;                    /* of guint: the first tile of each section; one section, if there are no headings */
  GArray *tops;                      /* of gint64: where each section begins, and where the last one ends */
  guint n_tiles;
  guint columns;
  int tile_height;
  int heading_height;                /* 0: there are no headings */
} PaddockTileLayout;

PaddockTileLayout *paddock_tile_layout_new         (void);
void               paddock_tile_layout_free        (PaddockTileLayout *self);
/* starts is taken; NULL: there are no sections. */
void               paddock_tile_layout_set_tiles   (PaddockTileLayout *self, guint n_tiles, GArray *starts);
void               paddock_tile_layout_set_shape   (PaddockTileLayout *self, guint columns, int tile_height, int heading_height);

gint64             paddock_tile_layout_get_height  (const PaddockTileLayout *self);
guint              paddock_tile_layout_get_section (const PaddockTileLayout *self, guint tile);
guint              paddock_tile_layout_get_end     (const PaddockTileLayout *self, guint section);
gint64             paddock_tile_layout_get_top     (const PaddockTileLayout *self, guint tile);
guint              paddock_tile_layout_get_column  (const PaddockTileLayout *self, guint tile);
/* The first tile of the row at that height, or of the next one where a heading is; that of the last row below the end. */
guint              paddock_tile_layout_find_row    (const PaddockTileLayout *self, gint64 y);
/* So many rows further, in the same column where there is one; the last tile, or the first, where there are fewer. */
guint              paddock_tile_layout_move        (const PaddockTileLayout *self, guint tile, int rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockTileLayout, paddock_tile_layout_free)

G_END_DECLS
