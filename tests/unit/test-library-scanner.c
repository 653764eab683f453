/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-scanner.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "directory.h"
#include "folder-store.h"
#include "library-error.h"
#include "library-tree.h"

#define MODEL "kv general.architecture str llama\ntensor x f32 8\n"

static gboolean
list_folder (const char *root, PaddockStoreVisit visit, gpointer user_data, GCancellable *cancellable, GError **error)
{
  return paddock_folder_store_list ("folder", root, visit, user_data, cancellable, error);
}

/* Says only which paths there are, as a store does that reads them in a list of its own. */
static gboolean
list_paths (const char *root, PaddockStoreVisit visit, gpointer user_data, GCancellable *cancellable, GError **error)
{
  static const char *const names[] = { "a.gguf", "link.gguf", "gone.gguf", "pipe.gguf", "deep/down/b.gguf" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (root, names[i], NULL);

      if (!visit (paddock_library_file_new ("paths", root, path), user_data))
        return TRUE;
    }
  return TRUE;
}

static gboolean
list_closed (const char *root, PaddockStoreVisit visit, gpointer user_data, GCancellable *cancellable, GError **error)
{
  g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_PERMISSION, "closed");
  return FALSE;
}

static const PaddockModelStore folder_store = { .id = "folder", .flags = PADDOCK_STORE_FOLDER, .list = list_folder };
static const PaddockModelStore path_store = { .id = "paths", .flags = PADDOCK_STORE_FOREIGN, .list = list_paths };
static const PaddockModelStore closed_store = { .id = "closed", .flags = PADDOCK_STORE_FOREIGN, .list = list_closed };

static PaddockScan *
scan_roots (GPtrArray *known, const PaddockModelStore *store, const char *first, const char *second)
{
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_scan_root_free);
  g_autoptr (GError) error = NULL;
  PaddockScan *scan;

  g_ptr_array_add (roots, paddock_scan_root_new (store, first));
  if (second != NULL)
    g_ptr_array_add (roots, paddock_scan_root_new (store, second));
  scan = paddock_library_scan (roots, known, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return scan;
}

static PaddockScan *
scan (TestDirectory *directory, GPtrArray *known)
{
  return scan_roots (known, &folder_store, test_directory_get_path (directory), NULL);
}

static PaddockLibraryFile *
find (PaddockScan *found, const char *name)
{
  for (guint i = 0; i < found->files->len; i++)
    {
      PaddockLibraryFile *file = g_ptr_array_index (found->files, i);

      if (g_str_has_suffix (file->path, name))
        return file;
    }
  g_assert_not_reached ();
}

static PaddockScannedRoot *
get_root (PaddockScan *found)
{
  return g_ptr_array_index (found->roots, 0);
}

static void
test_known (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *one = test_directory_write_recipe (directory, "one.gguf", MODEL);
  g_autofree char *two = test_directory_write_recipe (directory, "two.gguf", "kv general.name str Two\n" MODEL);
  g_autofree char *name = test_directory_build_path (directory, "name.gguf");
  g_autofree char *alias = test_directory_build_path (directory, "alias.gguf");
  g_autofree char *moved = test_directory_build_path (directory, "moved.gguf");
  g_autoptr (PaddockScan) first = NULL, again = NULL, changed = NULL;

  g_assert_cmpint (link (one, name), ==, 0);
  g_assert_cmpint (symlink (two, alias), ==, 0);
  first = scan (directory, NULL);
  g_assert_cmpuint (first->files->len, ==, 4);
  g_assert_cmpuint (first->n_read, ==, 2);
  g_assert_cmpint (get_root (first)->state, ==, PADDOCK_ROOT_LISTED);
  g_assert_true (find (first, "alias.gguf")->facts == find (first, "two.gguf")->facts);
  g_assert_cmpstr (find (first, "alias.gguf")->target, ==, two);
  g_assert_null (find (first, "two.gguf")->target);
  g_assert_cmpstr (find (first, "one.gguf")->facts->name, ==, "one");
  g_assert_cmpstr (find (first, "name.gguf")->facts->name, ==, "name");

  again = scan (directory, first->files);
  g_assert_cmpuint (again->n_read, ==, 0);
  g_assert_true (find (again, "two.gguf")->facts == find (first, "two.gguf")->facts);

  g_assert_cmpint (rename (one, moved), ==, 0);
  g_free (test_directory_write_recipe (directory, "two.gguf", "kv general.name str Three\n" MODEL));
  changed = scan (directory, first->files);
  g_assert_cmpuint (changed->n_read, ==, 1);
  g_assert_cmpstr (find (changed, "two.gguf")->facts->name, ==, "Three");
  g_assert_cmpstr (find (changed, "moved.gguf")->facts->name, ==, "moved");
}

static void
test_roles (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *partial = test_directory_write_recipe (directory, "a.gguf.part", MODEL);
  g_autofree char *page = test_directory_write (directory, "page.gguf", "<html></html>");
  g_autoptr (PaddockScan) found = scan (directory, NULL);
  g_autoptr (PaddockScan) again = scan (directory, found->files);

  g_assert_null (find (found, ".part")->facts);
  g_assert_cmpint (find (found, "page.gguf")->facts->state, ==, PADDOCK_FACTS_BROKEN);
  g_assert_cmpuint (found->n_read, ==, 1);
  g_assert_cmpuint (again->n_read, ==, 0);
}

/* What a store only names is looked at; what is not there or no file is left out. */
static void
test_named (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  const char *root = test_directory_get_path (directory);
  g_autofree char *deep = test_directory_make_folder (directory, "deep/down");
  g_autofree char *a = test_directory_write_recipe (directory, "a.gguf", MODEL);
  g_autofree char *b = test_directory_write_recipe (directory, "deep/down/b.gguf", MODEL);
  g_autofree char *alias = test_directory_build_path (directory, "link.gguf");
  g_autofree char *pipe = test_directory_build_path (directory, "pipe.gguf");
  g_autoptr (PaddockScan) found = NULL;

  g_assert_cmpint (symlink ("a.gguf", alias), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  found = scan_roots (NULL, &path_store, root, root);
  g_assert_cmpuint (found->files->len, ==, 3);
  g_assert_cmpuint (found->n_read, ==, 2);
  g_assert_cmpstr (find (found, "link.gguf")->target, ==, a);
  g_assert_cmpuint (get_root (found)->directories->len, ==, 3);
}

static void
test_directories (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *empty = test_directory_make_folder (directory, "empty/inner");
  g_autofree char *file = test_directory_write_recipe (directory, "a.gguf", MODEL);
  g_autoptr (PaddockScan) found = scan (directory, NULL);
  GPtrArray *directories = get_root (found)->directories;

  g_assert_cmpuint (directories->len, ==, 3);
  g_assert_true (g_ptr_array_find_with_equal_func (directories, empty, g_str_equal, NULL));
}

static void
test_root_states (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *missing = test_directory_build_path (directory, "missing");
  g_autofree char *file = test_directory_write_recipe (directory, "a.gguf", MODEL);
  g_autoptr (PaddockScan) found = scan_roots (NULL, &folder_store, missing, test_directory_get_path (directory));
  g_autoptr (PaddockScan) closed = scan_roots (NULL, &closed_store, "/", NULL);

  g_assert_cmpint (get_root (found)->state, ==, PADDOCK_ROOT_OFFLINE);
  g_assert_nonnull (get_root (found)->problem);
  g_assert_null (get_root (found)->directories);
  g_assert_cmpuint (found->files->len, ==, 1);
  g_assert_cmpint (get_root (closed)->state, ==, PADDOCK_ROOT_UNREADABLE);
  g_assert_cmpstr (get_root (closed)->problem, ==, "closed");
}

/* An empty directory where another file system was. */
static void
test_bare_mount_point (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  const char *root = test_directory_get_path (directory);
  g_autofree char *path = test_directory_build_path (directory, "a.gguf");
  g_autoptr (GPtrArray) known = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_file_unref);
  g_autoptr (PaddockScan) away = NULL, removed = NULL;
  PaddockLibraryFile *file = paddock_library_file_new ("folder", root, path);
  struct stat status;

  g_assert_cmpint (stat (root, &status), ==, 0);
  file->facts = paddock_model_facts_new ("a");
  file->identity.device = status.st_dev + 1;
  g_ptr_array_add (known, file);
  away = scan (directory, known);
  g_assert_cmpint (get_root (away)->state, ==, PADDOCK_ROOT_OFFLINE);
  file->identity.device = status.st_dev;
  removed = scan (directory, known);
  g_assert_cmpint (get_root (removed)->state, ==, PADDOCK_ROOT_LISTED);
  g_assert_cmpuint (get_root (removed)->filesystem, !=, 0);
  g_assert_cmpuint (get_root (removed)->filesystem, ==, paddock_file_identity_find_filesystem (root));
}

/* What could not be opened is tried again, though nobody wrote to it. */
static void
test_unread (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_write_recipe (directory, "a.gguf", MODEL);
  g_autoptr (PaddockScan) first = scan (directory, NULL);
  g_autoptr (PaddockScan) again = NULL;

  find (first, "a.gguf")->facts->state = PADDOCK_FACTS_BROKEN;
  find (first, "a.gguf")->facts->unread = TRUE;
  again = scan (directory, first->files);
  g_assert_cmpuint (again->n_read, ==, 1);
  g_assert_cmpint (find (again, "a.gguf")->facts->state, ==, PADDOCK_FACTS_WHOLE);
}

typedef struct
{
  GPtrArray *files;
} Batches;

static void
take_batch (GPtrArray *files, gpointer user_data)
{
  Batches *batches = user_data;

  g_assert_cmpuint (files->len, >, 0);
  g_ptr_array_extend_and_steal (batches->files, files);
}

static void
test_batches (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  const TestLibraryTree tree = { .n_files = 500, .n_folders = 7, .seed = 3 };
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_scan_root_free);
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_file_unref);
  Batches batches = { .files = told };
  TestLibraryCensus census;
  g_autoptr (PaddockScan) found = NULL;
  g_autoptr (GError) error = NULL;
  guint n_partial = 0, n_links = 0;

  g_assert_true (test_library_tree_write (&tree, test_directory_get_path (directory), &census, &error));
  g_assert_no_error (error);
  g_ptr_array_add (roots, paddock_scan_root_new (&folder_store, test_directory_get_path (directory)));
  found = paddock_library_scan (roots, NULL, take_batch, &batches, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->files->len, ==, census.n_names + census.n_partial);
  g_assert_cmpuint (found->n_read, ==, census.n_headers);
  g_assert_cmpuint (told->len, ==, found->files->len);
  for (guint i = 0; i < told->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (told, i);

      g_assert_true (file == g_ptr_array_index (found->files, i));
      n_partial += file->role == PADDOCK_FILE_ROLE_PARTIAL ? 1 : 0;
      n_links += file->target != NULL ? 1 : 0;
      g_assert_true (file->facts == NULL || file->facts->state == PADDOCK_FACTS_WHOLE);
    }
  g_assert_cmpuint (n_partial, ==, census.n_partial);
  g_assert_cmpuint (n_links, ==, census.n_links);
}

static gpointer
scan_in_worker (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  return paddock_library_scan (snapshot, NULL, NULL, NULL, worker, error);
}

static void
note_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  (void) source;
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
test_cancelled (void)
{
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_scan_root_free);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const PaddockWork work = {
    .name = "scan",
    .run = scan_in_worker,
    .snapshot = roots,
    .result_free = (GDestroyNotify) paddock_scan_free,
  };

  g_ptr_array_add (roots, paddock_scan_root_new (&folder_store, "/tmp"));
  g_cancellable_cancel (cancellable);
  paddock_worker_run_async (NULL, &work, cancellable, note_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (paddock_worker_run_finish (NULL, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/library-scanner/known", test_known);
  g_test_add_func ("/library-scanner/roles", test_roles);
  g_test_add_func ("/library-scanner/named", test_named);
  g_test_add_func ("/library-scanner/directories", test_directories);
  g_test_add_func ("/library-scanner/root-states", test_root_states);
  g_test_add_func ("/library-scanner/bare-mount-point", test_bare_mount_point);
  g_test_add_func ("/library-scanner/unread", test_unread);
  g_test_add_func ("/library-scanner/batches", test_batches);
  g_test_add_func ("/library-scanner/cancelled", test_cancelled);
  return g_test_run ();
}
