/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-cell.h"

#include "library/library-words.h"
#include "widgets/fit-badge.h"

typedef struct
{
  /* Owned */
  PaddockLibraryItem *item;          /* NULL while the cell is not in use */

  char *label;                       /* NULL: it was never shown */

  const char *style;                 /* the class that the state has now */
  gboolean selecting, selected;
  gboolean made;                     /* it has its parts */

  /* Of the template of what derives from it; NULL while it has none */
  GtkCheckButton *check;
  GtkLabel *title;
  GtkWidget *favourite;
  GtkLabel *tags;
  PaddockFitBadge *badge;
  GtkLabel *state;
  GtkLabel *summary;
  GtkLabel *size;
  GtkLabel *places;
  GtkWidget *menu_button;
} PaddockLibraryCellPrivate;

enum
{
  PROP_ITEM = 1,
  PROP_LABEL,
  PROP_SELECTING,
  PROP_SELECTED,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PaddockLibraryCell, paddock_library_cell, ADW_TYPE_BIN)

static PaddockLibraryCellPrivate *
get_private (PaddockLibraryCell *self)
{
  return paddock_library_cell_get_instance_private (self);
}

static void
on_menu_clicked (PaddockLibraryCell *self)
{
  const PaddockLibraryCellPrivate *priv = get_private (self);

  if (priv->item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "entry.menu", "s", paddock_library_item_get_entry (priv->item)->id);
}

/* Cells that nobody sees are judged when they are seen: there may be thousands. */
static void
update_fit (PaddockLibraryCell *self)
{
  PaddockLibraryCellPrivate *priv = get_private (self);
  PaddockLibraryFits *fits = priv->item != NULL ? paddock_library_item_get_fits (priv->item) : NULL;
  PaddockLibraryFit fit;
  gboolean known;

  if (fits == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  known = paddock_library_fits_look (fits, paddock_library_item_get_entry (priv->item), &fit);
  if (known)
    paddock_fit_badge_set_fit (priv->badge, fit.fit, fit.needed, fit.available);
  gtk_widget_set_visible (GTK_WIDGET (priv->badge), known);
}

static void
update_state (PaddockLibraryCellPrivate *priv, const PaddockLibraryEntry *entry)
{
  g_autofree char *state = paddock_library_words_dup_state (entry);

  if (priv->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (priv->state), priv->style);
  priv->style = paddock_library_words_get_state_style (entry->state);
  gtk_widget_add_css_class (GTK_WIDGET (priv->state), priv->style);
  gtk_label_set_label (priv->state, state != NULL ? state : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->state), state != NULL);
}

static void
update (PaddockLibraryCell *self)
{
  PaddockLibraryCellPrivate *priv = get_private (self);
  const PaddockLibraryEntry *entry = priv->item != NULL ? paddock_library_item_get_entry (priv->item) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *tags = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *size = NULL;
  g_autofree char *places = NULL;

  /* It is filled when it is shown. */
  if (entry == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  title = paddock_library_words_dup_title (entry);
  tags = paddock_library_words_dup_tags (entry);
  summary = paddock_library_words_dup_summary (entry);
  size = paddock_library_words_dup_size (entry);
  places = paddock_library_words_dup_places (entry);
  gtk_label_set_label (priv->title, title);
  gtk_widget_set_visible (priv->favourite, entry->record->favourite);
  gtk_label_set_label (priv->tags, tags);
  gtk_widget_set_visible (GTK_WIDGET (priv->tags), *tags != '\0');
  gtk_label_set_label (priv->summary, summary);
  gtk_label_set_label (priv->size, size);
  gtk_label_set_label (priv->places, places);
  update_state (priv, entry);
  gtk_widget_set_visible (GTK_WIDGET (priv->badge), FALSE);
  update_fit (self);
  g_free (priv->label);
  priv->label = paddock_library_words_dup_label (entry);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

static void
forget_item (PaddockLibraryCell *self)
{
  PaddockLibraryItem *item = get_private (self)->item;

  if (item == NULL)
    return;
  g_signal_handlers_disconnect_by_data (item, self);
  if (paddock_library_item_get_fits (item) != NULL)
    g_signal_handlers_disconnect_by_data (paddock_library_item_get_fits (item), self);
}

static void
set_item (PaddockLibraryCell *self, PaddockLibraryItem *item)
{
  PaddockLibraryCellPrivate *priv = get_private (self);

  if (priv->item == item)
    return;
  forget_item (self);
  g_set_object (&priv->item, item);
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

/* What can be done with one model is in the way while many are meant. */
static void
update_selecting (PaddockLibraryCellPrivate *priv)
{
  if (!priv->made)
    return;
  gtk_widget_set_visible (GTK_WIDGET (priv->check), priv->selecting);
  gtk_widget_set_visible (priv->menu_button, !priv->selecting);
  gtk_check_button_set_active (priv->check, priv->selected);
}

static void
set_selecting (PaddockLibraryCell *self, gboolean selecting)
{
  PaddockLibraryCellPrivate *priv = get_private (self);

  if (priv->selecting == selecting)
    return;
  priv->selecting = selecting;
  update_selecting (priv);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTING]);
}

static void
set_selected (PaddockLibraryCell *self, gboolean selected)
{
  PaddockLibraryCellPrivate *priv = get_private (self);

  if (priv->selected == selected)
    return;
  priv->selected = selected;
  update_selecting (priv);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
paddock_library_cell_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  const PaddockLibraryCellPrivate *priv = get_private (PADDOCK_LIBRARY_CELL (object));

  switch (property)
    {
    case PROP_ITEM:
      g_value_set_object (value, priv->item);
      break;
    case PROP_LABEL:
      g_value_set_string (value, priv->label);
      break;
    case PROP_SELECTING:
      g_value_set_boolean (value, priv->selecting);
      break;
    case PROP_SELECTED:
      g_value_set_boolean (value, priv->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_library_cell_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  PaddockLibraryCell *self = PADDOCK_LIBRARY_CELL (object);

  switch (property)
    {
    case PROP_ITEM:
      set_item (self, g_value_get_object (value));
      break;
    case PROP_SELECTING:
      set_selecting (self, g_value_get_boolean (value));
      break;
    case PROP_SELECTED:
      set_selected (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
bind_parts (PaddockLibraryCell *self)
{
  PaddockLibraryCellPrivate *priv = get_private (self);
  GtkWidget *widget = GTK_WIDGET (self);
  GType type = G_OBJECT_TYPE (self);

  priv->check = GTK_CHECK_BUTTON (gtk_widget_get_template_child (widget, type, "check"));
  priv->title = GTK_LABEL (gtk_widget_get_template_child (widget, type, "title"));
  priv->favourite = GTK_WIDGET (gtk_widget_get_template_child (widget, type, "favourite"));
  priv->tags = GTK_LABEL (gtk_widget_get_template_child (widget, type, "tags"));
  priv->badge = PADDOCK_FIT_BADGE (gtk_widget_get_template_child (widget, type, "badge"));
  priv->state = GTK_LABEL (gtk_widget_get_template_child (widget, type, "state"));
  priv->summary = GTK_LABEL (gtk_widget_get_template_child (widget, type, "summary"));
  priv->size = GTK_LABEL (gtk_widget_get_template_child (widget, type, "size"));
  priv->places = GTK_LABEL (gtk_widget_get_template_child (widget, type, "places"));
  priv->menu_button = GTK_WIDGET (gtk_widget_get_template_child (widget, type, "menu_button"));
}

static void
make (PaddockLibraryCell *self)
{
  PaddockLibraryCellPrivate *priv = get_private (self);

  if (priv->made)
    return;
  gtk_widget_init_template (GTK_WIDGET (self));
  bind_parts (self);
  gtk_widget_set_size_request (GTK_WIDGET (self), -1, -1);
  priv->made = TRUE;
  update_selecting (priv);
}

/* Cells of one type have one height, whatever they say. */
static void
learn_height (PaddockLibraryCell *self)
{
  gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_VERTICAL, -1, NULL, &PADDOCK_LIBRARY_CELL_GET_CLASS (self)->height,
                      NULL, NULL);
}

static void
paddock_library_cell_map (GtkWidget *widget)
{
  PaddockLibraryCell *self = PADDOCK_LIBRARY_CELL (widget);

  make (self);
  GTK_WIDGET_CLASS (paddock_library_cell_parent_class)->map (widget);
  update (self);
  learn_height (self);
}

/* The words for what the pointer rests on are only found when it does: to tell the toolkit of them for every cell that
   scrolls by would take longer than all the rest. */
static gboolean
paddock_library_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  const PaddockLibraryCellPrivate *priv = get_private (PADDOCK_LIBRARY_CELL (widget));
  const PaddockLibraryEntry *entry = priv->item != NULL ? paddock_library_item_get_entry (priv->item) : NULL;
  GtkWidget *part = keyboard ? GTK_WIDGET (priv->places) : gtk_widget_pick (widget, x, y, GTK_PICK_DEFAULT);
  g_autofree char *text = NULL;

  if (entry == NULL || part == NULL || !priv->made)
    return FALSE;
  if (part == GTK_WIDGET (priv->state))
    text = paddock_library_words_dup_reason (entry);
  else if (part == GTK_WIDGET (priv->summary))
    text = paddock_library_words_dup_summary (entry);
  else if (part == GTK_WIDGET (priv->places))
    text = paddock_library_words_dup_paths (entry);
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
paddock_library_cell_dispose (GObject *object)
{
  PaddockLibraryCellPrivate *priv = get_private (PADDOCK_LIBRARY_CELL (object));

  forget_item (PADDOCK_LIBRARY_CELL (object));
  g_clear_object (&priv->item);
  if (priv->made)
    gtk_widget_dispose_template (GTK_WIDGET (object), G_OBJECT_TYPE (object));
  priv->made = FALSE;
  G_OBJECT_CLASS (paddock_library_cell_parent_class)->dispose (object);
}

static void
paddock_library_cell_finalize (GObject *object)
{
  g_free (get_private (PADDOCK_LIBRARY_CELL (object))->label);
  G_OBJECT_CLASS (paddock_library_cell_parent_class)->finalize (object);
}

static void
paddock_library_cell_class_init (PaddockLibraryCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = paddock_library_cell_get_property;
  object_class->set_property = paddock_library_cell_set_property;
  object_class->dispose = paddock_library_cell_dispose;
  object_class->finalize = paddock_library_cell_finalize;
  GTK_WIDGET_CLASS (klass)->map = paddock_library_cell_map;
  GTK_WIDGET_CLASS (klass)->query_tooltip = paddock_library_cell_query_tooltip;
  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, PADDOCK_TYPE_LIBRARY_ITEM,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTING] = g_param_spec_boolean ("selecting", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTED] = g_param_spec_boolean ("selected", NULL, NULL, FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
paddock_library_cell_init (PaddockLibraryCell *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/* The names of the parts that every template has. */
static const char *const parts[] = {
  "check", "title", "favourite", "tags", "badge", "state", "summary", "size", "places", "menu_button",
};

/**
 * paddock_library_cell_class_set_template:
 * @widget_class: of what derives from it
 * @resource: path of its template
 */
void
paddock_library_cell_class_set_template (GtkWidgetClass *widget_class, const char *resource)
{
  g_type_ensure (PADDOCK_TYPE_FIT_BADGE);
  gtk_widget_class_set_template_from_resource (widget_class, resource);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_widget_class_bind_template_child_full (widget_class, parts[i], FALSE, 0);
  gtk_widget_class_bind_template_callback (widget_class, on_menu_clicked);
}

/**
 * paddock_library_cell_init_parts:
 * @self: a cell of a type with a template
 *
 * Only the first cell has its parts at once, so that the others know how much room they will take.
 */
void
paddock_library_cell_init_parts (PaddockLibraryCell *self)
{
  PaddockLibraryCellClass *klass = PADDOCK_LIBRARY_CELL_GET_CLASS (self);

  if (klass->height > 0)
    gtk_widget_set_size_request (GTK_WIDGET (self), -1, klass->height);
  else
    {
      make (self);
      learn_height (self);
    }
}

/**
 * paddock_library_cell_get_item:
 * @self: the cell
 *
 * Returns: (transfer none) (nullable): what it shows
 */
PaddockLibraryItem *
paddock_library_cell_get_item (PaddockLibraryCell *self)
{
  return get_private (self)->item;
}

GtkWidget *
paddock_library_cell_get_menu_button (PaddockLibraryCell *self)
{
  return get_private (self)->menu_button;
}
