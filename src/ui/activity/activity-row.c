/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "activity/activity-row.h"

/**
 * PaddockActivityRow:
 *
 * One activity: what it is, how far, how it ended; a button to stop it and one to go to the page it belongs to.
 */
struct _PaddockActivityRow
{
  GtkListBoxRow parent_instance;

  /* Owned */
  PaddockActivity *activity;

  /* Template */
  GtkProgressBar *progress_bar;
  GtkLabel *status_label;
  GtkWidget *show_button;
  GtkWidget *stop_button;
};

enum
{
  PROP_ACTIVITY = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PaddockActivityRow, paddock_activity_row, GTK_TYPE_LIST_BOX_ROW)

static void
on_state_changed (PaddockActivityRow *self)
{
  gboolean failed = paddock_activity_get_state (self->activity) == PADDOCK_ACTIVITY_FAILED;
  gboolean over = paddock_activity_is_over (self->activity);
  GtkRoot *root = gtk_widget_get_root (self->stop_button);
  gboolean had_focus = root != NULL && gtk_root_get_focus (root) == self->stop_button;

  gtk_widget_remove_css_class (GTK_WIDGET (self->status_label), failed ? "dimmed" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->status_label), failed ? "error" : "dimmed");
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), !over);
  gtk_widget_set_visible (self->stop_button, !over);
  gtk_widget_set_visible (self->show_button, over && paddock_activity_get_path (self->activity) != NULL);
  /* Whoever stops it from the keyboard is still where they were. */
  if (over && had_focus)
    gtk_widget_grab_focus (gtk_widget_get_visible (self->show_button) ? self->show_button : GTK_WIDGET (self));
}

static void
on_fraction_changed (PaddockActivityRow *self)
{
  double fraction = paddock_activity_get_fraction (self->activity);

  if (fraction < 0)
    gtk_progress_bar_pulse (self->progress_bar);
  else
    gtk_progress_bar_set_fraction (self->progress_bar, fraction);
}

static void
on_stop_clicked (PaddockActivityRow *self)
{
  paddock_activity_stop (self->activity);
}

static void
on_show_clicked (PaddockActivityRow *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);
  const char *path = paddock_activity_get_path (self->activity);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_activate_action (GTK_WIDGET (self), "app.show-model", "(^ays)", path, paddock_activity_get_view (self->activity));
}

static void
set_activity (PaddockActivityRow *self, PaddockActivity *activity)
{
  g_assert (self->activity == NULL && activity != NULL);
  self->activity = g_object_ref (activity);
  g_signal_connect_object (activity, "notify::state", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (activity, "notify::fraction", G_CALLBACK (on_fraction_changed), self, G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress_bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  paddock_activity_get_subtitle (activity), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  paddock_activity_get_title (activity), -1);
  on_state_changed (self);
  on_fraction_changed (self);
}

static void
paddock_activity_row_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  switch (property)
    {
    case PROP_ACTIVITY:
      g_value_set_object (value, PADDOCK_ACTIVITY_ROW (object)->activity);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_activity_row_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  switch (property)
    {
    case PROP_ACTIVITY:
      set_activity (PADDOCK_ACTIVITY_ROW (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_activity_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_ACTIVITY_ROW);
  G_OBJECT_CLASS (paddock_activity_row_parent_class)->dispose (object);
}

static void
paddock_activity_row_finalize (GObject *object)
{
  g_clear_object (&PADDOCK_ACTIVITY_ROW (object)->activity);
  G_OBJECT_CLASS (paddock_activity_row_parent_class)->finalize (object);
}

static void
paddock_activity_row_class_init (PaddockActivityRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = paddock_activity_row_get_property;
  object_class->set_property = paddock_activity_row_set_property;
  object_class->dispose = paddock_activity_row_dispose;
  object_class->finalize = paddock_activity_row_finalize;

  /**
   * PaddockActivityRow:activity:
   *
   * What it shows.
   */
  properties[PROP_ACTIVITY] =
    g_param_spec_object ("activity", NULL, NULL, PADDOCK_TYPE_ACTIVITY,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (PADDOCK_TYPE_ACTIVITY);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/activity-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockActivityRow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, PaddockActivityRow, status_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockActivityRow, show_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockActivityRow, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, on_show_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
}

static void
paddock_activity_row_init (PaddockActivityRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_activity_row_new:
 * @activity: what to show
 *
 * Returns: (transfer full): the row
 */
GtkWidget *
paddock_activity_row_new (PaddockActivity *activity)
{
  return g_object_new (PADDOCK_TYPE_ACTIVITY_ROW, "activity", activity, NULL);
}
