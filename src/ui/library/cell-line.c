/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/cell-line.h"

static gboolean
is_empty (const PaddockCellLine *self)
{
  return self->text == NULL || *self->text == '\0';
}

void
paddock_cell_line_clear (PaddockCellLine *self)
{
  g_clear_object (&self->layout);
  g_clear_pointer (&self->text, g_free);
}

/**
 * paddock_cell_line_set_text:
 * @self: a line
 * @text: (nullable): what it says
 */
void
paddock_cell_line_set_text (PaddockCellLine *self, const char *text)
{
  if (!g_set_str (&self->text, text))
    return;
  self->natural = -1;
}

void
paddock_cell_line_forget (PaddockCellLine *self)
{
  g_clear_object (&self->layout);
  self->natural = -1;
}

static void
lay_out (PaddockCellLine *self, PaddockCellVoices *voices)
{
  if (self->layout == NULL)
    {
      self->layout = paddock_cell_voices_create_layout (voices, self->voice);
      if (self->lines > 1)
        {
          pango_layout_set_height (self->layout, -self->lines);
          pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
        }
      self->natural = -1;
    }
  if (self->natural >= 0)
    return;
  pango_layout_set_width (self->layout, -1);
  pango_layout_set_text (self->layout, self->text, -1);
  pango_layout_get_pixel_size (self->layout, &self->natural, NULL);
}

int
paddock_cell_line_get_natural (PaddockCellLine *self, PaddockCellVoices *voices)
{
  if (is_empty (self))
    return 0;
  lay_out (self, voices);
  return self->natural;
}

/**
 * paddock_cell_line_place:
 * @self: a line
 * @voices: how it looks
 * @cell: the cell that it is in
 * @x: of the box that it is to be in, from where lines begin
 * @y: of its upper edge
 * @width: of the box
 * @at_end: whether it is to be at the end of the box
 */
void
paddock_cell_line_place (PaddockCellLine *self, PaddockCellVoices *voices, GtkWidget *cell, int x, int y, int width,
                         gboolean at_end)
{
  int natural = paddock_cell_line_get_natural (self, voices);
  int used = MIN (natural, MAX (width, 0));

  self->width = used;
  self->x = at_end ? x + width - used : x;
  self->y = y;
  if (gtk_widget_get_direction (cell) == GTK_TEXT_DIR_RTL)
    self->x = gtk_widget_get_width (cell) - self->x - used;
  /* A width makes another layout, and most have room enough. */
  if (self->layout != NULL)
    pango_layout_set_width (self->layout, used < natural || self->lines > 1 ? used * PANGO_SCALE : -1);
}

gboolean
paddock_cell_line_is_at (const PaddockCellLine *self, double x, double y)
{
  int height = 0;

  if (is_empty (self) || self->layout == NULL)
    return FALSE;
  pango_layout_get_pixel_size (self->layout, NULL, &height);
  return x >= self->x && x < self->x + self->width && y >= self->y && y < self->y + height;
}

void
paddock_cell_line_snapshot (PaddockCellLine *self, PaddockCellVoices *voices, GtkSnapshot *snapshot)
{
  GdkRGBA color;

  if (is_empty (self) || self->layout == NULL || self->width <= 0)
    return;
  paddock_cell_voices_get_color (voices, self->voice, &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) self->x, (float) self->y));
  gtk_snapshot_append_layout (snapshot, self->layout, &color);
  gtk_snapshot_restore (snapshot);
}
