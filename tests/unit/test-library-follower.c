/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-follower.h"

#include "assert-finalize.h"
#include "await.h"
#include "directory.h"

typedef struct
{
  TestDirectory *directory;
  char *settings;                    /* text: settings with one folder, in which there is a model */
  PaddockStorePlaces *places;
  PaddockLibrary *library;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  char *environment[] = { NULL };

  fixture->directory = test_directory_new ();
  folder = test_directory_make_folder (fixture->directory, "drive");
  path = test_directory_write_recipe (fixture->directory, "drive/a.gguf",
                                      "kv general.architecture str \"llama\"\nkv general.name str \"First\"\n");
  g_free (test_directory_make_folder (fixture->directory, ".config/paddock"));
  fixture->settings = g_strdup_printf ("{ \"folders\": [\"%s\"] }", folder);
  fixture->places = paddock_store_places_new_in (test_directory_get_path (fixture->directory), environment);
  g_set_str (&fixture->places->system, folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_assert_finalize (g_steal_pointer (&fixture->library));
  paddock_store_places_free (fixture->places);
  g_free (fixture->settings);
  test_directory_free (fixture->directory);
}

static void
write_settings (Fixture *fixture, const char *text)
{
  g_free (test_directory_write (fixture->directory, ".config/paddock/library.json", text));
}

/* With settings as they are on the disk. */
static gboolean
start (Fixture *fixture)
{
  g_autoptr (TestAwait) await = test_await_new ();

  if (fixture->library == NULL)
    fixture->library = paddock_library_new (fixture->places);
  paddock_library_start_async (fixture->library, FALSE, NULL, test_await_callback, await);
  return paddock_library_start_finish (fixture->library, test_await_result (await), NULL);
}

static gboolean
has_one (gpointer user_data)
{
  const Fixture *fixture = user_data;

  return paddock_library_get_index (fixture->library)->entries->len == 1;
}

static gboolean
has_notes (gpointer user_data)
{
  const Fixture *fixture = user_data;
  const PaddockLibraryEntry *entry = g_ptr_array_index (paddock_library_get_index (fixture->library)->entries, 0);

  return g_strcmp0 (entry->record->notes, "written elsewhere") == 0;
}

static gboolean
set_notes (PaddockModelRecord *record, gpointer user_data)
{
  return g_set_str (&record->notes, user_data);
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockLibraryFollower) follower = NULL;

  g_assert_true (start (fixture));
  follower = paddock_library_follower_new (fixture->library);
  write_settings (fixture, fixture->settings);
  test_await_condition (has_one, fixture);
}

static void
test_records (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockLibraryFollower) follower = NULL;
  g_autoptr (PaddockRecordStore) others = NULL;
  g_autoptr (PaddockModelRecord) record = NULL;
  g_autofree char *metadata = g_build_filename (fixture->places->own, "metadata", NULL);
  const PaddockLibraryEntry *entry;

  write_settings (fixture, fixture->settings);
  g_assert_true (start (fixture));
  g_assert_true (has_one (fixture));
  follower = paddock_library_follower_new (fixture->library);
  others = paddock_record_store_new (metadata, NULL);
  entry = g_ptr_array_index (paddock_library_get_index (fixture->library)->entries, 0);
  record = paddock_record_store_change (others, entry->id, FALSE, set_notes, (gpointer) "written elsewhere", NULL);
  g_assert_nonnull (record);
  test_await_condition (has_notes, fixture);
}

/* Whoever mended the file tries again. */
static void
test_mended (Fixture *fixture, gconstpointer data)
{
  write_settings (fixture, "{ half");
  g_assert_false (start (fixture));
  g_assert_false (start (fixture));
  write_settings (fixture, fixture->settings);
  g_assert_true (start (fixture));
  g_assert_true (has_one (fixture));
}

/* Or nobody has to. */
static void
test_mended_by_itself (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockLibraryFollower) follower = NULL;

  write_settings (fixture, "{ half");
  g_assert_false (start (fixture));
  follower = paddock_library_follower_new (fixture->library);
  write_settings (fixture, fixture->settings);
  test_await_condition (has_one, fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/library-follower/settings", Fixture, NULL, set_up, test_settings, tear_down);
  g_test_add ("/library-follower/records", Fixture, NULL, set_up, test_records, tear_down);
  g_test_add ("/library-follower/mended", Fixture, NULL, set_up, test_mended, tear_down);
  g_test_add ("/library-follower/mended-by-itself", Fixture, NULL, set_up, test_mended_by_itself, tear_down);
  return g_test_run ();
}
