/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file-digest.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("paddock-digest-XXXXXX", NULL);
  g_assert_nonnull (fixture->directory);
  fixture->path = g_build_filename (fixture->directory, "model.gguf", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_rmdir (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static void
assert_digest (const char *path, const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *hex = paddock_file_digest_sha256 (path, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hex, ==, expected);
}

static void
assert_failure (const char *path, GCancellable *cancellable, int code)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *hex = paddock_file_digest_sha256 (path, NULL, cancellable, &error);

  g_assert_null (hex);
  g_assert_error (error, G_IO_ERROR, code);
  if (code != G_IO_ERROR_CANCELLED)
    g_assert_nonnull (strstr (error->message, path));
}

static void
test_known (Fixture *fixture, gconstpointer data)
{
  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  assert_digest (fixture->path, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_true (g_file_set_contents (fixture->path, "abc", 3, NULL));
  assert_digest (fixture->path, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* Sizes around the length of one read, against GLib's own implementation. */
static void
test_sizes (Fixture *fixture, gconstpointer data)
{
  static const gsize sizes[] = { 262143, 262144, 262145, 1000003 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *bytes = g_malloc (sizes[i]);
      g_autofree char *expected = NULL;

      for (gsize k = 0; k < sizes[i]; k++)
        bytes[k] = (char) (k * 31 + k / 257);
      expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, sizes[i]);
      g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) sizes[i], NULL));
      assert_digest (fixture->path, expected);
    }
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GCancellable) cancelled = g_cancellable_new ();

  assert_failure (fixture->path, NULL, G_IO_ERROR_NOT_FOUND);
  assert_failure (fixture->directory, NULL, G_IO_ERROR_IS_DIRECTORY);
  assert_failure ("/dev/zero", NULL, G_IO_ERROR_NOT_REGULAR_FILE);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_failure (fixture->path, NULL, G_IO_ERROR_NOT_REGULAR_FILE);
  g_remove (fixture->path);
  g_assert_true (g_file_set_contents (fixture->path, "abc", 3, NULL));
  g_cancellable_cancel (cancelled);
  assert_failure (fixture->path, cancelled, G_IO_ERROR_CANCELLED);
}

typedef struct
{
  GMainLoop *loop;
  GAsyncResult *result;
  guint64 last_done;
  guint64 last_total;

  /* What to do to the file when the first bytes have been read */
  const char *path;
  void (*change) (const char *path);
  GCancellable *cancellable;
} Watch;

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  Watch *watch = user_data;

  watch->last_done = done;
  watch->last_total = total;
  if (watch->change != NULL)
    g_steal_pointer (&watch->change) (watch->path);
  if (watch->cancellable != NULL)
    g_cancellable_cancel (watch->cancellable);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;

  watch->result = g_object_ref (result);
  g_main_loop_quit (watch->loop);
}

static char *
run_async (Watch *watch, const char *path, GError **error)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GAsyncResult) result = NULL;

  watch->loop = loop;
  watch->path = path;
  paddock_file_digest_sha256_async (path, on_progress, watch, watch->cancellable, on_done, watch);
  g_main_loop_run (loop);
  result = g_steal_pointer (&watch->result);
  return paddock_file_digest_sha256_finish (result, error);
}

static void
test_async (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *hex = NULL;
  Watch watch = { 0 };

  g_assert_true (g_file_set_contents (fixture->path, "abc", 3, NULL));
  hex = run_async (&watch, fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hex, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpuint (watch.last_done, ==, 3);
  g_assert_cmpuint (watch.last_total, ==, 3);
}

/* A sparse file so large that it is certainly still being read when the first progress arrives. */
static void
make_large (const char *path)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (ftruncate (fd, (off_t) 64 << 30), ==, 0);
  close (fd);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  Watch watch = { .cancellable = cancellable };

  make_large (fixture->path);
  g_assert_null (run_async (&watch, fixture->path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (watch.last_done, <, watch.last_total);
}

static void
cut (const char *path)
{
  g_assert_cmpint (truncate (path, 1), ==, 0);
}

static void
test_shrinks (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  Watch watch = { .change = cut };

  make_large (fixture->path);
  g_assert_null (run_async (&watch, fixture->path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_assert_nonnull (strstr (error->message, fixture->path));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add ("/file-digest/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("known", test_known);
  ADD ("sizes", test_sizes);
  ADD ("refused", test_refused);
  ADD ("async", test_async);
  ADD ("cancel", test_cancel);
  ADD ("shrinks", test_shrinks);
#undef ADD
  return g_test_run ();
}
