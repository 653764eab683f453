/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-private.h"

#include "library-pass.h"
#include "library-watcher.h"
#include "pass-listener.h"

struct _PaddockLibrary
{
  GObject parent_instance;

  /* Owned */
  PaddockStorePlaces *places;
  PaddockLibrarySettings *settings;
  PaddockRecordStore *records;
  PaddockLibraryIndex *index;
  PaddockLibraryWatcher *watcher;    /* NULL: nobody asked for it */
  GCancellable *cancellable;
  char *cache_path, *settings_path;
  GHashTable *wanted_roots;          /* paths to scan in the next pass */
  GPtrArray *waiting;                /* GTask: of whoever waits for the next pass to end */
  GPtrArray *served;                 /* GTask: of whoever waits for this one */

  gboolean settings_broken;          /* they could not be read: nothing is begun, and nothing written over them */
  gboolean wants_all;                /* the next pass scans every root */
  gboolean wants_rebuild;
  gboolean wants_load;
  gboolean busy;                     /* a pass runs, or writes what it found */
  gboolean scanning;
  gboolean loading;                  /* that pass only reads what the cache knows */
  gboolean loaded;
  guint pass;                        /* its number */
};

enum { PROP_SCANNING = 1, PROP_LOADED, N_PROPERTIES };
enum { SIGNAL_CHANGED, SIGNAL_SCANNED, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockLibrary, paddock_library, G_TYPE_OBJECT)

static void start_next (PaddockLibrary *self);

static void
set_index (PaddockLibrary *self, PaddockLibraryIndex *index)
{
  paddock_late_release (self->index, (GDestroyNotify) paddock_library_index_unref);
  self->index = paddock_library_index_ref (index);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, index);
}

static void
set_flag (PaddockLibrary *self, gboolean *flag, gboolean value, guint property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
show_part (gpointer library, guint pass, PaddockLibraryIndex *part)
{
  PaddockLibrary *self = library;

  /* The whole of it may have come first. */
  if (self->scanning && self->pass == pass)
    set_index (self, part);
}

static gpointer
run_pass (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  return paddock_library_pass_run (snapshot, worker, error);
}

static void
free_pass (gpointer data)
{
  PaddockLibraryPass *pass = data;

  g_clear_pointer (&pass->publish_data, paddock_pass_listener_unref);
  paddock_library_pass_free (pass);
}

/* A result to be written, and where. */
typedef struct
{
  PaddockPassResult *result;
  PaddockRecordStore *records;
  char *cache;
} Writing;

static void
free_writing (gpointer data)
{
  Writing *writing = data;

  paddock_pass_result_free (writing->result);
  paddock_record_store_unref (writing->records);
  g_free (writing->cache);
  g_free (writing);
}

static gpointer
run_writing (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  Writing *writing = snapshot;

  return paddock_pass_result_write (writing->result, writing->records, writing->cache,
                                    paddock_worker_get_cancellable (worker), error)
           ? GINT_TO_POINTER (TRUE)
           : NULL;
}

static void
answer (GPtrArray *tasks, const GError *error)
{
  for (guint i = 0; i < tasks->len; i++)
    if (error != NULL)
      g_task_return_error (g_ptr_array_index (tasks, i), g_error_copy (error));
    else
      g_task_return_boolean (g_ptr_array_index (tasks, i), TRUE);
}

/* Takes the error. */
static void
end_pass (PaddockLibrary *self, GError *taken)
{
  g_autoptr (GError) error = taken;
  g_autoptr (GPtrArray) served = g_steal_pointer (&self->served);

  self->busy = self->loading = FALSE;
  self->served = g_ptr_array_new_with_free_func (g_object_unref);
  set_flag (self, &self->scanning, FALSE, PROP_SCANNING);
  if (served != NULL)
    answer (served, error);
  start_next (self);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PaddockLibrary *self = PADDOCK_LIBRARY (source);
  GError *error = NULL;

  paddock_worker_run_finish (source, result, &error);
  end_pass (self, error);
}

static void
follow_roots (PaddockLibrary *self)
{
  g_autoptr (GPtrArray) watched = paddock_library_watcher_list_roots (self->watcher);
  g_autoptr (GHashTable) present = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->index->roots->len; i++)
    {
      const PaddockScannedRoot *root = g_ptr_array_index (self->index->roots, i);

      g_hash_table_add (present, root->path);
      paddock_library_watcher_set_root (self->watcher, root->path, root->directories);
    }
  for (guint i = 0; i < watched->len; i++)
    if (!g_hash_table_contains (present, g_ptr_array_index (watched, i)))
      paddock_library_watcher_unset_root (self->watcher, g_ptr_array_index (watched, i));
}

static void
write_result (PaddockLibrary *self, PaddockPassResult *result)
{
  Writing *writing = g_new0 (Writing, 1);
  PaddockWork work = {
    .name = "library write",
    .run = run_writing,
    .snapshot = writing,
    .snapshot_free = free_writing,
  };

  writing->result = result;
  writing->records = paddock_record_store_ref (self->records);
  writing->cache = g_strdup (self->cache_path);
  paddock_worker_run_async (self, &work, self->cancellable, on_written, NULL);
}

static void
on_pass (GObject *source, GAsyncResult *finished, gpointer user_data)
{
  PaddockLibrary *self = PADDOCK_LIBRARY (source);
  gboolean scanned = self->scanning;
  GError *error = NULL;
  PaddockPassResult *result = paddock_worker_run_finish (source, finished, &error);

  if (result == NULL)
    {
      end_pass (self, error);
      return;
    }
  set_index (self, result->index);
  set_flag (self, &self->loaded, TRUE, PROP_LOADED);
  if (scanned && self->watcher != NULL)
    follow_roots (self);
  if (!result->files_changed && result->changed->len == 0 && result->gone->len == 0)
    {
      paddock_pass_result_free (result);
      end_pass (self, NULL);
    }
  else
    write_result (self, result);
}

static PaddockLibraryPass *
make_pass (PaddockLibrary *self, PaddockPassKind kind)
{
  PaddockLibraryPass *pass = g_new0 (PaddockLibraryPass, 1);

  pass->publish_data = paddock_pass_listener_new (self, self->pass, show_part);
  pass->kind = kind;
  pass->places = paddock_store_places_copy (self->places);
  pass->settings = paddock_library_settings_copy (self->settings);
  pass->records = paddock_record_store_ref (self->records);
  pass->previous = paddock_library_index_ref (self->index);
  pass->cache = g_strdup (self->cache_path);
  /* What is shown already must not shrink while it is looked at again. */
  if (self->index->entries->len == 0)
    pass->publish = paddock_pass_listener_tell;
  if (kind == PADDOCK_PASS_SCAN && !self->wants_all)
    pass->only = g_hash_table_ref (self->wanted_roots);
  return pass;
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_SCANNED], 0, (guint) MIN (done, G_MAXUINT));
}

/* One pass at a time: the next one begins where this one ends, and does all that was asked for meanwhile. */
static void
start_next (PaddockLibrary *self)
{
  gboolean scans = self->wants_all || g_hash_table_size (self->wanted_roots) > 0;
  PaddockPassKind kind = self->wants_load ? PADDOCK_PASS_LOAD : scans ? PADDOCK_PASS_SCAN : PADDOCK_PASS_REBUILD;
  PaddockWork work = {
    .name = "library pass",
    .run = run_pass,
    .snapshot_free = free_pass,
    .result_free = (GDestroyNotify) paddock_pass_result_free,
    .progress = on_progress,
    .progress_data = self,
  };

  if (self->busy || (!scans && !self->wants_rebuild && !self->wants_load))
    return;
  self->busy = TRUE;
  self->pass++;
  work.snapshot = make_pass (self, kind);
  /* Whoever waits wants what they asked for: a load is no answer to them. */
  self->loading = kind == PADDOCK_PASS_LOAD;
  if (self->loading)
    self->wants_load = FALSE;
  else
    {
      g_ptr_array_unref (self->served);
      self->served = g_steal_pointer (&self->waiting);
      self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
      self->wants_rebuild = FALSE;
    }
  if (kind == PADDOCK_PASS_SCAN)
    {
      self->wants_all = FALSE;
      g_hash_table_unref (self->wanted_roots);
      self->wanted_roots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      set_flag (self, &self->scanning, TRUE, PROP_SCANNING);
    }
  paddock_worker_run_async (self, &work, self->cancellable, on_pass, NULL);
}

static void
on_root_changed (PaddockLibrary *self, const char *root)
{
  g_hash_table_add (self->wanted_roots, g_strdup (root));
  start_next (self);
}

static void
wait_for_pass (PaddockLibrary *self, GTask *taken)
{
  g_ptr_array_add (self->waiting, taken);
  start_next (self);
}

void
paddock_library_await_records (PaddockLibrary *self, GTask *task)
{
  self->wants_rebuild = TRUE;
  wait_for_pass (self, task);
}

void
paddock_library_await_settings (PaddockLibrary *self, PaddockLibrarySettings *settings, GTask *task)
{
  paddock_library_settings_free (self->settings);
  self->settings = settings;
  self->settings_broken = FALSE;
  self->wants_all = TRUE;
  wait_for_pass (self, task);
}

const char *
paddock_library_get_settings_path (PaddockLibrary *self)
{
  return self->settings_path;
}

/**
 * paddock_library_recall:
 * @self: a library
 *
 * Begins to read what it knew last, without a look at the disk.
 */
void
paddock_library_recall (PaddockLibrary *self)
{
  if (self->loaded || self->loading || self->settings_broken)
    return;
  self->wants_load = TRUE;
  start_next (self);
}

/**
 * paddock_library_start_async:
 * @self: a library
 * @watch: whether to follow the disk from then on
 * @cancellable: (nullable): a cancellable
 * @callback: called when everything was looked at once
 * @user_data: for @callback
 */
void
paddock_library_start_async (PaddockLibrary *self, gboolean watch, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, paddock_library_start_async);
  g_task_set_static_name (task, "library start");
  if (watch && self->watcher == NULL)
    {
      self->watcher = paddock_library_watcher_new ();
      g_signal_connect_object (self->watcher, "changed", G_CALLBACK (on_root_changed), self, G_CONNECT_SWAPPED);
    }
  self->wants_load = !self->loaded && !self->loading;
  if (self->settings_broken)
    {
      paddock_library_await_reread (self, g_steal_pointer (&task));
      return;
    }
  self->wants_all = TRUE;
  wait_for_pass (self, g_steal_pointer (&task));
}

/**
 * paddock_library_start_finish:
 * @self: a library
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether everything was looked at
 */
gboolean
paddock_library_start_finish (PaddockLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * paddock_library_rescan_async:
 * @self: a library
 * @cancellable: (nullable): a cancellable
 * @callback: called when everything was looked at again
 * @user_data: for @callback
 */
void
paddock_library_rescan_async (PaddockLibrary *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, paddock_library_rescan_async);
  g_task_set_static_name (task, "library rescan");
  self->wants_all = TRUE;
  wait_for_pass (self, g_steal_pointer (&task));
}

gboolean
paddock_library_rescan_finish (PaddockLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * paddock_library_stop:
 * @self: a library that nobody needs any more
 */
void
paddock_library_stop (PaddockLibrary *self)
{
  g_clear_object (&self->watcher);
  g_cancellable_cancel (self->cancellable);
}

PaddockLibraryIndex *
paddock_library_get_index (PaddockLibrary *self)
{
  return self->index;
}

gboolean
paddock_library_get_scanning (PaddockLibrary *self)
{
  return self->scanning;
}

gboolean
paddock_library_get_loaded (PaddockLibrary *self)
{
  return self->loaded;
}

const PaddockLibrarySettings *
paddock_library_get_settings (PaddockLibrary *self)
{
  return self->settings;
}

PaddockRecordStore *
paddock_library_get_records (PaddockLibrary *self)
{
  return self->records;
}

const PaddockStorePlaces *
paddock_library_get_places (PaddockLibrary *self)
{
  return self->places;
}

static char *
find_own_file (const PaddockStorePlaces *places, const char *variable, const char *fallback, const char *name)
{
  const char *folder = paddock_store_places_get_variable (places, variable);

  return folder != NULL ? g_build_filename (folder, name, NULL) : g_build_filename (fallback, "paddock", name, NULL);
}

/**
 * paddock_library_new:
 * @places: (nullable): where a person's files are
 *
 * Returns: (transfer full): their library, which knows nothing before it is started
 */
PaddockLibrary *
paddock_library_new (const PaddockStorePlaces *places)
{
  PaddockLibrary *self = g_object_new (PADDOCK_TYPE_LIBRARY, NULL);
  g_autofree char *metadata = NULL;
  g_autofree char *records_cache = NULL;

  self->places = places != NULL ? paddock_store_places_copy (places) : paddock_store_places_new ();
  metadata = g_build_filename (self->places->own, "metadata", NULL);
  records_cache = find_own_file (self->places, "PADDOCK_CACHE_DIR", self->places->cache, "records.cache");
  self->cache_path = find_own_file (self->places, "PADDOCK_CACHE_DIR", self->places->cache, "library.cache");
  self->settings_path = find_own_file (self->places, "PADDOCK_CONFIG_DIR", self->places->config, "library.json");
  self->records = paddock_record_store_new (metadata, records_cache);
  self->settings = paddock_library_settings_load (self->settings_path, NULL);
  self->settings_broken = self->settings == NULL;
  if (self->settings == NULL)
    self->settings = paddock_library_settings_new ();
  return self;
}

static void
paddock_library_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PaddockLibrary *self = PADDOCK_LIBRARY (object);

  switch (id)
    {
    case PROP_SCANNING:
      g_value_set_boolean (value, self->scanning);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->loaded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
paddock_library_dispose (GObject *object)
{
  paddock_library_stop (PADDOCK_LIBRARY (object));
  G_OBJECT_CLASS (paddock_library_parent_class)->dispose (object);
}

static void
paddock_library_finalize (GObject *object)
{
  PaddockLibrary *self = PADDOCK_LIBRARY (object);

  g_clear_pointer (&self->places, paddock_store_places_free);
  g_clear_pointer (&self->settings, paddock_library_settings_free);
  g_clear_pointer (&self->records, paddock_record_store_unref);
  g_clear_pointer (&self->index, paddock_library_index_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->wanted_roots, g_hash_table_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->served, g_ptr_array_unref);
  g_free (self->cache_path);
  g_free (self->settings_path);
  G_OBJECT_CLASS (paddock_library_parent_class)->finalize (object);
}

static void
paddock_library_class_init (PaddockLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = paddock_library_get_property;
  object_class->dispose = paddock_library_dispose;
  object_class->finalize = paddock_library_finalize;

  properties[PROP_SCANNING] =
    g_param_spec_boolean ("scanning", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOADED] =
    g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * PaddockLibrary::changed:
   * @self: a library
   * @index: (type gpointer): what it knows now
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_POINTER);

  /**
   * PaddockLibrary::scanned:
   * @self: a library
   * @count: how many files the scan under way has met
   */
  signals[SIGNAL_SCANNED] = g_signal_new ("scanned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
paddock_library_init (PaddockLibrary *self)
{
  self->index = paddock_library_index_new ();
  self->cancellable = g_cancellable_new ();
  self->wanted_roots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->served = g_ptr_array_new_with_free_func (g_object_unref);
}
