/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-header.h"

#include "base/worker.h"
#include "hub-error.h"
#include "hub-head.h"
#include "hub-reference.h"

typedef struct
{
  GPtrArray *files; /* PaddockGgufFile, in the order of the shards; those that are not there yet are NULL */
  GCancellable *cancellable;
  GError *error; /* the first one; the others are only stopped */
  gulong chain;
  GCancellable *outer;
  guint64 fetched;
  guint missing;
} Loading;

/* One file on its way. */
typedef struct
{
  GTask *task;
  guint place;
} Part;

/* What a worker judges. */
typedef struct
{
  GPtrArray *files;
} Snapshot;

/**
 * paddock_hub_header_ref:
 * @self: a header
 *
 * Returns: (transfer full): @self
 */
PaddockHubHeader *
paddock_hub_header_ref (PaddockHubHeader *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_header (gpointer data)
{
  PaddockHubHeader *self = data;

  g_clear_pointer (&self->shards, paddock_gguf_shards_unref);
  g_clear_pointer (&self->info, paddock_model_info_unref);
  g_clear_pointer (&self->report, paddock_model_report_unref);
  g_clear_pointer (&self->shape, paddock_model_shape_unref);
  g_free (self->reason);
}

/**
 * paddock_hub_header_unref:
 * @self: (transfer full): a header
 */
void
paddock_hub_header_unref (PaddockHubHeader *self)
{
  g_atomic_rc_box_release_full (self, clear_header);
}

/**
 * paddock_hub_header_new:
 * @files: (array length=n_files): all files of a model
 * @n_files: how many
 * @cancellable: (nullable): to stop
 *
 * Returns: (transfer full): what they say
 */
PaddockHubHeader *
paddock_hub_header_new (PaddockGgufFile *const *files, guint n_files, GCancellable *cancellable)
{
  PaddockHubHeader *self = g_atomic_rc_box_new0 (PaddockHubHeader);
  g_autoptr (GError) error = NULL;

  self->shards = paddock_gguf_shards_new_for_files (files, n_files);
  self->info = paddock_model_info_new (self->shards);
  self->report = paddock_model_report_new_for_shards (self->shards, cancellable);
  for (guint i = 0; i < n_files && error == NULL; i++)
    if (paddock_gguf_file_get_failure (files[i]) != NULL)
      error = g_error_copy (paddock_gguf_file_get_failure (files[i]));
  if (error == NULL)
    self->shape = paddock_model_shape_new (self->shards, &error);
  self->reason = error != NULL ? g_strdup (error->message) : NULL;
  return self;
}

static void
free_loading (gpointer data)
{
  Loading *loading = data;

  g_cancellable_disconnect (loading->outer, loading->chain);
  g_clear_object (&loading->outer);
  g_clear_object (&loading->cancellable);
  g_clear_error (&loading->error);
  g_ptr_array_unref (loading->files);
  g_free (loading);
}

static void
free_file (gpointer data)
{
  if (data != NULL)
    paddock_gguf_file_unref (data);
}

static gpointer
judge (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  GPtrArray *files = ((Snapshot *) snapshot)->files;
  g_autoptr (PaddockHubHeader) header
      = paddock_hub_header_new ((PaddockGgufFile *const *) files->pdata, files->len, paddock_worker_get_cancellable (worker));

  return paddock_worker_poll (worker, error) ? g_steal_pointer (&header) : NULL;
}

static void
on_judged (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Loading *loading = g_task_get_task_data (task);
  GError *error = NULL;
  PaddockHubHeader *header = paddock_worker_run_finish (source, result, &error);

  if (header == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  header->fetched = loading->fetched;
  g_task_return_pointer (task, header, (GDestroyNotify) paddock_hub_header_unref);
}

static void
free_snapshot (gpointer data)
{
  Snapshot *snapshot = data;

  g_ptr_array_unref (snapshot->files);
  g_free (snapshot);
}

static void
start_judging (GTask *task)
{
  Loading *loading = g_task_get_task_data (task);
  Snapshot *snapshot = g_new0 (Snapshot, 1);
  PaddockWork work = { .name = "hub header report",
                       .run = judge,
                       .snapshot = snapshot,
                       .snapshot_free = free_snapshot,
                       .result_free = (GDestroyNotify) paddock_hub_header_unref };

  snapshot->files = g_ptr_array_ref (loading->files);
  paddock_worker_run_async (NULL, &work, g_task_get_cancellable (task), on_judged, g_object_ref (task));
}

static void
on_part (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Part *part = user_data;
  g_autoptr (GTask) task = part->task;
  guint place = part->place;
  Loading *loading = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHubHead) head = paddock_hub_head_load_finish (result, &error);

  g_free (part);
  loading->missing--;
  if (head != NULL)
    {
      loading->files->pdata[place] = g_steal_pointer (&head->file);
      loading->fetched += head->fetched;
    }
  else if (loading->error == NULL)
    {
      loading->error = g_steal_pointer (&error);
      g_cancellable_cancel (loading->cancellable);
    }
  if (loading->missing > 0)
    return;
  if (loading->error != NULL)
    g_task_return_error (task, g_steal_pointer (&loading->error));
  else
    start_judging (task);
}

/* Files with the same hash are the same wherever they lie. */
static char *
make_key (const PaddockHubFile *file, const char *url)
{
  return file->sha256 != NULL ? g_strconcat ("sha256:", file->sha256, NULL) : g_strdup (url);
}

static void
start_part (GTask *task, const PaddockHubListing *listing, const PaddockHubFile *file, guint number)
{
  PaddockHubSession *session = g_task_get_source_object (task);
  Loading *loading = g_task_get_task_data (task);
  g_autofree char *resolve = paddock_hub_reference_build_resolve (listing->repository->id, listing->repository->sha, file->path);
  g_autofree char *url = g_strconcat (paddock_hub_session_get_endpoint (session), resolve, NULL);
  g_autofree char *key = make_key (file, url);
  PaddockHubHeadPlace place = { url, key, file->path, file->size, number == 0 ? listing->repository->id : NULL };
  Part *part = g_new0 (Part, 1);

  part->task = g_object_ref (task);
  part->place = number;
  paddock_hub_head_load_async (session, &place, loading->cancellable, on_part, part);
}

static void
stop (GCancellable *outer G_GNUC_UNUSED, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

/**
 * paddock_hub_header_load_async:
 * @session: a session
 * @listing: a repository
 * @variant: a model in it
 * @cancellable: (nullable): to stop
 * @callback: called with the header
 * @user_data: for @callback
 */
void
paddock_hub_header_load_async (PaddockHubSession *session,
                               const PaddockHubListing *listing,
                               const PaddockHubVariant *variant,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  Loading *loading = g_new0 (Loading, 1);

  loading->files = g_ptr_array_new_with_free_func (free_file);
  loading->cancellable = g_cancellable_new ();
  loading->outer = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  g_task_set_source_tag (task, paddock_hub_header_load_async);
  g_task_set_static_name (task, "hub model header");
  g_task_set_task_data (task, loading, free_loading);
  if (!paddock_hub_variant_is_whole (variant))
    {
      g_task_return_new_error (task, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_NOT_FOUND, "%s: some of its files were never uploaded",
                               variant->label);
      return;
    }
  if (cancellable != NULL)
    loading->chain = g_cancellable_connect (cancellable, G_CALLBACK (stop), g_object_ref (loading->cancellable), g_object_unref);
  g_ptr_array_set_size (loading->files, (gint) variant->files->len);
  loading->missing = variant->files->len;
  for (guint i = 0; i < variant->files->len; i++)
    start_part (task, listing, g_ptr_array_index (variant->files, i), i);
}

/**
 * paddock_hub_header_load_finish:
 * @result: what the callback was given
 * @error: return location for %PADDOCK_HUB_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the header
 */
PaddockHubHeader *
paddock_hub_header_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
