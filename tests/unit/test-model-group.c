/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-group.h"

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define PRINT "11111111111111111111111111111111"
#define OTHER "22222222222222222222222222222222"

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

static PaddockLibraryFile *
add (Fixture *fixture, const char *store, const char *path, const char *fingerprint, const char *sha256)
{
  PaddockLibraryFile *file = paddock_library_file_new (store, "/m", path);

  file->identity = (PaddockFileIdentity) { 1, fixture->files->len + 1, 1000, 1 };
  file->facts = paddock_model_facts_new ("name");
  file->claimed_sha256 = g_strdup (sha256);
  g_strlcpy (file->facts->fingerprint, fingerprint, sizeof file->facts->fingerprint);
  g_ptr_array_add (fixture->files, file);
  return file;
}

/* A line for each model: its hash, and its copies, the best first. */
static void
assert_groups (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) copies = paddock_model_copies_collect (fixture->files, fixture->computed);
  g_autoptr (GPtrArray) groups = paddock_model_groups_collect (copies);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < groups->len; i++)
    {
      const PaddockModelGroup *group = g_ptr_array_index (groups, i);

      g_string_append_printf (all, "%.1s:", group->sha256 != NULL ? group->sha256 : "-");
      for (guint j = 0; j < group->copies->len; j++)
        g_string_append_printf (all, " %s", ((PaddockModelCopy *) g_ptr_array_index (group->copies, j))->path);
      g_string_append_c (all, '\n');
    }
  g_assert_cmpstr (all->str, ==, expected);
}

/* Headers that are alike are one model, in the order of the first paths. */
static void
test_fingerprints (Fixture *fixture, gconstpointer data)
{
  assert_groups (fixture, "");
  add (fixture, "folder", "/m/c.gguf", PRINT, NULL);
  add (fixture, "folder", "/m/b.gguf", OTHER, NULL);
  add (fixture, "folder", "/m/a.gguf", PRINT, NULL);
  assert_groups (fixture, "-: /m/a.gguf /m/c.gguf\n-: /m/b.gguf\n");
}

/* Whole before broken, own before a folder, a folder before another program's; then by path. */
static void
test_rank (Fixture *fixture, gconstpointer data)
{
  add (fixture, "own", "/m/a-own-unfinished.gguf", PRINT, NULL)->facts->state = PADDOCK_FACTS_UNFINISHED;
  add (fixture, "ollama", "/m/b-ollama.gguf", PRINT, NULL);
  add (fixture, "no such store", "/m/c-unknown.gguf", PRINT, NULL);
  add (fixture, "folder", "/m/d-folder.gguf", PRINT, NULL);
  add (fixture, "own", "/m/f-own.gguf", PRINT, NULL);
  add (fixture, "own", "/m/e-own.gguf", PRINT, NULL);
  assert_groups (fixture, "-: /m/e-own.gguf /m/f-own.gguf /m/d-folder.gguf /m/b-ollama.gguf /m/c-unknown.gguf"
                          " /m/a-own-unfinished.gguf\n");
}

/* One hash for a header is that of all who have it. */
static void
test_one_hash (Fixture *fixture, gconstpointer data)
{
  add (fixture, "folder", "/m/a.gguf", PRINT, NULL);
  add (fixture, "folder", "/m/b.gguf", PRINT, SHA_A);
  add (fixture, "folder", "/m/c.gguf", PRINT, SHA_A);
  assert_groups (fixture, "a: /m/a.gguf /m/b.gguf /m/c.gguf\n");
}

/* Different bytes behind one header are different models; who has no hash goes with the first one, unless it is the other
   file under another name. */
static void
test_disputed (Fixture *fixture, gconstpointer data)
{
  PaddockLibraryFile *link;

  add (fixture, "folder", "/m/a.gguf", PRINT, NULL);
  add (fixture, "folder", "/m/b.gguf", PRINT, SHA_A);
  add (fixture, "folder", "/m/c.gguf", PRINT, SHA_B);
  link = add (fixture, "folder", "/m/d.gguf", PRINT, NULL);
  link->identity = ((PaddockLibraryFile *) g_ptr_array_index (fixture->files, 2))->identity;
  add (fixture, "folder", "/m/e.gguf", OTHER, SHA_B);
  assert_groups (fixture, "a: /m/a.gguf /m/b.gguf\nb: /m/c.gguf /m/d.gguf\nb: /m/e.gguf\n");
}

/* What cannot be read is like nothing but itself: two names of it are one. */
static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  add (fixture, "folder", "/m/a.gguf", "", SHA_A);
  add (fixture, "folder", "/m/b.gguf", "", SHA_A);
  add (fixture, "folder", "/m/c.gguf", "", NULL)->identity.inode = 1;
  assert_groups (fixture, "a: /m/a.gguf /m/c.gguf\na: /m/b.gguf\n");
}

/* A set is known by its first shard; without it, only by its place. */
static void
test_sets (Fixture *fixture, gconstpointer data)
{
  add (fixture, "folder", "/m/a-00001-of-00002.gguf", PRINT, NULL);
  add (fixture, "folder", "/m/a-00002-of-00002.gguf", OTHER, NULL)->facts->shard = 1;
  add (fixture, "own", "/n/a-00001-of-00002.gguf", PRINT, NULL);
  add (fixture, "folder", "/o/a-00002-of-00002.gguf", OTHER, NULL)->facts->shard = 1;
  add (fixture, "folder", "/p/a-00002-of-00002.gguf", OTHER, NULL)->facts->shard = 1;
  /* That of our own would come first if it were whole. */
  assert_groups (fixture, "-: /m/a-00001-of-00002.gguf /n/a-00001-of-00002.gguf\n"
                          "-: /o/a-00002-of-00002.gguf\n-: /p/a-00002-of-00002.gguf\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add ("/model-group/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("fingerprints", test_fingerprints);
  ADD ("rank", test_rank);
  ADD ("one-hash", test_one_hash);
  ADD ("disputed", test_disputed);
  ADD ("unreadable", test_unreadable);
  ADD ("sets", test_sets);
#undef ADD
  return g_test_run ();
}
