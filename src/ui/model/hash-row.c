/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/hash-row.h"

#include "base/units.h"
#include "model/hash-job.h"
#include "model/model-words.h"

#include <glib/gi18n.h>

#define SETTLED_SECONDS 1.0          /* before that, a rate would be a guess */

/**
 * PaddockHashRow:
 *
 * The SHA-256 of one file: asked for, being computed, known and compared with what was recorded.
 */
struct _PaddockHashRow
{
  AdwPreferencesRow parent_instance;

  /* Owned */
  char *path;
  char *sha256;
  GCancellable *cancellable;         /* while it is being hashed */

  /* Template */
  GtkLabel *name_label;
  GtkLabel *hash_label;
  GtkLabel *state_label;
  GtkWidget *progress_box;
  GtkProgressBar *progress_bar;
  GtkLabel *progress_label;
  GtkWidget *stop_button;
  GtkWidget *copy_button;

  gint64 started;
};

enum
{
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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

static char *
describe_progress (guint64 done, guint64 total, double seconds)
{
  g_autofree char *done_text = paddock_units_format_size (done);
  g_autofree char *total_text = paddock_units_format_size (total);
  g_autofree char *rate_text = NULL;
  g_autofree char *left_text = NULL;
  double rate = seconds > 0 ? (double) done / seconds : 0;

  if (seconds < SETTLED_SECONDS || rate < 1)
    /* Translators: a part of a whole, both sizes. */
    return g_strdup_printf (_("%s of %s"), done_text, total_text);
  rate_text = paddock_units_format_size ((guint64) rate);
  left_text = paddock_units_format_duration ((guint64) ((double) (total - MIN (done, total)) / rate));
  /* Translators: a part of a whole, the rate and how long it still takes: "1 GB of 4 GB · 1.4 GB/s · 2 s left". */
  return g_strdup_printf (_("%s of %s · %s/s · %s left"), done_text, total_text, rate_text, left_text);
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  PaddockHashRow *self = user_data;
  g_autofree char *text = NULL;

  if (total == 0)
    return;
  text = describe_progress (done, total, (double) (g_get_monotonic_time () - self->started) / G_USEC_PER_SEC);
  gtk_progress_bar_set_fraction (self->progress_bar, CLAMP ((double) done / (double) total, 0, 1));
  gtk_label_set_label (self->progress_label, text);
}

static void
show_result (PaddockHashRow *self, const PaddockHashJob *job)
{
  g_autofree char *source = NULL;
  g_autofree char *text = NULL;

  g_set_str (&self->sha256, job->sha256);
  gtk_label_set_label (self->hash_label, job->sha256);
  gtk_widget_set_visible (GTK_WIDGET (self->hash_label), TRUE);
  gtk_widget_set_visible (self->copy_button, TRUE);
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
on_hashed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockHashRow) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHashJob) job = paddock_hash_job_run_finish (result, &error);
  gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_clear_object (&self->cancellable);
  if (self->progress_box == NULL)
    return;
  gtk_widget_set_visible (self->progress_box, FALSE);
  gtk_widget_set_visible (self->stop_button, FALSE);
  if (job != NULL)
    show_result (self, job);
  else if (stopped)
    show_state (self, _("Stopped"), "dimmed");
  else
    {
      g_autofree char *message = paddock_units_escape (error->message, -1, 300);

      show_state (self, message, "error");
    }
  g_signal_emit (self, signals[DONE], 0, !stopped);
}

static void
on_copy_clicked (PaddockHashRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->sha256);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), _("Copied"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
paddock_hash_row_dispose (GObject *object)
{
  PaddockHashRow *self = PADDOCK_HASH_ROW (object);

  paddock_hash_row_stop (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_HASH_ROW);
  G_OBJECT_CLASS (paddock_hash_row_parent_class)->dispose (object);
}

static void
paddock_hash_row_finalize (GObject *object)
{
  PaddockHashRow *self = PADDOCK_HASH_ROW (object);

  g_clear_object (&self->cancellable);
  g_free (self->sha256);
  g_free (self->path);
  G_OBJECT_CLASS (paddock_hash_row_parent_class)->finalize (object);
}

static void
paddock_hash_row_class_init (PaddockHashRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_hash_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_hash_row_finalize;
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
  gtk_widget_class_bind_template_callback (widget_class, paddock_hash_row_stop);

  /**
   * PaddockHashRow::done:
   * @go_on: whether other files should still be hashed
   */
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_BOOLEAN);
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
 * Returns: (transfer full): the row, not hashing yet
 */
GtkWidget *
paddock_hash_row_new (const char *path)
{
  PaddockHashRow *self = g_object_new (PADDOCK_TYPE_HASH_ROW, NULL);
  g_autofree char *name = paddock_model_words_dup_file_name (path);

  self->path = g_strdup (path);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  gtk_label_set_label (self->name_label, name);
  return GTK_WIDGET (self);
}

/**
 * paddock_hash_row_start:
 * @self: the row
 *
 * Hashes the file; #PaddockHashRow::done tells when that is over.
 */
void
paddock_hash_row_start (PaddockHashRow *self)
{
  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  self->started = g_get_monotonic_time ();
  show_state (self, "", "dimmed");
  gtk_widget_set_visible (GTK_WIDGET (self->hash_label), FALSE);
  gtk_widget_set_visible (self->copy_button, FALSE);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_label_set_label (self->progress_label, "");
  gtk_widget_set_visible (self->progress_box, TRUE);
  gtk_widget_set_visible (self->stop_button, TRUE);
  paddock_hash_job_run_async (self->path, on_progress, self, self->cancellable, on_hashed, g_object_ref (self));
}

void
paddock_hash_row_stop (PaddockHashRow *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}
