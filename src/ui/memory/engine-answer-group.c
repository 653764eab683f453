/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/engine-answer-group.h"

#include <glib/gi18n.h>

#include "base/units.h"
#include "base/worker.h"
#include "computer/computer-words.h"
#include "engine-arguments.h"
#include "engine-finding-store.h"
#include "engine-query.h"
#include "memory/engine-findings-row.h"

/**
 * PaddockEngineAnswerGroup:
 *
 * What the installed engine says to the question that was answered above: asked on demand, shown beside our own answer.
 * A difference is kept as a finding.
 */
struct _PaddockEngineAnswerGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  PaddockModelSnapshot *snapshot;    /* NULL: there is nothing to ask about */
  PaddockModelShape *shape;
  GCancellable *asking;              /* NULL: nobody is asked */

  /* Template */
  GtkWidget *ask_button;
  AdwActionRow *state_row;
  GtkWidget *spinner;
  GtkWidget *stop_button;
  AdwActionRow *weights_row;
  GtkLabel *weights_label;
  AdwActionRow *cache_row;
  GtkLabel *cache_label;
  AdwActionRow *compute_row;
  GtkLabel *compute_label;

  AdwActionRow *change_row;
  PaddockEngineFindingsRow *findings_row;

  PaddockMemoryRequest request;      /* an aligned one */
  guint64 available;                 /* memory that is free now; 0: nobody knows */
  guint64 asked_available;           /* the same when the engine was asked */
};

G_DEFINE_FINAL_TYPE (PaddockEngineAnswerGroup, paddock_engine_answer_group, ADW_TYPE_PREFERENCES_GROUP)

/* What a worker compares. */
typedef struct
{
  PaddockGgufShards *shards;
  PaddockModelShape *shape;
  PaddockMemoryRequest request;
  PaddockEngineFit *fit;
} Comparison;

static void
comparison_free (gpointer data)
{
  Comparison *comparison = data;

  g_clear_pointer (&comparison->shards, paddock_gguf_shards_unref);
  g_clear_pointer (&comparison->shape, paddock_model_shape_unref);
  g_clear_pointer (&comparison->fit, paddock_engine_fit_free);
  g_free (comparison);
}

/* An answer stays as it is while other programs take memory, or give it back. */
static void
show_change (PaddockEngineAnswerGroup *self)
{
  g_autofree char *then = paddock_computer_words_format (self->asked_available, PADDOCK_NUMBER_SIZE);
  g_autofree char *now = paddock_computer_words_format (self->available, PADDOCK_NUMBER_SIZE);
  gboolean answered = gtk_widget_get_visible (GTK_WIDGET (self->weights_row));
  gboolean known = self->asked_available > 0 && self->available > 0;
  /* Translators: two sizes in memory: when the engine answered, and now. */
  g_autofree char *both = g_strdup_printf (_("%s were free when it answered, %s are now"), then, now);

  adw_action_row_set_subtitle (self->change_row, both);
  gtk_widget_set_visible (GTK_WIDGET (self->change_row), answered && known && g_strcmp0 (then, now) != 0);
}

static void
show_numbers (PaddockEngineAnswerGroup *self, gboolean visible)
{
  gtk_widget_set_visible (GTK_WIDGET (self->weights_row), visible);
  gtk_widget_set_visible (GTK_WIDGET (self->cache_row), visible);
  gtk_widget_set_visible (GTK_WIDGET (self->compute_row), visible);
  show_change (self);
}

/* One line about how it stands; without a title it goes away. */
static void
show_state (PaddockEngineAnswerGroup *self, const char *title, const char *subtitle, gboolean asking)
{
  gtk_widget_set_visible (GTK_WIDGET (self->state_row), title != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), title != NULL ? title : "");
  adw_action_row_set_subtitle (self->state_row, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (self->spinner, asking);
  gtk_widget_set_visible (self->stop_button, asking);
  gtk_widget_set_sensitive (self->ask_button, !asking && self->snapshot != NULL);
}

static void
stop (PaddockEngineAnswerGroup *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static const char *
advise (const GError *error)
{
  if (error->domain != PADDOCK_ENGINE_ERROR)
    return _("The engine gave no answer");
  switch ((PaddockEngineError) error->code)
    {
    case PADDOCK_ENGINE_ERROR_MISSING:
      return _("Install llama.cpp to ask it");
    case PADDOCK_ENGINE_ERROR_NO_FIT:
      return _("Install llama-fit-params, a part of llama.cpp, to ask it");
    case PADDOCK_ENGINE_ERROR_UNSUPPORTED:
      return _("Install a newer llama.cpp to ask it");
    case PADDOCK_ENGINE_ERROR_START:
    case PADDOCK_ENGINE_ERROR_FAILED:
    case PADDOCK_ENGINE_ERROR_TIMED_OUT:
    case PADDOCK_ENGINE_ERROR_TOO_MUCH:
    case PADDOCK_ENGINE_ERROR_ANSWER:
    case PADDOCK_ENGINE_ERROR_STORE:
    default:
      return _("The engine gave no answer");
    }
}

static void
show_problem (PaddockEngineAnswerGroup *self, const GError *error)
{
  g_autofree char *reason = paddock_units_escape (error->message, -1, 400);

  show_numbers (self, FALSE);
  show_state (self, advise (error), reason, FALSE);
}

static void
show_number (AdwActionRow *row, GtkLabel *label, guint64 ours, guint64 theirs, gint64 difference)
{
  g_autofree char *our_size = paddock_units_format_size (ours);
  g_autofree char *their_size = paddock_units_format_size (theirs);
  g_autofree char *size = paddock_units_format_size ((guint64) ABS (difference));
  /* Translators: both are sizes; the first is what Paddock says, the second what llama.cpp says. */
  g_autofree char *both = g_strdup_printf (_("%s here, %s by the engine"), our_size, their_size);
  g_autofree char *words = NULL;

  if (difference == 0)
    words = g_strdup (_("Same"));
  else if (difference > 0)
    /* Translators: %s is a size by which the engine needs more than Paddock says. */
    words = g_strdup_printf (_("%s more"), size);
  else
    /* Translators: %s is a size by which the engine needs less than Paddock says. */
    words = g_strdup_printf (_("%s less"), size);
  adw_action_row_set_subtitle (row, both);
  gtk_label_set_label (label, words);
}

static void
show_answer (PaddockEngineAnswerGroup *self, const PaddockEngineFinding *finding)
{
  g_autofree char *version = paddock_units_escape (finding->version != NULL ? finding->version : "", -1, 80);
  g_autofree char *subtitle = g_strdup_printf ("llama.cpp %s", version);

  show_number (self->weights_row, self->weights_label, finding->ours.weights, finding->theirs.weights, finding->weights);
  show_number (self->cache_row, self->cache_label, finding->ours.cache, finding->theirs.cache, finding->cache);
  show_number (self->compute_row, self->compute_label, finding->ours.compute, finding->theirs.compute, finding->compute);
  show_numbers (self, TRUE);
  show_state (self,
              paddock_engine_finding_differs (finding) ? _("The engine says something else, which is kept as a finding")
                                                       : _("The engine says the same"),
              subtitle, FALSE);
}

/* Keeping goes through the disk. */
static gpointer
compare (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  Comparison *comparison = snapshot;
  PaddockMemoryEstimate ours;
  g_autoptr (PaddockEngineFinding) finding = NULL;

  if (!paddock_memory_estimate_compute (&ours, comparison->shape, &comparison->request, error))
    return NULL;
  finding = paddock_engine_finding_new (comparison->shards, &ours, comparison->fit);
  if (paddock_engine_finding_differs (finding) && !paddock_engine_finding_store_add (finding, error))
    return NULL;
  return g_steal_pointer (&finding);
}

/* FALSE: it is no longer of interest, or has failed, which is shown. */
static gboolean
go_on (PaddockEngineAnswerGroup *self, gboolean done, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  if (done)
    return TRUE;
  g_clear_object (&self->asking);
  show_problem (self, error);
  return FALSE;
}

static void
on_compared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockEngineAnswerGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockEngineFinding) finding = paddock_worker_run_finish (NULL, result, &error);

  if (!go_on (self, finding != NULL, error))
    return;
  g_clear_object (&self->asking);
  show_answer (self, finding);
  if (paddock_engine_finding_differs (finding))
    paddock_engine_findings_row_load (self->findings_row, self->snapshot);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockEngineAnswerGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockEngineFit) fit = paddock_engine_query_finish (result, &error);
  PaddockWork work = { .name = "paddock engine compare", .run = compare, .snapshot_free = comparison_free,
                       .result_free = (GDestroyNotify) paddock_engine_finding_free };
  Comparison *comparison;

  if (!go_on (self, fit != NULL, error))
    return;
  comparison = g_new0 (Comparison, 1);
  comparison->shards = paddock_gguf_shards_ref (self->snapshot->shards);
  comparison->shape = paddock_model_shape_ref (self->shape);
  comparison->request = self->request;
  comparison->fit = g_steal_pointer (&fit);
  work.snapshot = comparison;
  paddock_worker_run_async (NULL, &work, self->asking, on_compared, g_object_ref (self));
}

static void
on_ask_clicked (PaddockEngineAnswerGroup *self)
{
  if (self->snapshot == NULL || self->asking != NULL)
    return;
  self->asking = g_cancellable_new ();
  self->asked_available = self->available;
  show_numbers (self, FALSE);
  show_state (self, _("Asking llama.cpp"), NULL, TRUE);
  paddock_engine_query_async (self->snapshot->path, &self->request, NULL, NULL, PADDOCK_ENGINE_QUERY_TIMEOUT, self->asking,
                              on_answered, g_object_ref (self));
}

static void
reset (PaddockEngineAnswerGroup *self)
{
  stop (self);
  show_numbers (self, FALSE);
  show_state (self, NULL, NULL, FALSE);
}

static void
on_stop_clicked (PaddockEngineAnswerGroup *self)
{
  reset (self);
}

/* Where nobody can see the answer any more, nobody waits for it. */
static void
paddock_engine_answer_group_unroot (GtkWidget *widget)
{
  reset (PADDOCK_ENGINE_ANSWER_GROUP (widget));
  GTK_WIDGET_CLASS (paddock_engine_answer_group_parent_class)->unroot (widget);
}

static void
paddock_engine_answer_group_dispose (GObject *object)
{
  PaddockEngineAnswerGroup *self = PADDOCK_ENGINE_ANSWER_GROUP (object);

  stop (self);
  g_clear_pointer (&self->snapshot, paddock_model_snapshot_unref);
  g_clear_pointer (&self->shape, paddock_model_shape_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_ENGINE_ANSWER_GROUP);
  G_OBJECT_CLASS (paddock_engine_answer_group_parent_class)->dispose (object);
}

static void
paddock_engine_answer_group_class_init (PaddockEngineAnswerGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_engine_answer_group_dispose;
  widget_class->unroot = paddock_engine_answer_group_unroot;
  g_type_ensure (PADDOCK_TYPE_ENGINE_FINDINGS_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/engine-answer-group.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockEngineAnswerGroup, ask_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockEngineAnswerGroup, state_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockEngineAnswerGroup, spinner);
  gtk_widget_class_bind_template_child (widget_class, PaddockEngineAnswerGroup, stop_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockEngineAnswerGroup, weights_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockEngineAnswerGroup, weights_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockEngineAnswerGroup, cache_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockEngineAnswerGroup, cache_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockEngineAnswerGroup, compute_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockEngineAnswerGroup, compute_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockEngineAnswerGroup, change_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockEngineAnswerGroup, findings_row);
  gtk_widget_class_bind_template_callback (widget_class, on_ask_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_clicked);
}

static void
paddock_engine_answer_group_init (PaddockEngineAnswerGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_state (self, NULL, NULL, FALSE);
}

static gboolean
is_same (const PaddockMemoryRequest *one, const PaddockMemoryRequest *other)
{
  return one->context == other->context && one->batch == other->batch && one->ubatch == other->ubatch &&
         one->parallel == other->parallel && one->cache_k == other->cache_k && one->cache_v == other->cache_v &&
         one->flash_attention == other->flash_attention && one->unified == other->unified &&
         one->swa_full == other->swa_full;
}

/**
 * paddock_engine_answer_group_set_question:
 * @self: the group
 * @snapshot: the model as it was read
 * @shape: its shape
 * @request: how it is run
 */
void
paddock_engine_answer_group_set_question (PaddockEngineAnswerGroup *self, PaddockModelSnapshot *snapshot,
                                          PaddockModelShape *shape, const PaddockMemoryRequest *request)
{
  PaddockMemoryRequest question = *request;

  paddock_engine_arguments_align (&question);
  if (snapshot == self->snapshot && is_same (&question, &self->request))
    return;
  if (snapshot != self->snapshot)
    paddock_engine_findings_row_load (self->findings_row, snapshot);
  paddock_model_snapshot_ref (snapshot);
  paddock_model_shape_ref (shape);
  g_clear_pointer (&self->snapshot, paddock_model_snapshot_unref);
  g_clear_pointer (&self->shape, paddock_model_shape_unref);
  self->snapshot = snapshot;
  self->shape = shape;
  self->request = question;
  reset (self);
}

/**
 * paddock_engine_answer_group_set_available:
 * @self: the group
 * @available: memory that is free on this computer, or 0
 *
 * An answer that was given with another amount of free memory says so.
 */
void
paddock_engine_answer_group_set_available (PaddockEngineAnswerGroup *self, guint64 available)
{
  if (available == self->available)
    return;
  self->available = available;
  show_change (self);
}
