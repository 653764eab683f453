/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/tile-stage.h"

void
paddock_tile_stage_init (PaddockTileStage *self, GtkWidget *view, GCallback on_asked)
{
  self->view = view;
  self->layout = paddock_tile_layout_new ();
  paddock_tile_strip_init (&self->strip, view, on_asked);
  paddock_tile_headings_init (&self->headings, view);
}

void
paddock_tile_stage_clear (PaddockTileStage *self)
{
  paddock_tile_strip_clear (&self->strip);
  paddock_tile_headings_clear (&self->headings);
}

void
paddock_tile_stage_free (PaddockTileStage *self)
{
  g_clear_pointer (&self->layout, paddock_tile_layout_free);
}

static int
measure_height (GtkWidget *widget, int width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return MAX (height, 1);
}

static int
measure_width (GtkWidget *widget)
{
  int width;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return MAX (width, 1);
}

int
paddock_tile_stage_get_least (PaddockTileStage *self)
{
  GtkWidget *sample = GTK_WIDGET (paddock_tile_strip_get_sample (&self->strip));
  int width = measure_width (sample);

  /* The fonts of a tile are found here, with all others, and not when the first item comes. */
  measure_height (sample, width);
  return width;
}

/**
 * paddock_tile_stage_shape:
 * @self: a stage
 * @width: of what is in sight
 * @max_columns: how many there may be
 */
void
paddock_tile_stage_shape (PaddockTileStage *self, int width, guint max_columns)
{
  GtkWidget *sample = GTK_WIDGET (paddock_tile_strip_get_sample (&self->strip));
  guint columns = CLAMP ((guint) MAX (width / measure_width (sample), 1), 1, max_columns);

  paddock_tile_layout_set_shape (
    self->layout, columns, measure_height (sample, width / (int) columns),
    self->with_headings ? measure_height (paddock_tile_headings_get_sample (&self->headings), width) : 0);
}

static void
allocate (GtkWidget *widget, int view_width, int x, double y, int width, int height)
{
  int mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? view_width - x - width : x;

  /* Asked for because it has to be, and answered from what is remembered. */
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (widget, &(GtkAllocation) { mirrored, (int) y, width, height }, -1);
}

static void
place_tiles (PaddockTileStage *self, double place, int width)
{
  for (guint i = 0; i < self->strip.tiles->len; i++)
    {
      PaddockTile *tile = g_ptr_array_index (self->strip.tiles, i);
      guint position = paddock_tile_get_position (tile);
      int column = (int) paddock_tile_layout_get_column (self->layout, position);
      int columns = (int) self->layout->columns;
      int x = width * column / columns;

      allocate (GTK_WIDGET (tile), width, x, (double) paddock_tile_layout_get_top (self->layout, position) - place,
                width * (column + 1) / columns - x, self->layout->tile_height);
    }
}

static void
place_headings (PaddockTileStage *self, guint first, guint end, double place, int width)
{
  int height = self->layout->heading_height;

  paddock_tile_headings_begin (&self->headings);
  for (guint tile = first; self->with_headings && tile < end;)
    {
      guint section = paddock_tile_layout_get_section (self->layout, tile);
      guint start = g_array_index (self->layout->starts, guint, section);
      GtkWidget *heading;

      tile = paddock_tile_layout_get_end (self->layout, section);
      heading = paddock_tile_headings_add (&self->headings, start, tile);
      allocate (heading, width, 0, (double) (paddock_tile_layout_get_top (self->layout, start) - height) - place,
                width, height);
    }
  paddock_tile_headings_end (&self->headings);
}

static void
put_behind (PaddockTileStage *self, GtkWidget **last, GtkWidget *widget)
{
  GtkWidget *view = self->view;

  if ((*last != NULL ? gtk_widget_get_next_sibling (*last) : gtk_widget_get_first_child (view)) != widget)
    gtk_widget_insert_after (widget, view, *last);
  *last = widget;
}

/* Who goes through them one after the other meets them as they stand. */
static void
put_in_order (PaddockTileStage *self)
{
  GtkWidget *last = NULL;
  guint heading = 0;
  guint section = G_MAXUINT;

  for (guint i = 0; i < self->strip.tiles->len; i++)
    {
      PaddockTile *tile = g_ptr_array_index (self->strip.tiles, i);
      guint of = paddock_tile_layout_get_section (self->layout, paddock_tile_get_position (tile));

      if (self->with_headings && of != section && heading < self->headings.n_shown)
        put_behind (self, &last, g_ptr_array_index (self->headings.widgets, heading++));
      section = of;
      put_behind (self, &last, GTK_WIDGET (tile));
    }
}

/**
 * paddock_tile_stage_show:
 * @self: a stage that has its shape, of at least one tile
 * @model: what there is to show
 * @place: the upper edge of what is in sight
 * @width: of it
 * @height: of it
 * @kept: another position that is needed, or one that there is not
 */
void
paddock_tile_stage_show (PaddockTileStage *self, GtkSelectionModel *model, double place, int width, int height, guint kept)
{
  guint first = paddock_tile_layout_find_row (self->layout, (gint64) place);
  guint last = paddock_tile_layout_find_row (self->layout, (gint64) place + height - 1);
  guint end = paddock_tile_layout_get_end (self->layout, paddock_tile_layout_get_section (self->layout, last));

  end = MIN (last + self->layout->columns, end);
  paddock_tile_strip_show (&self->strip, model, first, end, kept);
  place_tiles (self, place, width);
  place_headings (self, first, end, place, width);
  put_in_order (self);
}
