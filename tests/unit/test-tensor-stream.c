/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loading/tensor-stream.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/worker-pool.h"
#include "directory.h"

#define LARGE "kv general.architecture str llama\ntensor a.weight f16 1024x2500\ndata random seed=3\n" \
              "tensor b.weight q4_k 256x9000\ndata random seed=4\ntensor c.weight f32 7\n"
#define SPLIT "kv general.architecture str llama\nkv split.count u16 2\nkv split.tensors.count i32 3\nkv split.no u16 "

typedef struct
{
  TestDirectory *directory;
  char *path;
  PaddockGgufShards *shards;
  PaddockLoadingPlan *plan;

  GMutex lock;
  GByteArray *seen[4];               /* of each tensor by its position, where the windows came in order */
  guint64 n_bytes;
  guint64 n_windows;
  guint most_lanes;
  gboolean cut;                      /* the file, at the first window */
  guint cancel_at;
  GCancellable *cancellable;
} Fixture;

static void
open_model (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->shards = paddock_gguf_shards_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  fixture->plan = paddock_loading_plan_new_for_model (fixture->shards);
}

static void
set_up (Fixture *fixture, gconstpointer recipe)
{
  fixture->directory = test_directory_new ();
  fixture->path = test_directory_write_recipe (fixture->directory, "model.gguf", recipe);
  g_mutex_init (&fixture->lock);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->seen); i++)
    fixture->seen[i] = g_byte_array_new ();
  open_model (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer recipe)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixture->seen); i++)
    g_byte_array_unref (fixture->seen[i]);
  g_clear_pointer (&fixture->plan, paddock_loading_plan_unref);
  g_clear_pointer (&fixture->shards, paddock_gguf_shards_unref);
  g_clear_object (&fixture->cancellable);
  g_mutex_clear (&fixture->lock);
  g_free (fixture->path);
  test_directory_free (fixture->directory);
}

static gboolean
look (const PaddockTensorWindow *window, gpointer user_data, GError **error)
{
  Fixture *fixture = user_data;

  g_assert_cmpuint (window->length, >, 0);
  g_assert_cmpuint (window->length, <=, PADDOCK_TENSOR_STREAM_WINDOW);
  g_assert_cmpuint (window->length % window->item->unit_bytes, ==, 0);
  g_assert_cmpuint (window->number, <, window->n_windows);
  g_mutex_lock (&fixture->lock);
  if (fixture->seen[window->item->position]->len == window->offset)
    g_byte_array_append (fixture->seen[window->item->position], window->bytes, (guint) window->length);
  fixture->n_bytes += window->length;
  fixture->n_windows++;
  fixture->most_lanes = MAX (fixture->most_lanes, window->lane + 1);
  if (fixture->cut)
    g_assert_cmpint (truncate (fixture->path, 1024 * 1024), ==, 0);
  if (fixture->n_windows == fixture->cancel_at)
    g_cancellable_cancel (fixture->cancellable);
  g_mutex_unlock (&fixture->lock);
  return TRUE;
}

static gboolean
run (Fixture *fixture, guint lanes, PaddockLoadingRecovery *recovery, PaddockLoadingEfficiency *efficiency, GError **error)
{
  PaddockTensorStream stream = { .lanes = lanes, .lane_bytes = 1000, .recovery = recovery, .func = look, .user_data = fixture };

  return paddock_tensor_stream_run (&stream, fixture->plan, NULL, efficiency, error);
}

static void
assert_whole (Fixture *fixture, guint position)
{
  guint shard;
  const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (fixture->shards, position, &shard);
  PaddockGgufFile *file = paddock_gguf_shards_get_shard (fixture->shards, shard)->file;
  g_autofree guint8 *bytes = g_malloc (tensor->bytes);

  g_assert_true (paddock_gguf_source_read (paddock_gguf_file_get_source (file),
                                           paddock_gguf_file_get_data_offset (file) + tensor->offset, bytes, tensor->bytes, NULL,
                                           NULL));
  g_assert_cmpmem (fixture->seen[position]->data, fixture->seen[position]->len, bytes, tensor->bytes);
}

static void
test_in_order (Fixture *fixture, gconstpointer recipe)
{
  g_autoptr (GError) error = NULL;
  PaddockLoadingEfficiency efficiency;

  g_assert_true (run (fixture, 1, NULL, &efficiency, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    assert_whole (fixture, i);
  g_assert_cmpuint (fixture->most_lanes, ==, 1);
  g_assert_cmpuint (fixture->n_bytes, ==, paddock_loading_plan_get_bytes (fixture->plan));
  g_assert_cmpuint (efficiency.bytes_copied, ==, fixture->n_bytes);
  g_assert_cmpuint (efficiency.peak_held, ==, PADDOCK_TENSOR_STREAM_WINDOW + 1000);
  g_assert_cmpuint (efficiency.model_bytes, ==, paddock_gguf_shards_get_size (fixture->shards));
}

static void
test_side_by_side (Fixture *fixture, gconstpointer recipe)
{
  PaddockLoadingEfficiency efficiency;

  g_assert_true (run (fixture, 4, NULL, &efficiency, NULL));
  g_assert_cmpuint (fixture->n_bytes, ==, paddock_loading_plan_get_bytes (fixture->plan));
  g_assert_cmpuint (fixture->most_lanes, <=, 4);
  g_assert_cmpuint (efficiency.peak_held, <=, 4 * (PADDOCK_TENSOR_STREAM_WINDOW + 1000));
}

/* However much a lane holds, together they hold no more than is promised. */
static void
test_bounded (Fixture *fixture, gconstpointer recipe)
{
  PaddockTensorStream stream = { .lanes = 60, .lane_bytes = 100u << 20, .func = look, .user_data = fixture };
  PaddockLoadingEfficiency efficiency;

  g_assert_true (paddock_tensor_stream_run (&stream, fixture->plan, NULL, &efficiency, NULL));
  g_assert_cmpuint (efficiency.lanes, ==, 2);
  g_assert_cmpuint (efficiency.peak_held, <=, PADDOCK_TENSOR_STREAM_MAX_HELD);
}

static void
test_shrinks (Fixture *fixture, gconstpointer recipe)
{
  g_autoptr (GError) error = NULL;

  fixture->cut = TRUE;
  g_assert_false (run (fixture, 1, NULL, NULL, &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_CHANGED);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_nonnull (strstr (error->message, "a.weight"));
  g_assert_cmpuint (fixture->n_windows, ==, 1);
}

static void
test_skips (Fixture *fixture, gconstpointer recipe)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockLoadingRecovery) recovery = paddock_loading_recovery_new_skip (2);

  fixture->cut = TRUE;
  g_assert_true (run (fixture, 3, recovery, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (paddock_loading_recovery_get_n_skipped (recovery), ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const PaddockLoadingSkip *skip = paddock_loading_recovery_get_skip (recovery, i);

      g_assert_cmpuint (skip->item, ==, i);
      g_assert_cmpuint (skip->offset, >=, paddock_loading_plan_get_item (fixture->plan, i)->offset);
      g_assert_error (skip->error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_CHANGED);
    }
}

static void
test_recovery (void)
{
  g_autoptr (PaddockLoadingRecovery) skips = paddock_loading_recovery_new_skip (2);
  g_autoptr (PaddockLoadingRecovery) stops = paddock_loading_recovery_new_stop (0);
  g_autoptr (GError) failed = g_error_new (PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_IO, "the disk failed");
  g_autoptr (GError) cancelled = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  GError *again = g_error_copy (failed);

  g_assert_true (paddock_loading_recovery_may_retry (skips, 1, failed));
  g_assert_true (paddock_loading_recovery_may_retry (skips, 2, failed));
  g_assert_false (paddock_loading_recovery_may_retry (skips, 3, failed));
  g_assert_false (paddock_loading_recovery_may_retry (skips, 1, cancelled));
  g_assert_false (paddock_loading_recovery_may_retry (stops, 1, failed));
  g_assert_false (paddock_loading_recovery_skip (stops, 0, 0, &failed));
  g_assert_false (paddock_loading_recovery_skip (skips, 0, 0, &cancelled));
  /* Of one tensor the first hole counts. */
  g_assert_true (paddock_loading_recovery_skip (skips, 5, 700, &failed));
  g_assert_null (failed);
  g_assert_true (paddock_loading_recovery_skip (skips, 5, 600, &again));
  g_assert_cmpuint (paddock_loading_recovery_get_n_skipped (skips), ==, 1);
  g_assert_cmpuint (paddock_loading_recovery_get_skip (skips, 0)->offset, ==, 600);
}

static void
test_split (Fixture *fixture, gconstpointer recipe)
{
  g_clear_pointer (&fixture->plan, paddock_loading_plan_unref);
  g_clear_pointer (&fixture->shards, paddock_gguf_shards_unref);
  g_free (test_directory_write_recipe (fixture->directory, "s-00002-of-00002.gguf",
                                       SPLIT "1\ntensor y.weight f32 32\ndata random seed=2\n"));
  g_free (fixture->path);
  fixture->path = test_directory_write_recipe (fixture->directory, "s-00001-of-00002.gguf",
                                               SPLIT "0\ntensor x.weight f32 8 offset=64\ndata random seed=5\n"
                                                     "tensor w.weight f32 8 offset=0\ndata random seed=6\n");
  open_model (fixture);
  g_assert_cmpuint (paddock_loading_plan_get_n_items (fixture->plan), ==, 3);
  /* As they lie in the files, not as they are listed. */
  g_assert_cmpuint (paddock_loading_plan_get_item (fixture->plan, 0)->position, ==, 1);
  g_assert_cmpuint (paddock_loading_plan_get_item (fixture->plan, 1)->position, ==, 0);
  g_assert_cmpuint (paddock_loading_plan_get_item (fixture->plan, 2)->shard, ==, 1);
  g_assert_true (run (fixture, 1, NULL, NULL, NULL));
  for (guint i = 0; i < 3; i++)
    assert_whole (fixture, i);
}

/* Each has something that no plan can read; the message says what. */
static void
test_problems (Fixture *fixture, gconstpointer recipe)
{
  static const int codes[] = { PADDOCK_LOADING_ERROR_SHAPE, PADDOCK_LOADING_ERROR_OUTSIDE, PADDOCK_LOADING_ERROR_OUTSIDE,
                               PADDOCK_LOADING_ERROR_NO_TYPE };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (paddock_loading_plan_new_for_tensor (fixture->shards, i, &error));
      g_assert_error (error, PADDOCK_LOADING_ERROR, codes[i]);
      g_test_message ("%s", error->message);
    }
  g_assert_cmpuint (paddock_loading_plan_get_bytes (fixture->plan), ==, 0);
}

static gpointer
run_cancelled (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  Fixture *fixture = snapshot;
  PaddockTensorStream stream = { .lanes = 1, .func = look, .user_data = fixture };

  return paddock_tensor_stream_run (&stream, fixture->plan, worker, NULL, error) ? fixture : NULL;
}

static void
on_cancelled (GObject *source, GAsyncResult *result, gpointer loop)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (paddock_worker_run_finish (NULL, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_main_loop_quit (loop);
}

static void
test_cancel (Fixture *fixture, gconstpointer recipe)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  PaddockWork work = { .name = "test", .run = run_cancelled, .snapshot = fixture };

  fixture->cancellable = g_cancellable_new ();
  fixture->cancel_at = 2;
  paddock_worker_run_async (NULL, &work, fixture->cancellable, on_cancelled, loop);
  g_main_loop_run (loop);
  g_assert_cmpuint (fixture->n_windows, ==, 2);
}

#define BAD "kv general.architecture str llama\ntensor partial.weight 12 100 bytes=64\n" \
            "tensor far.weight f32 32 offset=1048576 at=0\n" \
            "tensor farther.weight f32 32 offset=18446744073709551584 at=0\ntensor unknown.weight 250 32 bytes=32\n"

#define ADD(path, recipe, function) g_test_add ("/tensor-stream/" path, Fixture, recipe, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("in-order", LARGE, test_in_order);
  ADD ("side-by-side", LARGE, test_side_by_side);
  ADD ("bounded", LARGE, test_bounded);
  ADD ("shrinks", LARGE, test_shrinks);
  ADD ("skips", LARGE, test_skips);
  ADD ("split", LARGE, test_split);
  ADD ("problems", BAD, test_problems);
  ADD ("cancel", LARGE, test_cancel);
  g_test_add_func ("/tensor-stream/recovery", test_recovery);
  return g_test_run ();
}
