/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "directory.h"
#include "library-error.h"
#include "surroundings.h"

typedef struct
{
  GPtrArray *files;                  /* char *: paths, in the order they were met */
  GPtrArray *directories;
  guint n_links;
  guint stop_after;                  /* files; 0: never */
  const char *emptied;               /* a directory to remove all files from as soon as it is told */
  GCancellable *cancelled;           /* as soon as a file is met */
} Met;

static Met *
met_new (void)
{
  Met *met = g_new0 (Met, 1);

  met->files = g_ptr_array_new_with_free_func (g_free);
  met->directories = g_ptr_array_new_with_free_func (g_free);
  return met;
}

static void
met_free (Met *met)
{
  g_ptr_array_unref (met->files);
  g_ptr_array_unref (met->directories);
  g_free (met);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Met, met_free)

static void
empty_directory (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      g_assert_cmpint (remove (child), ==, 0);
    }
}

static gboolean
visit (const PaddockFolderWalkStep *step, gpointer user_data)
{
  Met *met = user_data;
  g_autofree char *name = g_path_get_basename (step->path);
  struct stat status;

  g_ptr_array_add (step->is_directory ? met->directories : met->files, g_strdup (step->path));
  met->n_links += step->is_link ? 1 : 0;
  if (strlen (step->path) < PATH_MAX && stat (step->path, &status) == 0)
    {
      PaddockFileIdentity identity;

      paddock_file_identity_set_stat (&identity, &status);
      g_assert_true (paddock_file_identity_equal (&identity, &step->identity));
    }
  if (step->name != step->path)      /* below the root */
    g_assert_cmpstr (step->name, ==, name);
  if (step->is_directory && g_strcmp0 (step->path, met->emptied) == 0)
    empty_directory (step->path);
  if (!step->is_directory && met->cancelled != NULL)
    g_cancellable_cancel (met->cancelled);
  return met->stop_after == 0 || met->files->len < met->stop_after;
}

static gboolean
is_wanted (const char *name, gpointer user_data)
{
  (void) user_data;
  return g_str_has_suffix (name, ".gguf");
}

static void
walk_with (Met *met, const char *root)
{
  const PaddockFolderWalk walk = { .wants_file = is_wanted, .visit = visit, .user_data = met };
  g_autoptr (GError) error = NULL;

  g_assert_true (paddock_folder_walk_run (&walk, root, NULL, &error));
  g_assert_no_error (error);
}

static Met *
walk (TestDirectory *directory)
{
  Met *met = met_new ();

  walk_with (met, test_directory_get_path (directory));
  return met;
}

static void
assert_files (Met *met, TestDirectory *directory, const char *first, ...)
{
  va_list names;
  guint position = 0;

  va_start (names, first);
  for (const char *name = first; name != NULL; name = va_arg (names, const char *), position++)
    {
      g_autofree char *path = test_directory_build_path (directory, name);

      g_assert_cmpuint (position, <, met->files->len);
      g_assert_cmpstr (g_ptr_array_index (met->files, position), ==, path);
    }
  va_end (names);
  g_assert_cmpuint (met->files->len, ==, position);
}

static void
make_link (TestDirectory *directory, const char *target, const char *name)
{
  g_autofree char *path = test_directory_build_path (directory, name);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
make_file (TestDirectory *directory, const char *name)
{
  g_free (test_directory_write (directory, name, "x"));
}

static void
make_folder (TestDirectory *directory, const char *name)
{
  g_free (test_directory_make_folder (directory, name));
}

static void
test_order (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (Met) met = NULL;

  make_folder (directory, "b/inner");
  make_folder (directory, "a");
  make_folder (directory, ".hidden");
  make_file (directory, "z.gguf");
  make_file (directory, "m.gguf");
  make_file (directory, "notes.txt");
  make_file (directory, "b/two.gguf");
  make_file (directory, "b/inner/three.gguf");
  make_file (directory, "a/one.gguf");
  make_file (directory, ".hidden/four.gguf");
  met = walk (directory);
  assert_files (met, directory, "m.gguf", "z.gguf", "a/one.gguf", "b/two.gguf", "b/inner/three.gguf", NULL);
  g_assert_cmpuint (met->directories->len, ==, 4);
  g_assert_cmpstr (g_ptr_array_index (met->directories, 0), ==, test_directory_get_path (directory));
  g_assert_cmpuint (met->n_links, ==, 0);
}

/* What a link leads to is met by its own path first, whatever the names. */
static void
test_links (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (TestDirectory) elsewhere = test_directory_new ();
  g_autoptr (Met) met = NULL;

  make_folder (directory, "real/deep");
  make_file (directory, "real/one.gguf");
  make_file (directory, "real/deep/two.gguf");
  make_file (elsewhere, "three.gguf");
  make_link (directory, "real", "alias");
  make_link (directory, "../..", "real/deep/up");
  make_link (directory, ".", "self");
  make_link (directory, "around", "around");
  make_link (directory, "nowhere.gguf", "dangling.gguf");
  make_link (directory, "real/one.gguf", "again.gguf");
  make_link (directory, test_directory_get_path (elsewhere), "away");
  met = walk (directory);
  assert_files (met, directory, "again.gguf", "real/one.gguf", "real/deep/two.gguf", "away/three.gguf", NULL);
  g_assert_cmpuint (met->directories->len, ==, 4);
  g_assert_cmpuint (met->n_links, ==, 2);   /* again.gguf, away */
}

static void
test_root_link (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (Met) met = met_new ();
  g_autofree char *root = test_directory_build_path (directory, "link");
  g_autofree char *slashed = g_strconcat (root, "/", NULL);

  make_folder (directory, "real");
  make_file (directory, "real/one.gguf");
  make_link (directory, "real", "link");
  walk_with (met, root);
  assert_files (met, directory, "link/one.gguf", NULL);
  g_ptr_array_set_size (met->files, 0);
  walk_with (met, slashed);
  assert_files (met, directory, "link/one.gguf", NULL);
}

/* Neither pipes nor devices nor sockets are opened, and no directory is a file. */
static void
test_no_files (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *pipe = test_directory_build_path (directory, "pipe.gguf");
  g_autoptr (Met) met = NULL;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  make_link (directory, "pipe.gguf", "link-to-pipe.gguf");
  make_link (directory, "/dev/zero", "zero.gguf");
  make_folder (directory, "folder.gguf");
  met = walk (directory);
  g_assert_cmpuint (met->files->len, ==, 0);
  g_assert_cmpuint (met->directories->len, ==, 2);
}

static void
test_odd_names (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (Met) met = NULL;

  make_folder (directory, "\xff\xfe");
  make_file (directory, "\xff\xfe/\x80.gguf");
  make_file (directory, "a\nb.gguf");
  met = walk (directory);
  assert_files (met, directory, "a\nb.gguf", "\xff\xfe/\x80.gguf", NULL);
}

/* Deeper than a path may be long, and deeper than a process may have files open. */
static void
test_deep (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  const char *name = "a-folder-with-a-name-that-is-not-short-at-all";
  int fd = open (test_directory_get_path (directory), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const guint depth = 400;
  struct rlimit limit, low;
  g_autoptr (Met) met = NULL;
  int file;

  for (guint i = 0; i < depth; i++)
    {
      int next;

      g_assert_cmpint (mkdirat (fd, name, 0700), ==, 0);
      next = openat (fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
      close (fd);
      fd = next;
    }
  file = openat (fd, "deep.gguf", O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  g_assert_cmpint (file, >=, 0);
  close (file);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  low = limit;
  low.rlim_cur = 64;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &low), ==, 0);
  met = walk (directory);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  g_assert_cmpuint (met->files->len, ==, 1);
  g_assert_cmpuint (met->directories->len, ==, depth + 1);
  g_assert_cmpuint (strlen (g_ptr_array_index (met->files, 0)), >, depth * strlen (name));

  /* Too deep for paths, and so for what removes the directories of tests. */
  g_assert_cmpint (unlinkat (fd, "deep.gguf", 0), ==, 0);
  for (guint i = 0; i < depth; i++)
    {
      int parent = openat (fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

      close (fd);
      g_assert_cmpint (unlinkat (parent, name, AT_REMOVEDIR), ==, 0);
      fd = parent;
    }
  close (fd);
}

static void
test_root_problems (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *missing = test_directory_build_path (directory, "missing");
  g_autofree char *file = test_directory_write (directory, "file", "x");
  g_autofree char *loop = test_directory_build_path (directory, "loop");
  g_autoptr (Met) met = met_new ();
  const PaddockFolderWalk walk = { .visit = visit, .user_data = met };
  g_autoptr (GError) error = NULL;

  g_assert_false (paddock_folder_walk_run (&walk, missing, NULL, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, missing));
  g_clear_error (&error);
  g_assert_false (paddock_folder_walk_run (&walk, file, NULL, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  make_link (directory, "loop", "loop");
  g_assert_false (paddock_folder_walk_run (&walk, loop, NULL, &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID);
  g_assert_cmpuint (met->files->len + met->directories->len, ==, 0);
}

/* Permissions bind who runs it: the closed root is an error, and a closed folder below it is not. */
static int
walk_bound (TestDirectory *directory)
{
  g_autoptr (Met) met = met_new ();
  const PaddockFolderWalk walk = { .visit = visit, .user_data = met };
  g_autofree char *closed = test_directory_build_path (directory, "closed");
  g_autoptr (GError) error = NULL;

  test_surroundings_obey_permissions ();
  if (!paddock_folder_walk_run (&walk, test_directory_get_path (directory), NULL, NULL) || met->files->len != 1 ||
      met->directories->len != 1)
    return 1;
  if (paddock_folder_walk_run (&walk, closed, NULL, &error) ||
      !g_error_matches (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_PERMISSION))
    return 2;
  return 0;
}

static void
test_closed (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *closed = test_directory_make_folder (directory, "closed");
  int status = 0;
  pid_t child;

  make_file (directory, "closed/secret.gguf");
  make_file (directory, "open.gguf");
  g_assert_cmpint (chmod (closed, 0), ==, 0);
  child = fork ();
  if (child == 0)
    _exit (walk_bound (directory));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (chmod (closed, 0700), ==, 0);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* Names that are read and gone before they are looked at. */
static void
test_vanishing (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *emptied = test_directory_make_folder (directory, "a");
  g_autoptr (Met) met = met_new ();

  make_folder (directory, "a/inner");
  make_folder (directory, "b");
  make_file (directory, "a/one.gguf");
  make_file (directory, "a/two.gguf");
  make_file (directory, "b/three.gguf");
  met->emptied = emptied;
  walk_with (met, test_directory_get_path (directory));
  assert_files (met, directory, "b/three.gguf", NULL);
}

static void
test_enough (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (Met) met = met_new ();

  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.gguf", i);

      make_file (directory, name);
    }
  make_folder (directory, "later");
  met->stop_after = 3;
  walk_with (met, test_directory_get_path (directory));
  assert_files (met, directory, "0.gguf", "1.gguf", "2.gguf", NULL);
  g_assert_cmpuint (met->directories->len, ==, 1);
}

static void
test_cancel (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (Met) met = met_new ();
  const PaddockFolderWalk walk = { .visit = visit, .user_data = met };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.gguf", i);

      make_file (directory, name);
    }
  met->cancelled = cancellable;
  g_assert_false (paddock_folder_walk_run (&walk, test_directory_get_path (directory), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (met->files->len, <, 200);
  g_clear_error (&error);
  g_assert_false (paddock_folder_walk_run (&walk, test_directory_get_path (directory), cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_storage (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (Met) met = NULL;

  make_link (directory, "/proc/self", "proc");
  met = walk (directory);
  g_assert_cmpuint (met->directories->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/folder-walk/order", test_order);
  g_test_add_func ("/folder-walk/links", test_links);
  g_test_add_func ("/folder-walk/root-link", test_root_link);
  g_test_add_func ("/folder-walk/no-files", test_no_files);
  g_test_add_func ("/folder-walk/odd-names", test_odd_names);
  g_test_add_func ("/folder-walk/deep", test_deep);
  g_test_add_func ("/folder-walk/root-problems", test_root_problems);
  g_test_add_func ("/folder-walk/closed", test_closed);
  g_test_add_func ("/folder-walk/vanishing", test_vanishing);
  g_test_add_func ("/folder-walk/enough", test_enough);
  g_test_add_func ("/folder-walk/cancel", test_cancel);
  g_test_add_func ("/folder-walk/no-storage", test_no_storage);
  return g_test_run ();
}
