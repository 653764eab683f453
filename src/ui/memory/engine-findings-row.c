/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/engine-findings-row.h"

#include <glib/gi18n.h>

#include "base/units.h"
#include "base/worker.h"
#include "engine-finding-store.h"

#define ROWS_MAX 20                  /* the newest: nobody compares more */
#define SETTINGS_CHARS 400
#define VERSION_CHARS 80

struct _PaddockEngineFindingsRow
{
  AdwExpanderRow parent_instance;

  /* Owned */
  GCancellable *loading;             /* NULL: nothing is looked at */
  GPtrArray *rows;                   /* borrowed from this one */
};

G_DEFINE_FINAL_TYPE (PaddockEngineFindingsRow, paddock_engine_findings_row, ADW_TYPE_EXPANDER_ROW)

/* In a worker: those about this model, the newest first. */
static gpointer
load (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  PaddockGgufShards *shards = snapshot;
  g_autoptr (GPtrArray) all = paddock_engine_finding_store_load (error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_engine_finding_free);
  g_autofree char *identity = NULL;

  if (all == NULL || !paddock_worker_poll (worker, error))
    return NULL;
  /* To know the model by its tensors is work, and mostly there is nothing to compare. */
  if (all->len > 0)
    identity = paddock_engine_finding_identify (shards);
  while (all->len > 0 && found->len < ROWS_MAX)
    {
      PaddockEngineFinding *finding = g_ptr_array_steal_index (all, all->len - 1);

      if (g_strcmp0 (finding->identity, identity) == 0)
        g_ptr_array_add (found, finding);
      else
        paddock_engine_finding_free (finding);
    }
  return g_steal_pointer (&found);
}

static void
add_difference (GString *text, const char *name, guint64 ours, guint64 theirs, gint64 difference)
{
  g_autofree char *our_size = paddock_units_format_size (ours);
  g_autofree char *their_size = paddock_units_format_size (theirs);
  g_autofree char *both = NULL;

  if (difference == 0)
    return;
  /* Translators: both are sizes; the first is what Paddock says, the second what llama.cpp says. */
  both = g_strdup_printf (_("%s here, %s by the engine"), our_size, their_size);
  /* Translators: a part of what is in memory, and its sizes. */
  g_string_append_printf (text, _("%s: %s"), name, both);
  g_string_append_c (text, '\n');
}

static char *
dup_differences (const PaddockEngineFinding *finding)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *question = g_strjoinv (" ", finding->question);

  add_difference (text, _("Weights"), finding->ours.weights, finding->theirs.weights, finding->weights);
  add_difference (text, _("Cache"), finding->ours.cache, finding->theirs.cache, finding->cache);
  add_difference (text, _("Computation"), finding->ours.compute, finding->theirs.compute, finding->compute);
  g_string_append (text, question);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
dup_moment (const PaddockEngineFinding *finding)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (finding->found_at);
  g_autofree char *date = moment != NULL ? g_date_time_format (moment, "%x %R") : NULL;
  g_autofree char *version = NULL;

  if (finding->version == NULL)
    return g_strdup (date != NULL ? date : "");
  version = paddock_units_escape (finding->version, -1, VERSION_CHARS);
  return g_strdup_printf ("%s · llama.cpp %s", date != NULL ? date : "", version);
}

static void
add_finding (PaddockEngineFindingsRow *self, const PaddockEngineFinding *finding)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *moment = dup_moment (finding);
  g_autofree char *differences = dup_differences (finding);
  g_autofree char *valid = g_utf8_make_valid (differences, -1);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), moment);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), valid);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->rows, row);
}

/* found: NULL: nothing is known. */
static void
show (PaddockEngineFindingsRow *self, GPtrArray *found)
{
  guint count = found != NULL ? found->len : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("The engine said something else %u time",
                                                     "The engine said something else %u times", count), count);

  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < count; i++)
    add_finding (self, g_ptr_array_index (found, i));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), text);
  gtk_widget_set_visible (GTK_WIDGET (self), count > 0);
}

static void
stop (PaddockEngineFindingsRow *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockEngineFindingsRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = paddock_worker_run_finish (NULL, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->loading);
  show (self, found);
}

static void
paddock_engine_findings_row_dispose (GObject *object)
{
  PaddockEngineFindingsRow *self = PADDOCK_ENGINE_FINDINGS_ROW (object);

  stop (self);
  G_OBJECT_CLASS (paddock_engine_findings_row_parent_class)->dispose (object);
}

static void
paddock_engine_findings_row_finalize (GObject *object)
{
  g_ptr_array_unref (PADDOCK_ENGINE_FINDINGS_ROW (object)->rows);
  G_OBJECT_CLASS (paddock_engine_findings_row_parent_class)->finalize (object);
}

static void
paddock_engine_findings_row_class_init (PaddockEngineFindingsRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_engine_findings_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_engine_findings_row_finalize;
}

static void
paddock_engine_findings_row_init (PaddockEngineFindingsRow *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Earlier Answers"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * paddock_engine_findings_row_load:
 * @self: the row
 * @snapshot: (nullable): a model as it was read
 *
 * Shows what is kept about the model, in a moment.
 */
void
paddock_engine_findings_row_load (PaddockEngineFindingsRow *self, PaddockModelSnapshot *snapshot)
{
  PaddockWork work = { .name = "paddock engine findings", .run = load,
                       .snapshot_free = (GDestroyNotify) paddock_gguf_shards_unref,
                       .result_free = (GDestroyNotify) g_ptr_array_unref };

  stop (self);
  if (snapshot == NULL || snapshot->shards == NULL)
    {
      show (self, NULL);
      return;
    }
  self->loading = g_cancellable_new ();
  work.snapshot = paddock_gguf_shards_ref (snapshot->shards);
  paddock_worker_run_async (NULL, &work, self->loading, on_loaded, g_object_ref (self));
}
