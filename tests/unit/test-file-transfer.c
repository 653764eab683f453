/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-transfer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "directory.h"
#include "library-error.h"
#include "surroundings.h"

#define LENGTH (3 * 1024 * 1024 + 17)

static GBytes *
make_bytes (gsize length, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guint8 *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) g_rand_int (random);
  return g_bytes_new_take (bytes, length);
}

static void
assert_holds (const char *path, GBytes *bytes)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (text, length, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (directory) != NULL)
    count++;
  return count;
}

static PaddockFileIdentity
identify (const char *path)
{
  PaddockFileIdentity identity;
  struct stat status;

  g_assert_cmpint (lstat (path, &status), ==, 0);
  paddock_file_identity_set_stat (&identity, &status);
  return identity;
}

static void
test_copy (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GBytes) bytes = make_bytes (LENGTH, 1);
  g_autofree char *source = test_directory_write_bytes (directory, "a.gguf", bytes);
  g_autofree char *folder = test_directory_make_folder (directory, "to");
  g_autofree char *target = g_build_filename (folder, "b.gguf", NULL);
  g_autoptr (GError) error = NULL;
  const struct timespec times[] = { { .tv_sec = 1000 }, { .tv_sec = 1600000000, .tv_nsec = 42 } };
  PaddockFileIdentity before;
  PaddockTransferWay way;

  g_assert_cmpint (utimensat (AT_FDCWD, source, times, 0), ==, 0);
  before = identify (source);
  g_assert_true (paddock_file_transfer (source, target, 0, &before, &way, NULL, 0, 0, &error));
  g_assert_no_error (error);
  g_assert_cmpint (way, !=, PADDOCK_TRANSFER_RENAMED);
  assert_holds (source, bytes);
  assert_holds (target, bytes);
  g_assert_cmpint (identify (target).modified, ==, before.modified);
  g_assert_cmpuint (count_files (folder), ==, 1);
}

static void
test_move (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GBytes) bytes = make_bytes (100, 1);
  g_autofree char *source = test_directory_write_bytes (directory, "a.gguf", bytes);
  g_autofree char *target = test_directory_build_path (directory, "b.gguf");
  PaddockFileIdentity before = identify (source), after;
  g_autoptr (GError) error = NULL;
  PaddockTransferWay way;

  g_assert_true (paddock_file_transfer (source, target, PADDOCK_TRANSFER_MOVE | PADDOCK_TRANSFER_NO_COPY, NULL, &way,
                                        NULL, 0, 0, &error));
  g_assert_no_error (error);
  g_assert_cmpint (way, ==, PADDOCK_TRANSFER_RENAMED);
  after = identify (target);
  g_assert_true (paddock_file_identity_equal (&before, &after));
  g_assert_false (g_file_test (source, G_FILE_TEST_EXISTS));
  assert_holds (target, bytes);
}

/* Another file system: the bytes go over and the source goes after them. */
static void
test_move_across (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GBytes) bytes = make_bytes (LENGTH, 2);
  g_autofree char *source = test_directory_write_bytes (directory, "a.gguf", bytes);
  g_autoptr (TestDirectory) other = test_surroundings_make_apart (directory);
  g_autofree char *target = test_directory_build_path (other, "a.gguf");
  g_autoptr (GError) error = NULL;
  PaddockTransferWay way;

  g_assert_true (paddock_file_transfer (source, target, PADDOCK_TRANSFER_MOVE, NULL, &way, NULL, 0, 0, &error));
  g_assert_no_error (error);
  g_assert_cmpint (way, ==, PADDOCK_TRANSFER_COPIED);
  assert_holds (target, bytes);
  g_assert_false (g_file_test (source, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (test_directory_get_path (other)), ==, 1);
}

static void
test_target_taken (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *source = test_directory_write (directory, "a.gguf", "source");
  g_autofree char *taken = test_directory_write (directory, "b.gguf", "taken");
  g_autofree char *dangling = test_directory_build_path (directory, "c.gguf");
  g_autofree char *beyond = test_directory_build_path (directory, "beyond.gguf");
  g_autoptr (GBytes) text = g_bytes_new_static ("source", 6), other = g_bytes_new_static ("taken", 5);

  g_assert_cmpint (symlink (beyond, dangling), ==, 0);
  for (guint flags = 0; flags < 2; flags++)
    {
      const char *targets[] = { taken, dangling };

      for (guint i = 0; i < 2; i++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_false (paddock_file_transfer (source, targets[i], flags, NULL, NULL, NULL, 0, 0, &error));
          g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS);
        }
    }
  assert_holds (source, text);
  assert_holds (taken, other);
  g_assert_false (g_file_test (beyond, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (test_directory_get_path (directory)), ==, 3);
}

static void
test_refused_sources (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *source = test_directory_write (directory, "a.gguf", "source");
  g_autofree char *link = test_directory_build_path (directory, "link.gguf");
  g_autofree char *folder = test_directory_make_folder (directory, "folder");
  g_autofree char *pipe = test_directory_build_path (directory, "pipe");
  g_autofree char *missing = test_directory_build_path (directory, "missing");
  g_autofree char *target = test_directory_build_path (directory, "t.gguf");
  const struct
  {
    const char *path;
    int code;
  } cases[] = {
    { link, PADDOCK_LIBRARY_ERROR_INVALID },
    { folder, PADDOCK_LIBRARY_ERROR_INVALID },
    { pipe, PADDOCK_LIBRARY_ERROR_INVALID },
    { missing, PADDOCK_LIBRARY_ERROR_NOT_FOUND },
  };

  g_assert_cmpint (symlink (source, link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (paddock_file_transfer (cases[i].path, target, PADDOCK_TRANSFER_MOVE, NULL, NULL, NULL, 0, 0, &error));
      g_assert_error (error, PADDOCK_LIBRARY_ERROR, cases[i].code);
      g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
    }
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
}

static void
test_changed (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *source = test_directory_write (directory, "a.gguf", "source");
  g_autofree char *target = test_directory_build_path (directory, "t.gguf");
  PaddockFileIdentity expected = identify (source);

  expected.modified -= 1;
  for (guint flags = 0; flags < 2; flags++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (paddock_file_transfer (source, target, flags, &expected, NULL, NULL, 0, 0, &error));
      g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_CHANGED);
    }
  g_assert_true (g_file_test (source, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (test_directory_get_path (directory)), ==, 1);
}

/* A child, so that a limit and what it may do are its own. 0 or the code of the error plus one. */
static int
run_in_child (const char *source, const char *target, PaddockTransferFlags flags, rlim_t limit)
{
  int status;
  pid_t child = fork ();

  if (child == 0)
    {
      const struct rlimit limits = { limit, limit };
      GError *error = NULL;

      signal (SIGXFSZ, SIG_IGN);
      if (limit > 0)
        setrlimit (RLIMIT_FSIZE, &limits);
      test_surroundings_obey_permissions ();
      _exit (paddock_file_transfer (source, target, flags, NULL, NULL, NULL, 0, 0, &error) ? 0 : error->code + 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
test_full (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GBytes) bytes = make_bytes (LENGTH, 3);
  g_autofree char *source = test_directory_write_bytes (directory, "a.gguf", bytes);
  g_autofree char *target = test_directory_build_path (directory, "t.gguf");

  g_assert_cmpint (run_in_child (source, target, 0, 1024 * 1024), ==, PADDOCK_LIBRARY_ERROR_NO_SPACE + 1);
  assert_holds (source, bytes);
  g_assert_cmpuint (count_files (test_directory_get_path (directory)), ==, 1);
}

static void
test_permission (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *source = test_directory_write (directory, "a.gguf", "source");
  g_autofree char *folder = test_directory_make_folder (directory, "closed");
  g_autofree char *target = g_build_filename (folder, "t.gguf", NULL);

  g_assert_cmpint (chmod (folder, 0555), ==, 0);
  g_assert_cmpint (run_in_child (source, target, 0, 0), ==, PADDOCK_LIBRARY_ERROR_PERMISSION + 1);
  g_assert_cmpint (run_in_child (source, target, PADDOCK_TRANSFER_MOVE, 0), ==, PADDOCK_LIBRARY_ERROR_PERMISSION + 1);
  g_assert_true (g_file_test (source, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_files (folder), ==, 0);
}

typedef struct
{
  const char *source, *target;
  GCancellable *cancellable;
  gboolean finished;
  GError *error;
} Cancelled;

static gpointer
transfer_cancelled (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  Cancelled *self = snapshot;

  g_cancellable_cancel (self->cancellable);
  return paddock_file_transfer (self->source, self->target, 0, NULL, NULL, worker, 0, 0, error) ? self : NULL;
}

static void
note_finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Cancelled *self = user_data;

  paddock_worker_run_finish (source, result, &self->error);
  self->finished = TRUE;
}

static void
test_cancel (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GBytes) bytes = make_bytes (LENGTH, 3);
  g_autofree char *source = test_directory_write_bytes (directory, "a.gguf", bytes);
  g_autofree char *target = test_directory_build_path (directory, "t.gguf");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Cancelled cancelled = { source, target, cancellable, FALSE, NULL };
  const PaddockWork work = { .name = "transfer", .run = transfer_cancelled, .snapshot = &cancelled };

  paddock_worker_run_async (NULL, &work, cancellable, note_finished, &cancelled);
  while (!cancelled.finished)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&cancelled.error);
  g_assert_cmpuint (count_files (test_directory_get_path (directory)), ==, 1);
}

/* As long as a name may be, and odd: neither is a reason to fail. */
static void
test_names (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("source", 6);
  g_autofree char *source = test_directory_write_bytes (directory, "a.gguf", bytes);
  g_autofree char *longest = g_strnfill (255, 'x');
  const char *names[] = { longest, "$(rm -rf ~)\n;'\".gguf", "\xff\xfe bytes.gguf", "-rf" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *target = test_directory_build_path (directory, names[i]);
      g_autoptr (GError) error = NULL;

      g_assert_true (paddock_file_transfer (source, target, 0, NULL, NULL, NULL, 0, 0, &error));
      g_assert_no_error (error);
      assert_holds (target, bytes);
    }
  g_assert_cmpuint (count_files (test_directory_get_path (directory)), ==, 1 + G_N_ELEMENTS (names));
}

static void
test_sweep (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *stale = test_directory_write (directory, ".a.gguf.paddock-part", "stale");
  g_autofree char *held = test_directory_write (directory, ".b.gguf.paddock-part", "under way");
  g_autofree char *model = test_directory_write (directory, "c.gguf", "model");
  g_autofree char *shown = test_directory_write (directory, "d.paddock-part", "no part");
  g_autofree char *link = test_directory_build_path (directory, ".e.gguf.paddock-part");
  int fd = open (held, O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  g_assert_cmpint (symlink (model, link), ==, 0);
  g_assert_cmpuint (paddock_file_transfer_sweep (test_directory_get_path (directory)), ==, 1);
  g_assert_false (g_file_test (stale, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (held, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (model, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (shown, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  close (fd);
  g_assert_cmpuint (paddock_file_transfer_sweep (test_directory_get_path (directory)), ==, 1);
  g_assert_cmpuint (paddock_file_transfer_sweep ("/nowhere/at/all"), ==, 0);
}

/* A part that was left does not stand in the way; one under way does. */
static void
test_part_in_the_way (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *source = test_directory_write (directory, "a", "source");
  g_autofree char *target = test_directory_build_path (directory, "b");
  g_autofree char *part = test_directory_write (directory, ".b.paddock-part", "left, and longer than the source");
  g_autoptr (GBytes) bytes = g_bytes_new_static ("source", 6);
  g_autoptr (GError) error = NULL;
  int fd = open (part, O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  g_assert_false (paddock_file_transfer (source, target, 0, NULL, NULL, NULL, 0, 0, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS);
  g_clear_error (&error);
  close (fd);
  g_assert_true (paddock_file_transfer (source, target, 0, NULL, NULL, NULL, 0, 0, &error));
  assert_holds (target, bytes);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

static void
test_merge (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GBytes) bytes = make_bytes (LENGTH, 4);
  g_autofree char *kept = test_directory_write_bytes (directory, "kept", bytes);
  g_autofree char *replaced = test_directory_write_bytes (directory, "replaced", bytes);
  g_autoptr (GError) error = NULL;
  guint64 saved;

  g_assert_true (paddock_file_merge (kept, replaced, &saved, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (saved, ==, LENGTH);
  assert_holds (kept, bytes);
  assert_holds (replaced, bytes);
  g_assert_cmpuint (count_files (test_directory_get_path (directory)), ==, 2);
  g_assert_true (paddock_file_merge (kept, replaced, &saved, NULL, &error));
}

static void
test_merge_refused (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *kept = test_directory_write (directory, "kept", "the same bytes");
  g_autofree char *other = test_directory_write (directory, "other", "the sane bytes");
  g_autofree char *longer = test_directory_write (directory, "longer", "the same bytes, and more");
  g_autofree char *closed = test_directory_write (directory, "closed", "the same bytes");
  g_autofree char *link = test_directory_build_path (directory, "link");
  const struct
  {
    const char *path;
    int code;
  } cases[] = {
    { other, PADDOCK_LIBRARY_ERROR_DIFFERENT },
    { longer, PADDOCK_LIBRARY_ERROR_DIFFERENT },
    { link, PADDOCK_LIBRARY_ERROR_INVALID },
    { "/nowhere/at/all", PADDOCK_LIBRARY_ERROR_NOT_FOUND },
  };

  g_assert_cmpint (symlink (closed, link), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (paddock_file_merge (kept, cases[i].path, NULL, NULL, &error));
      g_assert_error (error, PADDOCK_LIBRARY_ERROR, cases[i].code);
      g_clear_error (&error);
      g_assert_false (paddock_file_merge (cases[i].path, kept, NULL, NULL, &error));
      g_assert_error (error, PADDOCK_LIBRARY_ERROR, cases[i].code);
    }
  g_assert_cmpuint (identify (kept).inode, !=, identify (other).inode);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/file-transfer/copy", test_copy);
  g_test_add_func ("/file-transfer/move", test_move);
  g_test_add_func ("/file-transfer/move-across", test_move_across);
  g_test_add_func ("/file-transfer/target-taken", test_target_taken);
  g_test_add_func ("/file-transfer/refused-sources", test_refused_sources);
  g_test_add_func ("/file-transfer/changed", test_changed);
  g_test_add_func ("/file-transfer/full", test_full);
  g_test_add_func ("/file-transfer/permission", test_permission);
  g_test_add_func ("/file-transfer/cancel", test_cancel);
  g_test_add_func ("/file-transfer/names", test_names);
  g_test_add_func ("/file-transfer/sweep", test_sweep);
  g_test_add_func ("/file-transfer/part-in-the-way", test_part_in_the_way);
  g_test_add_func ("/file-transfer/merge", test_merge);
  g_test_add_func ("/file-transfer/merge-refused", test_merge_refused);
  return g_test_run ();
}
