/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-copy.h"

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

typedef struct
{
  GPtrArray *files;
  GHashTable *computed;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_file_unref);
  fixture->computed = g_hash_table_new (paddock_file_identity_hash, paddock_file_identity_equal);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_hash_table_unref (fixture->computed);
  g_ptr_array_unref (fixture->files);
}

/* The first one has a byte, the second one two, and so on in powers of two. */
static PaddockLibraryFile *
add (Fixture *fixture, const char *store, const char *path)
{
  PaddockLibraryFile *file = paddock_library_file_new (store, "/m", path);

  file->identity = (PaddockFileIdentity) { 1, fixture->files->len + 1, G_GUINT64_CONSTANT (1) << fixture->files->len, 1 };
  file->facts = paddock_model_facts_new ("name");
  g_ptr_array_add (fixture->files, file);
  return file;
}

/* A line for each copy: its path, how many of its files are there, of how many, and its size. */
static void
assert_copies (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) copies = paddock_model_copies_collect (fixture->files, fixture->computed);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < copies->len; i++)
    {
      const PaddockModelCopy *copy = g_ptr_array_index (copies, i);

      g_string_append_printf (all, "%s %s %u/%u %" G_GUINT64_FORMAT "\n", copy->store, copy->path, copy->files->len, copy->shards,
                              copy->size);
    }
  g_assert_cmpstr (all->str, ==, expected);
}

/* In the order of their paths, and of shards in that of their numbers. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  assert_copies (fixture, "");
  add (fixture, "own", "/m/c.gguf");
  add (fixture, "own", "/m/b-00003-of-00003.gguf");
  add (fixture, "own", "/m/b-00001-of-00003.gguf");
  add (fixture, "own", "/m/a.gguf");
  add (fixture, "folder", "/m/a.gguf");
  assert_copies (fixture,
                 "folder /m/a.gguf 1/1 16\nown /m/a.gguf 1/1 8\nown /m/b-00001-of-00003.gguf 2/3 6\nown /m/c.gguf 1/1 1\n");
}

/* Shards of one set lie in one folder of one store, are called alike, and are as many. */
static void
test_sets (Fixture *fixture, gconstpointer data)
{
  add (fixture, "own", "/m/a-00001-of-00002.gguf");
  add (fixture, "own", "/m/sub/a-00002-of-00002.gguf");
  add (fixture, "own", "/m/a-00002-of-00003.gguf");
  add (fixture, "own", "/m/b-00002-of-00002.gguf");
  add (fixture, "folder", "/m/a-00002-of-00002.gguf");
  assert_copies (fixture, "own /m/a-00001-of-00002.gguf 1/2 1\n"
                          "folder /m/a-00002-of-00002.gguf 1/2 16\n"
                          "own /m/a-00002-of-00003.gguf 1/3 4\n"
                          "own /m/b-00002-of-00002.gguf 1/2 8\n"
                          "own /m/sub/a-00002-of-00002.gguf 1/2 2\n");
}

/* The same shard under another ending does not stand for the one that is missing. */
static void
test_endings (Fixture *fixture, gconstpointer data)
{
  add (fixture, "own", "/m/a-00001-of-00002.gguf");
  add (fixture, "own", "/m/a-00001-of-00002.GGUF");
  assert_copies (fixture, "own /m/a-00001-of-00002.GGUF 1/2 2\nown /m/a-00001-of-00002.gguf 1/2 1\n");
}

/* Names may have line breaks in them: folder and name are told apart all the same. */
static void
test_line_breaks (Fixture *fixture, gconstpointer data)
{
  add (fixture, "own", "/m\nb/a-00001-of-00002.gguf");
  add (fixture, "own", "/m/b\na-00002-of-00002.gguf");
  assert_copies (fixture, "own /m\nb/a-00001-of-00002.gguf 1/2 1\nown /m/b\na-00002-of-00002.gguf 1/2 2\n");
}

/* One of one is no set, and neither is what only looks like one. */
static void
test_no_set (Fixture *fixture, gconstpointer data)
{
  add (fixture, "own", "/m/a-00001-of-00001.gguf");
  add (fixture, "own", "/m/a-00003-of-00002.gguf");
  add (fixture, "own", "/m/a-1-of-2.gguf");
  assert_copies (fixture, "own /m/a-00001-of-00001.gguf 1/1 1\nown /m/a-00003-of-00002.gguf 1/1 2\nown /m/a-1-of-2.gguf 1/1 4\n");
}

/* Downloads that go on and blobs without a name are no models. */
static void
test_roles (Fixture *fixture, gconstpointer data)
{
  add (fixture, "own", "/m/a.gguf")->role = PADDOCK_FILE_ROLE_PROJECTOR;
  add (fixture, "own", "/m/b.gguf")->role = PADDOCK_FILE_ROLE_ADAPTER;
  add (fixture, "own", "/m/c.gguf")->role = PADDOCK_FILE_ROLE_PARTIAL;
  add (fixture, "own", "/m/d.gguf")->role = PADDOCK_FILE_ROLE_ORPHAN;
  g_clear_pointer (&add (fixture, "own", "/m/e.gguf")->facts, paddock_model_facts_unref);
  assert_copies (fixture, "own /m/a.gguf 1/1 1\nown /m/b.gguf 1/1 2\n");
}

/* What was computed counts more than what somebody claims; of a set that of its first shard. */
static void
test_hash (Fixture *fixture, gconstpointer data)
{
  PaddockLibraryFile *second = add (fixture, "own", "/m/a-00002-of-00002.gguf");
  PaddockLibraryFile *first = add (fixture, "own", "/m/a-00001-of-00002.gguf");
  g_autoptr (GPtrArray) unknown = paddock_model_copies_collect (fixture->files, fixture->computed);
  g_autoptr (GPtrArray) claimed = NULL, computed = NULL;

  g_assert_null (((PaddockModelCopy *) g_ptr_array_index (unknown, 0))->sha256);
  g_hash_table_insert (fixture->computed, &second->identity, (gpointer) SHA_B);
  first->claimed_sha256 = g_strdup (SHA_A);
  claimed = paddock_model_copies_collect (fixture->files, fixture->computed);
  g_assert_cmpstr (((PaddockModelCopy *) g_ptr_array_index (claimed, 0))->sha256, ==, SHA_A);
  g_hash_table_insert (fixture->computed, &first->identity, (gpointer) SHA_B);
  computed = paddock_model_copies_collect (fixture->files, fixture->computed);
  g_assert_cmpstr (((PaddockModelCopy *) g_ptr_array_index (computed, 0))->sha256, ==, SHA_B);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add ("/model-copy/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("order", test_order);
  ADD ("sets", test_sets);
  ADD ("endings", test_endings);
  ADD ("line-breaks", test_line_breaks);
  ADD ("no-set", test_no_set);
  ADD ("roles", test_roles);
  ADD ("hash", test_hash);
#undef ADD
  return g_test_run ();
}
