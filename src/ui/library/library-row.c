/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-row.h"

#include "library/library-words.h"
#include "widgets/fit-badge.h"

/**
 * PaddockLibraryRow:
 *
 * A recycled row of the library.
 */
struct _PaddockLibraryRow
{
  AdwBin parent_instance;

  /* Owned */
  PaddockLibraryItem *item;          /* NULL while the row is not in use */

  const char *style;                 /* the class that the state has now */

  /* Template */
  GtkLabel *title;
  GtkWidget *favourite;
  GtkLabel *tags;
  PaddockFitBadge *badge;
  GtkLabel *state;
  GtkLabel *summary;
  GtkLabel *size;
  GtkLabel *places;
};

enum
{
  PROP_ITEM = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PaddockLibraryRow, paddock_library_row, ADW_TYPE_BIN)

static void
on_menu_clicked (PaddockLibraryRow *self)
{
  if (self->item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "entry.menu", "s", paddock_library_item_get_entry (self->item)->id);
}

/* Rows that nobody sees are judged when they are seen: there may be thousands. */
static void
update_fit (PaddockLibraryRow *self)
{
  PaddockLibraryFits *fits = self->item != NULL ? paddock_library_item_get_fits (self->item) : NULL;
  PaddockLibraryFit fit;
  gboolean known;

  if (fits == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  known = paddock_library_fits_look (fits, paddock_library_item_get_entry (self->item), &fit);
  if (known)
    paddock_fit_badge_set_fit (self->badge, fit.fit, fit.needed, fit.available);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), known);
}

static void
update_state (PaddockLibraryRow *self, const PaddockLibraryEntry *entry)
{
  g_autofree char *state = paddock_library_words_dup_state (entry);
  g_autofree char *reason = state != NULL ? paddock_library_words_dup_reason (entry) : NULL;

  if (self->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), self->style);
  self->style = paddock_library_words_get_state_style (entry->state);
  gtk_widget_add_css_class (GTK_WIDGET (self->state), self->style);
  gtk_label_set_label (self->state, state != NULL ? state : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->state), reason);
  gtk_widget_set_visible (GTK_WIDGET (self->state), state != NULL);
}

static void
update (PaddockLibraryRow *self)
{
  const PaddockLibraryEntry *entry = self->item != NULL ? paddock_library_item_get_entry (self->item) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *tags = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *size = NULL;
  g_autofree char *places = NULL;
  g_autofree char *paths = NULL;

  if (entry == NULL)
    return;
  title = paddock_library_words_dup_title (entry);
  tags = paddock_library_words_dup_tags (entry);
  summary = paddock_library_words_dup_summary (entry);
  size = paddock_library_words_dup_size (entry);
  places = paddock_library_words_dup_places (entry);
  paths = paddock_library_words_dup_paths (entry);
  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (self->favourite, entry->record->favourite);
  gtk_label_set_label (self->tags, tags);
  gtk_widget_set_visible (GTK_WIDGET (self->tags), *tags != '\0');
  gtk_label_set_label (self->summary, summary);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary), summary);
  gtk_label_set_label (self->size, size);
  gtk_label_set_label (self->places, places);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->places), paths);
  update_state (self, entry);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), FALSE);
  update_fit (self);
}

static void
forget_item (PaddockLibraryRow *self)
{
  if (self->item == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->item, self);
  if (paddock_library_item_get_fits (self->item) != NULL)
    g_signal_handlers_disconnect_by_data (paddock_library_item_get_fits (self->item), self);
}

static void
set_item (PaddockLibraryRow *self, PaddockLibraryItem *item)
{
  if (self->item == item)
    return;
  forget_item (self);
  g_set_object (&self->item, item);
  if (item != NULL)
    {
      g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      if (paddock_library_item_get_fits (item) != NULL)
        g_signal_connect_object (paddock_library_item_get_fits (item), "judged", G_CALLBACK (update_fit), self,
                                 G_CONNECT_SWAPPED);
    }
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}

static void
paddock_library_row_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  switch (property)
    {
    case PROP_ITEM:
      g_value_set_object (value, PADDOCK_LIBRARY_ROW (object)->item);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_library_row_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  switch (property)
    {
    case PROP_ITEM:
      set_item (PADDOCK_LIBRARY_ROW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_library_row_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (paddock_library_row_parent_class)->map (widget);
  update_fit (PADDOCK_LIBRARY_ROW (widget));
}

static void
paddock_library_row_dispose (GObject *object)
{
  PaddockLibraryRow *self = PADDOCK_LIBRARY_ROW (object);

  forget_item (self);
  g_clear_object (&self->item);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_LIBRARY_ROW);
  G_OBJECT_CLASS (paddock_library_row_parent_class)->dispose (object);
}

static void
paddock_library_row_class_init (PaddockLibraryRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = paddock_library_row_get_property;
  object_class->set_property = paddock_library_row_set_property;
  object_class->dispose = paddock_library_row_dispose;
  widget_class->map = paddock_library_row_map;
  g_type_ensure (PADDOCK_TYPE_FIT_BADGE);
  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, PADDOCK_TYPE_LIBRARY_ITEM,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/library-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryRow, title);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryRow, favourite);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryRow, tags);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryRow, badge);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryRow, state);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryRow, summary);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryRow, size);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryRow, places);
  gtk_widget_class_bind_template_callback (widget_class, on_menu_clicked);
}

static void
paddock_library_row_init (PaddockLibraryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_library_row_get_item:
 * @self: the row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
PaddockLibraryItem *
paddock_library_row_get_item (PaddockLibraryRow *self)
{
  return self->item;
}
