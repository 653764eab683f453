/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/discover-row.h"

#include "base/units.h"
#include "discover/discover-item.h"
#include "discover/discover-words.h"

struct _PaddockDiscoverRow
{
  PaddockTile parent_instance;

  /* Template */
  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *gate;
  GtkLabel *summary;
  GtkWidget *downloads_box;
  GtkLabel *downloads;
  GtkWidget *likes_box;
  GtkLabel *likes;
};

G_DEFINE_FINAL_TYPE (PaddockDiscoverRow, paddock_discover_row, PADDOCK_TYPE_TILE)

/* What is not known, or asked of nobody, keeps its room: all rows have one height, whatever they say. */
static void
show_count (GtkWidget *box, GtkLabel *label, gint64 count)
{
  g_autofree char *text = paddock_units_format_parameters (count);

  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_child_visible (box, text != NULL);
}

static void
show_gate (PaddockDiscoverRow *self, const char *gate)
{
  gtk_label_set_label (self->gate, gate != NULL ? gate : "");
  gtk_widget_set_child_visible (GTK_WIDGET (self->gate), gate != NULL);
}

static void
paddock_discover_row_show_item (PaddockTile *tile, gpointer item)
{
  PaddockDiscoverRow *self = PADDOCK_DISCOVER_ROW (tile);
  const PaddockHubRepository *repository = item != NULL ? paddock_discover_item_get_repository (item) : NULL;
  g_autofree char *title = NULL, *summary = NULL, *age = NULL, *line = NULL, *label = NULL;

  if (repository == NULL)
    return;
  title = paddock_discover_words_dup_name (repository);
  summary = paddock_discover_words_dup_summary (repository);
  age = paddock_discover_words_dup_age (repository->modified, g_get_real_time () / G_USEC_PER_SEC);
  line = g_strjoin (" · ", summary, age, NULL);
  label = paddock_discover_words_dup_label (repository);
  gtk_label_set_label (self->title, title);
  show_gate (self, paddock_discover_words_get_gate (repository));
  gtk_label_set_label (self->summary, line);
  show_count (self->downloads_box, self->downloads, repository->downloads);
  show_count (self->likes_box, self->likes, repository->likes);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* What is only an icon and a short number is told in words when the pointer rests on it. */
static gboolean
paddock_discover_row_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  PaddockDiscoverRow *self = PADDOCK_DISCOVER_ROW (widget);
  PaddockDiscoverItem *item = paddock_tile_get_item (PADDOCK_TILE (self));
  GtkWidget *part = keyboard ? NULL : gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT);
  g_autofree char *text = NULL;

  if (item == NULL || part == NULL)
    return FALSE;
  if (part == self->downloads_box || gtk_widget_is_ancestor (part, self->downloads_box))
    text = paddock_discover_words_dup_downloads (paddock_discover_item_get_repository (item));
  else if (part == self->likes_box || gtk_widget_is_ancestor (part, self->likes_box))
    text = paddock_discover_words_dup_likes (paddock_discover_item_get_repository (item));
  else if (part == GTK_WIDGET (self->title))
    text = paddock_units_escape (paddock_discover_item_get_repository (item)->id, -1, 0);
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
paddock_discover_row_dispose (GObject *object)
{
  g_clear_pointer (&PADDOCK_DISCOVER_ROW (object)->box, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_DISCOVER_ROW);
  G_OBJECT_CLASS (paddock_discover_row_parent_class)->dispose (object);
}

static void
paddock_discover_row_class_init (PaddockDiscoverRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_discover_row_dispose;
  widget_class->query_tooltip = paddock_discover_row_query_tooltip;
  PADDOCK_TILE_CLASS (klass)->show_item = paddock_discover_row_show_item;
  gtk_widget_class_set_css_name (widget_class, "row");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/discover-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverRow, box);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverRow, title);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverRow, gate);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverRow, summary);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverRow, downloads_box);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverRow, downloads);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverRow, likes_box);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverRow, likes);
}

static void
paddock_discover_row_init (PaddockDiscoverRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/**
 * paddock_discover_row_new:
 *
 * Returns: (transfer floating): a row that shows nothing yet
 */
GtkWidget *
paddock_discover_row_new (void)
{
  return g_object_new (PADDOCK_TYPE_DISCOVER_ROW, NULL);
}
