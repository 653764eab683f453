/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index-case.h"
#include "record-hashes.h"

static void
note_computed (TestIndex *fixture, const PaddockLibraryFile *file, const char *sha256)
{
  paddock_record_hashes_set_copy (g_ptr_array_index (fixture->records, 0), 0, sha256, &file->identity);
}

static const PaddockEntryLocation *
get_location (TestIndex *fixture, guint position)
{
  return g_ptr_array_index (test_index_get (fixture, 0)->locations, position);
}

/* Of copies whose bytes are not alike, one that is used differs only from what was published; a further one also from it. */
static void
test_unlike_copies (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a');
  PaddockLibraryFile *first, *second;

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  first = test_index_add_file (fixture, "/m", "/m/a.gguf", 1, a);
  second = test_index_add_file (fixture, "/m", "/m/b.gguf", 2, a);
  test_index_build (fixture);
  note_computed (fixture, first, SHA_A);
  test_index_build (fixture);
  g_assert_null (paddock_library_entry_find_differing (test_index_get (fixture, 0)));
  note_computed (fixture, second, SHA_B);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->index->entries->len, ==, 1);
  g_assert_cmpint (test_index_get (fixture, 0)->state, ==, PADDOCK_ENTRY_READY);
  g_assert_true (paddock_library_entry_find_differing (test_index_get (fixture, 0)) == get_location (fixture, 1));
  g_assert_false (get_location (fixture, 0)->differs);

  /* Now it is known which of them is the right one. */
  paddock_record_hashes_set_expected (g_ptr_array_index (fixture->records, 0), 0, SHA_B);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->index->entries->len, ==, 1);
  g_assert_cmpstr (paddock_library_entry_get_path (test_index_get (fixture, 0)), ==, "/m/b.gguf");
  g_assert_cmpint (test_index_get (fixture, 0)->state, ==, PADDOCK_ENTRY_READY);
  g_assert_true (get_location (fixture, 1)->differs);

  /* Nothing of it is right. */
  paddock_record_hashes_set_expected (g_ptr_array_index (fixture->records, 0), 0, SHA_C);
  test_index_build (fixture);
  g_assert_cmpstr (paddock_library_entry_get_path (test_index_get (fixture, 0)), ==, "/m/a.gguf");
  g_assert_cmpint (test_index_get (fixture, 0)->state, ==, PADDOCK_ENTRY_DAMAGED);
  g_assert_null (paddock_library_entry_find_differing (test_index_get (fixture, 0)));
}

/* A damaged file is no model of its own beside a copy of which it is known what it should be. */
static void
test_damaged_stays (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a');
  PaddockLibraryFile *file;

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  file = test_index_add_file (fixture, "/m", "/m/a.gguf", 1, a);
  test_index_add_file (fixture, "/m", "/m/b.gguf", 2, a)->claimed_sha256 = g_strdup (SHA_A);
  test_index_build (fixture);
  paddock_record_hashes_set_computed (g_ptr_array_index (fixture->records, 0), 0, SHA_B, &file->identity);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->index->entries->len, ==, 1);
  g_assert_cmpstr (paddock_library_entry_find_differing (test_index_get (fixture, 0))->path, ==, "/m/a.gguf");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  TEST_INDEX_ADD ("/index-copies/unlike", test_unlike_copies);
  TEST_INDEX_ADD ("/index-copies/damaged-stays", test_damaged_stays);
  return g_test_run ();
}
