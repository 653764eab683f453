/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-fits.h"

#include "base/worker.h"
#include "gguf/gguf-shards.h"
#include "memory/memory-outlook.h"

#define BATCH 24                     /* so many models are told at a time: about a screen */

struct _PaddockLibraryFits
{
  GObject parent_instance;

  /* Owned */
  PaddockMachineChoice *machines;
  GHashTable *judgements;            /* id -> Judgement */
  GPtrArray *waiting;                /* PaddockLibraryEntry; the last one is next */
  GHashTable *asked;                 /* ids of those that wait or are being judged */
  GCancellable *cancellable;

  guint machine;                     /* goes up with every change of the computer */
  gboolean busy;
};

/* What became of one model; also on its way out of the worker. */
typedef struct
{
  PaddockLibraryEntry *entry;
  PaddockLibraryFit fit;
  guint machine;
} Judgement;

/* Some models for a worker. */
typedef struct
{
  GPtrArray *entries;
  PaddockHardwareSnapshot *machine;
  guint number;
} Batch;

enum
{
  JUDGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockLibraryFits, paddock_library_fits, G_TYPE_OBJECT)

static void start_next (PaddockLibraryFits *self);

static void
free_judgement (gpointer data)
{
  Judgement *judgement = data;

  paddock_library_entry_unref (judgement->entry);
  g_free (judgement);
}

static void
free_batch (gpointer data)
{
  Batch *batch = data;

  g_ptr_array_unref (batch->entries);
  paddock_hardware_snapshot_unref (batch->machine);
  g_free (batch);
}

static void
judge (Judgement *judgement, const PaddockHardwareSnapshot *machine, GCancellable *cancellable)
{
  g_autoptr (PaddockGgufShards) shards =
    paddock_gguf_shards_open (paddock_library_entry_get_path (judgement->entry), cancellable, NULL);
  g_autoptr (PaddockModelShape) shape = shards != NULL ? paddock_model_shape_new (shards, NULL) : NULL;
  g_autoptr (PaddockMemoryOutlook) outlook = NULL;
  PaddockMemorySettings settings;

  if (shape == NULL)
    return;
  paddock_memory_settings_init (&settings, shape);
  outlook = paddock_memory_outlook_new (shape, &settings, machine, NULL);
  if (outlook == NULL)
    return;
  judgement->fit.fit = outlook->fit;
  judgement->fit.needed = outlook->needed;
  judgement->fit.available = outlook->available;
}

static gpointer
run_batch (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  Batch *batch = snapshot;
  g_autoptr (GPtrArray) judgements = g_ptr_array_new_with_free_func (free_judgement);

  for (guint i = 0; i < batch->entries->len; i++)
    {
      Judgement *judgement = g_new0 (Judgement, 1);

      judgement->entry = paddock_library_entry_ref (g_ptr_array_index (batch->entries, i));
      judgement->machine = batch->number;
      g_ptr_array_add (judgements, judgement);
      judge (judgement, batch->machine, paddock_worker_get_cancellable (worker));
      if (!paddock_worker_poll (worker, error))
        return NULL;
    }
  return g_steal_pointer (&judgements);
}

static void
on_batch (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PaddockLibraryFits *self = PADDOCK_LIBRARY_FITS (source);
  g_autoptr (GPtrArray) judgements = paddock_worker_run_finish (source, result, NULL);

  self->busy = FALSE;
  /* Only the end of this object stops a worker. */
  if (judgements == NULL)
    return;
  g_ptr_array_set_free_func (judgements, NULL);
  for (guint i = 0; i < judgements->len; i++)
    {
      Judgement *judgement = g_ptr_array_index (judgements, i);

      g_hash_table_remove (self->asked, judgement->entry->id);
      g_hash_table_replace (self->judgements, judgement->entry->id, judgement);
    }
  g_signal_emit (self, signals[JUDGED], 0);
  start_next (self);
}

static void
start_next (PaddockLibraryFits *self)
{
  PaddockHardwareSnapshot *machine = paddock_machine_choice_get_snapshot (self->machines);
  PaddockWork work = {
    .name = "library fits",
    .run = run_batch,
    .snapshot_free = free_batch,
    .result_free = (GDestroyNotify) g_ptr_array_unref,
  };
  Batch *batch;

  if (self->busy || self->waiting->len == 0 || machine == NULL)
    return;
  batch = g_new0 (Batch, 1);
  batch->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_entry_unref);
  batch->machine = paddock_hardware_snapshot_ref (machine);
  batch->number = self->machine;
  while (self->waiting->len > 0 && batch->entries->len < BATCH)
    g_ptr_array_add (batch->entries, g_ptr_array_steal_index (self->waiting, self->waiting->len - 1));
  work.snapshot = batch;
  self->busy = TRUE;
  paddock_worker_run_async (self, &work, self->cancellable, on_batch, NULL);
}

/* Rows ask again when they are told. */
static void
on_machine_changed (PaddockLibraryFits *self)
{
  self->machine++;
  g_signal_emit (self, signals[JUDGED], 0);
  start_next (self);
}

static gboolean
can_judge (const PaddockLibraryEntry *entry)
{
  return entry->state == PADDOCK_ENTRY_READY && entry->facts != NULL &&
         paddock_library_entry_get_kind (entry) == PADDOCK_MODEL_LANGUAGE && paddock_library_entry_get_path (entry) != NULL;
}

static gboolean
is_of (const Judgement *judgement, const PaddockLibraryEntry *entry)
{
  return judgement->entry == entry ||
         (judgement->entry->size == entry->size && judgement->entry->shards == entry->shards &&
          g_str_equal (judgement->entry->facts->fingerprint, entry->facts->fingerprint));
}

static void
ask (PaddockLibraryFits *self, const PaddockLibraryEntry *entry)
{
  if (!g_hash_table_add (self->asked, g_strdup (entry->id)))
    return;
  g_ptr_array_add (self->waiting, paddock_library_entry_ref ((PaddockLibraryEntry *) entry));
  start_next (self);
}

/**
 * paddock_library_fits_look:
 * @self: the fits
 * @entry: a model
 * @fit: (out): what is known of it
 *
 * Returns: whether anything is known; if not, it is found out where that is possible
 */
gboolean
paddock_library_fits_look (PaddockLibraryFits *self, const PaddockLibraryEntry *entry, PaddockLibraryFit *fit)
{
  const Judgement *judgement = NULL;

  *fit = (PaddockLibraryFit) { .fit = PADDOCK_FIT_UNKNOWN };
  if (!can_judge (entry))
    return FALSE;
  judgement = g_hash_table_lookup (self->judgements, entry->id);
  if (judgement != NULL && !is_of (judgement, entry))
    judgement = NULL;
  if (judgement == NULL || judgement->machine != self->machine)
    ask (self, entry);
  if (judgement != NULL)
    *fit = judgement->fit;
  return judgement != NULL;
}

static void
paddock_library_fits_dispose (GObject *object)
{
  PaddockLibraryFits *self = PADDOCK_LIBRARY_FITS (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (paddock_library_fits_parent_class)->dispose (object);
}

static void
paddock_library_fits_finalize (GObject *object)
{
  PaddockLibraryFits *self = PADDOCK_LIBRARY_FITS (object);

  g_clear_object (&self->machines);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->judgements, g_hash_table_unref);
  g_clear_pointer (&self->asked, g_hash_table_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  G_OBJECT_CLASS (paddock_library_fits_parent_class)->finalize (object);
}

static void
paddock_library_fits_class_init (PaddockLibraryFitsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = paddock_library_fits_dispose;
  object_class->finalize = paddock_library_fits_finalize;

  /**
   * PaddockLibraryFits::judged:
   *
   * Whoever shows how something fits looks again.
   */
  signals[JUDGED] = g_signal_new ("judged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
paddock_library_fits_init (PaddockLibraryFits *self)
{
  self->judgements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_judgement);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_entry_unref);
  self->cancellable = g_cancellable_new ();
}

/**
 * paddock_library_fits_new:
 * @machines: the computer that models are judged by
 *
 * Returns: (transfer full): the fits of all models, none of them known
 */
PaddockLibraryFits *
paddock_library_fits_new (PaddockMachineChoice *machines)
{
  PaddockLibraryFits *self = g_object_new (PADDOCK_TYPE_LIBRARY_FITS, NULL);

  self->machines = g_object_ref (machines);
  g_signal_connect_object (machines, "notify::snapshot", G_CALLBACK (on_machine_changed), self, G_CONNECT_SWAPPED);
  return self;
}
