/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/tile-keys.h"

typedef enum
{
  UP,
  DOWN,
  LEFT,
  RIGHT,
  PAGE_UP,
  PAGE_DOWN,
  HOME,
  END
} Direction;

static guint
move_sideways (PaddockTileView *view, guint position, gboolean forward)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (paddock_tile_view_get_model (view)));

  if (!paddock_tile_view_is_grid (view))
    return position;
  if (gtk_widget_get_direction (GTK_WIDGET (view)) == GTK_TEXT_DIR_RTL)
    forward = !forward;
  if (forward)
    return MIN (position + 1, n_items - 1);
  return MAX (position, 1) - 1;
}

static guint
move (PaddockTileView *view, guint position, Direction direction)
{
  switch (direction)
    {
    case UP:
      return paddock_tile_view_move (view, position, -1);
    case DOWN:
      return paddock_tile_view_move (view, position, 1);
    case LEFT:
      return move_sideways (view, position, FALSE);
    case RIGHT:
      return move_sideways (view, position, TRUE);
    case PAGE_UP:
      return paddock_tile_view_move (view, position, -paddock_tile_view_count_rows (view));
    case PAGE_DOWN:
      return paddock_tile_view_move (view, position, paddock_tile_view_count_rows (view));
    case HOME:
      return 0;
    case END:
    default:
      return g_list_model_get_n_items (G_LIST_MODEL (paddock_tile_view_get_model (view))) - 1;
    }
}

/* All from the mark to there, and nothing else that was selected since the mark was set. */
static void
extend (PaddockTileView *view, guint before, guint position)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = NULL;
  guint mark = paddock_tile_view_get_mark (view);

  if (mark == GTK_INVALID_LIST_POSITION)
    mark = before;
  paddock_tile_view_set_mark (view, mark);
  gtk_bitset_add_range_closed (selected, MIN (mark, position), MAX (mark, position));
  mask = gtk_bitset_copy (selected);
  gtk_bitset_add_range_closed (mask, MIN (mark, before), MAX (mark, before));
  gtk_selection_model_set_selection (paddock_tile_view_get_model (view), selected, mask);
}

/* The direction, and whether what is passed is selected. */
static gboolean
on_move (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  PaddockTileView *view = PADDOCK_TILE_VIEW (widget);
  guint before = paddock_tile_view_get_focused (view);
  guint position;
  gboolean extending;
  int direction;

  g_variant_get (parameter, "(ib)", &direction, &extending);
  if (before == GTK_INVALID_LIST_POSITION)
    return GDK_EVENT_PROPAGATE;
  position = move (view, before, (Direction) direction);
  /* At the edge, the keys that go sideways or up lead out of it. */
  if (position == before && direction <= RIGHT)
    return GDK_EVENT_PROPAGATE;
  if (extending)
    extend (view, before, position);
  else
    paddock_tile_view_set_mark (view, GTK_INVALID_LIST_POSITION);
  paddock_tile_view_focus (view, position);
  return GDK_EVENT_STOP;
}

static gboolean
on_select (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  PaddockTileView *view = PADDOCK_TILE_VIEW (widget);
  guint position = paddock_tile_view_get_focused (view);

  if (position == GTK_INVALID_LIST_POSITION)
    return GDK_EVENT_PROPAGATE;
  if (g_variant_get_boolean (parameter))
    extend (view, position, position);
  else
    {
      paddock_tile_keys_toggle (view, position);
      paddock_tile_view_set_mark (view, position);
    }
  return GDK_EVENT_STOP;
}

static gboolean
on_select_all (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  GtkSelectionModel *model = paddock_tile_view_get_model (PADDOCK_TILE_VIEW (widget));

  if (g_variant_get_boolean (parameter))
    gtk_selection_model_select_all (model);
  else
    gtk_selection_model_unselect_all (model);
  return GDK_EVENT_STOP;
}

static gboolean
on_activate (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  guint position = paddock_tile_view_get_focused (PADDOCK_TILE_VIEW (widget));

  if (position == GTK_INVALID_LIST_POSITION)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit_by_name (widget, "activate", position);
  return GDK_EVENT_STOP;
}

static void
bind_moves (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key, keypad;
    Direction direction;
  } moves[] = {
    { GDK_KEY_Up, GDK_KEY_KP_Up, UP },
    { GDK_KEY_Down, GDK_KEY_KP_Down, DOWN },
    { GDK_KEY_Left, GDK_KEY_KP_Left, LEFT },
    { GDK_KEY_Right, GDK_KEY_KP_Right, RIGHT },
    { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, PAGE_UP },
    { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, PAGE_DOWN },
    { GDK_KEY_Home, GDK_KEY_KP_Home, HOME },
    { GDK_KEY_End, GDK_KEY_KP_End, END },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    for (guint modifiers = 0; modifiers <= (GDK_SHIFT_MASK | GDK_CONTROL_MASK); modifiers++)
      {
        gboolean extending = (modifiers & GDK_SHIFT_MASK) != 0;

        if ((modifiers & ~(guint) (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) != 0)
          continue;
        gtk_widget_class_add_binding (widget_class, moves[i].key, (GdkModifierType) modifiers, on_move, "(ib)",
                                      (int) moves[i].direction, extending);
        gtk_widget_class_add_binding (widget_class, moves[i].keypad, (GdkModifierType) modifiers, on_move, "(ib)",
                                      (int) moves[i].direction, extending);
      }
}

/**
 * paddock_tile_keys_bind:
 * @widget_class: that of the view
 */
void
paddock_tile_keys_bind (GtkWidgetClass *widget_class)
{
  static const guint enters[] = { GDK_KEY_Return, GDK_KEY_ISO_Enter, GDK_KEY_KP_Enter };
  static const guint spaces[] = { GDK_KEY_space, GDK_KEY_KP_Space };

  bind_moves (widget_class);
  for (gsize i = 0; i < G_N_ELEMENTS (enters); i++)
    gtk_widget_class_add_binding (widget_class, enters[i], 0, on_activate, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (spaces); i++)
    {
      gtk_widget_class_add_binding (widget_class, spaces[i], 0, on_select, "b", FALSE);
      gtk_widget_class_add_binding (widget_class, spaces[i], GDK_CONTROL_MASK, on_select, "b", FALSE);
      gtk_widget_class_add_binding (widget_class, spaces[i], GDK_SHIFT_MASK, on_select, "b", TRUE);
    }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, on_select_all, "b", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_slash, GDK_CONTROL_MASK, on_select_all, "b", TRUE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK, on_select_all, "b", FALSE);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_backslash, GDK_CONTROL_MASK, on_select_all, "b", FALSE);
}

/**
 * paddock_tile_keys_toggle:
 * @view: a view
 * @position: of an item
 */
void
paddock_tile_keys_toggle (PaddockTileView *view, guint position)
{
  GtkSelectionModel *model = paddock_tile_view_get_model (view);

  if (gtk_selection_model_is_selected (model, position))
    gtk_selection_model_unselect_item (model, position);
  else
    gtk_selection_model_select_item (model, position, FALSE);
}
