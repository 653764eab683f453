/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/opened-model.h"

#include "base/units.h"
#include "model/model-words.h"

#include <glib/gi18n.h>

/**
 * PaddockOpenedModel:
 *
 * A model that a person has opened: its path, and what a worker has read of it. Rows and pages bind to its
 * properties, which all change together when it has been read (again).
 */
struct _PaddockOpenedModel
{
  GObject parent_instance;

  /* Owned */
  char *path;
  char *identity;
  PaddockMachineChoice *machines;
  PaddockModelSnapshot *snapshot;
  GCancellable *cancellable;         /* of the reading that runs, or NULL */

  PaddockMemorySettings memory;
  gboolean memory_is_set;
  gboolean load_again;               /* asked for while it was being read */
};

enum
{
  PROP_PATH = 1,
  PROP_LOADING,
  PROP_STATE_TEXT,
  PROP_NAME,
  PROP_FILE_NAME,
  PROP_SUMMARY,
  PROP_QUANTIZATION,
  PROP_SIZE_LABEL,
  PROP_FILE_SIZE,
  PROP_CONTEXT,
  PROP_VERDICT_ICON,
  PROP_VERDICT_STYLE,
  PROP_ACCESSIBLE_LABEL,
  N_PROPERTIES
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockOpenedModel, paddock_opened_model, G_TYPE_OBJECT)

static char *
dup_escaped (const char *text)
{
  return text != NULL ? paddock_units_escape (text, -1, 200) : NULL;
}

static char *
dup_state_text (PaddockOpenedModel *self)
{
  guint missing;

  if (self->snapshot == NULL)
    return g_strdup (_("Reading…"));
  if (self->snapshot->shards == NULL || paddock_model_snapshot_is_broken (self->snapshot))
    return g_strdup (_("Cannot be read"));
  missing = paddock_gguf_shards_get_count (self->snapshot->shards) -
            paddock_gguf_shards_get_n_present (self->snapshot->shards);
  if (missing > 0)
    return g_strdup_printf (ngettext ("%u part missing", "%u parts missing", missing), missing);
  return g_strdup (paddock_model_words_get_verdict (paddock_model_report_get_verdict (self->snapshot->report)));
}

static char *
dup_context (PaddockOpenedModel *self)
{
  g_autofree char *count = NULL;

  if (self->snapshot == NULL || self->snapshot->info == NULL || self->snapshot->info->context_length <= 0)
    return NULL;
  count = paddock_units_format_count ((guint64) self->snapshot->info->context_length);
  /* Translators: how many tokens a model can look back on. */
  return g_strdup_printf (_("%s tokens"), count);
}

static char *
dup_name (PaddockOpenedModel *self)
{
  if (self->snapshot != NULL)
    return paddock_model_words_dup_title (self->snapshot);
  return paddock_model_words_dup_file_name (self->path);
}

static char *
dup_summary (PaddockOpenedModel *self)
{
  if (self->snapshot != NULL)
    return paddock_model_words_dup_summary (self->snapshot);
  return paddock_model_words_dup_file_name (self->path);
}

static const char *
get_verdict_icon (PaddockOpenedModel *self)
{
  if (self->snapshot == NULL)
    return "content-loading-symbolic";
  return paddock_model_words_get_verdict_icon (paddock_model_report_get_verdict (self->snapshot->report));
}

static const char *
get_verdict_style (PaddockOpenedModel *self)
{
  if (self->snapshot == NULL)
    return "dimmed";
  return paddock_model_words_get_verdict_style (paddock_model_report_get_verdict (self->snapshot->report));
}

static char *
dup_accessible_label (PaddockOpenedModel *self)
{
  g_autofree char *name = dup_name (self);
  g_autofree char *summary = dup_summary (self);
  g_autofree char *state = dup_state_text (self);

  return g_strdup_printf ("%s, %s, %s", name, summary, state);
}

static void
paddock_opened_model_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  PaddockOpenedModel *self = PADDOCK_OPENED_MODEL (object);
  const PaddockModelInfo *info = self->snapshot != NULL ? self->snapshot->info : NULL;

  switch (property)
    {
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    case PROP_STATE_TEXT:
      g_value_take_string (value, dup_state_text (self));
      break;
    case PROP_NAME:
      g_value_take_string (value, dup_name (self));
      break;
    case PROP_FILE_NAME:
      g_value_take_string (value, paddock_model_words_dup_file_name (self->path));
      break;
    case PROP_SUMMARY:
      g_value_take_string (value, dup_summary (self));
      break;
    case PROP_QUANTIZATION:
      g_value_take_string (value, info != NULL ? dup_escaped (info->quantization) : NULL);
      break;
    case PROP_SIZE_LABEL:
      g_value_take_string (value, info != NULL ? dup_escaped (info->size_label) : NULL);
      break;
    case PROP_FILE_SIZE:
      g_value_take_string (value, info != NULL ? paddock_units_format_size (info->file_size) : NULL);
      break;
    case PROP_CONTEXT:
      g_value_take_string (value, dup_context (self));
      break;
    case PROP_VERDICT_ICON:
      g_value_set_static_string (value, get_verdict_icon (self));
      break;
    case PROP_VERDICT_STYLE:
      g_value_set_static_string (value, get_verdict_style (self));
      break;
    case PROP_ACCESSIBLE_LABEL:
      g_value_take_string (value, dup_accessible_label (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_opened_model_dispose (GObject *object)
{
  PaddockOpenedModel *self = PADDOCK_OPENED_MODEL (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (paddock_opened_model_parent_class)->dispose (object);
}

static void
paddock_opened_model_finalize (GObject *object)
{
  PaddockOpenedModel *self = PADDOCK_OPENED_MODEL (object);

  paddock_memory_settings_unref_files (&self->memory);
  g_clear_pointer (&self->snapshot, paddock_model_snapshot_unref);
  g_clear_object (&self->machines);
  g_free (self->identity);
  g_free (self->path);
  G_OBJECT_CLASS (paddock_opened_model_parent_class)->finalize (object);
}

static void
install_string (guint property, const char *name)
{
  properties[property] = g_param_spec_string (name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
paddock_opened_model_class_init (PaddockOpenedModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = paddock_opened_model_get_property;
  object_class->dispose = paddock_opened_model_dispose;
  object_class->finalize = paddock_opened_model_finalize;

  install_string (PROP_PATH, "path");
  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  install_string (PROP_STATE_TEXT, "state-text");
  install_string (PROP_NAME, "name");
  install_string (PROP_FILE_NAME, "file-name");
  install_string (PROP_SUMMARY, "summary");
  install_string (PROP_QUANTIZATION, "quantization");
  install_string (PROP_SIZE_LABEL, "size-label");
  install_string (PROP_FILE_SIZE, "file-size");
  install_string (PROP_CONTEXT, "context");
  install_string (PROP_VERDICT_ICON, "verdict-icon");
  install_string (PROP_VERDICT_STYLE, "verdict-style");
  install_string (PROP_ACCESSIBLE_LABEL, "accessible-label");
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * PaddockOpenedModel::changed:
   *
   * The model has been read (again): there is a new snapshot.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
paddock_opened_model_init (PaddockOpenedModel *self)
{
}

/**
 * paddock_opened_model_new:
 * @path: the file, or one shard of a split model
 * @identity: what makes it the same model as another, however it was named
 * @machines: for which computer it is judged
 *
 * Returns: (transfer full): a model that has not been read yet
 */
PaddockOpenedModel *
paddock_opened_model_new (const char *path, const char *identity, PaddockMachineChoice *machines)
{
  PaddockOpenedModel *self = g_object_new (PADDOCK_TYPE_OPENED_MODEL, NULL);

  self->path = g_strdup (path);
  self->identity = g_strdup (identity);
  self->machines = g_object_ref (machines);
  return self;
}

const char *
paddock_opened_model_get_path (PaddockOpenedModel *self)
{
  return self->path;
}

const char *
paddock_opened_model_get_identity (PaddockOpenedModel *self)
{
  return self->identity;
}

PaddockMachineChoice *
paddock_opened_model_get_machines (PaddockOpenedModel *self)
{
  return self->machines;
}

PaddockOpenedState
paddock_opened_model_get_state (PaddockOpenedModel *self)
{
  if (self->snapshot == NULL)
    return PADDOCK_OPENED_LOADING;
  return paddock_model_snapshot_is_broken (self->snapshot) ? PADDOCK_OPENED_FAILED : PADDOCK_OPENED_READY;
}

/**
 * paddock_opened_model_get_snapshot:
 * @self: the model
 *
 * Returns: (transfer none) (nullable): what was read last, %NULL before that
 */
PaddockModelSnapshot *
paddock_opened_model_get_snapshot (PaddockOpenedModel *self)
{
  return self->snapshot;
}

/**
 * paddock_opened_model_get_memory_settings:
 * @self: the model
 *
 * Returns: (transfer none) (nullable): how the person wants to run it, or %NULL if that cannot be estimated
 */
PaddockMemorySettings *
paddock_opened_model_get_memory_settings (PaddockOpenedModel *self)
{
  if (self->snapshot == NULL || self->snapshot->shape == NULL)
    return NULL;
  if (!self->memory_is_set)
    paddock_memory_settings_init (&self->memory, self->snapshot->shape);
  self->memory_is_set = TRUE;
  return &self->memory;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockOpenedModel) self = g_steal_pointer (&user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockModelSnapshot) snapshot = paddock_model_snapshot_load_finish (result, &error);

  g_clear_object (&self->cancellable);
  if (snapshot == NULL)
    return;
  g_clear_pointer (&self->snapshot, paddock_model_snapshot_unref);
  self->snapshot = g_steal_pointer (&snapshot);
  for (guint i = PROP_LOADING; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->load_again)
    paddock_opened_model_load (self);
}

/**
 * paddock_opened_model_load:
 * @self: the model
 *
 * Reads the model in a worker; #PaddockOpenedModel::changed tells when that is done.
 */
void
paddock_opened_model_load (PaddockOpenedModel *self)
{
  self->load_again = self->cancellable != NULL;
  if (self->load_again)
    return;
  self->cancellable = g_cancellable_new ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  paddock_model_snapshot_load_async (self->path, self->cancellable, on_loaded, g_object_ref (self));
}
