/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/variant-fits.h"

#include "base/worker.h"
#include "hub-error.h"
#include "hub-header.h"
#include "memory/context-outlook.h"
#include "memory/memory-outlook.h"

#define HEADERS_AT_ONCE 2            /* the second profits from what the first has fetched */

/* What is known of one variant. */
typedef struct
{
  /* Owned */
  PaddockModelShape *shape;          /* NULL: its header is not there yet, or says too little */

  PaddockVariantFit fit;
  guint machine;                     /* that it was judged for; 0: none */
} Judgement;

struct _PaddockVariantFits
{
  GObject parent_instance;

  /* Owned */
  PaddockHubSession *session;
  PaddockMachineChoice *machines;
  GHashTable *judgements;            /* PaddockHubVariant (borrowed) -> Judgement */
  GPtrArray *waiting;                /* borrowed PaddockHubVariant, whose header is not asked for yet */
  GCancellable *cancellable;
  GError *refusal;                   /* the hub gives none of them; NULL: it does, or nobody asked */

  /* Borrowed */
  const PaddockHubListing *listing;

  guint n_asked;                     /* headers on their way */
  guint machine;                     /* goes up with every change of the computer */
  gboolean judging, has_access;
};

enum
{
  JUDGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockVariantFits, paddock_variant_fits, G_TYPE_OBJECT)

static void ask_next (PaddockVariantFits *self);
static void judge_next (PaddockVariantFits *self);

/* One header on its way. */
typedef struct
{
  PaddockVariantFits *fits;
  const PaddockHubVariant *variant;
} Question;

/* One shape for a worker. */
typedef struct
{
  PaddockModelShape *shape;
  PaddockHardwareSnapshot *machine;
} Work;

static void
free_judgement (gpointer data)
{
  Judgement *judgement = data;

  g_clear_pointer (&judgement->shape, paddock_model_shape_unref);
  g_free (judgement);
}

static void
free_question (Question *question)
{
  g_object_unref (question->fits);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, free_question)

static void
free_work (gpointer data)
{
  Work *work = data;

  paddock_model_shape_unref (work->shape);
  paddock_hardware_snapshot_unref (work->machine);
  g_free (work);
}

static gpointer
run (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  const Work *work = snapshot;
  g_autofree PaddockVariantFit *fit = g_new0 (PaddockVariantFit, 1);
  g_autoptr (PaddockMemoryOutlook) outlook = NULL;
  g_autoptr (PaddockContextOutlook) contexts = NULL;
  PaddockMemorySettings settings;

  paddock_memory_settings_init (&settings, work->shape);
  outlook = paddock_memory_outlook_new (work->shape, &settings, work->machine, NULL);
  if (outlook != NULL)
    *fit = (PaddockVariantFit) { .fit = outlook->fit, .needed = outlook->needed, .available = outlook->available };
  if (!paddock_worker_poll (worker, error))
    return NULL;
  if (outlook != NULL && outlook->fit != PADDOCK_FIT_TOO_LARGE)
    contexts = paddock_context_outlook_new (work->shape, &settings, work->machine);
  if (contexts != NULL)
    fit->context = contexts->largest;
  return g_steal_pointer (&fit);
}

static void
on_judged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PaddockVariantFits *self = PADDOCK_VARIANT_FITS (source);
  g_autofree PaddockVariantFit *fit = paddock_worker_run_finish (source, result, NULL);
  Judgement *judgement = g_hash_table_lookup (self->judgements, user_data);

  self->judging = FALSE;
  /* Only the end of this object stops a worker. */
  if (fit == NULL || judgement == NULL)
    return;
  judgement->fit = *fit;
  g_signal_emit (self, signals[JUDGED], 0);
  judge_next (self);
}

static void
judge (PaddockVariantFits *self, const PaddockHubVariant *variant, Judgement *judgement, PaddockHardwareSnapshot *machine)
{
  PaddockWork work = { .name = "variant fit", .run = run, .snapshot_free = free_work, .result_free = g_free };
  Work *snapshot = g_new0 (Work, 1);

  snapshot->shape = paddock_model_shape_ref (judgement->shape);
  snapshot->machine = paddock_hardware_snapshot_ref (machine);
  work.snapshot = snapshot;
  judgement->machine = self->machine;
  self->judging = TRUE;
  paddock_worker_run_async (self, &work, self->cancellable, on_judged, (gpointer) variant);
}

/* One after the other: each takes some milliseconds. */
static void
judge_next (PaddockVariantFits *self)
{
  PaddockHardwareSnapshot *machine = paddock_machine_choice_get_snapshot (self->machines);
  GHashTableIter iter;
  gpointer variant, judgement;

  if (self->judging || machine == NULL)
    return;
  g_hash_table_iter_init (&iter, self->judgements);
  while (g_hash_table_iter_next (&iter, &variant, &judgement))
    if (((Judgement *) judgement)->shape != NULL && ((Judgement *) judgement)->machine != self->machine)
      {
        judge (self, variant, judgement, machine);
        return;
      }
}

/* What keeps one header from a person keeps all of them. */
static gboolean
is_refusal (const GError *error)
{
  return error->domain == PADDOCK_HUB_ERROR && error->code != PADDOCK_HUB_ERROR_NOT_FOUND &&
         error->code != PADDOCK_HUB_ERROR_ANSWER && error->code != PADDOCK_HUB_ERROR_INVALID;
}

static void
on_header (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  PaddockVariantFits *self = question->fits;
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHubHeader) header = paddock_hub_header_load_finish (result, &error);
  Judgement *judgement = g_hash_table_lookup (self->judgements, question->variant);

  self->n_asked--;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->has_access = self->has_access || header != NULL;
  if (header != NULL && header->shape != NULL)
    judgement->shape = paddock_model_shape_ref (header->shape);
  if (error != NULL && self->refusal == NULL && is_refusal (error))
    self->refusal = g_steal_pointer (&error);
  g_signal_emit (self, signals[JUDGED], 0);
  judge_next (self);
  ask_next (self);
}

static void
ask_next (PaddockVariantFits *self)
{
  while (self->refusal == NULL && self->n_asked < HEADERS_AT_ONCE && self->waiting->len > 0)
    {
      Question *question = g_new0 (Question, 1);

      question->fits = g_object_ref (self);
      question->variant = g_ptr_array_steal_index (self->waiting, 0);
      self->n_asked++;
      paddock_hub_header_load_async (self->session, self->listing, question->variant, self->cancellable, on_header, question);
    }
}

static void
on_machine_changed (PaddockVariantFits *self)
{
  self->machine++;
  judge_next (self);
}

static void
paddock_variant_fits_dispose (GObject *object)
{
  paddock_variant_fits_stop (PADDOCK_VARIANT_FITS (object));
  G_OBJECT_CLASS (paddock_variant_fits_parent_class)->dispose (object);
}

static void
paddock_variant_fits_finalize (GObject *object)
{
  PaddockVariantFits *self = PADDOCK_VARIANT_FITS (object);

  g_hash_table_unref (self->judgements);
  g_ptr_array_unref (self->waiting);
  g_clear_error (&self->refusal);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->machines);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (paddock_variant_fits_parent_class)->finalize (object);
}

static void
paddock_variant_fits_class_init (PaddockVariantFitsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = paddock_variant_fits_dispose;
  object_class->finalize = paddock_variant_fits_finalize;

  /**
   * PaddockVariantFits::judged:
   *
   * Whoever shows how something fits looks again.
   */
  signals[JUDGED]
      = g_signal_new ("judged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
paddock_variant_fits_init (PaddockVariantFits *self)
{
  self->judgements = g_hash_table_new_full (NULL, NULL, NULL, free_judgement);
  self->waiting = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  self->machine = 1;
}

/**
 * paddock_variant_fits_new:
 * @session: who is asked
 * @listing: a repository
 * @machines: the computer that models are judged by
 *
 * Returns: (transfer full): the fits of its variants, none of them known
 */
PaddockVariantFits *
paddock_variant_fits_new (PaddockHubSession *session, const PaddockHubListing *listing, PaddockMachineChoice *machines)
{
  PaddockVariantFits *self = g_object_new (PADDOCK_TYPE_VARIANT_FITS, NULL);

  self->session = g_object_ref (session);
  self->listing = listing;
  self->machines = g_object_ref (machines);
  g_signal_connect_object (machines, "notify::snapshot", G_CALLBACK (on_machine_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * paddock_variant_fits_look:
 * @self: the fits
 * @variant: one of the listing
 *
 * Returns: (nullable): what is known of it
 */
const PaddockVariantFit *
paddock_variant_fits_look (PaddockVariantFits *self, const PaddockHubVariant *variant)
{
  const Judgement *judgement = g_hash_table_lookup (self->judgements, variant);

  return judgement != NULL && judgement->fit.needed > 0 ? &judgement->fit : NULL;
}

/**
 * paddock_variant_fits_get_refusal:
 * @self: the fits
 *
 * Returns: (nullable): why nothing can be known
 */
const GError *
paddock_variant_fits_get_refusal (PaddockVariantFits *self)
{
  return self->refusal;
}

gboolean
paddock_variant_fits_has_access (PaddockVariantFits *self)
{
  return self->has_access;
}

/**
 * paddock_variant_fits_ask:
 * @self: the fits
 * @variant: one of the listing
 */
void
paddock_variant_fits_ask (PaddockVariantFits *self, const PaddockHubVariant *variant)
{
  if (g_hash_table_contains (self->judgements, variant) || variant->is_companion || !paddock_hub_variant_is_whole (variant))
    return;
  g_hash_table_insert (self->judgements, (gpointer) variant, g_new0 (Judgement, 1));
  g_ptr_array_add (self->waiting, (gpointer) variant);
  ask_next (self);
}

/**
 * paddock_variant_fits_stop:
 * @self: the fits
 */
void
paddock_variant_fits_stop (PaddockVariantFits *self)
{
  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->waiting, 0);
}
