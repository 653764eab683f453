/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/discover-row.h"

#include "base/units.h"
#include "discover/discover-words.h"


struct _PaddockDiscoverRow
{
  AdwBin parent_instance;

  /* Owned */
  PaddockDiscoverItem *item;         /* NULL while it is not in use */

  gboolean made;                     /* it has its parts */

  /* Template; NULL while it has none */
  GtkLabel *title;
  GtkLabel *gate;
  GtkLabel *summary;
  GtkWidget *downloads_box;
  GtkLabel *downloads;
  GtkWidget *likes_box;
  GtkLabel *likes;
};

enum
{
  PROP_ITEM = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

/* Of a row with all its parts; 0: none was made yet. */
static int height;

G_DEFINE_FINAL_TYPE (PaddockDiscoverRow, paddock_discover_row, ADW_TYPE_BIN)

static void
show_count (GtkWidget *box, GtkLabel *label, gint64 count)
{
  g_autofree char *text = paddock_units_format_parameters (count);

  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (box, text != NULL);
}

static void
update (PaddockDiscoverRow *self)
{
  const PaddockHubRepository *repository = paddock_discover_item_get_repository (self->item);
  const char *gate = paddock_discover_words_get_gate (repository);
  g_autofree char *title = paddock_discover_words_dup_name (repository);
  g_autofree char *summary = paddock_discover_words_dup_summary (repository);
  g_autofree char *age = paddock_discover_words_dup_age (repository->modified, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *line = g_strjoin (" · ", summary, age, NULL);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->gate, gate != NULL ? gate : "");
  gtk_widget_set_visible (GTK_WIDGET (self->gate), gate != NULL);
  gtk_label_set_label (self->summary, line);
  show_count (self->downloads_box, self->downloads, repository->downloads);
  show_count (self->likes_box, self->likes, repository->likes);
}

/* All rows have one height, whatever they say. */
static void
make (PaddockDiscoverRow *self)
{
  if (self->made)
    return;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self->gate), TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, -1);
  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, height);
  self->made = TRUE;
}

/* A list makes far more rows than it shows: they have their parts when they are shown. */
static void
paddock_discover_row_map (GtkWidget *widget)
{
  PaddockDiscoverRow *self = PADDOCK_DISCOVER_ROW (widget);

  make (self);
  GTK_WIDGET_CLASS (paddock_discover_row_parent_class)->map (widget);
  if (self->item != NULL)
    update (self);
}

/* What is only an icon and a short number is told in words when the pointer rests on it. */
static gboolean
paddock_discover_row_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  PaddockDiscoverRow *self = PADDOCK_DISCOVER_ROW (widget);
  GtkWidget *part = keyboard ? NULL : gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT);
  g_autofree char *text = NULL;

  if (self->item == NULL || part == NULL || !self->made)
    return FALSE;
  if (part == self->downloads_box || gtk_widget_is_ancestor (part, self->downloads_box))
    text = paddock_discover_words_dup_downloads (paddock_discover_item_get_repository (self->item));
  else if (part == self->likes_box || gtk_widget_is_ancestor (part, self->likes_box))
    text = paddock_discover_words_dup_likes (paddock_discover_item_get_repository (self->item));
  else if (part == GTK_WIDGET (self->title))
    text = paddock_units_escape (paddock_discover_item_get_repository (self->item)->id, -1, 0);
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
paddock_discover_row_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  switch (property)
    {
    case PROP_ITEM:
      g_value_set_object (value, PADDOCK_DISCOVER_ROW (object)->item);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_discover_row_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  PaddockDiscoverRow *self = PADDOCK_DISCOVER_ROW (object);

  switch (property)
    {
    case PROP_ITEM:
      if (g_set_object (&self->item, g_value_get_object (value)) && self->item != NULL &&
          gtk_widget_get_mapped (GTK_WIDGET (self)))
        update (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_discover_row_dispose (GObject *object)
{
  PaddockDiscoverRow *self = PADDOCK_DISCOVER_ROW (object);

  g_clear_object (&self->item);
  if (self->made)
    gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_DISCOVER_ROW);
  self->made = FALSE;
  G_OBJECT_CLASS (paddock_discover_row_parent_class)->dispose (object);
}

static void
paddock_discover_row_class_init (PaddockDiscoverRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = paddock_discover_row_get_property;
  object_class->set_property = paddock_discover_row_set_property;
  object_class->dispose = paddock_discover_row_dispose;
  widget_class->map = paddock_discover_row_map;
  widget_class->query_tooltip = paddock_discover_row_query_tooltip;
  properties[PROP_ITEM]
      = g_param_spec_object ("item", NULL, NULL, PADDOCK_TYPE_DISCOVER_ITEM, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/discover-row.ui");
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
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  if (height > 0)
    gtk_widget_set_size_request (GTK_WIDGET (self), -1, height);
  else
    make (self);
}
