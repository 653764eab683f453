/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "directory.h"
#include "library-error.h"
#include "record-exchange.h"
#include "record-store.h"

typedef struct
{
  TestDirectory *directory;
  const char *folder;
  char *records, *cache;
  PaddockRecordStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_directory_new ();
  fixture->folder = test_directory_get_path (fixture->directory);
  fixture->records = g_build_filename (fixture->folder, "models", "metadata", NULL);
  fixture->cache = g_build_filename (fixture->folder, "cache", "records", NULL);
  fixture->store = paddock_record_store_new (fixture->records, fixture->cache);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  paddock_record_store_unref (fixture->store);
  test_directory_free (fixture->directory);
  g_free (fixture->records);
  g_free (fixture->cache);
}

static gboolean
set_note (PaddockModelRecord *record, gpointer user_data)
{
  return g_set_str (&record->notes, user_data);
}

static void
write_note (Fixture *fixture, const char *id, const char *note)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockModelRecord) record =
    paddock_record_store_change (fixture->store, id, FALSE, set_note, (gpointer) note, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (record->notes, ==, note);
}

static GPtrArray *
load (Fixture *fixture, GPtrArray *problems)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records = paddock_record_store_load (fixture->store, problems, NULL, &error);

  g_assert_no_error (error);
  return records;
}

static void
test_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = load (fixture, NULL);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (PaddockModelRecord) read = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  write_note (fixture, "a", "first");
  write_note (fixture, "b", "second");
  write_note (fixture, "a", "third");
  records = load (fixture, NULL);
  g_assert_cmpuint (records->len, ==, 2);
  read = paddock_record_store_read (fixture->store, "a", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->notes, ==, "third");
  g_assert_true (paddock_record_store_remove (fixture->store, "a", &error));
  g_assert_true (paddock_record_store_remove (fixture->store, "a", &error));
  after = load (fixture, NULL);
  g_assert_cmpuint (after->len, ==, 1);
}

/* The cache is believed only as long as the file is the one that it was made of. */
static void
test_cache (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->records, "a.json", NULL);
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) third = NULL;
  const PaddockModelRecord *record;

  write_note (fixture, "a", "first");
  first = load (fixture, NULL);
  g_assert_true (g_file_test (fixture->cache, G_FILE_TEST_IS_REGULAR));
  second = load (fixture, NULL);
  g_assert_true (paddock_model_record_equal (g_ptr_array_index (first, 0), g_ptr_array_index (second, 0)));
  g_assert_true (g_file_set_contents (path, "{\"version\": 1, \"notes\": \"by hand\"}", -1, NULL));
  third = load (fixture, NULL);
  record = g_ptr_array_index (third, 0);
  g_assert_cmpstr (record->notes, ==, "by hand");
}

static void
test_bad_cache (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->cache);

  write_note (fixture, "a", "first");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  for (guint i = 0; i < 200; i++)
    {
      guint8 bytes[64];
      g_autoptr (GPtrArray) records = NULL;

      for (gsize j = 0; j < sizeof bytes; j++)
        bytes[j] = (guint8) g_test_rand_int ();
      g_assert_true (g_file_set_contents (fixture->cache, (char *) bytes, g_test_rand_int_range (0, sizeof bytes), NULL));
      records = load (fixture, NULL);
      g_assert_cmpuint (records->len, ==, 1);
      g_assert_cmpstr (((PaddockModelRecord *) g_ptr_array_index (records, 0))->notes, ==, "first");
    }
}

static void
test_broken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->records, "a.json", NULL);
  g_autofree char *aside = g_strconcat (path, ".broken", NULL);
  g_autofree char *left = g_strconcat (path, ".X3yZ9q", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) records = NULL;

  write_note (fixture, "b", "whole");
  g_assert_true (g_file_set_contents (path, "{ half", -1, NULL));
  g_assert_true (g_file_set_contents (left, "{ ha", -1, NULL));
  records = load (fixture, problems);
  g_assert_cmpuint (records->len, ==, 1);
  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (problems, 0), ==, aside);
  g_assert_true (g_file_get_contents (aside, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "{ half");
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  /* A second one gets a name of its own. */
  g_assert_true (g_file_set_contents (path, "{ half again", -1, NULL));
  write_note (fixture, "a", "new");
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (aside, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "{ half");
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "{\"version\": 2, \"notes\": \"from tomorrow\", \"mood\": \"good\"}";
  g_autofree char *path = g_build_filename (fixture->records, "a.json", NULL);
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->records, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  records = load (fixture, NULL);
  g_assert_cmpstr (((PaddockModelRecord *) g_ptr_array_index (records, 0))->notes, ==, "from tomorrow");
  g_assert_null (paddock_record_store_change (fixture->store, "a", TRUE, set_note, (gpointer) "mine", &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NEWER);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);
}

static void
test_ids (Fixture *fixture, gconstpointer data)
{
  static const char *ids[] = { "", "../a", "a/b", "A", "-a", ".", "a.b", "ä" };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (paddock_record_store_change (fixture->store, ids[i], FALSE, set_note, (gpointer) "x", &error));
      g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID);
    }
}

static gboolean
add_one (PaddockModelRecord *record, gpointer user_data)
{
  record->last_used++;
  return TRUE;
}

/* Two programs that change the same record: no change is lost. */
static void
test_together (Fixture *fixture, gconstpointer data)
{
  enum { CHANGES = 200 };
  g_autoptr (PaddockModelRecord) record = NULL;
  int status;
  pid_t child = fork ();

  for (guint i = 0; i < CHANGES; i++)
    {
      g_autoptr (PaddockModelRecord) now = paddock_record_store_change (fixture->store, "a", FALSE, add_one, NULL, NULL);

      if (now == NULL)
        _exit (1);
    }
  if (child == 0)
    _exit (0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  record = paddock_record_store_read (fixture->store, "a", NULL);
  g_assert_cmpint (record->last_used, ==, 2 * CHANGES);
}

/* Killed at any instant: the record is the one before or the one after. */
static void
test_killed (Fixture *fixture, gconstpointer data)
{
  gint64 least = 0;

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (PaddockModelRecord) record = NULL;
      g_autoptr (GError) error = NULL;
      int status, ready[2];
      char byte;
      pid_t child;

      g_assert_cmpint (pipe (ready), ==, 0);
      child = fork ();
      if (child == 0)
        {
          for (guint n = 0;; n++)
            {
              g_autoptr (PaddockModelRecord) now =
                paddock_record_store_change (fixture->store, "a", FALSE, add_one, NULL, NULL);

              if (now == NULL || (n == i % 7 && write (ready[1], "x", 1) != 1))
                _exit (1);
            }
        }
      g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status));
      close (ready[0]);
      close (ready[1]);
      record = paddock_record_store_read (fixture->store, "a", &error);
      g_assert_no_error (error);
      g_assert_cmpint (record->last_used, >, least);
      least = record->last_used;
    }
}

static gboolean
fill (PaddockModelRecord *record, gpointer user_data)
{
  const char *tags[] = { user_data, NULL };

  record->fingerprint = g_strdup ("0123456789abcdef0123456789abcdef");
  g_set_str (&record->notes, user_data);
  paddock_model_record_set_tags (record, tags);
  return TRUE;
}

static void
test_exchange (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->folder, "library.json", NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "other", NULL);
  g_autoptr (PaddockRecordStore) other = paddock_record_store_new (folder, NULL);
  g_autoptr (PaddockModelRecord) here = paddock_record_store_change (fixture->store, "a", FALSE, fill, (gpointer) "here", NULL);
  g_autoptr (PaddockModelRecord) there = paddock_record_store_change (other, "other-id", FALSE, fill, (gpointer) "there", NULL);
  g_autoptr (PaddockModelRecord) merged = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  guint n_new, n_merged;

  write_note (fixture, "b", "only here");
  g_assert_true (paddock_record_exchange_export (fixture->store, file, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (paddock_record_exchange_import (other, file, &n_new, &n_merged, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_new, ==, 1);
  g_assert_cmpuint (n_merged, ==, 1);
  merged = paddock_record_store_read (other, "other-id", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (merged->notes, ==, "there");
  g_assert_cmpuint (g_strv_length (merged->tags), ==, 2);
  records = paddock_record_store_load (other, NULL, NULL, &error);
  g_assert_cmpuint (records->len, ==, 2);
}

static void
test_bad_exchange (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    PaddockLibraryError code;
  } cases[] = {
    { "{\"format\": \"other\", \"version\": 1, \"models\": []}", PADDOCK_LIBRARY_ERROR_INVALID },
    { "[1]", PADDOCK_LIBRARY_ERROR_INVALID },
    { "{\"format\": \"paddock-library\", \"version\": 2, \"models\": []}", PADDOCK_LIBRARY_ERROR_NEWER },
    { "{\"format\": \"paddock-library\", \"version\": 1, \"models\": [7]}", PADDOCK_LIBRARY_ERROR_INVALID },
    { "{\"format\": \"paddock-library\", \"version\": 1, \"models\": [{\"version\": 1, \"id\": \"good\"}, 7]}",
      PADDOCK_LIBRARY_ERROR_INVALID },
    { "{\"format\": \"paddock-library\", \"version\": 1, \"models\": [{\"version\": 1, \"id\": \"../x\"}]}",
      PADDOCK_LIBRARY_ERROR_INVALID },
  };
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char *file = g_build_filename (fixture->folder, "library.json", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      guint n_new, n_merged;

      g_assert_true (g_file_set_contents (file, cases[i].text, -1, NULL));
      g_assert_false (paddock_record_exchange_import (fixture->store, file, &n_new, &n_merged, NULL, &error));
      g_assert_error (error, PADDOCK_LIBRARY_ERROR, (int) cases[i].code);
    }
  /* Nothing of what came before the broken one was taken. */
  records = paddock_record_store_load (fixture->store, NULL, NULL, NULL);
  g_assert_cmpuint (records->len, ==, 0);
}

#define ADD(name, function) g_test_add ("/record-store/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("change", test_change);
  ADD ("cache", test_cache);
  ADD ("bad-cache", test_bad_cache);
  ADD ("broken", test_broken);
  ADD ("newer", test_newer);
  ADD ("ids", test_ids);
  ADD ("together", test_together);
  ADD ("killed", test_killed);
  ADD ("exchange", test_exchange);
  ADD ("bad-exchange", test_bad_exchange);
  return g_test_run ();
}
