/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "download-error.h"
#include "queue-case.h"

#include <string.h>

static char *
get_list (TestQueueCase *self)
{
  return g_build_filename (self->folder, "downloads.json", NULL);
}

static void
open_queue (TestQueueCase *self)
{
  g_autoptr (GError) error = NULL;

  g_ptr_array_set_size (self->transfers, 0);
  self->queue = test_queue_case_make (self);
  g_assert_true (paddock_download_queue_open (self->queue, self->folder, &error));
  g_assert_no_error (error);
}

static gboolean
close_queue (gpointer data)
{
  TestQueueCase *self = data;

  paddock_download_queue_set_running (self->queue, FALSE);
  test_queue_case_settle (self);
  g_clear_object (&self->queue);
  return TRUE;
}

/* Another program's life with the list as it is on the disk at this moment: as after a power cut. */
static void
crash (TestQueueCase *self)
{
  g_autofree char *path = get_list (self), *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  test_queue_case_settle (self);
  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  g_assert_no_error (error);
  close_queue (self);
  g_assert_true (g_file_set_contents (path, text, (gssize) length, &error));
  open_queue (self);
}

static PaddockDownload *
get (TestQueueCase *self, const char *name)
{
  g_autofree char *target = test_queue_case_dup_target (self, name);

  return paddock_download_queue_find (self->queue, target);
}

/* What ran goes on, what was paused stays so, and all are in their order. */
static void
test_crash (TestQueueCase *self, gconstpointer data)
{
  PaddockDownload *b = NULL, *d;

  test_queue_case_add (self, "a", 100);
  b = test_queue_case_add (self, "b", 200);
  test_queue_case_add (self, "c", 300);
  d = test_queue_case_add (self, "d", 400);
  test_queue_case_add (self, "e", 500);
  test_queue_case_assert_running (self, "a b");
  test_queue_case_finish (self, "a");
  test_queue_case_fail (self, "b", PADDOCK_DOWNLOAD_ERROR_CHANGED);
  test_queue_case_assert_running (self, "c d");
  paddock_download_queue_pause (self->queue, d);
  paddock_download_queue_set_priority (self->queue, d, PADDOCK_DOWNLOAD_HIGH);
  paddock_download_queue_set_download_limit (self->queue, d, 12345);
  paddock_download_queue_move (self->queue, d, 0);
  paddock_download_queue_set_concurrency (self->queue, 1);
  paddock_download_queue_set_limit (self->queue, 6789);
  paddock_download_queue_set_metered (self->queue, TRUE);
  test_queue_case_add (self, "x", 1);
  paddock_download_queue_move (self->queue, get (self, "x"), 0);
  test_queue_case_assert_running (self, "c");
  crash (self);
  b = get (self, "b");
  d = get (self, "d");

  test_queue_case_assert_order (self, "x d a b c e");
  /* Although another one is before it now. */
  test_queue_case_assert_running (self, "c");
  g_assert_cmpuint (paddock_download_get_state (d), ==, PADDOCK_DOWNLOAD_PAUSED);
  g_assert_cmpuint (paddock_download_get_priority (d), ==, PADDOCK_DOWNLOAD_HIGH);
  g_assert_cmpuint (paddock_download_get_limit (d), ==, 12345);
  g_assert_cmpuint (paddock_download_get_state (get (self, "a")), ==, PADDOCK_DOWNLOAD_DONE);
  g_assert_cmpstr (paddock_download_get_sha256 (get (self, "a")), ==, "digest");
  g_assert_cmpuint (paddock_download_get_state (b), ==, PADDOCK_DOWNLOAD_FAILED);
  g_assert_error (paddock_download_get_error (b), PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_CHANGED);
  g_assert_cmpint (paddock_download_get_total (b), ==, 200);
  {
    guint64 limit;
    guint concurrency;
    gboolean metered;

    g_object_get (self->queue, "limit", &limit, "concurrency", &concurrency, "metered", &metered, NULL);
    g_assert_cmpuint (limit, ==, 6789);
    g_assert_cmpuint (concurrency, ==, 1);
    g_assert_true (metered);
  }
}

/* Somebody who cancels does not find it again. */
static void
test_cancelled (TestQueueCase *self, gconstpointer data)
{
  g_autofree char *part = NULL, *folder = g_build_filename (self->folder, "models", NULL);

  part = g_build_filename (folder, ".a.part", NULL);
  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (part, "some", -1, NULL));
  paddock_download_queue_cancel (self->queue, test_queue_case_add (self, "a", 100));
  crash (self);
  test_queue_case_settle (self);
  test_queue_case_assert_order (self, "");
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

/* A newer version may know more; that is not lost. */
static void
test_newer (TestQueueCase *self, gconstpointer data)
{
  static const char text[] = "{\"version\": 9, \"concurrency\": 3, \"mood\": {\"good\": [1, 2]}, \"downloads\": [\n"
                             "{\"origin\": \"https://example.org/a\", \"target\": \"/nowhere/a\", \"state\": \"dreaming\","
                             " \"limit\": \"much\", \"dream\": {\"of\": \"sheep\"}},\n"
                             "{\"target\": \"/nowhere/b\"}, 17, {\"origin\": \"x\", \"target\": \"relative\"}]}\n";
  g_autofree char *path = get_list (self), *written = NULL;
  PaddockDownload *a;

  close_queue (self);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  open_queue (self);
  test_queue_case_assert_order (self, "a");
  a = paddock_download_queue_find (self->queue, "/nowhere/a");
  g_assert_cmpuint (paddock_download_get_limit (a), ==, 0);
  paddock_download_queue_pause (self->queue, a);
  test_queue_case_settle (self);
  g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
  g_assert_nonnull (strstr (written, "\"dream\":{\"of\":\"sheep\"}"));
  g_assert_nonnull (strstr (written, "\"mood\":{\"good\":[1,2]}"));
  g_assert_nonnull (strstr (written, "\"state\":\"paused\""));
}

static void
test_broken (TestQueueCase *self, gconstpointer data)
{
  g_autofree char *path = get_list (self), *aside = g_strconcat (path, ".broken-1", NULL), *kept = NULL;
  g_autoptr (GError) error = NULL;

  close_queue (self);
  g_assert_true (g_file_set_contents (path, "{\"downloads\": [", -1, NULL));
  open_queue (self);
  g_assert_nonnull (paddock_download_queue_get_problem (self->queue));
  g_assert_true (g_file_get_contents (aside, &kept, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (kept, ==, "{\"downloads\": [");
  test_queue_case_add (self, "a", 100);
  test_queue_case_assert_running (self, "a");
  g_assert_null (paddock_download_queue_get_problem (self->queue));
}

/* Only one program has the list; the other says so. */
static void
test_two_programs (TestQueueCase *self, gconstpointer data)
{
  g_autoptr (PaddockDownloadQueue) other = test_queue_case_make (self);
  g_autoptr (PaddockDownloadOrigin) origin = paddock_download_origin_new ("https://example.org/a", NULL, -1);
  g_autoptr (GError) error = NULL;

  g_assert_false (paddock_download_queue_open (other, self->folder, &error));
  g_assert_error (error, PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_LOCKED);
  g_assert_error (paddock_download_queue_get_problem (other), PADDOCK_DOWNLOAD_ERROR, PADDOCK_DOWNLOAD_ERROR_LOCKED);
  g_assert_null (paddock_download_queue_add (other, NULL, "/nowhere/a", origin));
  close_queue (self);
  g_assert_true (paddock_download_queue_open (other, self->folder, NULL));
  g_assert_null (paddock_download_queue_get_problem (other));
  self->queue = g_steal_pointer (&other);
}

/* Tokens do not belong into the list, and addresses that expire neither: it has only what was said when it was added. */
static void
test_secrets (TestQueueCase *self, gconstpointer data)
{
  g_autofree char *path = get_list (self), *written = NULL;

  test_queue_case_add (self, "a", 100);
  test_queue_case_assert_running (self, "a");
  g_assert_true (g_file_get_contents (path, &written, NULL, NULL));
  g_assert_nonnull (strstr (written, "\"origin\":\"https://example.org/a\""));
  g_assert_nonnull (strstr (written, "\"state\":\"resolving\""));
  g_assert_null (strstr (written, "token"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function)                                                                                                \
  g_test_add ("/download-store/" name, TestQueueCase, NULL, test_queue_case_set_up, function, test_queue_case_tear_down)
  ADD ("crash", test_crash);
  ADD ("cancelled", test_cancelled);
  ADD ("newer", test_newer);
  ADD ("broken", test_broken);
  ADD ("two-programs", test_two_programs);
  ADD ("secrets", test_secrets);
#undef ADD
  return g_test_run ();
}
