/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "library-error.h"
#include "index-case.h"

/* A second build of the same writes nothing and keeps every object. */
static void
test_stable (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a'), *b = test_index_make_fingerprint ('b');
  g_autoptr (PaddockLibraryEntry) first = NULL;
  g_autoptr (PaddockLibraryIndex) before = NULL;

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/m", "/m/One.gguf", 1, a);
  test_index_add_file (fixture, "/m", "/m/Two.gguf", 2, b);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->index->entries->len, ==, 2);
  g_assert_cmpuint (fixture->changed->len, ==, 2);
  g_assert_cmpint (test_index_get (fixture, 0)->record->added_at, ==, 1700000000);
  first = paddock_library_entry_ref (test_index_get (fixture, 0));
  before = paddock_library_index_ref (fixture->index);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->changed->len, ==, 0);
  g_assert_cmpuint (fixture->gone->len, ==, 0);
  g_assert_true (test_index_get (fixture, 0) == first);
  g_assert_true (paddock_library_index_has_same_entries (fixture->index, before));
  g_assert_true (paddock_library_index_find (fixture->index, first->id) == first);
  ((PaddockLibraryFile *) g_ptr_array_index (fixture->files, 0))->facts->state = PADDOCK_FACTS_UNFINISHED;
  test_index_build (fixture);
  g_assert_false (paddock_library_index_has_same_entries (fixture->index, before));
}

/* As people count, and with each entry that was kept. */
static void
test_names (TestIndex *fixture, gconstpointer data)
{
  static const char *names[] = { "model-9.gguf", "model-10.gguf", "zebra.gguf" };
  g_autofree char *ten = test_index_make_fingerprint ('a');
  g_autofree char *zebra = test_index_make_fingerprint ('b');
  g_autofree char *nine = test_index_make_fingerprint ('c');

  test_index_add_file (fixture, "/m", "/m/model-10.gguf", 1, ten);
  test_index_add_file (fixture, "/m", "/m/zebra.gguf", 2, zebra);
  test_index_build (fixture);
  test_index_add_file (fixture, "/m", "/m/model-9.gguf", 3, nine);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->index->by_name->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      PaddockLibraryEntry *entry = g_ptr_array_index (fixture->index->by_name, i);

      g_assert_cmpstr (entry->title, ==, names[i]);
      g_assert_true (paddock_library_index_find (fixture->index, entry->id) == entry);
      g_assert_true (g_ptr_array_find (fixture->index->entries, entry, NULL));
    }
}

static void
test_places (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a');

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/m", "/m/a.gguf", 1, a);
  test_index_add_file (fixture, "/m", "/m/link.gguf", 1, a);
  test_index_add_file (fixture, "/m", "/m/copy.gguf", 2, a);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->index->entries->len, ==, 1);
  g_assert_cmpuint (test_index_get (fixture, 0)->locations->len, ==, 3);
  g_assert_cmpuint (test_index_get (fixture, 0)->size, ==, 1000);
  /* The second name of a file takes no room, a copy does. */
  g_assert_cmpuint (test_index_get (fixture, 0)->duplicate_size, ==, 1000);
  g_assert_cmpuint (fixture->index->total_size, ==, 2000);
}

/* Headers alike, hashes not: two models. */
static void
test_disputed (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a');

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/m", "/m/a.gguf", 1, a)->claimed_sha256 = g_strdup (SHA_A);
  test_index_add_file (fixture, "/m", "/m/b.gguf", 2, a)->claimed_sha256 = g_strdup (SHA_B);
  test_index_add_file (fixture, "/m", "/m/c.gguf", 2, a);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->index->entries->len, ==, 2);
  g_assert_true (g_hash_table_lookup (fixture->index->by_path, "/m/b.gguf") ==
                 g_hash_table_lookup (fixture->index->by_path, "/m/c.gguf"));
}

/* As a person would, of every model: where it is. */
static void
note_places (TestIndex *fixture)
{
  for (guint i = 0; i < fixture->index->entries->len; i++)
    g_set_str (&test_index_get (fixture, i)->record->notes, paddock_library_entry_get_path (test_index_get (fixture, i)));
}

static const char *
get_note (TestIndex *fixture, const char *path)
{
  return ((PaddockLibraryEntry *) g_hash_table_lookup (fixture->index->by_path, path))->record->notes;
}

/* In whatever order the disk tells of them, and when two have changed their names. */
static void
test_alike (TestIndex *fixture, gconstpointer data)
{
  static const char *const hashes[] = { SHA_A, SHA_B, SHA_C };
  static const char *const places[] = { "/m/a.gguf", "/m/b.gguf", "/m/c.gguf" };
  g_autofree char *a = test_index_make_fingerprint ('a');

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  for (guint round = 0; round < 6; round++)
    {
      g_ptr_array_set_size (fixture->files, 0);
      for (guint i = round; i < round + 3; i++)
        test_index_add_file (fixture, "/m", places[(i + round / 3) % 3], i % 3 + 1, a)->claimed_sha256 = g_strdup (hashes[i % 3]);
      test_index_build (fixture);
      if (round == 0)
        note_places (fixture);
      for (guint i = 0; i < 3; i++)
        g_assert_cmpstr (get_note (fixture, places[(i + round / 3) % 3]), ==, places[i]);
    }
}

/* Another upload with the same header, after the one that there was went away; and one that was written over it. */
static void
test_other_upload (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a');

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/m", "/m/a.gguf", 1, a)->claimed_sha256 = g_strdup (SHA_A);
  test_index_build (fixture);
  note_places (fixture);
  g_ptr_array_set_size (fixture->files, 0);
  test_index_add_file (fixture, "/m", "/m/b.gguf", 2, a)->claimed_sha256 = g_strdup (SHA_B);
  test_index_build (fixture);
  g_assert_null (get_note (fixture, "/m/b.gguf"));
  g_assert_cmpuint (fixture->index->entries->len, ==, 2);
  g_ptr_array_set_size (fixture->files, 0);
  test_index_add_file (fixture, "/m", "/m/a.gguf", 3, a)->claimed_sha256 = g_strdup (SHA_C);
  test_index_build (fixture);
  g_assert_cmpstr (get_note (fixture, "/m/a.gguf"), ==, "/m/a.gguf");
}

static void
test_shards (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a'), *b = test_index_make_fingerprint ('b');

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/m", "/m/x-00002-of-00003.gguf", 2, b);
  test_index_add_file (fixture, "/m", "/m/x-00001-of-00003.gguf", 1, a);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->index->entries->len, ==, 1);
  g_assert_cmpint (test_index_get (fixture, 0)->state, ==, PADDOCK_ENTRY_INCOMPLETE);
  g_assert_cmpuint (test_index_get (fixture, 0)->shards, ==, 3);
  g_assert_cmpuint (test_index_get (fixture, 0)->shards_present, ==, 2);
  g_assert_cmpstr (paddock_library_entry_get_path (test_index_get (fixture, 0)), ==, "/m/x-00001-of-00003.gguf");
  test_index_add_file (fixture, "/m", "/m/x-00003-of-00003.gguf", 3, b);
  test_index_build (fixture);
  g_assert_cmpint (test_index_get (fixture, 0)->state, ==, PADDOCK_ENTRY_READY);
  g_assert_cmpuint (test_index_get (fixture, 0)->size, ==, 3000);
}

/* A moved file is the same model; what the person said of it comes along. */
static void
test_moved (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a');
  g_autofree char *id = NULL;
  g_autoptr (PaddockModelRecord) noted = NULL;

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/m", "/m/a.gguf", 1, a);
  test_index_build (fixture);
  id = g_strdup (test_index_get (fixture, 0)->id);
  noted = paddock_model_record_copy (test_index_get (fixture, 0)->record);
  noted->notes = g_strdup ("mine");
  g_ptr_array_set_size (fixture->records, 0);
  g_ptr_array_add (fixture->records, g_steal_pointer (&noted));
  g_ptr_array_set_size (fixture->files, 0);
  test_index_add_file (fixture, "/m", "/m/elsewhere/b.gguf", 9, a);
  test_index_build (fixture);
  g_assert_cmpstr (test_index_get (fixture, 0)->id, ==, id);
  g_assert_cmpstr (test_index_get (fixture, 0)->record->notes, ==, "mine");
  g_assert_cmpuint (test_index_get (fixture, 0)->record->locations->len, ==, 1);
}

/* Another header under the same name: it was edited. */
static void
test_edited (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a'), *b = test_index_make_fingerprint ('b');
  g_autofree char *id = NULL;

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/m", "/m/a.gguf", 1, a);
  test_index_build (fixture);
  id = g_strdup (test_index_get (fixture, 0)->id);
  g_ptr_array_set_size (fixture->files, 0);
  test_index_add_file (fixture, "/m", "/m/a.gguf", 2, b);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->index->entries->len, ==, 1);
  g_assert_cmpstr (test_index_get (fixture, 0)->id, ==, id);
  g_assert_cmpstr (test_index_get (fixture, 0)->record->fingerprint, ==, b);
}

static void
set_filesystem (TestIndex *fixture, guint64 filesystem)
{
  ((PaddockScannedRoot *) g_ptr_array_index (fixture->roots, 0))->filesystem = filesystem;
}

/* A drive that is pulled out: everything stays, and is back with it. Its folder may stay behind, empty. */
static void
test_unplugged (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a');

  test_index_add_root (fixture, "/drive", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/drive", "/drive/a.gguf", 1, a);
  test_index_build (fixture);
  g_ptr_array_set_size (fixture->files, 0);
  set_filesystem (fixture, 1);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->changed->len, ==, 0);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->index->entries->len, ==, 1);
  g_assert_cmpint (test_index_get (fixture, 0)->state, ==, PADDOCK_ENTRY_OFFLINE);
  g_assert_null (paddock_library_entry_get_path (test_index_get (fixture, 0)));
  g_assert_cmpuint (fixture->gone->len, ==, 0);
  g_ptr_array_set_size (fixture->roots, 0);
  test_index_add_root (fixture, "/drive", PADDOCK_ROOT_OFFLINE);
  test_index_build (fixture);
  g_assert_cmpint (test_index_get (fixture, 0)->state, ==, PADDOCK_ENTRY_OFFLINE);
  g_assert_cmpuint (fixture->index->total_size, ==, 0);
  g_ptr_array_set_size (fixture->roots, 0);
  test_index_add_root (fixture, "/drive", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/drive", "/drive/a.gguf", 1, a);
  test_index_build (fixture);
  g_assert_cmpint (test_index_get (fixture, 0)->state, ==, PADDOCK_ENTRY_READY);
}

/* Of what is plugged in nobody knows for sure whether it is the same: nothing is forgotten. */
static void
test_unknown_filesystem (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a');

  test_index_add_root (fixture, "/drive", PADDOCK_ROOT_LISTED);
  set_filesystem (fixture, 0);
  test_index_add_file (fixture, "/drive", "/drive/a.gguf", 1, a);
  test_index_build (fixture);
  g_ptr_array_set_size (fixture->files, 0);
  test_index_build (fixture);
  g_assert_cmpint (test_index_get (fixture, 0)->state, ==, PADDOCK_ENTRY_OFFLINE);
  set_filesystem (fixture, TEST_INDEX_FILESYSTEM);
  test_index_build (fixture);
  g_assert_cmpint (test_index_get (fixture, 0)->state, ==, PADDOCK_ENTRY_OFFLINE);
}

/* The drive is there, and nothing is on it any more: that is no drive to wait for. */
static void
test_emptied (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a'), *b = test_index_make_fingerprint ('b');
  PaddockModelRecord *record;

  test_index_add_root (fixture, "/drive", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/drive", "/drive/a.gguf", 1, a);
  test_index_add_file (fixture, "/drive", "/drive/b.gguf", 2, b);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->records->len, ==, 2);
  record = g_ptr_array_index (fixture->records, 1);
  record->favourite = TRUE;
  /* What Paddock removes it forgets the place of, and remembers what the person said. */
  g_ptr_array_set_size (record->locations, 0);
  g_ptr_array_set_size (fixture->files, 0);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->index->entries->len, ==, 0);
  g_assert_cmpuint (fixture->gone->len, ==, 1);
  g_assert_true (g_ptr_array_index (fixture->gone, 0) != record);
}

/* A copy on a drive that is away is remembered, one that was removed is not. */
static void
test_copies_away (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a');

  test_index_add_root (fixture, "/drive", PADDOCK_ROOT_LISTED);
  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/m", "/m/a.gguf", 1, a);
  test_index_add_file (fixture, "/drive", "/drive/a.gguf", 2, a);
  test_index_build (fixture);
  g_assert_cmpuint (test_index_get (fixture, 0)->locations->len, ==, 2);
  g_ptr_array_set_size (fixture->files, 1);
  set_filesystem (fixture, 1);
  test_index_build (fixture);
  g_assert_cmpuint (test_index_get (fixture, 0)->locations->len, ==, 2);
  g_assert_false (((PaddockEntryLocation *) g_ptr_array_index (test_index_get (fixture, 0)->locations, 1))->online);
  set_filesystem (fixture, TEST_INDEX_FILESYSTEM);
  test_index_build (fixture);
  g_assert_cmpuint (test_index_get (fixture, 0)->locations->len, ==, 1);
  g_assert_cmpuint (test_index_get (fixture, 0)->record->locations->len, ==, 1);
}

/* Removed: forgotten, unless somebody wrote something about it. */
static void
test_removed (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a'), *b = test_index_make_fingerprint ('b'),
                  *c = test_index_make_fingerprint ('c');
  PaddockModelRecord *record;

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/m", "/m/a.gguf", 1, a);
  test_index_add_file (fixture, "/m", "/m/b.gguf", 2, b);
  test_index_add_file (fixture, "/m", "/m/c.gguf", 3, c);
  test_index_build (fixture);
  record = g_ptr_array_index (fixture->records, 1);
  record->favourite = TRUE;
  g_ptr_array_set_size (fixture->files, 1);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->gone->len, ==, 1);
  g_assert_cmpuint (fixture->index->entries->len, ==, 2);
  g_assert_cmpint (paddock_library_index_find (fixture->index, record->id)->state, ==, PADDOCK_ENTRY_OFFLINE);
}

static void
test_hash (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a');
  PaddockLibraryFile *file;
  PaddockModelRecord *record;

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  file = test_index_add_file (fixture, "/m", "/m/a.gguf", 1, a);
  file->claimed_sha256 = g_strdup (SHA_A);
  test_index_build (fixture);
  record = g_ptr_array_index (fixture->records, 0);
  g_assert_cmpstr (record->expected_sha256, ==, SHA_A);
  record->sha256 = g_strdup (SHA_B);
  record->sha256_of = file->identity;
  test_index_build (fixture);
  g_assert_cmpint (test_index_get (fixture, 0)->state, ==, PADDOCK_ENTRY_DAMAGED);
  /* Somebody wrote to the file since: nobody knows. */
  record->sha256_of.modified++;
  test_index_build (fixture);
  g_assert_cmpint (test_index_get (fixture, 0)->state, ==, PADDOCK_ENTRY_READY);
}

static void
test_projector (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a'), *b = test_index_make_fingerprint ('b'),
                  *c = test_index_make_fingerprint ('c');
  PaddockLibraryFile *projector;
  const PaddockLibraryEntry *model, *other;

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/m", "/m/x/a.gguf", 1, a);
  test_index_add_file (fixture, "/m", "/m/y/b.gguf", 2, b);
  projector = test_index_add_file (fixture, "/m", "/m/x/mmproj.gguf", 3, c);
  projector->facts->kind = PADDOCK_MODEL_PROJECTOR;
  test_index_build (fixture);
  model = g_hash_table_lookup (fixture->index->by_path, "/m/x/a.gguf");
  other = g_hash_table_lookup (fixture->index->by_path, "/m/y/b.gguf");
  g_assert_cmpuint (fixture->index->n_models, ==, 2);
  g_assert_cmpuint (model->companions->len, ==, 1);
  g_assert_cmpuint (other->companions->len, ==, 0);
  /* Of another length it cannot be meant. */
  projector->facts->embedding_length = 32;
  test_index_build (fixture);
  model = g_hash_table_lookup (fixture->index->by_path, "/m/x/a.gguf");
  g_assert_cmpuint (model->companions->len, ==, 0);
  /* The store knows better. */
  projector->belongs_to = g_strdup ("/m/y/b.gguf");
  test_index_build (fixture);
  other = g_hash_table_lookup (fixture->index->by_path, "/m/y/b.gguf");
  g_assert_cmpuint (other->companions->len, ==, 1);
}

static void
test_newer_record (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a');

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/m", "/m/a.gguf", 1, a);
  test_index_build (fixture);
  ((PaddockModelRecord *) g_ptr_array_index (fixture->records, 0))->version = PADDOCK_MODEL_RECORD_VERSION + 1;
  g_ptr_array_set_size (fixture->files, 0);
  test_index_add_file (fixture, "/m", "/m/moved.gguf", 1, a);
  test_index_build (fixture);
  g_assert_cmpuint (fixture->index->entries->len, ==, 1);
  g_assert_cmpuint (fixture->changed->len, ==, 0);
}

static void
test_match (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a'), *b = test_index_make_fingerprint ('b');
  g_autoptr (GError) error = NULL;

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/m", "/m/Qwen-One", 1, a);
  test_index_add_file (fixture, "/m", "/m/Qwen-Two", 2, b);
  test_index_build (fixture);
  g_assert_nonnull (paddock_library_index_match (fixture->index, "/m/Qwen-One", NULL));
  g_assert_nonnull (paddock_library_index_match (fixture->index, "qwen-one:q4_0", NULL));
  g_assert_nonnull (paddock_library_index_match (fixture->index, "qwen-t", NULL));
  g_assert_null (paddock_library_index_match (fixture->index, "qwen", &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (paddock_library_index_match (fixture->index, "llama", &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (paddock_library_index_match (fixture->index, "", &error));
  g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND);
}

static void
expect_matches (TestIndex *fixture, const char *text, guint n)
{
  g_autoptr (GPtrArray) found = paddock_library_index_list_matches (fixture->index, text);

  g_assert_cmpuint (found->len, ==, n);
}

static void
test_matches (TestIndex *fixture, gconstpointer data)
{
  g_autofree char *a = test_index_make_fingerprint ('a'), *b = test_index_make_fingerprint ('b');

  test_index_add_root (fixture, "/m", PADDOCK_ROOT_LISTED);
  test_index_add_file (fixture, "/m", "/m/Qwen-One", 1, a);
  test_index_add_file (fixture, "/m", "/m/Qwen-Two", 2, b);
  test_index_build (fixture);
  expect_matches (fixture, "qwen", 2);
  expect_matches (fixture, "qwen-one", 1);
  expect_matches (fixture, "/m/Qwen-One", 1);
  expect_matches (fixture, "", 0);
  expect_matches (fixture, "\xff", 0);

  /* Where it was is enough while it is away. */
  g_ptr_array_set_size (fixture->files, 0);
  g_ptr_array_set_size (fixture->roots, 0);
  test_index_add_root (fixture, "/m", PADDOCK_ROOT_OFFLINE);
  test_index_build (fixture);
  expect_matches (fixture, "/m/Qwen-One", 1);
  expect_matches (fixture, "/m/Qwen-Three", 0);
}

#define ADD(name, function) TEST_INDEX_ADD ("/index-builder/" name, function)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("stable", test_stable);
  ADD ("names", test_names);
  ADD ("places", test_places);
  ADD ("disputed", test_disputed);
  ADD ("alike", test_alike);
  ADD ("other-upload", test_other_upload);
  ADD ("shards", test_shards);
  ADD ("moved", test_moved);
  ADD ("edited", test_edited);
  ADD ("unplugged", test_unplugged);
  ADD ("unknown-filesystem", test_unknown_filesystem);
  ADD ("emptied", test_emptied);
  ADD ("copies-away", test_copies_away);
  ADD ("removed", test_removed);
  ADD ("hash", test_hash);
  ADD ("projector", test_projector);
  ADD ("newer-record", test_newer_record);
  ADD ("match", test_match);
  ADD ("matches", test_matches);
  return g_test_run ();
}
