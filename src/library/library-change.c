/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/worker.h"
#include "library-private.h"

/* What a worker is to do to a record. */
typedef struct
{
  PaddockRecordStore *records;
  char *id;
  PaddockRecordChange change;
  gpointer data;
  GDestroyNotify data_free;
} Change;

static void
free_change (gpointer data)
{
  Change *change = data;

  paddock_record_store_unref (change->records);
  g_free (change->id);
  if (change->data_free != NULL)
    change->data_free (change->data);
  g_free (change);
}

static gpointer
run_change (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  Change *change = snapshot;

  return paddock_record_store_change (change->records, change->id, TRUE, change->change, change->data, error);
}

static void
on_change (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PaddockLibrary *self = PADDOCK_LIBRARY (source);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  PaddockModelRecord *record = paddock_worker_run_finish (source, result, &error);

  if (record == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  paddock_model_record_unref (record);
  paddock_library_await_records (self, g_steal_pointer (&task));
}

/**
 * paddock_library_change_async:
 * @self: a library
 * @id: which model
 * @change: what to do to its record, in a worker
 * @change_data: (transfer full): for @change
 * @change_free: (nullable): frees it
 * @callback: called when it is on the disk and in the index
 * @user_data: for @callback
 */
void
paddock_library_change_async (PaddockLibrary *self, const char *id, PaddockRecordChange change, gpointer change_data,
                              GDestroyNotify change_free, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Change *snapshot = g_new0 (Change, 1);
  PaddockWork work = {
    .name = "library change",
    .run = run_change,
    .snapshot = snapshot,
    .snapshot_free = free_change,
    .result_free = (GDestroyNotify) paddock_model_record_unref,
  };

  g_task_set_source_tag (task, paddock_library_change_async);
  g_task_set_static_name (task, "library change");
  snapshot->records = paddock_record_store_ref (paddock_library_get_records (self));
  snapshot->id = g_strdup (id);
  snapshot->change = change;
  snapshot->data = change_data;
  snapshot->data_free = change_free;
  paddock_worker_run_async (self, &work, NULL, on_change, g_steal_pointer (&task));
}

gboolean
paddock_library_change_finish (PaddockLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * paddock_library_look_again:
 * @self: a library whose records somebody changed
 */
void
paddock_library_look_again (PaddockLibrary *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_source_tag (task, paddock_library_look_again);
  g_task_set_static_name (task, "library look again");
  paddock_library_await_records (self, g_steal_pointer (&task));
}

/* Settings to be written, and where. */
typedef struct
{
  PaddockLibrarySettings *before, *wanted;
  char *path;
} Saving;

static void
free_saving (gpointer data)
{
  Saving *saving = data;

  paddock_library_settings_free (saving->before);
  paddock_library_settings_free (saving->wanted);
  g_free (saving->path);
  g_free (saving);
}

static gpointer
run_saving (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  Saving *saving = snapshot;

  return paddock_library_settings_update (saving->path, saving->before, saving->wanted, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PaddockLibrary *self = PADDOCK_LIBRARY (source);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  PaddockLibrarySettings *saved = paddock_worker_run_finish (source, result, &error);

  if (saved == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  paddock_library_await_settings (self, saved, g_steal_pointer (&task));
}

/**
 * paddock_library_set_settings_async:
 * @self: a library
 * @settings: what the person wants
 * @callback: called when they took effect
 * @user_data: for @callback
 */
void
paddock_library_set_settings_async (PaddockLibrary *self, const PaddockLibrarySettings *settings,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  Saving *saving = g_new0 (Saving, 1);
  PaddockWork work = {
    .name = "library settings",
    .run = run_saving,
    .snapshot = saving,
    .snapshot_free = free_saving,
    .result_free = (GDestroyNotify) paddock_library_settings_free,
  };

  g_task_set_source_tag (task, paddock_library_set_settings_async);
  g_task_set_static_name (task, "library settings");
  saving->before = paddock_library_settings_copy (paddock_library_get_settings (self));
  saving->wanted = paddock_library_settings_copy (settings);
  saving->path = g_strdup (paddock_library_get_settings_path (self));
  paddock_worker_run_async (self, &work, NULL, on_saved, g_steal_pointer (&task));
}

gboolean
paddock_library_set_settings_finish (PaddockLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gpointer
run_reading (PaddockWorker *worker, gpointer path, GError **error)
{
  return paddock_library_settings_load (path, error);
}

static void
read_settings (PaddockLibrary *self, GAsyncReadyCallback callback, gpointer user_data)
{
  PaddockWork work = {
    .name = "library settings reading",
    .run = run_reading,
    .snapshot = g_strdup (paddock_library_get_settings_path (self)),
    .snapshot_free = g_free,
    .result_free = (GDestroyNotify) paddock_library_settings_free,
  };

  paddock_worker_run_async (self, &work, NULL, callback, user_data);
}

void
paddock_library_await_reread (PaddockLibrary *self, GTask *task)
{
  read_settings (self, on_saved, task);
}

static gboolean
says_the_same (const PaddockLibrarySettings *a, const PaddockLibrarySettings *b)
{
  return g_strv_equal ((const char *const *) a->folders, (const char *const *) b->folders) &&
         g_strv_equal ((const char *const *) a->hidden_stores, (const char *const *) b->hidden_stores) &&
         g_strcmp0 (a->default_model, b->default_model) == 0 && a->own_limit == b->own_limit;
}

/* While another program writes them badly, what was understood last holds; starting tells of it. */
static void
on_reread (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PaddockLibrary *self = PADDOCK_LIBRARY (source);
  g_autoptr (PaddockLibrarySettings) settings = paddock_worker_run_finish (source, result, NULL);

  if (settings != NULL &&
      (!paddock_library_get_loaded (self) || !says_the_same (settings, paddock_library_get_settings (self))))
    paddock_library_await_settings (self, g_steal_pointer (&settings), g_task_new (self, NULL, NULL, NULL));
}

void
paddock_library_reread_settings (PaddockLibrary *self)
{
  read_settings (self, on_reread, NULL);
}
