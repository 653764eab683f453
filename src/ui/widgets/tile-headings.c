/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/tile-headings.h"

void
paddock_tile_headings_init (PaddockTileHeadings *self, GtkWidget *view)
{
  self->view = view;
  self->widgets = g_ptr_array_new ();
}

void
paddock_tile_headings_clear (PaddockTileHeadings *self)
{
  for (guint i = 0; self->widgets != NULL && i < self->widgets->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->widgets, i));
  g_clear_pointer (&self->widgets, g_ptr_array_unref);
}

static GtkWidget *
get_heading (PaddockTileHeadings *self, guint number)
{
  if (number == self->widgets->len)
    {
      GtkWidget *heading = self->make (self->user_data);

      gtk_widget_insert_before (heading, self->view, NULL);
      gtk_widget_set_child_visible (heading, FALSE);
      g_ptr_array_add (self->widgets, heading);
    }
  return g_ptr_array_index (self->widgets, number);
}

/**
 * paddock_tile_headings_get_sample:
 * @self: headings
 *
 * Returns: (transfer none): one of them, whatever it says
 */
GtkWidget *
paddock_tile_headings_get_sample (PaddockTileHeadings *self)
{
  return get_heading (self, 0);
}

void
paddock_tile_headings_begin (PaddockTileHeadings *self)
{
  self->n_shown = 0;
}

/**
 * paddock_tile_headings_add:
 * @self: headings
 * @first: the first item below it
 * @end: the one after the last
 *
 * Returns: (transfer none): the heading
 */
GtkWidget *
paddock_tile_headings_add (PaddockTileHeadings *self, guint first, guint end)
{
  GtkWidget *heading = get_heading (self, self->n_shown++);

  self->fill (heading, first, end, self->user_data);
  gtk_widget_set_child_visible (heading, TRUE);
  return heading;
}

void
paddock_tile_headings_end (PaddockTileHeadings *self)
{
  for (guint i = self->n_shown; i < self->widgets->len; i++)
    gtk_widget_set_child_visible (g_ptr_array_index (self->widgets, i), FALSE);
}
