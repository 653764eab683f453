/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue-case.h"

#include "await.h"
#include "download-error.h"
#include "queue-private.h"

/* A network that is as the test says. */
#define TEST_TYPE_NETWORK (test_network_get_type ())
G_DECLARE_FINAL_TYPE (TestNetwork, test_network, TEST, NETWORK, GObject)

struct _TestNetwork
{
  GObject parent_instance;
  gboolean available, metered;
};

static gboolean
initialize (GInitable *initable, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
init_initable (GInitableIface *iface)
{
  iface->init = initialize;
}

static void
init_monitor (GNetworkMonitorInterface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestNetwork, test_network, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, init_initable)
                               G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, init_monitor))

enum
{
  PROP_AVAILABLE = 1,
  PROP_METERED,
  PROP_CONNECTIVITY
};

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  TestNetwork *self = TEST_NETWORK (object);

  if (id == PROP_CONNECTIVITY)
    g_value_set_enum (value, G_NETWORK_CONNECTIVITY_FULL);
  else
    g_value_set_boolean (value, id == PROP_AVAILABLE ? self->available : self->metered);
}

static void
test_network_class_init (TestNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = get_property;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
test_network_init (TestNetwork *self)
{
  self->available = TRUE;
}

/* The means of the queue have no place for the test's own: there is one at a time. */
static TestQueueCase *current;

static void
free_transfer (gpointer data)
{
  TestTransfer *transfer = data;

  g_free (transfer->target);
  g_clear_object (&transfer->task);
  g_clear_object (&transfer->cancellable);
  g_free (transfer);
}

static void
on_cancelled (GCancellable *cancellable, TestTransfer *transfer)
{
  g_autoptr (GTask) task = g_steal_pointer (&transfer->task);

  if (task != NULL)
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
}

static gpointer
begin (PaddockDownloadRequest *request,
       const PaddockTransferOptions *options,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  TestTransfer *transfer = g_new0 (TestTransfer, 1);

  for (guint i = 0; i < current->transfers->len; i++)
    {
      const TestTransfer *other = g_ptr_array_index (current->transfers, i);

      g_assert_false (other->task != NULL && g_str_equal (other->target, request->target));
    }
  transfer->target = g_strdup (request->target);
  transfer->cancellable = g_object_ref (cancellable);
  transfer->status = (PaddockTransferStatus){ .phase = PADDOCK_TRANSFER_RESOLVING, .total = request->size };
  /* The cancellable is given none, so that what was quicker counts. */
  transfer->task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_static_name (transfer->task, "test transfer");
  g_signal_connect (cancellable, "cancelled", G_CALLBACK (on_cancelled), transfer);
  g_ptr_array_add (current->transfers, transfer);
  return transfer;
}

static char *
end (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
get_status (gpointer transfer, PaddockTransferStatus *status)
{
  *status = ((TestTransfer *) transfer)->status;
}

static void
set_limit (gpointer transfer, guint64 limit)
{
  ((TestTransfer *) transfer)->limit = limit;
}

static void
leave_transfer (gpointer data)
{
  TestTransfer *transfer = data;

  g_assert_null (transfer->task);
  transfer->left = TRUE;
  g_signal_handlers_disconnect_by_data (transfer->cancellable, transfer);
}

static const PaddockTransferMeans transfer_means = { begin, end, get_status, set_limit, leave_transfer };

static void
resolve (gpointer resolver,
         PaddockDownloadOrigin *origin,
         const char *target,
         GCancellable *cancellable,
         GAsyncReadyCallback callback,
         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  PaddockDownloadRequest *request = paddock_download_request_new (target);

  g_task_set_static_name (task, "test resolver");
  current->asked++;
  paddock_download_request_add_source (request, origin->text, NULL);
  request->size = origin->size;
  if (current->refusal != NULL)
    {
      paddock_download_request_unref (request);
      g_task_return_error (task, g_error_copy (current->refusal));
    }
  else
    g_task_return_pointer (task, request, (GDestroyNotify) paddock_download_request_unref);
}

static PaddockDownloadRequest *
finish_resolving (gpointer resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static const PaddockResolverMeans resolver_means = { resolve, finish_resolving };

/* What goes on has its place on the disk. */
static guint64
measure_part (TestQueueCase *self, const char *target)
{
  for (guint i = 0; i < self->transfers->len; i++)
    {
      const TestTransfer *transfer = g_ptr_array_index (self->transfers, i);

      if (g_str_equal (transfer->target, target) && transfer->status.received > 0)
        return (guint64) transfer->status.total;
    }
  return 0;
}

static void
answer_survey (TestQueueCase *self, PaddockDiskSurvey *survey)
{
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, survey->folders);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    *(PaddockFolderSpace *) value = (PaddockFolderSpace){ .filesystem = 1, .free_bytes = self->free_bytes, .known = TRUE };
  g_hash_table_iter_init (&iter, survey->parts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    *(guint64 *) value = measure_part (self, key);
}

static void
take_survey (PaddockDiskSurvey *survey, GAsyncReadyCallback callback, gpointer user_data, gpointer data)
{
  TestQueueCase *self = data;
  GTask *task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_static_name (task, "test survey");
  g_task_set_task_data (task, survey, NULL);
  g_assert_null (self->survey);
  self->survey = task;
  if (!self->disk_sleeps)
    test_queue_case_wake_disk (self);
}

static PaddockDiskSurvey *
finish_survey (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static const PaddockSurveyMeans survey_means = { take_survey, finish_survey };

void
test_queue_case_wake_disk (TestQueueCase *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->survey);
  PaddockDiskSurvey *survey = g_task_get_task_data (task);

  answer_survey (self, survey);
  g_task_return_pointer (task, survey, (GDestroyNotify) paddock_disk_survey_free);
}

static gint64
read_clock (gpointer data)
{
  return ((TestQueueCase *) data)->now;
}

static double
throw_dice (gpointer data)
{
  return 0;
}

static void
on_finished (TestQueueCase *self, PaddockDownload *download)
{
  g_ptr_array_add (self->told, g_strconcat ("finished ", paddock_download_get_title (download), NULL));
}

static void
on_failed (TestQueueCase *self, PaddockDownload *download)
{
  g_ptr_array_add (self->told, g_strconcat ("failed ", paddock_download_get_title (download), NULL));
}

void
test_queue_case_set_up (TestQueueCase *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  current = self;
  self->directory = test_directory_new ();
  self->folder = test_directory_get_path (self->directory);
  self->transfers = g_ptr_array_new_with_free_func (free_transfer);
  self->told = g_ptr_array_new_with_free_func (g_free);
  self->network = g_object_new (TEST_TYPE_NETWORK, NULL);
  self->now = G_USEC_PER_SEC;
  self->free_bytes = G_MAXUINT64;
  self->outside = (PaddockQueueSurroundings){
    .transfers = &transfer_means,
    .resolver_means = &resolver_means,
    .survey_means = &survey_means,
    .now = read_clock,
    .chance = throw_dice,
    .data = self,
    .network = self->network,
  };
  self->queue = test_queue_case_make (self);
  g_assert_true (paddock_download_queue_open (self->queue, self->folder, &error));
  g_assert_no_error (error);
  g_signal_connect_swapped (self->queue, "finished", G_CALLBACK (on_finished), self);
  g_signal_connect_swapped (self->queue, "failed", G_CALLBACK (on_failed), self);
}

static gboolean
is_idle (gpointer queue)
{
  return !paddock_download_queue_is_busy (queue) && !((PaddockDownloadQueue *) queue)->surveying;
}

void
test_queue_case_tear_down (TestQueueCase *self, gconstpointer data)
{
  if (self->queue != NULL)
    {
      paddock_download_queue_set_running (self->queue, FALSE);
      test_await_condition (is_idle, self->queue);
      g_clear_object (&self->queue);
    }
  g_ptr_array_unref (self->transfers);
  g_ptr_array_unref (self->told);
  g_clear_error (&self->refusal);
  g_clear_object (&self->network);
  test_directory_free (self->directory);
}

PaddockDownloadQueue *
test_queue_case_make (TestQueueCase *self)
{
  return paddock_download_queue_new (&self->outside, NULL);
}

static gboolean
is_settled (gpointer data)
{
  TestQueueCase *self = data;

  for (guint i = 0; i < self->queue->runs->len; i++)
    {
      const PaddockQueueRun *run = g_ptr_array_index (self->queue->runs, i);

      if (run->stopping || run->transfer == NULL)
        return FALSE;
    }
  for (guint i = 0; i < self->transfers->len; i++)
    {
      const TestTransfer *transfer = g_ptr_array_index (self->transfers, i);

      if (transfer->task == NULL && !transfer->left)
        return FALSE;
    }
  if (self->queue->surveying)
    return self->survey != NULL;
  return !self->queue->saving && !self->queue->unsaved && (self->queue->next_pass < 0 || self->queue->next_pass > self->now);
}

void
test_queue_case_settle (TestQueueCase *self)
{
  test_await_condition (is_settled, self);
  paddock_queue_look (self->queue);
  test_await_condition (is_settled, self);
}

void
test_queue_case_advance (TestQueueCase *self, double seconds)
{
  self->now += (gint64) (seconds * G_USEC_PER_SEC);
  paddock_queue_look (self->queue);
  test_queue_case_settle (self);
}

void
test_queue_case_set_network (TestQueueCase *self, gboolean available, gboolean metered)
{
  TEST_NETWORK (self->network)->available = available;
  TEST_NETWORK (self->network)->metered = metered;
  g_signal_emit_by_name (self->network, "network-changed", available);
  test_queue_case_settle (self);
}

char *
test_queue_case_dup_target (TestQueueCase *self, const char *name)
{
  return g_build_filename (self->folder, "models", name, NULL);
}

PaddockDownload *
test_queue_case_add (TestQueueCase *self, const char *name, gint64 size)
{
  g_autofree char *target = test_queue_case_dup_target (self, name);
  g_autofree char *url = g_strconcat ("https://example.org/", name, NULL);
  g_autoptr (PaddockDownloadOrigin) origin = paddock_download_origin_new (url, NULL, size);

  return paddock_download_queue_add (self->queue, NULL, target, origin);
}

TestTransfer *
test_queue_case_find (TestQueueCase *self, const char *name)
{
  g_autofree char *target = test_queue_case_dup_target (self, name);

  for (guint i = 0; i < self->transfers->len; i++)
    {
      TestTransfer *transfer = g_ptr_array_index (self->transfers, i);

      if (transfer->task != NULL && g_str_equal (transfer->target, target))
        return transfer;
    }
  return NULL;
}

static void
add_name (GString *names, const char *target)
{
  g_autofree char *name = g_path_get_basename (target);

  g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", name);
}

void
test_queue_case_assert_running (TestQueueCase *self, const char *names)
{
  g_autoptr (GString) found = g_string_new (NULL);

  test_queue_case_settle (self);
  for (guint i = 0; i < self->transfers->len; i++)
    {
      const TestTransfer *transfer = g_ptr_array_index (self->transfers, i);

      if (transfer->task != NULL)
        add_name (found, transfer->target);
    }
  g_assert_cmpstr (found->str, ==, names);
}

void
test_queue_case_assert_order (TestQueueCase *self, const char *names)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->queue)); i++)
    {
      g_autoptr (PaddockDownload) download = g_list_model_get_item (G_LIST_MODEL (self->queue), i);

      g_assert_cmpuint (paddock_download_queue_get_position (download), ==, i);
      add_name (found, paddock_download_get_target (download));
    }
  g_assert_cmpstr (found->str, ==, names);
}

void
test_queue_case_finish (TestQueueCase *self, const char *name)
{
  TestTransfer *transfer = test_queue_case_find (self, name);
  g_autoptr (GTask) task = g_steal_pointer (&transfer->task);

  transfer->status.phase = PADDOCK_TRANSFER_VERIFYING;
  g_task_return_pointer (task, g_strdup ("digest"), g_free);
  test_queue_case_settle (self);
}

void
test_queue_case_fail (TestQueueCase *self, const char *name, int code)
{
  TestTransfer *transfer = test_queue_case_find (self, name);
  g_autoptr (GTask) task = g_steal_pointer (&transfer->task);

  g_task_return_new_error_literal (task, PADDOCK_DOWNLOAD_ERROR, code, "it went wrong");
  test_queue_case_settle (self);
}
