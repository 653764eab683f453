/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <unistd.h>

#include "assert-finalize.h"
#include "await.h"
#include "directory.h"
#include "library.h"

typedef struct
{
  TestDirectory *directory;
  char *folder;                      /* that the person named */
  PaddockStorePlaces *places;
  PaddockLibrary *library;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  char **environment = g_new0 (char *, 1);

  fixture->directory = test_directory_new ();
  fixture->folder = test_directory_make_folder (fixture->directory, "drive");
  fixture->places = paddock_store_places_new_in (test_directory_get_path (fixture->directory), environment);
  g_set_str (&fixture->places->system, fixture->folder);
  fixture->library = paddock_library_new (fixture->places);
  g_strfreev (environment);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->library != NULL)
    test_assert_finalize (g_steal_pointer (&fixture->library));
  paddock_store_places_free (fixture->places);
  g_free (fixture->folder);
  test_directory_free (fixture->directory);
}

static char *
write_model (Fixture *fixture, const char *name, const char *title)
{
  g_autofree char *recipe = g_strdup_printf ("kv general.architecture str \"llama\"\n"
                                             "kv general.name str \"%s\"\n",
                                             title);
  g_autofree char *path = g_build_filename ("drive", name, NULL);

  return test_directory_write_recipe (fixture->directory, path, recipe);
}

static void
name_folder (Fixture *fixture)
{
  g_autoptr (PaddockLibrarySettings) settings =
    paddock_library_settings_copy (paddock_library_get_settings (fixture->library));
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (paddock_library_settings_add_folder (settings, fixture->folder, &error));
  g_assert_no_error (error);
  paddock_library_set_settings_async (fixture->library, settings, test_await_callback, await);
  g_assert_true (paddock_library_set_settings_finish (fixture->library, test_await_result (await), &error));
  g_assert_no_error (error);
}

static void
start (Fixture *fixture, gboolean watch)
{
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GError) error = NULL;

  paddock_library_start_async (fixture->library, watch, NULL, test_await_callback, await);
  g_assert_true (paddock_library_start_finish (fixture->library, test_await_result (await), &error));
  g_assert_no_error (error);
}

static void
restart (Fixture *fixture, gboolean watch)
{
  test_assert_finalize (g_steal_pointer (&fixture->library));
  fixture->library = paddock_library_new (fixture->places);
  start (fixture, watch);
}

static guint
count (Fixture *fixture)
{
  return paddock_library_get_index (fixture->library)->entries->len;
}

static PaddockLibraryEntry *
get (Fixture *fixture, guint position)
{
  return g_ptr_array_index (paddock_library_get_index (fixture->library)->entries, position);
}

static gboolean
set_notes (PaddockModelRecord *record, gpointer user_data)
{
  return g_set_str (&record->notes, user_data);
}

static void
write_notes (Fixture *fixture, const char *id, const char *notes)
{
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GError) error = NULL;

  paddock_library_change_async (fixture->library, id, set_notes, g_strdup (notes), g_free, test_await_callback, await);
  g_assert_true (paddock_library_change_finish (fixture->library, test_await_result (await), &error));
  g_assert_no_error (error);
}

static void
test_start (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = write_model (fixture, "a.gguf", "First");
  g_autofree char *id = NULL;

  start (fixture, FALSE);
  g_assert_cmpuint (count (fixture), ==, 0);
  name_folder (fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpstr (get (fixture, 0)->title, ==, "First");
  id = g_strdup (get (fixture, 0)->id);
  write_notes (fixture, id, "mine");
  g_assert_cmpstr (get (fixture, 0)->record->notes, ==, "mine");
  restart (fixture, FALSE);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpstr (get (fixture, 0)->id, ==, id);
  g_assert_cmpstr (get (fixture, 0)->record->notes, ==, "mine");
}

/* The first index of a second start comes from the cache, before any file was opened. */
static void
note_first (PaddockLibrary *library, gpointer index, gpointer user_data)
{
  guint *n_first = user_data;

  if (*n_first == G_MAXUINT)
    *n_first = ((PaddockLibraryIndex *) index)->entries->len;
}

static void
test_cache (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_model (fixture, "a.gguf", "First");
  g_autofree char *more = NULL;
  guint n_first = G_MAXUINT;

  start (fixture, FALSE);
  name_folder (fixture);
  more = write_model (fixture, "b.gguf", "Second");
  test_assert_finalize (g_steal_pointer (&fixture->library));
  fixture->library = paddock_library_new (fixture->places);
  g_signal_connect (fixture->library, "changed", G_CALLBACK (note_first), &n_first);
  start (fixture, FALSE);
  g_assert_cmpuint (n_first, ==, 1);
  g_assert_cmpuint (count (fixture), ==, 2);
}

static void
count_changes (PaddockLibrary *library, gpointer index, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static gboolean
is_loaded (gpointer user_data)
{
  return paddock_library_get_loaded (((Fixture *) user_data)->library);
}

/* What is remembered can be had without the disk, and is read once, however many ask for it. */
static void
test_recall (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_model (fixture, "a.gguf", "First");
  g_autofree char *more = NULL;
  guint n_changes = 0;

  start (fixture, FALSE);
  name_folder (fixture);
  more = write_model (fixture, "b.gguf", "Second");
  test_assert_finalize (g_steal_pointer (&fixture->library));
  fixture->library = paddock_library_new (fixture->places);
  g_signal_connect (fixture->library, "changed", G_CALLBACK (count_changes), &n_changes);
  paddock_library_recall (fixture->library);
  test_await_condition (is_loaded, fixture);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_false (paddock_library_get_scanning (fixture->library));
  paddock_library_recall (fixture->library);
  start (fixture, FALSE);
  g_assert_cmpuint (count (fixture), ==, 2);
  g_assert_cmpuint (n_changes, ==, 2);
  test_assert_finalize (g_steal_pointer (&fixture->library));
  fixture->library = paddock_library_new (fixture->places);
  g_signal_connect (fixture->library, "changed", G_CALLBACK (count_changes), &n_changes);
  paddock_library_recall (fixture->library);
  start (fixture, FALSE);
  g_assert_cmpuint (n_changes, ==, 4);
}

/* Whoever shows them need not look at one of them again. */
static void
note_entries (PaddockLibrary *library, PaddockLibraryIndex *index, gpointer user_data)
{
  GPtrArray **first = user_data;

  if (*first == NULL && index->entries->len > 0)
    *first = g_ptr_array_copy (index->entries, (GCopyFunc) paddock_library_entry_ref, NULL);
}

static void
test_unchanged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = write_model (fixture, "a.gguf", "First");
  g_autofree char *second = write_model (fixture, "b.gguf", "Second");
  g_autofree char *link = g_build_filename (fixture->folder, "c.gguf", NULL);
  GPtrArray *shown = NULL;

  g_assert_cmpint (symlink (first, link), ==, 0);
  name_folder (fixture);
  write_notes (fixture, get (fixture, 0)->id, "mine");
  test_assert_finalize (g_steal_pointer (&fixture->library));
  fixture->library = paddock_library_new (fixture->places);
  g_signal_connect (fixture->library, "changed", G_CALLBACK (note_entries), &shown);
  start (fixture, FALSE);
  g_assert_nonnull (shown);
  g_assert_cmpuint (shown->len, ==, 2);
  g_assert_cmpuint (count (fixture), ==, 2);
  for (guint i = 0; i < shown->len; i++)
    g_assert_true (get (fixture, i) == g_ptr_array_index (shown, i));
  g_ptr_array_unref (shown);
}

static gboolean
has_two (gpointer user_data)
{
  return count (user_data) == 2;
}

static gboolean
has_none (gpointer user_data)
{
  return count (user_data) == 0;
}

static gboolean
is_offline (gpointer user_data)
{
  return count (user_data) == 1 && get (user_data, 0)->state == PADDOCK_ENTRY_OFFLINE;
}

static gboolean
is_ready (gpointer user_data)
{
  return count (user_data) == 1 && get (user_data, 0)->state == PADDOCK_ENTRY_READY;
}

static void
test_watch (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = write_model (fixture, "a.gguf", "First");
  g_autofree char *second = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *moved = NULL;
  g_autofree char *id = NULL;

  start (fixture, TRUE);
  name_folder (fixture);
  id = g_strdup (get (fixture, 0)->id);
  folder = test_directory_make_folder (fixture->directory, "drive/below");
  second = write_model (fixture, "below/b.gguf", "Second");
  test_await_condition (has_two, fixture);
  /* Moved while nobody asked: the same model. */
  moved = g_build_filename (folder, "c.gguf", NULL);
  g_assert_cmpint (g_rename (first, moved), ==, 0);
  g_assert_cmpint (g_unlink (second), ==, 0);
  test_await_condition (is_ready, fixture);
  g_assert_cmpstr (get (fixture, 0)->id, ==, id);
}

static void
test_unplugged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_model (fixture, "a.gguf", "First");
  g_autofree char *away = test_directory_build_path (fixture->directory, "away");

  start (fixture, TRUE);
  name_folder (fixture);
  g_assert_true (is_ready (fixture));
  g_assert_cmpint (g_rename (fixture->folder, away), ==, 0);
  test_await_condition (is_offline, fixture);
  g_assert_cmpint (g_rename (away, fixture->folder), ==, 0);
  test_await_condition (is_ready, fixture);
}

/* The folder stays, on the file system on which it was. */
static void
test_emptied (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_model (fixture, "a.gguf", "First");

  start (fixture, TRUE);
  name_folder (fixture);
  g_assert_true (is_ready (fixture));
  g_assert_cmpint (g_unlink (path), ==, 0);
  test_await_condition (has_none, fixture);
  restart (fixture, FALSE);
  g_assert_cmpuint (count (fixture), ==, 0);
}

static void
test_forgotten (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_model (fixture, "a.gguf", "First");
  g_autofree char *other = write_model (fixture, "b.gguf", "Second");
  g_autoptr (PaddockLibrarySettings) settings = NULL;
  g_autoptr (TestAwait) await = test_await_new ();

  start (fixture, TRUE);
  name_folder (fixture);
  g_assert_cmpuint (count (fixture), ==, 2);
  settings = paddock_library_settings_copy (paddock_library_get_settings (fixture->library));
  g_assert_true (paddock_library_settings_remove_folder (settings, fixture->folder));
  paddock_library_set_settings_async (fixture->library, settings, test_await_callback, await);
  g_assert_true (paddock_library_set_settings_finish (fixture->library, test_await_result (await), NULL));
  g_assert_true (has_none (fixture));
}

/* Settings that cannot be read are not written over. */
static void
test_broken_settings (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = test_directory_make_folder (fixture->directory, ".config/paddock");
  g_autofree char *path = test_directory_write (fixture->directory, ".config/paddock/library.json", "{ half");
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GError) error = NULL;

  test_assert_finalize (g_steal_pointer (&fixture->library));
  fixture->library = paddock_library_new (fixture->places);
  paddock_library_start_async (fixture->library, FALSE, NULL, test_await_callback, await);
  g_assert_false (paddock_library_start_finish (fixture->library, test_await_result (await), &error));
  g_assert_nonnull (error);
}

/* A few hundred changes at random, watched: what is shown at the end is what a fresh look finds. */
typedef struct
{
  PaddockLibrary *library;
  GHashTable *names;
} Random;

static gboolean
is_settled (gpointer user_data)
{
  Random *random = user_data;

  return g_hash_table_size (paddock_library_get_index (random->library)->by_path) == g_hash_table_size (random->names);
}

static void
test_random (Fixture *fixture, gconstpointer data)
{
  enum { FILES = 120, CHANGES = 300 };
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  start (fixture, TRUE);
  name_folder (fixture);
  for (guint i = 0; i < CHANGES; i++)
    {
      g_autofree char *name = g_strdup_printf ("m%d.gguf", g_test_rand_int_range (0, FILES));
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autofree char *title = g_strdup_printf ("Model %u", i);

      if (g_hash_table_remove (names, name))
        g_assert_cmpint (g_unlink (path), ==, 0);
      else
        {
          g_autofree char *written = write_model (fixture, name, title);

          g_hash_table_add (names, g_steal_pointer (&name));
        }
      g_main_context_iteration (NULL, FALSE);
    }
  test_await_condition (is_settled, &(Random){ fixture->library, names });
  for (guint i = 0; i < FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("m%u.gguf", i);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_hash_table_contains (paddock_library_get_index (fixture->library)->by_path, path), ==,
                       g_hash_table_contains (names, name));
    }
}

static void
note_count (PaddockLibrary *library, guint count, gpointer user_data)
{
  *(guint *) user_data = count;
}

static void
test_scanned (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_model (fixture, "a.gguf", "First");
  guint n_scanned = 0;

  g_signal_connect (fixture->library, "scanned", G_CALLBACK (note_count), &n_scanned);
  name_folder (fixture);
  g_assert_cmpuint (n_scanned, ==, 1);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GError) error = NULL;

  paddock_library_start_async (fixture->library, TRUE, NULL, test_await_callback, await);
  paddock_library_stop (fixture->library);
  g_assert_false (paddock_library_start_finish (fixture->library, test_await_result (await), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, function) g_test_add ("/library/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("start", test_start);
  ADD ("cache", test_cache);
  ADD ("recall", test_recall);
  ADD ("unchanged", test_unchanged);
  ADD ("watch", test_watch);
  ADD ("unplugged", test_unplugged);
  ADD ("emptied", test_emptied);
  ADD ("forgotten", test_forgotten);
  ADD ("broken-settings", test_broken_settings);
  ADD ("scanned", test_scanned);
  ADD ("stop", test_stop);
  ADD ("random", test_random);
  return g_test_run ();
}
