/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/hash-row.h"

#include "activity/activity-words.h"
#include "model/model-words.h"

#include <glib/gi18n.h>

/**
 * PaddockHashRow:
 *
 * The SHA-256 of one file: not asked for, waiting, being computed, known and compared with what was recorded. It shows
 * what an activity knows of it.
 */
struct _PaddockHashRow
{
  AdwPreferencesRow parent_instance;

  /* Owned */
  PaddockHashActivity *activity;     /* NULL: nobody asked for the hash */

  /* Template */
  GtkLabel *name_label;
  GtkLabel *hash_label;
  GtkLabel *state_label;
  GtkWidget *progress_box;
  GtkProgressBar *progress_bar;
  GtkLabel *progress_label;
  GtkWidget *stop_button;
  GtkWidget *copy_button;

  guint file;                        /* of the activity's */
};

G_DEFINE_FINAL_TYPE (PaddockHashRow, paddock_hash_row, ADW_TYPE_PREFERENCES_ROW)

static void
show_state (PaddockHashRow *self, const char *text, const char *style)
{
  static const char * const styles[] = { "success", "error", "dimmed" };

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_label), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->state_label), style);
  gtk_label_set_label (self->state_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), *text != '\0');
}

static void
show_result (PaddockHashRow *self, const PaddockHashJob *job)
{
  g_autofree char *source = NULL;
  g_autofree char *text = NULL;

  gtk_label_set_label (self->hash_label, job->sha256);
  if (job->expected == NULL)
    {
      show_state (self, _("Compare it with the hash on the page that the file comes from."), "dimmed");
      return;
    }
  source = paddock_model_words_dup_file_name (job->expected_source);
  if (g_ascii_strcasecmp (job->expected, job->sha256) == 0)
    text = g_strdup_printf (_("This is the hash that %s records: every byte is as it should be."), source);
  else
    text = g_strdup_printf (_("%s records another hash, %s: the file is damaged or another one. Download it again."),
                            source, job->expected);
  show_state (self, text, g_ascii_strcasecmp (job->expected, job->sha256) == 0 ? "success" : "error");
}

static void
show_progress (PaddockHashRow *self)
{
  double rate = paddock_activity_get_rate (PADDOCK_ACTIVITY (self->activity));
  g_autofree char *text = NULL;
  guint64 done, total;

  paddock_hash_activity_get_progress (self->activity, &done, &total);
  text = paddock_activity_words_dup_progress (done, total, rate);
  gtk_progress_bar_set_fraction (self->progress_bar, total > 0 ? CLAMP ((double) done / (double) total, 0, 1) : 0);
  gtk_label_set_label (self->progress_label, text);
}

static void
show_waiting (PaddockHashRow *self, PaddockActivityState state)
{
  if (state == PADDOCK_ACTIVITY_STOPPED)
    show_state (self, _("Stopped"), "dimmed");
  else if (state == PADDOCK_ACTIVITY_WAITING || state == PADDOCK_ACTIVITY_RUNNING)
    show_state (self, _("Waiting for its turn"), "dimmed");
  else
    show_state (self, "", "dimmed");
}

static void
update (PaddockHashRow *self)
{
  const PaddockHashJob *job = self->activity != NULL ? paddock_hash_activity_get_job (self->activity, self->file) : NULL;
  const char *problem = self->activity != NULL ? paddock_hash_activity_get_problem (self->activity, self->file) : NULL;
  PaddockActivityState state =
    self->activity != NULL ? paddock_activity_get_state (PADDOCK_ACTIVITY (self->activity)) : PADDOCK_ACTIVITY_DONE;
  gboolean current = self->activity != NULL && paddock_hash_activity_get_current (self->activity) == self->file;
  gboolean running = current && state == PADDOCK_ACTIVITY_RUNNING;

  gtk_widget_set_visible (GTK_WIDGET (self->hash_label), job != NULL);
  gtk_widget_set_visible (self->copy_button, job != NULL);
  gtk_widget_set_visible (self->progress_box, running);
  gtk_widget_set_visible (self->stop_button, running || (current && state == PADDOCK_ACTIVITY_WAITING));
  if (job != NULL)
    show_result (self, job);
  else if (problem != NULL)
    show_state (self, problem, "error");
  else if (running)
    {
      show_state (self, "", "dimmed");
      show_progress (self);
    }
  else
    show_waiting (self, state);
}

static void
on_file_changed (PaddockHashRow *self, guint file)
{
  if (file == self->file)
    update (self);
}

static void
on_stop_clicked (PaddockHashRow *self)
{
  if (self->activity != NULL)
    paddock_activity_stop (PADDOCK_ACTIVITY (self->activity));
}

static void
on_copy_clicked (PaddockHashRow *self)
{
  const PaddockHashJob *job = paddock_hash_activity_get_job (self->activity, self->file);

  if (job == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), job->sha256);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _("Copied"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
paddock_hash_row_dispose (GObject *object)
{
  PaddockHashRow *self = PADDOCK_HASH_ROW (object);

  paddock_hash_row_set_activity (self, NULL, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_HASH_ROW);
  G_OBJECT_CLASS (paddock_hash_row_parent_class)->dispose (object);
}

static void
paddock_hash_row_class_init (PaddockHashRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_hash_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/hash-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockHashRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockHashRow, hash_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockHashRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockHashRow, progress_box);
  gtk_widget_class_bind_template_child (widget_class, PaddockHashRow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, PaddockHashRow, progress_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockHashRow, stop_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockHashRow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
}

static void
paddock_hash_row_init (PaddockHashRow *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  /* A hyphen at the end of a line would look like a part of the value. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (self->hash_label, attributes);
}

/**
 * paddock_hash_row_new:
 * @path: a file
 *
 * Returns: (transfer full): the row, without a hash
 */
GtkWidget *
paddock_hash_row_new (const char *path)
{
  PaddockHashRow *self = g_object_new (PADDOCK_TYPE_HASH_ROW, NULL);
  g_autofree char *name = paddock_model_words_dup_file_name (path);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  gtk_label_set_label (self->name_label, name);
  return GTK_WIDGET (self);
}

/**
 * paddock_hash_row_set_activity:
 * @self: the row
 * @activity: (nullable): what hashes the file, or has hashed it
 * @file: which of the activity's files it is
 */
void
paddock_hash_row_set_activity (PaddockHashRow *self, PaddockHashActivity *activity, guint file)
{
  if (self->activity == activity)
    return;
  if (self->activity != NULL)
    g_signal_handlers_disconnect_by_data (self->activity, self);
  g_set_object (&self->activity, activity);
  self->file = file;
  if (activity != NULL)
    {
      g_signal_connect_object (activity, "file-changed", G_CALLBACK (on_file_changed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (activity, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  if (self->progress_box != NULL)
    update (self);
}
