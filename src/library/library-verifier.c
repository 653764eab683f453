/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-verifier.h"

#include "library-error.h"
#include "model-verification.h"

struct _PaddockLibraryVerifier
{
  GObject parent_instance;

  /* Owned */
  PaddockLibrary *library;
  GCancellable *cancellable;         /* of what is being read; NULL: nothing is */
  GQueue waiting;                    /* ids */
  GHashTable *tried;                 /* id -> PaddockLibraryEntry of the index, that was read or could not be */

  gint64 since;
  guint n_done, n_total;
  guint64 done_before, done, total;  /* in bytes */
};

enum { PROP_N_DONE = 1, PROP_N_TOTAL, PROP_RUNNING, N_PROPERTIES };
enum { SIGNAL_PROGRESS, SIGNAL_MISMATCH, SIGNAL_UNREADABLE, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockLibraryVerifier, paddock_library_verifier, G_TYPE_OBJECT)

static void start_next (PaddockLibraryVerifier *self);

/* What still comes in is not whole yet. Of what was read the index tells a little later, and what did not change is as
   unreadable as before. */
static gboolean
is_due (PaddockLibraryVerifier *self, PaddockLibraryEntry *entry, gint64 since)
{
  return entry->state != PADDOCK_ENTRY_UNFINISHED && paddock_model_verification_is_due (entry, since) &&
         g_hash_table_lookup (self->tried, entry->id) != entry;
}

static void
finish (PaddockLibraryVerifier *self)
{
  g_clear_object (&self->cancellable);
  g_queue_clear_full (&self->waiting, g_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
note_done (PaddockLibraryVerifier *self)
{
  self->n_done++;
  self->done_before = self->done;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DONE]);
}

/* That it went away or was written to is no fault of the file: the library tells of it when it has seen it. */
static void
note_unreadable (PaddockLibraryVerifier *self, PaddockLibraryEntry *entry, const GError *error)
{
  if (!g_error_matches (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND) &&
      !g_error_matches (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_CHANGED) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG))
    g_signal_emit (self, signals[SIGNAL_UNREADABLE], 0, entry->id, error->message);
}

static void
on_verified (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PaddockLibraryVerifier *self = PADDOCK_LIBRARY_VERIFIER (source);
  g_autoptr (PaddockLibraryEntry) entry = user_data;
  g_autoptr (GError) error = NULL;
  PaddockVerification outcome = PADDOCK_VERIFICATION_UNKNOWN;
  gboolean done = paddock_model_verification_run_finish (source, result, &outcome, &error);

  /* Of a set, some of it may be on record although not all of it could be read. */
  paddock_library_look_again (self->library);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      finish (self);
      return;
    }
  note_done (self);
  g_hash_table_replace (self->tried, g_strdup (entry->id), paddock_library_entry_ref (entry));
  if (!done)
    note_unreadable (self, entry, error);
  else if (paddock_verification_is_wrong (outcome))
    g_signal_emit (self, signals[SIGNAL_MISMATCH], 0, entry->id, outcome == PADDOCK_VERIFICATION_COPY_DIFFERS);
  start_next (self);
}

/* Those that changed are others now. */
static void
forget_changed (PaddockLibraryVerifier *self, PaddockLibraryIndex *index)
{
  GHashTableIter iter;
  gpointer id, entry;

  g_hash_table_iter_init (&iter, self->tried);
  while (g_hash_table_iter_next (&iter, &id, &entry))
    if (paddock_library_index_find (index, id) != entry)
      g_hash_table_iter_remove (&iter);
}

static void
on_progress (guint64 done, guint64 total G_GNUC_UNUSED, gpointer user_data)
{
  PaddockLibraryVerifier *self = user_data;

  self->done = self->done_before + done;
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

/* NULL: there is none. What is not due any more is passed by. */
static PaddockLibraryEntry *
find_next (PaddockLibraryVerifier *self)
{
  PaddockLibraryIndex *index = paddock_library_get_index (self->library);

  while (!g_queue_is_empty (&self->waiting))
    {
      g_autofree char *id = g_queue_pop_head (&self->waiting);
      PaddockLibraryEntry *entry = paddock_library_index_find (index, id);

      if (entry != NULL && is_due (self, entry, self->since))
        return entry;
      note_done (self);
    }
  return NULL;
}

static void
start_next (PaddockLibraryVerifier *self)
{
  PaddockLibraryEntry *entry = g_cancellable_is_cancelled (self->cancellable) ? NULL : find_next (self);
  const PaddockVerificationWork work = {
    .entry = entry,
    .records = paddock_library_get_records (self->library),
    .since = self->since,
    .idle = TRUE,
    .progress = on_progress,
    .progress_data = self,
  };

  if (entry != NULL)
    paddock_model_verification_run_async (self, &work, self->cancellable, on_verified, paddock_library_entry_ref (entry));
  else
    finish (self);
}

/**
 * paddock_library_verifier_is_due:
 * @self: a verifier
 * @since: before when a hash was computed that does not count
 *
 * Returns: whether there is a model that should be read
 */
gboolean
paddock_library_verifier_is_due (PaddockLibraryVerifier *self, gint64 since)
{
  GPtrArray *entries = paddock_library_get_index (self->library)->entries;

  for (guint i = 0; i < entries->len; i++)
    if (is_due (self, g_ptr_array_index (entries, i), since))
      return TRUE;
  return FALSE;
}

/**
 * paddock_library_verifier_start:
 * @self: a verifier
 * @since: before when a hash was computed that does not count
 */
void
paddock_library_verifier_start (PaddockLibraryVerifier *self, gint64 since)
{
  GPtrArray *entries = paddock_library_get_index (self->library)->entries;

  if (self->cancellable != NULL)
    return;
  self->since = since;
  self->done_before = self->done = self->total = 0;
  for (guint i = 0; i < entries->len; i++)
    {
      PaddockLibraryEntry *entry = g_ptr_array_index (entries, i);

      if (!is_due (self, entry, since))
        continue;
      g_queue_push_tail (&self->waiting, g_strdup (entry->id));
      self->total += paddock_model_verification_measure (entry, since);
    }
  self->n_done = 0;
  self->n_total = self->waiting.length;
  self->cancellable = g_cancellable_new ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DONE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TOTAL]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  start_next (self);
}

/**
 * paddock_library_verifier_stop:
 * @self: a verifier
 *
 * What was computed so far stays on record.
 */
void
paddock_library_verifier_stop (PaddockLibraryVerifier *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/**
 * paddock_library_verifier_retry:
 * @self: a verifier
 */
void
paddock_library_verifier_retry (PaddockLibraryVerifier *self)
{
  g_hash_table_remove_all (self->tried);
}

/**
 * paddock_library_verifier_get_bytes:
 * @self: a verifier
 * @done: (out): how much was read
 * @total: (out): of how much
 */
void
paddock_library_verifier_get_bytes (PaddockLibraryVerifier *self, guint64 *done, guint64 *total)
{
  *done = MIN (self->done, self->total);
  *total = self->total;
}

guint
paddock_library_verifier_get_n_done (PaddockLibraryVerifier *self)
{
  return self->n_done;
}

guint
paddock_library_verifier_get_n_total (PaddockLibraryVerifier *self)
{
  return self->n_total;
}

/**
 * paddock_library_verifier_new:
 * @library: a library
 *
 * Returns: (transfer full): a verifier of its models
 */
PaddockLibraryVerifier *
paddock_library_verifier_new (PaddockLibrary *library)
{
  PaddockLibraryVerifier *self = g_object_new (PADDOCK_TYPE_LIBRARY_VERIFIER, NULL);

  self->library = g_object_ref (library);
  g_signal_connect_object (library, "changed", G_CALLBACK (forget_changed), self, G_CONNECT_SWAPPED);
  return self;
}

static void
paddock_library_verifier_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PaddockLibraryVerifier *self = PADDOCK_LIBRARY_VERIFIER (object);

  switch (id)
    {
    case PROP_N_DONE:
      g_value_set_uint (value, self->n_done);
      break;
    case PROP_N_TOTAL:
      g_value_set_uint (value, self->n_total);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
paddock_library_verifier_finalize (GObject *object)
{
  PaddockLibraryVerifier *self = PADDOCK_LIBRARY_VERIFIER (object);

  g_clear_object (&self->library);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->tried, g_hash_table_unref);
  g_queue_clear_full (&self->waiting, g_free);
  G_OBJECT_CLASS (paddock_library_verifier_parent_class)->finalize (object);
}

static void
paddock_library_verifier_class_init (PaddockLibraryVerifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = paddock_library_verifier_get_property;
  object_class->finalize = paddock_library_verifier_finalize;

  properties[PROP_N_DONE] =
    g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_TOTAL] =
    g_param_spec_uint ("n-total", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_RUNNING] =
    g_param_spec_boolean ("running", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * PaddockLibraryVerifier::progress:
   * @self: a verifier
   *
   * More bytes were read.
   */
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 0);

  /**
   * PaddockLibraryVerifier::mismatch:
   * @self: a verifier
   * @id: of the model that is not what its source published
   * @copy: whether it is only another copy than the one that is used
   */
  signals[SIGNAL_MISMATCH] = g_signal_new ("mismatch", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);

  /**
   * PaddockLibraryVerifier::unreadable:
   * @self: a verifier
   * @id: of the model that could not be read
   * @message: why
   */
  signals[SIGNAL_UNREADABLE] = g_signal_new ("unreadable", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                             G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
paddock_library_verifier_init (PaddockLibraryVerifier *self)
{
  g_queue_init (&self->waiting);
  self->tried =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) paddock_library_entry_unref);
}
