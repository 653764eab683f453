/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-verifier.h"

#include "model-verification.h"

struct _PaddockLibraryVerifier
{
  GObject parent_instance;

  /* Owned */
  PaddockLibrary *library;
  GCancellable *cancellable;         /* of what is being read; NULL: nothing is */
  GQueue waiting;                    /* PaddockLibraryEntry */
  gint64 since;
  guint n_done, n_total;
};

enum { PROP_N_DONE = 1, PROP_N_TOTAL, PROP_RUNNING, N_PROPERTIES };
enum { SIGNAL_MISMATCH, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockLibraryVerifier, paddock_library_verifier, G_TYPE_OBJECT)

static void start_next (PaddockLibraryVerifier *self);

static void
finish (PaddockLibraryVerifier *self)
{
  g_clear_object (&self->cancellable);
  g_queue_clear_full (&self->waiting, (GDestroyNotify) paddock_library_entry_unref);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
}

static void
on_job (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PaddockLibraryVerifier *self = PADDOCK_LIBRARY_VERIFIER (source);
  g_autofree char *id = user_data;
  g_autoptr (GError) error = NULL;
  PaddockVerification outcome = PADDOCK_VERIFICATION_UNKNOWN;
  gboolean done = paddock_model_verification_run_finish (source, result, &outcome, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      finish (self);
      return;
    }
  self->n_done++;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DONE]);
  if (done)
    paddock_library_look_again (self->library);
  if (done && outcome == PADDOCK_VERIFICATION_DIFFERS)
    g_signal_emit (self, signals[SIGNAL_MISMATCH], 0, id);
  start_next (self);
}

static void
start_next (PaddockLibraryVerifier *self)
{
  g_autoptr (PaddockLibraryEntry) entry = g_queue_pop_head (&self->waiting);
  const PaddockVerificationWork work = {
    .entry = entry,
    .records = paddock_library_get_records (self->library),
    .since = self->since,
    .idle = TRUE,
  };

  if (entry != NULL)
    paddock_model_verification_run_async (self, &work, self->cancellable, on_job, g_strdup (entry->id));
  else
    finish (self);
}

/**
 * paddock_library_verifier_start:
 * @self: a verifier
 * @since: before when a hash was computed that does not count
 */
void
paddock_library_verifier_start (PaddockLibraryVerifier *self, gint64 since)
{
  PaddockLibraryIndex *index = paddock_library_get_index (self->library);

  if (self->cancellable != NULL)
    return;
  self->since = since;
  for (guint i = 0; i < index->entries->len; i++)
    {
      PaddockLibraryEntry *entry = g_ptr_array_index (index->entries, i);

      if (paddock_model_verification_is_due (entry, since))
        g_queue_push_tail (&self->waiting, paddock_library_entry_ref (entry));
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
  g_queue_clear_full (&self->waiting, (GDestroyNotify) paddock_library_entry_unref);
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
   * PaddockLibraryVerifier::mismatch:
   * @self: a verifier
   * @id: of the model that is not what its source published
   */
  signals[SIGNAL_MISMATCH] = g_signal_new ("mismatch", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
paddock_library_verifier_init (PaddockLibraryVerifier *self)
{
  g_queue_init (&self->waiting);
}
