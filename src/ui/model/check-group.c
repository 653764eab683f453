/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/check-group.h"

#include "model/check-activity.h"
#include "model/model-words.h"

#include <glib/gi18n.h>

/**
 * PaddockCheckGroup:
 *
 * The deep check of a model: begun here, how far it is, and what it found. It shows what the application's list of
 * activities knows of it, so that it does not matter who began it, nor whether this was there all the time.
 */
struct _PaddockCheckGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  PaddockActivityList *activities;   /* NULL: nothing can be begun */
  PaddockModelSnapshot *snapshot;
  PaddockCheckActivity *activity;    /* of these very files, or NULL */

  /* Template */
  GtkWidget *check_button;
  GtkWidget *row;
  GtkImage *icon;
  GtkLabel *title_label;
  GtkProgressBar *progress_bar;
  GtkLabel *detail_label;
  GtkWidget *stop_button;
};

enum
{
  JUDGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockCheckGroup, paddock_check_group, ADW_TYPE_PREFERENCES_GROUP)

static void
show_icon (PaddockCheckGroup *self, PaddockVerdict verdict)
{
  static const char * const styles[] = { "success", "warning", "error" };

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), paddock_model_words_get_verdict_style (verdict));
  gtk_image_set_from_icon_name (self->icon, paddock_model_words_get_verdict_icon (verdict));
}

static void
update (PaddockCheckGroup *self)
{
  PaddockActivity *activity = self->activity != NULL ? PADDOCK_ACTIVITY (self->activity) : NULL;
  PaddockActivityState state = activity != NULL ? paddock_activity_get_state (activity) : PADDOCK_ACTIVITY_STOPPED;
  gboolean over = state >= PADDOCK_ACTIVITY_DONE;
  g_autofree char *status = activity != NULL ? paddock_activity_dup_status (activity) : NULL;
  g_autofree char *effort = activity != NULL ? paddock_check_activity_dup_effort (self->activity) : NULL;

  gtk_widget_set_sensitive (self->check_button, over);
  gtk_widget_set_visible (self->row, activity != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), over && state != PADDOCK_ACTIVITY_STOPPED);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), !over);
  gtk_widget_set_visible (self->stop_button, !over);
  gtk_widget_set_visible (GTK_WIDGET (self->detail_label), !over || effort != NULL);
  gtk_label_set_label (self->title_label, over && status != NULL ? status : _("Reading every tensor"));
  gtk_label_set_label (self->detail_label, over ? (effort != NULL ? effort : "") : status);
  show_icon (self, state == PADDOCK_ACTIVITY_DONE ? PADDOCK_VERDICT_ACCEPT : PADDOCK_VERDICT_REJECT);
  if (activity != NULL && !over)
    gtk_progress_bar_set_fraction (self->progress_bar, MAX (paddock_activity_get_fraction (activity), 0));
}

static void
on_state_changed (PaddockCheckGroup *self)
{
  update (self);
  if (paddock_check_group_get_report (self) != NULL)
    g_signal_emit (self, signals[JUDGED], 0);
}

static void
set_activity (PaddockCheckGroup *self, PaddockCheckActivity *activity)
{
  if (self->activity == activity)
    return;
  if (self->activity != NULL)
    g_signal_handlers_disconnect_by_data (self->activity, self);
  g_set_object (&self->activity, activity);
  if (activity == NULL)
    return;
  g_signal_connect_object (activity, "notify::status", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (activity, "notify::state", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
}

/* The newest of these files, whoever began it. */
static void
adopt_activity (PaddockCheckGroup *self)
{
  guint count = self->activities != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->activities)) : 0;

  for (guint i = 0; i < count && self->snapshot != NULL; i++)
    {
      g_autoptr (PaddockActivity) activity = g_list_model_get_item (G_LIST_MODEL (self->activities), i);

      if (PADDOCK_IS_CHECK_ACTIVITY (activity) &&
          paddock_check_activity_is_of (PADDOCK_CHECK_ACTIVITY (activity), self->snapshot))
        {
          set_activity (self, PADDOCK_CHECK_ACTIVITY (activity));
          break;
        }
    }
  update (self);
}

static void
on_stop_clicked (PaddockCheckGroup *self)
{
  if (self->activity != NULL)
    paddock_activity_stop (PADDOCK_ACTIVITY (self->activity));
}

static void
paddock_check_group_dispose (GObject *object)
{
  PaddockCheckGroup *self = PADDOCK_CHECK_GROUP (object);

  if (self->activities != NULL)
    g_signal_handlers_disconnect_by_data (self->activities, self);
  if (self->activity != NULL)
    g_signal_handlers_disconnect_by_data (self->activity, self);
  g_clear_object (&self->activity);
  g_clear_object (&self->activities);
  g_clear_pointer (&self->snapshot, paddock_model_snapshot_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_CHECK_GROUP);
  G_OBJECT_CLASS (paddock_check_group_parent_class)->dispose (object);
}

static void
paddock_check_group_class_init (PaddockCheckGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_check_group_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/check-group.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockCheckGroup, check_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockCheckGroup, row);
  gtk_widget_class_bind_template_child (widget_class, PaddockCheckGroup, icon);
  gtk_widget_class_bind_template_child (widget_class, PaddockCheckGroup, title_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockCheckGroup, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, PaddockCheckGroup, detail_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockCheckGroup, stop_button);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
  gtk_widget_class_bind_template_callback (widget_class, paddock_check_group_start);

  /**
   * PaddockCheckGroup::judged:
   *
   * The check has come to its end, and its report is there.
   */
  signals[JUDGED] = g_signal_new ("judged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
paddock_check_group_init (PaddockCheckGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_check_group_set_activities:
 * @self: the group
 * @activities: where the check is done
 *
 * Can be called once.
 */
void
paddock_check_group_set_activities (PaddockCheckGroup *self, PaddockActivityList *activities)
{
  g_return_if_fail (self->activities == NULL);

  self->activities = g_object_ref (activities);
  g_signal_connect_object (activities, "items-changed", G_CALLBACK (adopt_activity), self, G_CONNECT_SWAPPED);
}

/**
 * paddock_check_group_set_snapshot:
 * @self: the group
 * @snapshot: the model to check; what is under way for other files of it is stopped
 */
void
paddock_check_group_set_snapshot (PaddockCheckGroup *self, PaddockModelSnapshot *snapshot)
{
  if (self->activity != NULL && !paddock_check_activity_is_of (self->activity, snapshot))
    {
      paddock_activity_stop (PADDOCK_ACTIVITY (self->activity));
      set_activity (self, NULL);
    }
  paddock_model_snapshot_ref (snapshot);
  g_clear_pointer (&self->snapshot, paddock_model_snapshot_unref);
  self->snapshot = snapshot;
  gtk_widget_set_visible (GTK_WIDGET (self), snapshot->shards != NULL);
  adopt_activity (self);
}

/**
 * paddock_check_group_start:
 * @self: the group
 *
 * Checks the model's files, unless that is under way.
 */
void
paddock_check_group_start (PaddockCheckGroup *self)
{
  g_autoptr (PaddockActivity) activity = NULL;

  if (self->activities == NULL || self->snapshot == NULL || self->snapshot->shards == NULL ||
      !gtk_widget_get_sensitive (self->check_button))
    return;
  activity = paddock_check_activity_new (self->snapshot);
  paddock_activity_list_add (self->activities, activity);
}

/**
 * paddock_check_group_get_report:
 * @self: the group
 *
 * Returns: (transfer none) (nullable): the report on the model with what the check found
 */
PaddockModelReport *
paddock_check_group_get_report (PaddockCheckGroup *self)
{
  return self->activity != NULL ? paddock_check_activity_get_report (self->activity) : NULL;
}
