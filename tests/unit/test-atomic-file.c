/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/atomic-file.h"
#include "surroundings.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <signal.h>
#include <unistd.h>

typedef struct
{
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("paddock-atomic-XXXXXX", NULL);
  g_assert_nonnull (fixture->directory);
  fixture->path = g_build_filename (fixture->directory, "model.gguf", NULL);
}

static guint
count_files (const char *directory)
{
  g_autoptr(GDir) dir = g_dir_open (directory, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static void
write_text (PaddockAtomicFile *file, const char *text)
{
  g_autoptr(GError) error = NULL;
  gboolean written = paddock_atomic_file_write (file, (const guint8 *) text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_true (written);
}

static void
commit (PaddockAtomicFile *file)
{
  g_autoptr(GError) error = NULL;
  gboolean committed = paddock_atomic_file_commit (file, &error);

  g_assert_no_error (error);
  g_assert_true (committed);
}

static void
assert_content (const char *path, const char *expected)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PaddockAtomicFile) file = paddock_atomic_file_new (fixture->path, &error);

  g_assert_no_error (error);
  write_text (file, "one ");
  write_text (file, "two");
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  commit (file);
  assert_content (fixture->path, "one two");
  g_clear_pointer (&file, paddock_atomic_file_free);
  g_assert_cmpuint (count_files (fixture->directory), ==, 1);
}

static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  g_autoptr(PaddockAtomicFile) file = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  file = paddock_atomic_file_new (fixture->path, NULL);
  write_text (file, "new");
  g_clear_pointer (&file, paddock_atomic_file_free);
  assert_content (fixture->path, "old");
  g_assert_cmpuint (count_files (fixture->directory), ==, 1);
}

static void
test_attributes (Fixture *fixture, gconstpointer data)
{
  g_autoptr(PaddockAtomicFile) file = NULL;
  struct stat before, after;
  char value[16];
  gboolean tagged;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0640), ==, 0);
  tagged = setxattr (fixture->path, "user.origin", "hub", 3, 0) == 0;
  g_assert_cmpint (g_stat (fixture->path, &before), ==, 0);

  file = paddock_atomic_file_new (fixture->path, NULL);
  write_text (file, "new");
  commit (file);
  g_assert_cmpint (g_stat (fixture->path, &after), ==, 0);
  g_assert_cmpint (after.st_mode, ==, before.st_mode);
  g_assert_cmpint (after.st_uid, ==, before.st_uid);
  g_assert_cmpint (after.st_gid, ==, before.st_gid);
  g_assert_cmpint (after.st_ino, !=, before.st_ino);
  if (tagged)
    {
      g_assert_cmpint (getxattr (fixture->path, "user.origin", value, sizeof value), ==, 3);
      g_assert_cmpmem (value, 3, "hub", 3);
    }
  assert_content (fixture->path, "new");
}

static void
test_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->directory, "link", NULL);
  g_autofree char *second = g_build_filename (fixture->directory, "second", NULL);
  g_autofree char *real = realpath (fixture->directory, NULL);
  g_autofree char *real_path = g_build_filename (real, "model.gguf", NULL);

  g_assert_cmpint (symlink ("model.gguf", link), ==, 0);
  g_assert_cmpint (symlink (link, second), ==, 0);
  /* First through links that point nowhere, then to the file that this made. */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(PaddockAtomicFile) file = paddock_atomic_file_new (second, NULL);

      g_assert_nonnull (file);
      g_assert_cmpstr (paddock_atomic_file_get_path (file), ==, real_path);
      write_text (file, i == 0 ? "first" : "again");
      commit (file);
      assert_content (fixture->path, i == 0 ? "first" : "again");
      g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
      g_assert_true (g_file_test (second, G_FILE_TEST_IS_SYMLINK));
    }
}

static void
assert_refused (const char *target, int code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PaddockAtomicFile) file = paddock_atomic_file_new (target, &error);

  g_assert_error (error, G_IO_ERROR, code);
  g_assert_null (file);
  g_assert_nonnull (strstr (error->message, target));
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (fixture->directory, "fifo", NULL);
  g_autofree char *loop = g_build_filename (fixture->directory, "loop", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->directory, "no", "model.gguf", NULL);
  g_autofree char *slash = g_strconcat (fixture->path, "/", NULL);

  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink ("loop", loop), ==, 0);
  assert_refused (fifo, G_IO_ERROR_NOT_REGULAR_FILE);
  assert_refused (loop, G_IO_ERROR_TOO_MANY_LINKS);
  assert_refused (nowhere, G_IO_ERROR_NOT_FOUND);
  assert_refused (fixture->directory, G_IO_ERROR_IS_DIRECTORY);
  assert_refused (slash, G_IO_ERROR_IS_DIRECTORY);
  assert_refused ("", G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (count_files (fixture->directory), ==, 2);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0444), ==, 0);
  assert_refused (fixture->path, G_IO_ERROR_PERMISSION_DENIED);
  assert_content (fixture->path, "old");
}

/* The limit on a file's size makes the write fail in the middle as a full disk does. */
static void
test_write_fails (Fixture *fixture, gconstpointer data)
{
  struct rlimit old, small;
  g_autoptr(GError) error = NULL;
  g_autofree guint8 *bytes = g_malloc0 (8192);
  g_autoptr(PaddockAtomicFile) file = NULL;
  gboolean written;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  file = paddock_atomic_file_new (fixture->path, NULL);
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &old);
  small = (struct rlimit) { 4096, old.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  written = paddock_atomic_file_write (file, bytes, 8192, &error);
  setrlimit (RLIMIT_FSIZE, &old);
  g_assert_false (written);
  g_assert_nonnull (error);
  g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
  g_assert_nonnull (strstr (error->message, "model.gguf"));
  g_clear_pointer (&file, paddock_atomic_file_free);
  assert_content (fixture->path, "old");
  g_assert_cmpuint (count_files (fixture->directory), ==, 1);
}

static void
test_commit_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PaddockAtomicFile) file = paddock_atomic_file_new (fixture->path, NULL);

  write_text (file, "new");
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  g_assert_false (paddock_atomic_file_commit (file, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_DIR));
  g_assert_cmpuint (count_files (fixture->directory), ==, 1);
}

int
main (int argc, char *argv[])
{
  test_surroundings_obey_permissions ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add ("/atomic-file/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("new", test_new);
  ADD ("dropped", test_dropped);
  ADD ("attributes", test_attributes);
  ADD ("link", test_link);
  ADD ("refused", test_refused);
  ADD ("read-only", test_read_only);
  ADD ("write-fails", test_write_fails);
  ADD ("commit-fails", test_commit_fails);
#undef ADD
  return g_test_run ();
}
