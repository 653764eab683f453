/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/tile.h"

typedef struct
{
  /* Owned */
  gpointer item;                     /* NULL while it is not in use */

  guint position, n_items;
  gboolean selected;
} PaddockTilePrivate;

enum
{
  ASKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PaddockTile, paddock_tile, GTK_TYPE_WIDGET)

static PaddockTilePrivate *
get_private (PaddockTile *self)
{
  return paddock_tile_get_instance_private (self);
}

static void
activate_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[ASKED], 0, PADDOCK_TILE_ACTIVATE);
}

static void
select_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[ASKED], 0, PADDOCK_TILE_SELECT);
}

static void
scroll_to_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[ASKED], 0, PADDOCK_TILE_SCROLL_TO);
}

static void
paddock_tile_dispose (GObject *object)
{
  g_clear_object (&get_private (PADDOCK_TILE (object))->item);
  G_OBJECT_CLASS (paddock_tile_parent_class)->dispose (object);
}

static void
paddock_tile_class_init (PaddockTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_tile_dispose;

  /**
   * PaddockTile::asked:
   * @wish: a PaddockTileWish
   *
   * Somebody who cannot point at it wants something of it.
   */
  signals[ASKED] = g_signal_new ("asked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_install_action (widget_class, "listitem.activate", NULL, activate_action);
  gtk_widget_class_install_action (widget_class, "listitem.select", NULL, select_action);
  gtk_widget_class_install_action (widget_class, "listitem.scroll-to", NULL, scroll_to_action);
}

static void
paddock_tile_init (PaddockTile *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "activatable");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, FALSE, -1);
}

gpointer
paddock_tile_get_item (PaddockTile *self)
{
  return get_private (self)->item;
}

guint
paddock_tile_get_position (PaddockTile *self)
{
  return get_private (self)->position;
}

gboolean
paddock_tile_get_selected (PaddockTile *self)
{
  return get_private (self)->selected;
}

/**
 * paddock_tile_set_item:
 * @self: a tile
 * @item: (nullable): what it is to show, NULL if it is not needed
 * @position: where that is
 * @n_items: of how many
 */
void
paddock_tile_set_item (PaddockTile *self, gpointer item, guint position, guint n_items)
{
  PaddockTilePrivate *priv = get_private (self);

  if (item != NULL && (priv->position != position || priv->n_items != n_items))
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_POS_IN_SET, (int) position + 1,
                                    GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) n_items, -1);
  priv->position = position;
  priv->n_items = n_items;
  if (g_set_object (&priv->item, item))
    PADDOCK_TILE_GET_CLASS (self)->show_item (self, item);
}

/**
 * paddock_tile_set_selected:
 * @self: a tile
 * @selected: whether what it shows is selected
 */
void
paddock_tile_set_selected (PaddockTile *self, gboolean selected)
{
  PaddockTilePrivate *priv = get_private (self);

  if (priv->selected == selected)
    return;
  priv->selected = selected;
  if (selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}
