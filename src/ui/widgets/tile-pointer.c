/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/tile-pointer.h"

/* What the button was pressed on: as an item, since tiles are recycled. */
typedef struct
{
  PaddockTileView *view;
  PaddockTile *tile;                 /* borrowed; NULL: none */
  guint position;
} Press;

static PaddockTile *
pick (PaddockTileView *view, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (view), x, y, GTK_PICK_DEFAULT);
  GtkWidget *tile = picked != NULL ? gtk_widget_get_ancestor (picked, PADDOCK_TYPE_TILE) : NULL;

  return tile != NULL ? PADDOCK_TILE (tile) : NULL;
}

static void
let_go (Press *press)
{
  if (press->tile != NULL)
    gtk_widget_unset_state_flags (GTK_WIDGET (press->tile), GTK_STATE_FLAG_ACTIVE);
  press->tile = NULL;
}

static void
on_pressed (Press *press, int n_press, double x, double y)
{
  let_go (press);
  press->tile = pick (press->view, x, y);
  if (press->tile == NULL)
    return;
  press->position = paddock_tile_get_position (press->tile);
  gtk_widget_set_state_flags (GTK_WIDGET (press->tile), GTK_STATE_FLAG_ACTIVE, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (press->tile));
}

static void
on_released (Press *press, int n_press, double x, double y)
{
  PaddockTile *tile = press->tile;

  let_go (press);
  if (tile != NULL && n_press == 1 && pick (press->view, x, y) == tile && paddock_tile_get_position (tile) == press->position)
    g_signal_emit_by_name (press->view, "activate", press->position);
}

static void
on_cancelled (Press *press)
{
  let_go (press);
}

/**
 * paddock_tile_pointer_follow:
 * @view: a view
 */
void
paddock_tile_pointer_follow (PaddockTileView *view)
{
  GtkGesture *click = gtk_gesture_click_new ();
  Press *press = g_new0 (Press, 1);

  press->view = view;
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_object_set_data_full (G_OBJECT (click), "paddock-press", press, g_free);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), press);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), press);
  g_signal_connect_swapped (click, "stopped", G_CALLBACK (on_cancelled), press);
  g_signal_connect_swapped (click, "cancel", G_CALLBACK (on_cancelled), press);
  gtk_widget_add_controller (GTK_WIDGET (view), GTK_EVENT_CONTROLLER (click));
}
