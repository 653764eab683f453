/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/tile-strip.h"

void
paddock_tile_strip_init (PaddockTileStrip *self, GtkWidget *view, GCallback on_asked)
{
  self->view = view;
  self->on_asked = on_asked;
  self->tiles = g_ptr_array_new ();
  self->spare = g_ptr_array_new ();
}

static void
unparent_all (GPtrArray *tiles)
{
  for (guint i = 0; i < tiles->len; i++)
    gtk_widget_unparent (g_ptr_array_index (tiles, i));
  g_ptr_array_unref (tiles);
}

void
paddock_tile_strip_clear (PaddockTileStrip *self)
{
  g_clear_pointer (&self->tiles, unparent_all);
  g_clear_pointer (&self->spare, unparent_all);
}

static PaddockTile *
take_spare (PaddockTileStrip *self)
{
  GtkWidget *tile;

  if (self->spare->len > 0)
    return g_ptr_array_steal_index (self->spare, 0);
  tile = self->make (self->user_data);
  g_signal_connect_object (tile, "asked", self->on_asked, self->view, G_CONNECT_SWAPPED);
  gtk_widget_insert_before (tile, self->view, NULL);
  return PADDOCK_TILE (tile);
}

/**
 * paddock_tile_strip_get_sample:
 * @self: a strip
 *
 * Returns: (transfer none): a tile, whatever it shows
 */
PaddockTile *
paddock_tile_strip_get_sample (PaddockTileStrip *self)
{
  if (self->tiles->len > 0)
    return g_ptr_array_index (self->tiles, 0);
  if (self->spare->len == 0)
    {
      PaddockTile *tile = take_spare (self);

      gtk_widget_set_child_visible (GTK_WIDGET (tile), FALSE);
      g_ptr_array_add (self->spare, tile);
    }
  return g_ptr_array_index (self->spare, 0);
}

PaddockTile *
paddock_tile_strip_find (PaddockTileStrip *self, guint position)
{
  for (guint i = 0; i < self->tiles->len; i++)
    if (paddock_tile_get_position (g_ptr_array_index (self->tiles, i)) == position)
      return g_ptr_array_index (self->tiles, i);
  return NULL;
}

/* The tile of the item, taken out of those that may have it. */
static PaddockTile *
take_tile_of (GPtrArray *tiles, gpointer item)
{
  for (guint i = 0; i < tiles->len; i++)
    if (paddock_tile_get_item (g_ptr_array_index (tiles, i)) == item)
      return g_ptr_array_steal_index (tiles, i);
  return NULL;
}

/* Those whose items are shown no longer are there for others, in the order in which they stand. */
static void
release (PaddockTileStrip *self, GPtrArray *released)
{
  g_ptr_array_extend_and_steal (released, g_steal_pointer (&self->spare));
  self->spare = released;
}

static void
hide_spare (PaddockTileStrip *self)
{
  for (guint i = 0; i < self->spare->len; i++)
    {
      PaddockTile *tile = g_ptr_array_index (self->spare, i);

      if (!gtk_widget_get_child_visible (GTK_WIDGET (tile)))
        continue;
      gtk_widget_set_child_visible (GTK_WIDGET (tile), FALSE);
      paddock_tile_set_item (tile, NULL, GTK_INVALID_LIST_POSITION, 0);
    }
}

static void
show_tile (PaddockTile *tile, GtkSelectionModel *model, gpointer item, guint position)
{
  paddock_tile_set_item (tile, item, position, g_list_model_get_n_items (G_LIST_MODEL (model)));
  paddock_tile_set_selected (tile, gtk_selection_model_is_selected (model, position));
  gtk_widget_set_child_visible (GTK_WIDGET (tile), TRUE);
}

/* The positions that are to be shown, in order. */
static GArray *
list_positions (guint n_items, guint first, guint end, guint kept)
{
  GArray *positions = g_array_sized_new (FALSE, FALSE, sizeof (guint), end - first + 1);

  if (kept < first)
    g_array_append_val (positions, kept);
  for (guint i = first; i < end; i++)
    g_array_append_val (positions, i);
  if (kept >= end && kept < n_items)
    g_array_append_val (positions, kept);
  return positions;
}

/**
 * paddock_tile_strip_hide:
 * @self: a strip that is to show nothing
 */
void
paddock_tile_strip_hide (PaddockTileStrip *self)
{
  GPtrArray *before = g_steal_pointer (&self->tiles);

  self->tiles = g_ptr_array_new ();
  release (self, before);
  hide_spare (self);
}

/**
 * paddock_tile_strip_show:
 * @self: a strip
 * @model: what there is to show
 * @first: the first position
 * @end: the one after the last
 * @kept: another one that is needed, or one that there is not
 */
void
paddock_tile_strip_show (PaddockTileStrip *self, GtkSelectionModel *model, guint first, guint end, guint kept)
{
  g_autoptr (GArray) positions = list_positions (g_list_model_get_n_items (G_LIST_MODEL (model)), first, end, kept);
  g_autoptr (GPtrArray) items = g_ptr_array_new_full (positions->len, g_object_unref);
  GPtrArray *before = g_steal_pointer (&self->tiles);

  self->tiles = g_ptr_array_sized_new (positions->len);
  for (guint i = 0; i < positions->len; i++)
    {
      g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (model), g_array_index (positions, guint, i)));
      g_ptr_array_add (self->tiles, take_tile_of (before, g_ptr_array_index (items, i)));
    }
  release (self, before);
  for (guint i = 0; i < positions->len; i++)
    {
      if (g_ptr_array_index (self->tiles, i) == NULL)
        self->tiles->pdata[i] = take_spare (self);
      show_tile (g_ptr_array_index (self->tiles, i), model, g_ptr_array_index (items, i),
                 g_array_index (positions, guint, i));
    }
  hide_spare (self);
}
