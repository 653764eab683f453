/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assert-finalize.h"
#include "await.h"
#include "download-error.h"
#include "queue-case.h"

static void
assert_state (PaddockDownload *download, PaddockDownloadState state, PaddockDownloadWait wait)
{
  g_assert_cmpuint (paddock_download_get_state (download), ==, state);
  g_assert_cmpuint (paddock_download_get_wait (download), ==, wait);
}

static void
assert_told (TestQueueCase *self, const char *last)
{
  g_assert_cmpuint (self->told->len, >, 0);
  g_assert_cmpstr (g_ptr_array_index (self->told, self->told->len - 1), ==, last);
}

/* So many at a time, in their order. */
static void
test_order (TestQueueCase *self, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    test_queue_case_add (self, (const char[]){ (char) ('a' + i), '\0' }, 100);
  test_queue_case_assert_order (self, "a b c d e");
  test_queue_case_assert_running (self, "a b");
  test_queue_case_finish (self, "a");
  assert_told (self, "finished a");
  test_queue_case_assert_running (self, "b c");
  test_queue_case_fail (self, "b", PADDOCK_DOWNLOAD_ERROR_GONE);
  assert_told (self, "failed b");
  test_queue_case_assert_running (self, "c d");

  paddock_download_queue_set_concurrency (self->queue, 3);
  test_queue_case_assert_running (self, "c d e");
  /* Those that began last make room, and go on first. */
  paddock_download_queue_set_concurrency (self->queue, 1);
  test_queue_case_assert_running (self, "c");
  test_queue_case_finish (self, "c");
  test_queue_case_finish (self, "d");
  test_queue_case_finish (self, "e");
  g_assert_cmpuint (self->told->len, ==, 5);
  paddock_download_queue_clear_finished (self->queue);
  test_queue_case_assert_order (self, "b");
}

static void
test_moves (TestQueueCase *self, gconstpointer data)
{
  PaddockDownload *c, *d;

  paddock_download_queue_set_concurrency (self->queue, 1);
  test_queue_case_add (self, "a", 100);
  test_queue_case_add (self, "b", 100);
  c = test_queue_case_add (self, "c", 100);
  d = test_queue_case_add (self, "d", 100);
  test_queue_case_assert_running (self, "a");
  paddock_download_queue_move (self->queue, d, 1);
  test_queue_case_assert_order (self, "a d b c");
  paddock_download_queue_move (self->queue, d, 2);
  test_queue_case_assert_order (self, "a b d c");
  paddock_download_queue_move (self->queue, d, 99);
  test_queue_case_assert_order (self, "a b c d");
  paddock_download_queue_move (self->queue, d, 0);
  test_queue_case_assert_order (self, "d a b c");
  paddock_download_queue_set_priority (self->queue, c, PADDOCK_DOWNLOAD_HIGH);
  test_queue_case_finish (self, "a");
  test_queue_case_assert_running (self, "c");
  test_queue_case_finish (self, "c");
  test_queue_case_assert_running (self, "d");
}

/* The same target is the same download; one that is over begins again. */
static void
test_duplicates (TestQueueCase *self, gconstpointer data)
{
  PaddockDownload *a = test_queue_case_add (self, "a", 100);

  g_assert_true (test_queue_case_add (self, "a", 100) == a);
  test_queue_case_assert_running (self, "a");
  test_queue_case_finish (self, "a");
  assert_state (a, PADDOCK_DOWNLOAD_DONE, PADDOCK_DOWNLOAD_WAIT_NONE);
  g_assert_cmpstr (paddock_download_get_sha256 (a), ==, "digest");
  g_assert_true (test_queue_case_add (self, "a", 200) == a);
  g_assert_null (paddock_download_get_sha256 (a));
  g_assert_cmpint (paddock_download_get_total (a), ==, 200);
  test_queue_case_assert_running (self, "a");
  test_queue_case_assert_order (self, "a");
}

static void
test_pauses (TestQueueCase *self, gconstpointer data)
{
  PaddockDownload *a = test_queue_case_add (self, "a", 100), *b = test_queue_case_add (self, "b", 100);

  test_queue_case_add (self, "c", 100);
  test_queue_case_assert_running (self, "a b");
  paddock_download_queue_pause (self->queue, a);
  assert_state (a, PADDOCK_DOWNLOAD_PAUSED, PADDOCK_DOWNLOAD_WAIT_NONE);
  test_queue_case_assert_running (self, "b c");
  /* It has to wait for its turn again. */
  paddock_download_queue_resume (self->queue, a);
  test_queue_case_assert_running (self, "b c");
  assert_state (a, PADDOCK_DOWNLOAD_QUEUED, PADDOCK_DOWNLOAD_WAIT_NONE);
  test_queue_case_finish (self, "c");
  test_queue_case_assert_running (self, "b a");
  /* One that is resumed before it has stopped begins again when it has: the case asserts that no two are at one file. */
  paddock_download_queue_pause (self->queue, b);
  paddock_download_queue_resume (self->queue, b);
  test_queue_case_assert_running (self, "a b");

  paddock_download_queue_pause_all (self->queue);
  test_queue_case_assert_running (self, "");
  assert_state (a, PADDOCK_DOWNLOAD_PAUSED, PADDOCK_DOWNLOAD_WAIT_NONE);
  paddock_download_queue_resume_all (self->queue);
  test_queue_case_assert_running (self, "a b");
}

static void
assert_mirrors (PaddockDownload *download, guint count)
{
  char **mirrors = paddock_download_get_origin (download)->mirrors;

  g_assert_cmpuint (mirrors != NULL ? g_strv_length (mirrors) : 0, ==, count);
}

/* What runs goes on with it, and what failed is tried again; what the person has paused stays so. */
static void
test_mirrors (TestQueueCase *self, gconstpointer data)
{
  PaddockDownload *a = test_queue_case_add (self, "a", 100), *b = test_queue_case_add (self, "b", 100);

  test_queue_case_add (self, "c", 100);
  test_queue_case_assert_running (self, "a b");
  g_assert_cmpuint (self->asked, ==, 2);
  paddock_download_queue_add_mirror (self->queue, a, "https://second.example.org/a");
  test_queue_case_settle (self);
  g_assert_cmpuint (self->asked, ==, 3);
  assert_mirrors (a, 1);
  g_assert_true (test_queue_case_find (self, "a") != NULL && test_queue_case_find (self, "b") != NULL);
  g_assert_null (test_queue_case_find (self, "c"));
  /* Nothing new: nobody is disturbed. */
  paddock_download_queue_add_mirror (self->queue, a, "https://second.example.org/a");
  paddock_download_queue_add_mirror (self->queue, a, paddock_download_get_origin (a)->text);
  test_queue_case_settle (self);
  g_assert_cmpuint (self->asked, ==, 3);
  assert_mirrors (a, 1);

  paddock_download_queue_pause (self->queue, b);
  paddock_download_queue_add_mirror (self->queue, b, "https://second.example.org/b");
  assert_state (b, PADDOCK_DOWNLOAD_PAUSED, PADDOCK_DOWNLOAD_WAIT_NONE);
  assert_mirrors (b, 1);
  test_queue_case_assert_running (self, "a c");
  test_queue_case_finish (self, "c");
  test_queue_case_fail (self, "a", PADDOCK_DOWNLOAD_ERROR_GONE);
  assert_state (a, PADDOCK_DOWNLOAD_FAILED, PADDOCK_DOWNLOAD_WAIT_NONE);
  paddock_download_queue_add_mirror (self->queue, a, "https://another.example.org/a");
  test_queue_case_assert_running (self, "a");
  assert_mirrors (a, 2);
  test_queue_case_fail (self, "a", PADDOCK_DOWNLOAD_ERROR_SERVER);
  assert_state (a, PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_RETRY);
  paddock_download_queue_add_mirror (self->queue, a, "https://third.example.org/a");
  test_queue_case_assert_running (self, "a");
  paddock_download_queue_start_over (self->queue, a);
  assert_mirrors (a, 3);
  test_queue_case_finish (self, "a");
  paddock_download_queue_add_mirror (self->queue, a, "https://late.example.org/a");
  assert_state (a, PADDOCK_DOWNLOAD_DONE, PADDOCK_DOWNLOAD_WAIT_NONE);
  assert_mirrors (a, 3);
}

static void
test_progress (TestQueueCase *self, gconstpointer data)
{
  PaddockDownload *a = test_queue_case_add (self, "a", -1);
  TestTransfer *transfer;
  double fraction;

  test_queue_case_assert_running (self, "a");
  transfer = test_queue_case_find (self, "a");
  g_assert_cmpint (paddock_download_get_total (a), ==, -1);
  transfer->status = (PaddockTransferStatus){ .phase = PADDOCK_TRANSFER_RECEIVING, .received = 5000, .total = 100000 };
  test_queue_case_advance (self, 1);
  transfer->status.received = 15000;
  transfer->status.fetched = 10000;
  transfer->status.verified = 4000;
  test_queue_case_advance (self, 1);
  assert_state (a, PADDOCK_DOWNLOAD_DOWNLOADING, PADDOCK_DOWNLOAD_WAIT_NONE);
  g_assert_cmpuint (paddock_download_get_received (a), ==, 15000);
  g_assert_cmpuint (paddock_download_get_verified (a), ==, 4000);
  g_assert_cmpint (paddock_download_get_total (a), ==, 100000);
  /* What an earlier run received is no speed of this one. */
  g_assert_cmpuint (paddock_download_get_rate (a), >=, 5000);
  g_assert_cmpuint (paddock_download_get_rate (a), <=, 10000);
  g_assert_cmpint (paddock_download_get_seconds_left (a), >=, 8);
  g_object_get (self->queue, "fraction", &fraction, NULL);
  g_assert_cmpfloat (fraction, >=, 0.149);
  g_assert_cmpfloat (fraction, <=, 0.151);

  transfer->status.phase = PADDOCK_TRANSFER_WAITING;
  transfer->status.retry_in = 7;
  test_queue_case_advance (self, 0.1);
  assert_state (a, PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_RETRY);
  g_assert_cmpuint (paddock_download_get_retry_in (a), ==, 7);
  g_assert_cmpuint (paddock_download_get_rate (a), ==, 0);
  /* Whoever does not want to wait has it tried now. */
  paddock_download_queue_resume (self->queue, a);
  test_queue_case_assert_running (self, "a");
  g_assert_false (test_queue_case_find (self, "a") == transfer);
  g_assert_cmpuint (paddock_download_get_received (a), ==, 15000);
  test_queue_case_find (self, "a")->status.phase = PADDOCK_TRANSFER_VERIFYING;
  test_queue_case_advance (self, 0.1);
  assert_state (a, PADDOCK_DOWNLOAD_VERIFYING, PADDOCK_DOWNLOAD_WAIT_NONE);
  test_queue_case_finish (self, "a");
  g_assert_cmpuint (paddock_download_get_verified (a), ==, 100000);
}

static void
test_retries (TestQueueCase *self, gconstpointer data)
{
  PaddockDownload *a = test_queue_case_add (self, "a", 100);
  guint failures = 0;

  test_queue_case_assert_running (self, "a");
  test_queue_case_fail (self, "a", PADDOCK_DOWNLOAD_ERROR_SERVER);
  assert_state (a, PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_RETRY);
  g_assert_cmpuint (paddock_download_get_retry_in (a), >, 5);
  g_assert_error (paddock_download_get_error (a), PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_SERVER);
  test_queue_case_advance (self, 1);
  test_queue_case_assert_running (self, "");
  /* It does not keep others from their turn. */
  test_queue_case_add (self, "b", 100);
  test_queue_case_add (self, "c", 100);
  test_queue_case_assert_running (self, "b c");
  paddock_download_queue_pause_all (self->queue);
  paddock_download_queue_resume (self->queue, a);
  test_queue_case_assert_running (self, "a");

  for (; paddock_download_get_state (a) != PADDOCK_DOWNLOAD_FAILED; failures++)
    {
      g_assert_cmpuint (failures, <, 100);
      test_queue_case_fail (self, "a", PADDOCK_DOWNLOAD_ERROR_CONNECTION);
      /* New bytes are a reason for hope. */
      if (failures == 5)
        {
          test_queue_case_advance (self, 40);
          test_queue_case_find (self, "a")->status.fetched = 1;
          test_queue_case_advance (self, 0.1);
          continue;
        }
      test_queue_case_advance (self, 40);
    }
  g_assert_cmpuint (failures, >, 12);
  assert_told (self, "failed a");
  paddock_download_queue_resume (self->queue, a);
  g_assert_null (paddock_download_get_error (a));
  test_queue_case_assert_running (self, "a");
}

static void
test_refusals (TestQueueCase *self, gconstpointer data)
{
  PaddockDownload *a = test_queue_case_add (self, "a", 100);

  self->refusal = g_error_new_literal (PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_GATED, "ask its owner");
  test_queue_case_settle (self);
  assert_state (a, PADDOCK_DOWNLOAD_FAILED, PADDOCK_DOWNLOAD_WAIT_NONE);
  g_assert_error (paddock_download_get_error (a), PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_GATED);
  g_clear_error (&self->refusal);
  /* Whatever the file was: what is there now. */
  paddock_download_queue_start_over (self->queue, a);
  test_queue_case_assert_running (self, "a");
  g_assert_cmpint (paddock_download_get_origin (a)->size, ==, -1);
}

/* There is room for all of it before anything begins, or it is said how much is missing. */
static void
test_space (TestQueueCase *self, gconstpointer data)
{
  PaddockDownload *a, *b, *c;

  self->free_bytes = 250;
  a = test_queue_case_add (self, "a", 100);
  b = test_queue_case_add (self, "b", 200);
  c = test_queue_case_add (self, "c", 120);
  test_queue_case_assert_running (self, "a c");
  assert_state (b, PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_DISK);
  g_assert_cmpuint (paddock_download_get_shortage (b), ==, 170);
  /* What runs has taken its room; the rest of what is free is as small as before. */
  test_queue_case_find (self, "a")->status = (PaddockTransferStatus){ PADDOCK_TRANSFER_RECEIVING, 10, 0, 100, 10, 1, 0 };
  self->free_bytes = 150;
  test_queue_case_advance (self, 6);
  assert_state (b, PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_DISK);
  g_assert_cmpuint (paddock_download_get_shortage (b), ==, 170);
  test_queue_case_finish (self, "a");
  self->free_bytes = 1000;
  test_queue_case_advance (self, 6);
  test_queue_case_assert_running (self, "c b");
  g_assert_cmpuint (paddock_download_get_shortage (b), ==, 0);
  /* Somebody else fills the disk. */
  self->free_bytes = 0;
  test_queue_case_fail (self, "c", PADDOCK_DOWNLOAD_ERROR_NO_SPACE);
  assert_state (c, PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_DISK);
  g_assert_cmpuint (paddock_download_get_shortage (c), ==, 120);
  self->free_bytes = 1000;
  test_queue_case_advance (self, 30);
  test_queue_case_assert_running (self, "b c");
  g_assert_false (paddock_download_is_over (a) && paddock_download_get_error (a) != NULL);
}

/* A disk that does not answer holds up who needs room on it, and nobody else. */
static void
test_sleeping_disk (TestQueueCase *self, gconstpointer data)
{
  PaddockDownload *a, *b, *c;

  a = test_queue_case_add (self, "a", 100);
  test_queue_case_assert_running (self, "a");
  self->disk_sleeps = TRUE;
  b = test_queue_case_add (self, "b", 100);
  test_queue_case_assert_running (self, "a");
  g_assert_nonnull (self->survey);
  assert_state (b, PADDOCK_DOWNLOAD_QUEUED, PADDOCK_DOWNLOAD_WAIT_NONE);
  /* On another one, of which nobody has asked yet. */
  c = test_queue_case_add (self, "elsewhere/c", 100);
  test_queue_case_set_network (self, FALSE, FALSE);
  test_queue_case_assert_running (self, "");
  assert_state (a, PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_NETWORK);
  test_queue_case_set_network (self, TRUE, FALSE);
  paddock_download_queue_pause (self->queue, b);
  test_queue_case_assert_running (self, "");
  self->disk_sleeps = FALSE;
  test_queue_case_wake_disk (self);
  test_queue_case_assert_running (self, "a c");
  assert_state (b, PADDOCK_DOWNLOAD_PAUSED, PADDOCK_DOWNLOAD_WAIT_NONE);
  g_assert_cmpuint (paddock_download_get_shortage (c), ==, 0);
}

static void
test_network (TestQueueCase *self, gconstpointer data)
{
  PaddockDownload *a = test_queue_case_add (self, "a", 100);
  guint block;

  test_queue_case_add (self, "b", 100);
  test_queue_case_add (self, "c", 100);
  test_queue_case_assert_running (self, "a b");
  test_queue_case_set_network (self, FALSE, FALSE);
  test_queue_case_assert_running (self, "");
  assert_state (a, PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_NETWORK);
  g_object_get (self->queue, "blocked", &block, NULL);
  g_assert_cmpuint (block, ==, PADDOCK_QUEUE_OFFLINE);
  test_queue_case_set_network (self, TRUE, FALSE);
  test_queue_case_assert_running (self, "a b");

  test_queue_case_set_network (self, TRUE, TRUE);
  test_queue_case_assert_running (self, "");
  g_object_get (self->queue, "blocked", &block, NULL);
  g_assert_cmpuint (block, ==, PADDOCK_QUEUE_METERED);
  /* The person may want one of them all the same, or all. */
  paddock_download_queue_resume (self->queue, a);
  test_queue_case_assert_running (self, "a");
  paddock_download_queue_set_metered (self->queue, TRUE);
  test_queue_case_assert_running (self, "a b");
  /* A failure while there is none waits for it. */
  test_queue_case_set_network (self, FALSE, FALSE);
  test_queue_case_assert_running (self, "a");
  test_queue_case_fail (self, "a", PADDOCK_DOWNLOAD_ERROR_OFFLINE);
  assert_state (a, PADDOCK_DOWNLOAD_WAITING, PADDOCK_DOWNLOAD_WAIT_NETWORK);
}

static void
test_limits (TestQueueCase *self, gconstpointer data)
{
  PaddockDownload *a = test_queue_case_add (self, "a", 100);
  guint64 limit;

  paddock_download_queue_set_download_limit (self->queue, a, 1000);
  test_queue_case_assert_running (self, "a");
  g_assert_cmpuint (test_queue_case_find (self, "a")->limit, ==, 1000);
  paddock_download_queue_set_download_limit (self->queue, a, 2000);
  g_assert_cmpuint (test_queue_case_find (self, "a")->limit, ==, 2000);
  g_assert_cmpuint (paddock_download_get_limit (a), ==, 2000);
  paddock_download_queue_set_limit (self->queue, 5000);
  g_object_get (self->queue, "limit", &limit, NULL);
  g_assert_cmpuint (limit, ==, 5000);
}

/* What was received stays until it is discarded. */
static void
test_cancelling (TestQueueCase *self, gconstpointer data)
{
  PaddockDownload *a = test_queue_case_add (self, "a", 100);
  g_autofree char *folder = g_build_filename (self->folder, "models", NULL);
  g_autofree char *part = g_build_filename (folder, ".a.part", NULL);
  g_autofree char *journal = g_build_filename (folder, ".a.part.journal", NULL);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (part, "some", -1, NULL));
  g_assert_true (g_file_set_contents (journal, "more", -1, NULL));
  test_queue_case_assert_running (self, "a");
  paddock_download_queue_cancel (self->queue, a);
  assert_state (a, PADDOCK_DOWNLOAD_CANCELLED, PADDOCK_DOWNLOAD_WAIT_NONE);
  test_queue_case_assert_running (self, "");
  test_queue_case_assert_order (self, "a");
  g_assert_true (g_file_test (part, G_FILE_TEST_EXISTS));
  paddock_download_queue_resume (self->queue, a);
  test_queue_case_assert_running (self, "a");

  paddock_download_queue_discard (self->queue, a);
  test_queue_case_assert_running (self, "");
  test_queue_case_assert_order (self, "");
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  /* Whoever wants it after all, while it is being discarded, has it begin again. */
  a = test_queue_case_add (self, "a", 100);
  test_queue_case_assert_running (self, "a");
  paddock_download_queue_discard (self->queue, a);
  g_assert_true (test_queue_case_add (self, "a", 100) == a);
  test_queue_case_assert_running (self, "a");
  test_queue_case_assert_order (self, "a");
}

static void
note_left (GError **noted, PaddockDownload *download, const GError *error)
{
  g_assert_null (*noted);
  *noted = g_error_copy (error);
}

static gboolean
is_noted (gpointer noted)
{
  return *(GError **) noted != NULL;
}

/* What cannot be deleted is told, and nobody waits for it. */
static void
test_left (TestQueueCase *self, gconstpointer data)
{
  PaddockDownload *a = test_queue_case_add (self, "a", 100);
  g_autofree char *in_the_way = g_build_filename (self->folder, "models", ".a.part", "something", NULL);
  g_autoptr (GError) noted = NULL;

  g_assert_cmpint (g_mkdir_with_parents (in_the_way, 0700), ==, 0);
  g_signal_connect_swapped (self->queue, "left", G_CALLBACK (note_left), &noted);
  paddock_download_queue_discard (self->queue, a);
  test_await_condition (is_noted, &noted);
  g_assert_error (noted, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_DISK);
  test_queue_case_assert_order (self, "");
  g_assert_true (g_file_test (in_the_way, G_FILE_TEST_EXISTS));
}

/* Nothing begins while the program is about to end; afterwards all is as it was. */
static void
test_stopping (TestQueueCase *self, gconstpointer data)
{
  test_queue_case_add (self, "a", 100);
  test_queue_case_add (self, "b", 100);
  test_queue_case_add (self, "c", 100);
  test_queue_case_assert_running (self, "a b");
  paddock_download_queue_set_running (self->queue, FALSE);
  test_queue_case_assert_running (self, "");
  g_assert_false (paddock_download_queue_is_busy (self->queue));
  paddock_download_queue_set_running (self->queue, TRUE);
  test_queue_case_assert_running (self, "a b");
}

/* A thousand cost a thousand times one. */
static void
test_many (TestQueueCase *self, gconstpointer data)
{
  guint unfinished;

  paddock_download_queue_set_concurrency (self->queue, 16);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%04u", i);

      test_queue_case_add (self, name, 100);
    }
  test_queue_case_settle (self);
  g_assert_cmpuint (self->asked, ==, 16);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("%04u", i);

      test_queue_case_finish (self, name);
    }
  g_object_get (self->queue, "n-unfinished", &unfinished, NULL);
  g_assert_cmpuint (unfinished, ==, 900);
  g_assert_cmpuint (self->asked, ==, 116);
}

static void
test_ends (TestQueueCase *self, gconstpointer data)
{
  test_queue_case_add (self, "a", 100);
  test_queue_case_assert_running (self, "a");
  paddock_download_queue_set_running (self->queue, FALSE);
  test_queue_case_assert_running (self, "");
  test_assert_finalize (g_steal_pointer (&self->queue));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function)                                                                                                \
  g_test_add ("/download-queue/" name, TestQueueCase, NULL, test_queue_case_set_up, function, test_queue_case_tear_down)
  ADD ("order", test_order);
  ADD ("moves", test_moves);
  ADD ("duplicates", test_duplicates);
  ADD ("pauses", test_pauses);
  ADD ("mirrors", test_mirrors);
  ADD ("progress", test_progress);
  ADD ("retries", test_retries);
  ADD ("refusals", test_refusals);
  ADD ("space", test_space);
  ADD ("sleeping-disk", test_sleeping_disk);
  ADD ("network", test_network);
  ADD ("limits", test_limits);
  ADD ("cancelling", test_cancelling);
  ADD ("left", test_left);
  ADD ("stopping", test_stopping);
  ADD ("many", test_many);
  ADD ("ends", test_ends);
#undef ADD
  return g_test_run ();
}
