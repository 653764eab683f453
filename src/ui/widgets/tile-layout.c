/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/tile-layout.h"

static guint
get_start (const PaddockTileLayout *self, guint section)
{
  return g_array_index (self->starts, guint, section);
}

static gint64
get_section_top (const PaddockTileLayout *self, guint section)
{
  return g_array_index (self->tops, gint64, section);
}

static guint
count_rows (const PaddockTileLayout *self, guint section)
{
  guint n_tiles = paddock_tile_layout_get_end (self, section) - get_start (self, section);

  return n_tiles / self->columns + (n_tiles % self->columns != 0);
}

static void
place_sections (PaddockTileLayout *self)
{
  gint64 top = 0;

  g_array_set_size (self->tops, 0);
  for (guint i = 0; i < self->starts->len; i++)
    {
      g_array_append_val (self->tops, top);
      top += self->heading_height + (gint64) count_rows (self, i) * self->tile_height;
    }
  g_array_append_val (self->tops, top);
}

/**
 * paddock_tile_layout_new:
 *
 * Returns: (transfer full): a layout of nothing
 */
PaddockTileLayout *
paddock_tile_layout_new (void)
{
  PaddockTileLayout *self = g_new0 (PaddockTileLayout, 1);

  self->columns = 1;
  self->tops = g_array_new (FALSE, FALSE, sizeof (gint64));
  paddock_tile_layout_set_tiles (self, 0, NULL);
  return self;
}

void
paddock_tile_layout_free (PaddockTileLayout *self)
{
  g_array_unref (self->starts);
  g_array_unref (self->tops);
  g_free (self);
}

/**
 * paddock_tile_layout_set_tiles:
 * @self: a layout
 * @n_tiles: how many there are
 * @starts: (transfer full) (nullable) (element-type guint): the first tile of each section, from 0 on
 */
void
paddock_tile_layout_set_tiles (PaddockTileLayout *self, guint n_tiles, GArray *starts)
{
  guint first = 0;

  g_clear_pointer (&self->starts, g_array_unref);
  self->starts = starts != NULL ? starts : g_array_new (FALSE, FALSE, sizeof (guint));
  if (starts == NULL && n_tiles > 0)
    g_array_append_val (self->starts, first);
  self->n_tiles = n_tiles;
  place_sections (self);
}

/**
 * paddock_tile_layout_set_shape:
 * @self: a layout
 * @columns: how many tiles are side by side, at least one
 * @tile_height: of each row
 * @heading_height: of each heading, 0 if there are none
 */
void
paddock_tile_layout_set_shape (PaddockTileLayout *self, guint columns, int tile_height, int heading_height)
{
  if (self->columns == columns && self->tile_height == tile_height && self->heading_height == heading_height)
    return;
  self->columns = columns;
  self->tile_height = tile_height;
  self->heading_height = heading_height;
  place_sections (self);
}

gint64
paddock_tile_layout_get_height (const PaddockTileLayout *self)
{
  return get_section_top (self, self->starts->len);
}

/* The last section that begins at or before something. */
static guint
find_section (const PaddockTileLayout *self, gint64 wanted, gint64 (*get_begin) (const PaddockTileLayout *, guint))
{
  guint first = 0;
  guint end = self->starts->len;

  while (end - first > 1)
    {
      guint middle = first + (end - first) / 2;

      if (get_begin (self, middle) <= wanted)
        first = middle;
      else
        end = middle;
    }
  return first;
}

static gint64
get_start_as_number (const PaddockTileLayout *self, guint section)
{
  return get_start (self, section);
}

/**
 * paddock_tile_layout_get_section:
 * @self: a layout of at least one tile
 * @tile: one of its tiles
 *
 * Returns: the section that it is in
 */
guint
paddock_tile_layout_get_section (const PaddockTileLayout *self, guint tile)
{
  return find_section (self, tile, get_start_as_number);
}

guint
paddock_tile_layout_get_end (const PaddockTileLayout *self, guint section)
{
  return section + 1 < self->starts->len ? get_start (self, section + 1) : self->n_tiles;
}

/**
 * paddock_tile_layout_get_top:
 * @self: a layout
 * @tile: one of its tiles
 *
 * Returns: where its upper edge is
 */
gint64
paddock_tile_layout_get_top (const PaddockTileLayout *self, guint tile)
{
  guint section = paddock_tile_layout_get_section (self, tile);
  guint row = (tile - get_start (self, section)) / self->columns;

  return get_section_top (self, section) + self->heading_height + (gint64) row * self->tile_height;
}

guint
paddock_tile_layout_get_column (const PaddockTileLayout *self, guint tile)
{
  return (tile - get_start (self, paddock_tile_layout_get_section (self, tile))) % self->columns;
}

/**
 * paddock_tile_layout_find_row:
 * @self: a layout of at least one tile, of some height
 * @y: a height
 *
 * Returns: the first tile of the row there
 */
guint
paddock_tile_layout_find_row (const PaddockTileLayout *self, gint64 y)
{
  guint section = find_section (self, y, get_section_top);
  gint64 below = y - get_section_top (self, section) - self->heading_height;
  guint row = (guint) CLAMP (below / self->tile_height, 0, (gint64) count_rows (self, section) - 1);

  return get_start (self, section) + row * self->columns;
}

/**
 * paddock_tile_layout_move:
 * @self: a layout of at least one tile, of some height
 * @tile: one of its tiles
 * @rows: how many rows to go down, or up if it is negative
 *
 * Returns: the tile there
 */
guint
paddock_tile_layout_move (const PaddockTileLayout *self, guint tile, int rows)
{
  guint column = paddock_tile_layout_get_column (self, tile);

  for (; rows > 0; rows--)
    {
      guint end = paddock_tile_layout_get_end (self, paddock_tile_layout_get_section (self, tile));
      guint next = tile - paddock_tile_layout_get_column (self, tile) + self->columns;

      if (MIN (next, end) >= self->n_tiles)
        return rows > 1 ? self->n_tiles - 1 : tile;
      next = MIN (next, end);
      end = paddock_tile_layout_get_end (self, paddock_tile_layout_get_section (self, next));
      tile = MIN (next + column, end - 1);
    }
  for (; rows < 0; rows++)
    {
      guint first = tile - paddock_tile_layout_get_column (self, tile);

      if (first == 0)
        return rows < -1 ? 0 : tile;
      tile = MIN (first - 1 - paddock_tile_layout_get_column (self, first - 1) + column, first - 1);
    }
  return tile;
}
