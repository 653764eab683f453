/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sched.h>
#include <unistd.h>

#include "assert-finalize.h"
#include "await.h"
#include "base/file-digest.h"
#include "directory.h"
#include "idle-priority.h"
#include "library-verifier.h"
#include "model-verification.h"

typedef struct
{
  TestDirectory *directory;
  PaddockLibrary *library;
  PaddockLibraryVerifier *verifier;
  GPtrArray *mismatches, *unreadable;
} Fixture;

static void
note_mismatch (Fixture *fixture, const char *id, gboolean copy)
{
  g_ptr_array_add (fixture->mismatches, copy ? g_strconcat ("a copy of ", id, NULL) : g_strdup (id));
}

static void
note_unreadable (Fixture *fixture, const char *id, const char *message)
{
  g_assert_nonnull (message);
  g_ptr_array_add (fixture->unreadable, g_strdup (id));
}

static void
write_model (Fixture *fixture, const char *path, const char *title)
{
  g_autofree char *recipe = g_strdup_printf ("kv general.architecture str \"llama\"\nkv general.name str \"%s\"\n"
                                             "tensor output.weight f32 16x16\n", title);
  g_autofree char *written = test_directory_write_recipe (fixture->directory, path, recipe);

  g_assert_nonnull (written);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *none[] = { NULL };
  g_autoptr (PaddockStorePlaces) places = NULL;
  g_autofree char *own = NULL;
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GError) error = NULL;

  fixture->directory = test_directory_new ();
  fixture->mismatches = g_ptr_array_new_with_free_func (g_free);
  fixture->unreadable = g_ptr_array_new_with_free_func (g_free);
  places = paddock_store_places_new_in (test_directory_get_path (fixture->directory), (char **) none);
  own = test_directory_make_folder (fixture->directory, ".local/share/paddock/models");
  g_set_str (&places->system, own);
  write_model (fixture, ".local/share/paddock/models/a.gguf", "First");
  write_model (fixture, ".local/share/paddock/models/b.gguf", "Second");
  fixture->library = paddock_library_new (places);
  paddock_library_start_async (fixture->library, FALSE, NULL, test_await_callback, await);
  g_assert_true (paddock_library_start_finish (fixture->library, test_await_result (await), &error));
  g_assert_no_error (error);
  fixture->verifier = paddock_library_verifier_new (fixture->library);
  g_signal_connect_swapped (fixture->verifier, "mismatch", G_CALLBACK (note_mismatch), fixture);
  g_signal_connect_swapped (fixture->verifier, "unreadable", G_CALLBACK (note_unreadable), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_assert_finalize (g_steal_pointer (&fixture->verifier));
  test_assert_finalize (g_steal_pointer (&fixture->library));
  g_ptr_array_unref (fixture->mismatches);
  g_ptr_array_unref (fixture->unreadable);
  test_directory_free (fixture->directory);
}

static PaddockLibraryEntry *
get (Fixture *fixture, guint position)
{
  return g_ptr_array_index (paddock_library_get_index (fixture->library)->entries, position);
}

static const PaddockLibraryFile *
get_file (Fixture *fixture, guint location)
{
  const PaddockEntryLocation *place = g_ptr_array_index (get (fixture, 0)->locations, location);

  return g_ptr_array_index (place->files, 0);
}

static gboolean
is_idle (gpointer user_data)
{
  gboolean running;

  g_object_get (user_data, "running", &running, NULL);
  return !running;
}

static gboolean
is_known (gpointer user_data)
{
  Fixture *fixture = user_data;

  return !paddock_model_verification_is_due (get (fixture, 0), 0) && !paddock_model_verification_is_due (get (fixture, 1), 0);
}

static guint
get_total (Fixture *fixture)
{
  guint total;

  g_object_get (fixture->verifier, "n-total", &total, NULL);
  return total;
}

static void
test_all (Fixture *fixture, gconstpointer data)
{
  g_autofree char *expected = NULL;

  g_assert_true (paddock_model_verification_is_due (get (fixture, 0), 0));
  paddock_library_verifier_start (fixture->verifier, 0);
  g_assert_cmpuint (get_total (fixture), ==, 2);
  test_await_condition (is_idle, fixture->verifier);
  test_await_condition (is_known, fixture);
  expected = paddock_file_digest_sha256 (paddock_library_entry_get_path (get (fixture, 0)), NULL, NULL, NULL);
  g_assert_cmpstr (get (fixture, 0)->record->sha256, ==, expected);
  /* Nothing is read twice, unless somebody asks for it. */
  paddock_library_verifier_start (fixture->verifier, 0);
  g_assert_cmpuint (get_total (fixture), ==, 0);
  g_assert_true (is_idle (fixture->verifier));
  paddock_library_verifier_start (fixture->verifier, G_MAXINT64);
  g_assert_cmpuint (get_total (fixture), ==, 2);
  test_await_condition (is_idle, fixture->verifier);
  g_assert_cmpuint (fixture->mismatches->len, ==, 0);
}

static gboolean
expect_other (PaddockModelRecord *record, gpointer user_data)
{
  g_autofree char *sha256 = g_strnfill (64, 'a');

  return g_set_str (&record->expected_sha256, sha256);
}

static gboolean
is_damaged (gpointer user_data)
{
  return get (user_data, 0)->state == PADDOCK_ENTRY_DAMAGED;
}

static void
test_mismatch (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = g_strdup (get (fixture, 0)->id);
  g_autoptr (TestAwait) await = test_await_new ();

  paddock_library_change_async (fixture->library, id, expect_other, NULL, NULL, test_await_callback, await);
  g_assert_true (paddock_library_change_finish (fixture->library, test_await_result (await), NULL));
  paddock_library_verifier_start (fixture->verifier, 0);
  test_await_condition (is_idle, fixture->verifier);
  test_await_condition (is_damaged, fixture);
  g_assert_cmpuint (fixture->mismatches->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (fixture->mismatches, 0), ==, id);
}

static char *
write_shard (Fixture *fixture, guint number)
{
  g_autofree char *recipe = g_strdup_printf ("kv general.architecture str \"llama\"\nkv general.name str \"Set\"\n"
                                             "kv split.no u16 %u\nkv split.count u16 2\nkv split.tensors.count i32 0\n",
                                             number);
  g_autofree char *path = g_strdup_printf (".local/share/paddock/models/set-0000%u-of-00002.gguf", number + 1);

  return test_directory_write_recipe (fixture->directory, path, recipe);
}

static gboolean
expect_second (PaddockModelRecord *record, gpointer user_data)
{
  g_set_str (&record->sha256, "kept");
  paddock_record_hashes_set_expected (record, 1, user_data);
  return TRUE;
}

static PaddockLibraryEntry *
get_set (Fixture *fixture)
{
  GPtrArray *entries = paddock_library_get_index (fixture->library)->entries;

  for (guint i = 0; i < entries->len; i++)
    if (((PaddockLibraryEntry *) g_ptr_array_index (entries, i))->shards == 2)
      return g_ptr_array_index (entries, i);
  return NULL;
}

static void
rescan (Fixture *fixture)
{
  g_autoptr (TestAwait) await = test_await_new ();

  paddock_library_rescan_async (fixture->library, NULL, test_await_callback, await);
  g_assert_true (paddock_library_rescan_finish (fixture->library, test_await_result (await), NULL));
}

static gboolean
is_read (gpointer user_data)
{
  return !paddock_model_verification_is_due (get_set (user_data), 0);
}

/* Each file of a set has a hash of its own; what was read is not read again when only another one changed. */
static void
test_set (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = write_shard (fixture, 0), *second = write_shard (fixture, 1);
  g_autofree char *sha256 = NULL, *before = NULL;
  g_autoptr (TestAwait) await = test_await_new ();
  PaddockRecordedHash hash;

  rescan (fixture);
  g_assert_true (paddock_model_verification_is_due (get_set (fixture), 0));
  paddock_library_verifier_start (fixture->verifier, 0);
  g_assert_cmpuint (get_total (fixture), ==, 3);
  test_await_condition (is_idle, fixture->verifier);
  test_await_condition (is_read, fixture);
  sha256 = paddock_file_digest_sha256 (second, NULL, NULL, NULL);
  before = paddock_file_digest_sha256 (first, NULL, NULL, NULL);
  paddock_record_hashes_get (get_set (fixture)->record, 1, &hash);
  g_assert_cmpstr (hash.sha256, ==, sha256);
  g_assert_cmpstr (get_set (fixture)->record->sha256, ==, before);

  /* The first file is not read again: what is on record of it stays, whatever that is. */
  g_assert_true (g_file_set_contents (second, "GGUF", 4, NULL));
  g_free (write_shard (fixture, 1));
  rescan (fixture);
  paddock_library_change_async (fixture->library, get_set (fixture)->id, expect_second, (gpointer) "published", NULL,
                                test_await_callback, await);
  g_assert_true (paddock_library_change_finish (fixture->library, test_await_result (await), NULL));
  paddock_library_verifier_start (fixture->verifier, 0);
  g_assert_cmpuint (get_total (fixture), ==, 1);
  test_await_condition (is_idle, fixture->verifier);
  test_await_condition (is_read, fixture);
  g_assert_cmpuint (fixture->mismatches->len, ==, 1);
  g_assert_cmpstr (get_set (fixture)->record->sha256, ==, "kept");
  g_assert_cmpint (get_set (fixture)->state, ==, PADDOCK_ENTRY_DAMAGED);
  g_assert_cmpint (paddock_model_verification_judge (get_set (fixture), get_set (fixture)->record), ==,
                   PADDOCK_VERIFICATION_DIFFERS);
}

static char *
copy_model (Fixture *fixture, const char *name)
{
  const char *path = paddock_library_entry_get_path (get (fixture, 0));
  g_autofree char *folder = g_path_get_dirname (path);
  char *copy = g_build_filename (folder, name, NULL);
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (copy, contents, (gssize) length, NULL));
  return copy;
}

/* In its tail, so that the header stays what it was. */
static void
damage (const char *path)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  contents[length - 1] ^= 1;
  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
}

static gboolean
is_copy_judged (gpointer user_data)
{
  return paddock_library_entry_find_differing (get (user_data, 0)) != NULL;
}

/* Each copy is read, but no file twice; and one is held against what is used where nobody published anything. */
static void
test_copies (Fixture *fixture, gconstpointer data)
{
  g_autofree char *copy = copy_model (fixture, "z.gguf");
  g_autofree char *again = g_strconcat (copy, ".gguf", NULL), *expected = NULL;
  PaddockRecordedHash hash;

  g_assert_cmpint (link (copy, again), ==, 0);
  damage (copy);
  g_assert_cmpint (g_unlink (again), ==, 0);
  g_assert_cmpint (link (copy, again), ==, 0);
  rescan (fixture);
  g_assert_cmpuint (get (fixture, 0)->locations->len, ==, 3);
  g_assert_cmpuint (paddock_model_verification_measure (get (fixture, 0), 0), ==, 2 * get (fixture, 0)->size);
  g_assert_null (paddock_library_entry_find_differing (get (fixture, 0)));
  paddock_library_verifier_start (fixture->verifier, 0);
  g_assert_cmpuint (get_total (fixture), ==, 2);
  test_await_condition (is_idle, fixture->verifier);
  test_await_condition (is_known, fixture);
  test_await_condition (is_copy_judged, fixture);
  g_assert_cmpuint (fixture->mismatches->len, ==, 1);
  expected = g_strconcat ("a copy of ", get (fixture, 0)->id, NULL);
  g_assert_cmpstr (g_ptr_array_index (fixture->mismatches, 0), ==, expected);
  g_assert_cmpint (get (fixture, 0)->state, ==, PADDOCK_ENTRY_READY);
  g_assert_cmpuint (paddock_library_entry_get_states (get (fixture, 0)), ==,
                    1u << PADDOCK_ENTRY_READY | 1u << PADDOCK_ENTRY_DAMAGED);
  g_assert_cmpuint (paddock_model_verification_measure (get (fixture, 0), 0), ==, 0);
  g_assert_cmpint (paddock_model_verification_judge (get (fixture, 0), get (fixture, 0)->record), ==,
                   PADDOCK_VERIFICATION_COPY_DIFFERS);
  g_assert_true (((PaddockEntryLocation *) g_ptr_array_index (get (fixture, 0)->locations, 2))->differs);
  paddock_record_hashes_get (get (fixture, 0)->record, 0, &hash);
  g_assert_cmpint (paddock_model_verification_judge_file (get (fixture, 0), get (fixture, 0)->record,
                                                          get_file (fixture, 0), &hash), ==, PADDOCK_VERIFICATION_UNKNOWN);
}

static gboolean
expect_first (PaddockModelRecord *record, gpointer user_data)
{
  return g_set_str (&record->expected_sha256, user_data);
}

static gboolean
is_sound_first (gpointer user_data)
{
  return g_str_has_suffix (paddock_library_entry_get_path (get (user_data, 0)), "/z.gguf");
}

/* Where the copy that is used is found to be damaged, a sound one takes its place. */
static void
test_sound_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup (paddock_library_entry_get_path (get (fixture, 0)));
  g_autofree char *copy = copy_model (fixture, "z.gguf");
  g_autofree char *sha256 = paddock_file_digest_sha256 (copy, NULL, NULL, NULL);
  g_autoptr (TestAwait) await = test_await_new ();

  damage (path);
  rescan (fixture);
  paddock_library_change_async (fixture->library, get (fixture, 0)->id, expect_first, sha256, NULL, test_await_callback, await);
  g_assert_true (paddock_library_change_finish (fixture->library, test_await_result (await), NULL));
  paddock_library_verifier_start (fixture->verifier, 0);
  test_await_condition (is_idle, fixture->verifier);
  g_assert_cmpuint (fixture->mismatches->len, ==, 1);
  test_await_condition (is_sound_first, fixture);
  test_await_condition (is_known, fixture);
  g_assert_cmpuint (paddock_library_get_index (fixture->library)->entries->len, ==, 2);
  g_assert_cmpint (get (fixture, 0)->state, ==, PADDOCK_ENTRY_READY);
  g_assert_cmpstr (paddock_library_entry_find_differing (get (fixture, 0))->path, ==, path);
  g_assert_cmpstr (paddock_model_verification_get_hash (get (fixture, 0), get (fixture, 0)->record), ==, sha256);
  /* It was read as a copy, and has not to be read again for being the first. */
  paddock_library_verifier_start (fixture->verifier, 0);
  g_assert_cmpuint (get_total (fixture), ==, 0);
}

/* What goes away while others are read is left out, and the rest is done. */
static void
test_vanished (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_unlink (paddock_library_entry_get_path (get (fixture, 0))), ==, 0);
  paddock_library_verifier_start (fixture->verifier, 0);
  test_await_condition (is_idle, fixture->verifier);
  g_assert_cmpuint (fixture->mismatches->len, ==, 0);
  g_assert_cmpuint (fixture->unreadable->len, ==, 0);
}

static gboolean
is_second_known (gpointer user_data)
{
  return !paddock_model_verification_is_due (get (user_data, 1), 0);
}

/* What cannot be read is told once, and tried again when it changed or somebody asks for it. */
static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  const char *path = paddock_library_entry_get_path (get (fixture, 0));
  g_autofree char *id = g_strdup (get (fixture, 0)->id);
  guint64 done, total;

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  paddock_library_verifier_start (fixture->verifier, 0);
  test_await_condition (is_idle, fixture->verifier);
  test_await_condition (is_second_known, fixture);
  g_assert_cmpuint (fixture->unreadable->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (fixture->unreadable, 0), ==, id);
  g_assert_cmpuint (paddock_library_verifier_get_n_done (fixture->verifier), ==, 2);
  paddock_library_verifier_get_bytes (fixture->verifier, &done, &total);
  g_assert_cmpuint (done, <=, total);
  g_assert_cmpuint (total, >, 0);
  g_assert_false (paddock_library_verifier_is_due (fixture->verifier, 0));
  paddock_library_verifier_retry (fixture->verifier);
  g_assert_true (paddock_library_verifier_is_due (fixture->verifier, 0));
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  paddock_library_verifier_start (fixture->verifier, 0);
  paddock_library_verifier_stop (fixture->verifier);
  test_await_condition (is_idle, fixture->verifier);
  /* It can be started again. */
  paddock_library_verifier_start (fixture->verifier, 0);
  test_await_condition (is_idle, fixture->verifier);
  test_await_condition (is_known, fixture);
}

static gpointer
ask_scheduler (gpointer data)
{
  *(GThread **) data = g_thread_self ();
  return GINT_TO_POINTER (sched_getscheduler (0));
}

/* What is idle must not make others so who come after it. */
static void
test_idle_priority (void)
{
  GThread *thread = NULL;

  g_assert_cmpint (GPOINTER_TO_INT (paddock_idle_priority_run (ask_scheduler, &thread)), ==, SCHED_IDLE);
  g_assert_true (thread != NULL && thread != g_thread_self ());
  g_assert_cmpint (sched_getscheduler (0), ==, SCHED_OTHER);
}

#define ADD(name, function) g_test_add ("/library-verifier/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/library-verifier/idle-priority", test_idle_priority);
  ADD ("all", test_all);
  ADD ("mismatch", test_mismatch);
  ADD ("set", test_set);
  ADD ("copies", test_copies);
  ADD ("sound-copy", test_sound_copy);
  ADD ("vanished", test_vanished);
  ADD ("unreadable", test_unreadable);
  ADD ("stop", test_stop);
  return g_test_run ();
}
