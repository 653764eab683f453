/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/opened-row.h"

#include "memory/memory-outlook.h"
#include "widgets/fit-badge.h"

/**
 * PaddockOpenedRow:
 *
 * A recycled row of the list of opened models.
 */
struct _PaddockOpenedRow
{
  AdwBin parent_instance;

  /* Owned */
  PaddockOpenedModel *model;         /* NULL while the row is not in use */

  char *style;                       /* the class that icon and state have now */

  /* Template */
  GtkWidget *verdict_icon;
  GtkWidget *state_label;
  PaddockFitBadge *badge;
};

enum
{
  PROP_MODEL = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PaddockOpenedRow, paddock_opened_row, ADW_TYPE_BIN)

static gboolean
has_text (PaddockOpenedRow *self, const char *text)
{
  return text != NULL && *text != '\0';
}

static void
on_remove_clicked (PaddockOpenedRow *self)
{
  if (self->model != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "files.remove", "s", paddock_opened_model_get_identity (self->model));
}

static void
update_style (PaddockOpenedRow *self)
{
  GtkWidget *widgets[] = { self->verdict_icon, self->state_label };
  g_autofree char *style = NULL;

  if (self->model != NULL)
    g_object_get (self->model, "verdict-style", &style, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (widgets) && widgets[i] != NULL; i++)
    {
      if (self->style != NULL)
        gtk_widget_remove_css_class (widgets[i], self->style);
      if (style != NULL)
        gtk_widget_add_css_class (widgets[i], style);
    }
  g_set_str (&self->style, style);
}

static PaddockMemoryOutlook *
judge (PaddockOpenedRow *self)
{
  PaddockMemorySettings *settings = paddock_opened_model_get_memory_settings (self->model);
  PaddockModelSnapshot *snapshot = paddock_opened_model_get_snapshot (self->model);
  PaddockHardwareSnapshot *machine =
    paddock_machine_choice_get_snapshot (paddock_opened_model_get_machines (self->model));

  if (settings == NULL || machine == NULL || snapshot->info->kind != PADDOCK_MODEL_LANGUAGE)
    return NULL;
  return paddock_memory_outlook_new (snapshot->shape, settings, machine, NULL);
}

/* Rows that nobody sees are judged when they are seen: there may be thousands. */
static void
update_fit (PaddockOpenedRow *self)
{
  g_autoptr (PaddockMemoryOutlook) outlook = NULL;

  if (self->model == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  outlook = judge (self);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), outlook != NULL);
  if (outlook != NULL)
    paddock_fit_badge_set_fit (self->badge, outlook->fit, outlook->needed, outlook->available);
}

static void
on_model_changed (PaddockOpenedRow *self)
{
  update_style (self);
  update_fit (self);
}

static void
forget_model (PaddockOpenedRow *self)
{
  if (self->model == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->model, self);
  g_signal_handlers_disconnect_by_data (paddock_opened_model_get_machines (self->model), self);
}

static void
set_model (PaddockOpenedRow *self, PaddockOpenedModel *model)
{
  if (self->model == model)
    return;
  forget_model (self);
  g_set_object (&self->model, model);
  if (model != NULL)
    {
      g_signal_connect_object (model, "changed", G_CALLBACK (on_model_changed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (paddock_opened_model_get_machines (model), "notify::snapshot", G_CALLBACK (update_fit), self,
                               G_CONNECT_SWAPPED);
    }
  if (self->badge != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->badge), FALSE);
  on_model_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

static void
paddock_opened_row_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  switch (property)
    {
    case PROP_MODEL:
      g_value_set_object (value, PADDOCK_OPENED_ROW (object)->model);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_opened_row_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  switch (property)
    {
    case PROP_MODEL:
      set_model (PADDOCK_OPENED_ROW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_opened_row_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (paddock_opened_row_parent_class)->map (widget);
  update_fit (PADDOCK_OPENED_ROW (widget));
}

static void
paddock_opened_row_dispose (GObject *object)
{
  PaddockOpenedRow *self = PADDOCK_OPENED_ROW (object);

  forget_model (self);
  g_clear_object (&self->model);
  g_clear_pointer (&self->style, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_OPENED_ROW);
  G_OBJECT_CLASS (paddock_opened_row_parent_class)->dispose (object);
}

static void
paddock_opened_row_class_init (PaddockOpenedRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = paddock_opened_row_get_property;
  object_class->set_property = paddock_opened_row_set_property;
  object_class->dispose = paddock_opened_row_dispose;
  widget_class->map = paddock_opened_row_map;
  g_type_ensure (PADDOCK_TYPE_FIT_BADGE);
  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, PADDOCK_TYPE_OPENED_MODEL,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/opened-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockOpenedRow, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, PaddockOpenedRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockOpenedRow, badge);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
paddock_opened_row_init (PaddockOpenedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
