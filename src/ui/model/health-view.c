/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/health-view.h"

#include "model/check-group.h"
#include "model/finding-row.h"
#include "model/hash-activity.h"
#include "model/hash-row.h"
#include "model/model-words.h"

#include <glib/gi18n.h>

#define MAX_ROWS 200                 /* findings beyond that say nothing new */

/**
 * PaddockHealthView:
 *
 * The judgement on a model in plain words, what was found and what to do about it, and the hashes of its files.
 */
struct _PaddockHealthView
{
  AdwBin parent_instance;

  /* Owned */
  PaddockActivityList *activities;   /* NULL: nothing can be begun */
  PaddockModelSnapshot *snapshot;
  PaddockHashActivity *hash;         /* what hashes or has hashed these very files, or NULL */
  PaddockModelReport *report;        /* while rows for its findings are still to come */
  GPtrArray *finding_rows;           /* borrowed from the groups */
  GPtrArray *hash_rows;

  /* Template */
  GtkImage *verdict_icon;
  GtkLabel *verdict_title;
  GtkLabel *verdict_description;
  AdwPreferencesGroup *findings_group;
  PaddockCheckGroup *check_group;
  AdwPreferencesGroup *hash_group;
  GtkWidget *verify_button;

  guint adding;                      /* source */
};

G_DEFINE_FINAL_TYPE (PaddockHealthView, paddock_health_view, ADW_TYPE_BIN)

static void
on_hash_state_changed (PaddockHealthView *self)
{
  gtk_widget_set_sensitive (self->verify_button,
                            self->hash == NULL || paddock_activity_is_over (PADDOCK_ACTIVITY (self->hash)));
}

static void
set_hash (PaddockHealthView *self, PaddockHashActivity *hash)
{
  if (self->hash == hash)
    return;
  if (self->hash != NULL)
    g_signal_handlers_disconnect_by_data (self->hash, self);
  g_set_object (&self->hash, hash);
  if (hash != NULL)
    g_signal_connect_object (hash, "notify::state", G_CALLBACK (on_hash_state_changed), self, G_CONNECT_SWAPPED);
}

/* What is under way for these files, whoever began it, is shown here too; and so is what came of it. */
static void
adopt_activities (PaddockHealthView *self)
{
  guint count = self->activities != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->activities)) : 0;
  gboolean found = FALSE;

  for (guint i = 0; i < count && !found && self->snapshot != NULL; i++)
    {
      g_autoptr (PaddockActivity) activity = g_list_model_get_item (G_LIST_MODEL (self->activities), i);

      found = PADDOCK_IS_HASH_ACTIVITY (activity) &&
              paddock_hash_activity_is_of (PADDOCK_HASH_ACTIVITY (activity), self->snapshot);
      if (found)
        set_hash (self, PADDOCK_HASH_ACTIVITY (activity));
    }
  for (guint i = 0; i < self->hash_rows->len; i++)
    paddock_hash_row_set_activity (g_ptr_array_index (self->hash_rows, i), self->hash, i);
  on_hash_state_changed (self);
}

static void
clear_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

static void
show_verdict (PaddockHealthView *self, PaddockVerdict verdict)
{
  static const char * const styles[] = { "success", "warning", "error" };

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->verdict_icon), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->verdict_icon), paddock_model_words_get_verdict_style (verdict));
  gtk_image_set_from_icon_name (self->verdict_icon, paddock_model_words_get_verdict_icon (verdict));
  gtk_label_set_label (self->verdict_title, paddock_model_words_get_verdict_title (verdict));
  gtk_label_set_label (self->verdict_description, paddock_model_words_get_verdict_description (verdict));
}

/* One at a time: each takes the main loop a while. */
static gboolean
add_finding (gpointer user_data)
{
  PaddockHealthView *self = user_data;
  guint count = MIN (paddock_model_report_get_n_findings (self->report), MAX_ROWS);

  if (self->finding_rows->len < count)
    {
      GtkWidget *row = paddock_finding_row_new (paddock_model_report_get_finding (self->report, self->finding_rows->len),
                                                paddock_model_report_ref (self->report),
                                                (GDestroyNotify) paddock_model_report_unref);

      adw_preferences_group_add (self->findings_group, row);
      g_ptr_array_add (self->finding_rows, row);
    }
  if (self->finding_rows->len < count)
    return G_SOURCE_CONTINUE;
  self->adding = 0;
  g_clear_pointer (&self->report, paddock_model_report_unref);
  return G_SOURCE_REMOVE;
}

static void
show_findings (PaddockHealthView *self, PaddockModelReport *report)
{
  guint count = paddock_model_report_get_n_findings (report);
  g_autofree char *title = g_strdup_printf (ngettext ("%u Finding", "%u Findings", count), count);

  clear_rows (self->findings_group, self->finding_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->findings_group), count > 0);
  adw_preferences_group_set_title (self->findings_group, title);
  adw_preferences_group_set_description (self->findings_group, count > MAX_ROWS ? _("Only the worst are shown.") : NULL);
  g_clear_pointer (&self->report, paddock_model_report_unref);
  self->report = paddock_model_report_ref (report);
  if (self->adding == 0)
    self->adding = g_idle_add (add_finding, self);
}

/* What was read is more than what was sampled. */
static void
show_report (PaddockHealthView *self)
{
  PaddockModelReport *report = paddock_check_group_get_report (self->check_group);

  if (report == NULL)
    report = self->snapshot->report;
  show_verdict (self, paddock_model_report_get_verdict (report));
  show_findings (self, report);
}

static void
on_judged (PaddockHealthView *self)
{
  if (self->snapshot != NULL)
    show_report (self);
}

static void
paddock_health_view_dispose (GObject *object)
{
  PaddockHealthView *self = PADDOCK_HEALTH_VIEW (object);

  g_clear_handle_id (&self->adding, g_source_remove);
  if (self->activities != NULL)
    g_signal_handlers_disconnect_by_data (self->activities, self);
  set_hash (self, NULL);
  g_clear_object (&self->activities);
  g_clear_pointer (&self->snapshot, paddock_model_snapshot_unref);
  g_clear_pointer (&self->report, paddock_model_report_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_HEALTH_VIEW);
  g_clear_pointer (&self->finding_rows, g_ptr_array_unref);
  g_clear_pointer (&self->hash_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (paddock_health_view_parent_class)->dispose (object);
}

static void
paddock_health_view_class_init (PaddockHealthViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_health_view_dispose;
  g_type_ensure (PADDOCK_TYPE_CHECK_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/health-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockHealthView, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, PaddockHealthView, verdict_title);
  gtk_widget_class_bind_template_child (widget_class, PaddockHealthView, verdict_description);
  gtk_widget_class_bind_template_child (widget_class, PaddockHealthView, findings_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockHealthView, check_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockHealthView, hash_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockHealthView, verify_button);
  gtk_widget_class_bind_template_callback (widget_class, on_judged);
  gtk_widget_class_bind_template_callback (widget_class, paddock_health_view_verify);
}

static void
paddock_health_view_init (PaddockHealthView *self)
{
  self->finding_rows = g_ptr_array_new ();
  self->hash_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_hash_row (PaddockHealthView *self, const char *path)
{
  GtkWidget *row = paddock_hash_row_new (path);

  adw_preferences_group_add (self->hash_group, row);
  g_ptr_array_add (self->hash_rows, row);
}

static void
show_files (PaddockHealthView *self, PaddockModelSnapshot *snapshot)
{
  guint count = snapshot->shards != NULL ? paddock_gguf_shards_get_count (snapshot->shards) : 0;

  clear_rows (self->hash_group, self->hash_rows);
  for (guint i = 0; i < count; i++)
    {
      const PaddockGgufShard *shard = paddock_gguf_shards_get_shard (snapshot->shards, i);

      if (shard->file != NULL)
        add_hash_row (self, shard->path);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->hash_group), self->hash_rows->len > 0);
}

/* The files are others now: what is still being found out about the old ones is of no use. */
static void
drop_activities (PaddockHealthView *self, PaddockModelSnapshot *snapshot)
{
  if (self->hash == NULL || paddock_hash_activity_is_of (self->hash, snapshot))
    return;
  paddock_activity_stop (PADDOCK_ACTIVITY (self->hash));
  set_hash (self, NULL);
}

/**
 * paddock_health_view_set_activities:
 * @self: the view
 * @activities: where what takes a while is done
 *
 * Can be called once.
 */
void
paddock_health_view_set_activities (PaddockHealthView *self, PaddockActivityList *activities)
{
  g_return_if_fail (self->activities == NULL);

  self->activities = g_object_ref (activities);
  g_signal_connect_object (activities, "items-changed", G_CALLBACK (adopt_activities), self, G_CONNECT_SWAPPED);
  paddock_check_group_set_activities (self->check_group, activities);
}

/**
 * paddock_health_view_check:
 * @self: the view
 *
 * Reads every number of the model, unless that is under way.
 */
void
paddock_health_view_check (PaddockHealthView *self)
{
  paddock_check_group_start (self->check_group);
}

/**
 * paddock_health_view_set_snapshot:
 * @self: the view
 * @snapshot: what to show
 */
void
paddock_health_view_set_snapshot (PaddockHealthView *self, PaddockModelSnapshot *snapshot)
{
  show_files (self, snapshot);
  drop_activities (self, snapshot);
  paddock_model_snapshot_ref (snapshot);
  g_clear_pointer (&self->snapshot, paddock_model_snapshot_unref);
  self->snapshot = snapshot;
  paddock_check_group_set_snapshot (self->check_group, snapshot);
  show_report (self);
  adopt_activities (self);
}

/**
 * paddock_health_view_verify:
 * @self: the view
 *
 * Hashes the model's files, unless that is under way.
 */
void
paddock_health_view_verify (PaddockHealthView *self)
{
  g_autoptr (PaddockActivity) activity = NULL;

  if (self->activities == NULL || self->snapshot == NULL || self->hash_rows->len == 0 ||
      !gtk_widget_get_sensitive (self->verify_button))
    return;
  activity = paddock_hash_activity_new (self->snapshot);
  paddock_activity_list_add (self->activities, activity);
}
