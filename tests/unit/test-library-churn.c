/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files come, are renamed and go while the library is scanned and watched: at the end it shows what is on the disk, and
   no file was opened twice as long as it was the same. */
#include <dlfcn.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "await.h"
#include "directory.h"
#include "file-identity.h"
#include "library.h"

#define FIRST 150
#define CHANGES 500
#define FOLDERS 7
#define EVERY 90                     /* changes between two whole scans */

/* How often each file was opened for reading, by what it was then; several threads ask. */
static GMutex lock;
static GHashTable *opened;

static gboolean
is_model (int fd, const char *path, int flags, struct stat *status)
{
  return fd >= 0 && (flags & (O_ACCMODE | O_PATH | O_DIRECTORY)) == O_RDONLY && g_str_has_suffix (path, ".gguf") &&
         fstat (fd, status) == 0 && S_ISREG (status->st_mode);
}

static void
note_opened (int fd, const char *path, int flags)
{
  PaddockFileIdentity *identity;
  struct stat status;

  if (opened == NULL || !is_model (fd, path, flags, &status))
    return;
  identity = g_new (PaddockFileIdentity, 1);
  paddock_file_identity_set_stat (identity, &status);
  g_mutex_lock (&lock);
  g_hash_table_replace (opened, identity,
                        GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (opened, identity)) + 1));
  g_mutex_unlock (&lock);
}

/* In the place of the system's, under the names by which code with large files calls them. */
int open_counted (const char *path, int flags, ...) __asm__ ("open64");
int openat_counted (int directory, const char *path, int flags, ...) __asm__ ("openat64");

int
open_counted (const char *path, int flags, ...)
{
  int (*real) (const char *, int, ...) = (int (*) (const char *, int, ...)) dlsym (RTLD_NEXT, "open64");
  va_list arguments;
  mode_t mode = 0;
  int fd;

  va_start (arguments, flags);
  if ((flags & (O_CREAT | __O_TMPFILE)) != 0)
    mode = va_arg (arguments, mode_t);
  va_end (arguments);
  fd = real (path, flags, mode);
  note_opened (fd, path, flags);
  return fd;
}

int
openat_counted (int directory, const char *path, int flags, ...)
{
  int (*real) (int, const char *, int, ...) = (int (*) (int, const char *, int, ...)) dlsym (RTLD_NEXT, "openat64");
  va_list arguments;
  mode_t mode = 0;
  int fd;

  va_start (arguments, flags);
  if ((flags & (O_CREAT | __O_TMPFILE)) != 0)
    mode = va_arg (arguments, mode_t);
  va_end (arguments);
  fd = real (directory, path, flags, mode);
  note_opened (fd, path, flags);
  return fd;
}

typedef struct
{
  TestDirectory *directory;
  char *folder;
  PaddockStorePlaces *places;
  PaddockLibrary *library;
  GHashTable *disk;                  /* path -> what the model there calls itself */
  guint n_made;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *none[] = { NULL };

  fixture->directory = test_directory_new ();
  fixture->folder = test_directory_make_folder (fixture->directory, ".local/share/paddock/models");
  fixture->places = paddock_store_places_new_in (test_directory_get_path (fixture->directory), (char **) none);
  g_set_str (&fixture->places->system, fixture->folder);
  fixture->library = paddock_library_new (fixture->places);
  fixture->disk = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  opened = g_hash_table_new_full (paddock_file_identity_hash, paddock_file_identity_equal, g_free, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->library);
  g_mutex_lock (&lock);
  g_clear_pointer (&opened, g_hash_table_unref);
  g_mutex_unlock (&lock);
  g_hash_table_unref (fixture->disk);
  paddock_store_places_free (fixture->places);
  g_free (fixture->folder);
  test_directory_free (fixture->directory);
}

/* A path at which nothing is, in one of a few folders that come and stay. */
static char *
make_path (Fixture *fixture)
{
  g_autofree char *below = g_strdup_printf ("f%d/d%d", g_test_rand_int_range (0, FOLDERS), g_test_rand_int_range (0, 2));
  g_autofree char *name = g_strdup_printf ("m%u.gguf", fixture->n_made++);
  g_autofree char *folder = g_build_filename (fixture->folder, below, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  return g_build_filename (folder, name, NULL);
}

static const char *
pick (Fixture *fixture)
{
  guint position = (guint) g_test_rand_int_range (0, (gint32) g_hash_table_size (fixture->disk));
  GHashTableIter iter;
  gpointer path = NULL;

  g_hash_table_iter_init (&iter, fixture->disk);
  for (guint i = 0; i <= position; i++)
    g_hash_table_iter_next (&iter, &path, NULL);
  return path;
}

/* Each of another length, so that none can be taken for one that had its number on the disk before. */
static void
add (Fixture *fixture)
{
  char *path = make_path (fixture);
  char *title = g_strdup_printf ("Model %u", fixture->n_made);
  g_autofree char *recipe =
    g_strdup_printf ("kv general.architecture str \"llama\"\nkv general.name str \"%s\"\n", title);
  g_autofree char *made = test_directory_write_recipe (fixture->directory, "made", recipe);
  g_autofree char *tail = g_strnfill (fixture->n_made, 'x');
  int fd = g_open (made, O_WRONLY | O_APPEND | O_CLOEXEC, 0);

  g_assert_cmpint (write (fd, tail, fixture->n_made), ==, fixture->n_made);
  g_assert_cmpint (close (fd), ==, 0);
  g_assert_cmpint (g_rename (made, path), ==, 0);
  g_hash_table_insert (fixture->disk, path, title);
}

static void
move (Fixture *fixture)
{
  const char *from = pick (fixture);
  char *to = make_path (fixture);
  char *title = g_strdup (g_hash_table_lookup (fixture->disk, from));

  g_assert_cmpint (g_rename (from, to), ==, 0);
  g_hash_table_remove (fixture->disk, from);
  g_hash_table_insert (fixture->disk, to, title);
}

static void
take (Fixture *fixture)
{
  const char *path = pick (fixture);

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_hash_table_remove (fixture->disk, path);
}

static void
change (Fixture *fixture)
{
  int what = g_test_rand_int_range (0, 3);

  if (what == 0 || g_hash_table_size (fixture->disk) < FIRST / 2)
    add (fixture);
  else if (what == 1)
    move (fixture);
  else
    take (fixture);
}

static gboolean
shows_the_disk (gpointer user_data)
{
  Fixture *fixture = user_data;
  GHashTable *by_path = paddock_library_get_index (fixture->library)->by_path;
  GHashTableIter iter;
  gpointer path, title;

  if (paddock_library_get_scanning (fixture->library) ||
      g_hash_table_size (by_path) != g_hash_table_size (fixture->disk))
    return FALSE;
  g_hash_table_iter_init (&iter, fixture->disk);
  while (g_hash_table_iter_next (&iter, &path, &title))
    {
      const PaddockLibraryEntry *entry = g_hash_table_lookup (by_path, path);

      if (entry == NULL || entry->facts == NULL || !g_str_equal (entry->facts->name, title))
        return FALSE;
    }
  return TRUE;
}

static void
assert_opened_once (void)
{
  GHashTableIter iter;
  gpointer count;

  g_mutex_lock (&lock);
  g_assert_cmpuint (g_hash_table_size (opened), >=, FIRST / 2);
  g_hash_table_iter_init (&iter, opened);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    g_assert_cmpuint (GPOINTER_TO_UINT (count), ==, 1);
  g_mutex_unlock (&lock);
}

static void
test_churn (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestAwait) await = test_await_new (), again = test_await_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < FIRST; i++)
    add (fixture);
  /* It is not waited for: the first changes fall into the first scan. */
  paddock_library_start_async (fixture->library, TRUE, NULL, test_await_callback, await);
  for (guint i = 1; i <= CHANGES; i++)
    {
      change (fixture);
      if (i % EVERY == 0)
        paddock_library_rescan_async (fixture->library, NULL, NULL, NULL);
      while (g_test_rand_bit () && g_main_context_iteration (NULL, FALSE))
        ;
    }
  g_assert_true (paddock_library_start_finish (fixture->library, test_await_result (await), &error));
  g_assert_no_error (error);
  test_await_condition (shows_the_disk, fixture);
  assert_opened_once ();

  paddock_library_rescan_async (fixture->library, NULL, test_await_callback, again);
  g_assert_true (paddock_library_rescan_finish (fixture->library, test_await_result (again), &error));
  g_assert_no_error (error);
  assert_opened_once ();

  /* Another start finds all of it as it was, and opens nothing. */
  g_object_unref (fixture->library);
  fixture->library = paddock_library_new (fixture->places);
  paddock_library_start_async (fixture->library, FALSE, NULL, test_await_callback, again);
  g_assert_true (paddock_library_start_finish (fixture->library, test_await_result (again), &error));
  g_assert_no_error (error);
  g_assert_true (shows_the_disk (fixture));
  assert_opened_once ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/library-churn/churn", Fixture, NULL, set_up, test_churn, tear_down);
  return g_test_run ();
}
