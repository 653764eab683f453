/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/stat-tile.h"

/**
 * PaddockStatTile:
 *
 * One number that matters, large, with what it is below.
 */
struct _PaddockStatTile
{
  AdwBin parent_instance;

  /* Template */
  GtkLabel *value_label;
  GtkLabel *caption_label;
};

G_DEFINE_FINAL_TYPE (PaddockStatTile, paddock_stat_tile, ADW_TYPE_BIN)

static void
paddock_stat_tile_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_STAT_TILE);
  G_OBJECT_CLASS (paddock_stat_tile_parent_class)->dispose (object);
}

static void
paddock_stat_tile_class_init (PaddockStatTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_stat_tile_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/stat-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockStatTile, value_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockStatTile, caption_label);
}

static void
paddock_stat_tile_init (PaddockStatTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_stat_tile_new:
 * @value: the number, formatted
 * @caption: what it is
 *
 * Returns: (transfer full): the tile
 */
GtkWidget *
paddock_stat_tile_new (const char *value, const char *caption)
{
  PaddockStatTile *self = g_object_new (PADDOCK_TYPE_STAT_TILE, NULL);

  gtk_label_set_label (self->value_label, value);
  gtk_label_set_label (self->caption_label, caption);
  return GTK_WIDGET (self);
}
