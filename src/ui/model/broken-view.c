/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/broken-view.h"

#include "model/finding-row.h"
#include "model/model-words.h"

#define MAX_ROWS 20

/**
 * PaddockBrokenView:
 *
 * A file that is no model, or none that can be read: what it is instead, and what to do.
 */
struct _PaddockBrokenView
{
  AdwBin parent_instance;

  /* Owned */
  GPtrArray *rows;                   /* borrowed from the group */

  /* Template */
  GtkLabel *title_label;
  GtkLabel *message_label;
  GtkLabel *remedy_label;
  GtkWidget *show_button;
  AdwPreferencesGroup *findings_group;
};

G_DEFINE_FINAL_TYPE (PaddockBrokenView, paddock_broken_view, ADW_TYPE_BIN)

static void
paddock_broken_view_dispose (GObject *object)
{
  PaddockBrokenView *self = PADDOCK_BROKEN_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_BROKEN_VIEW);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (paddock_broken_view_parent_class)->dispose (object);
}

static void
paddock_broken_view_class_init (PaddockBrokenViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_broken_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/broken-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockBrokenView, title_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockBrokenView, message_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockBrokenView, remedy_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockBrokenView, show_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockBrokenView, findings_group);
}

static void
paddock_broken_view_init (PaddockBrokenView *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/**
 * paddock_broken_view_set_snapshot:
 * @self: the view
 * @snapshot: of a broken file
 */
void
paddock_broken_view_set_snapshot (PaddockBrokenView *self, PaddockModelSnapshot *snapshot)
{
  guint count = paddock_model_report_get_n_findings (snapshot->report);
  const PaddockFinding *worst = count > 0 ? paddock_model_report_get_finding (snapshot->report, 0) : NULL;

  show_text (self->title_label, paddock_model_words_get_problem_title (worst != NULL ? worst->code : NULL));
  show_text (self->message_label, worst != NULL ? worst->message : NULL);
  show_text (self->remedy_label, worst != NULL ? worst->remedy : NULL);
  gtk_widget_set_visible (self->show_button, paddock_model_snapshot_has_content (snapshot));
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->findings_group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < MIN (count, MAX_ROWS); i++)
    {
      GtkWidget *row = paddock_finding_row_new (paddock_model_report_get_finding (snapshot->report, i),
                                                paddock_model_report_ref (snapshot->report),
                                                (GDestroyNotify) paddock_model_report_unref);

      adw_preferences_group_add (self->findings_group, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->findings_group), count > 0);
}
