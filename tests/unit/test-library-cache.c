/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-cache.h"

#include <string.h>

#include "cache-rows.h"
#include "directory.h"

static PaddockModelFacts *
make_facts (const char *name)
{
  PaddockModelFacts *facts = paddock_model_facts_new (name);

  facts->state = PADDOCK_FACTS_UNFINISHED;
  facts->file_kind = PADDOCK_FILE_GGUF;
  facts->kind = PADDOCK_MODEL_PROJECTOR;
  facts->capabilities = PADDOCK_CAPABILITY_CHAT | PADDOCK_CAPABILITY_TOOLS;
  facts->architecture = g_strdup ("llama");
  facts->license = g_strdup ("mit");
  facts->problem = g_strdup ("why");
  facts->parameters = 8;
  facts->layers = 3;
  facts->tensor_bytes = G_MAXUINT64;
  facts->shard = 1;
  facts->shards = 2;
  facts->unread = TRUE;
  memcpy (facts->fingerprint, "0123456789abcdeffedcba9876543210", 32);
  return facts;
}

static PaddockLibraryFile *
make_file (const char *path, PaddockModelFacts *facts)
{
  PaddockLibraryFile *file = paddock_library_file_new ("folder", "/root", path);

  file->target = g_strdup ("/target\xff");
  file->role = PADDOCK_FILE_ROLE_MODEL;
  file->identity = (PaddockFileIdentity) { .device = 1, .inode = 2, .size = 3, .modified = -4 };
  file->facts = facts != NULL ? paddock_model_facts_ref (facts) : NULL;
  file->title = g_strdup ("title");
  file->repository = g_strdup ("owner/name");
  file->repository_path = g_strdup ("path");
  file->revision = g_strdup ("main");
  file->claimed_sha256 = g_strnfill (64, 'a');
  file->belongs_to = g_strdup ("/other\xfe");
  return file;
}

static GPtrArray *
make_files (void)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_file_unref);
  g_autoptr (PaddockModelFacts) facts = make_facts ("Näme");

  g_ptr_array_add (files, make_file ("/root/\x80.gguf", facts));
  g_ptr_array_add (files, make_file ("/root/second", facts));
  g_ptr_array_add (files, make_file ("/root/third", NULL));
  return files;
}

static char *
write_cache (TestDirectory *directory, GPtrArray *files)
{
  char *path = test_directory_build_path (directory, "cache");
  g_autoptr (GError) error = NULL;

  g_assert_true (paddock_library_cache_write (path, files, &error));
  g_assert_no_error (error);
  return path;
}

static void
test_round (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GPtrArray) files = make_files ();
  g_autofree char *path = write_cache (directory, files);
  g_autoptr (PaddockLibraryCache) cache = paddock_library_cache_open (path);
  g_autoptr (GPtrArray) again = paddock_library_cache_get_files (cache);
  const PaddockLibraryFile *first, *second, *third;
  const PaddockModelFacts *facts;

  g_assert_cmpuint (paddock_library_cache_get_size (cache), ==, 3);
  g_assert_cmpuint (again->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (paddock_library_file_equal (g_ptr_array_index (files, i), g_ptr_array_index (again, i)));
  first = g_ptr_array_index (again, 0);
  second = g_ptr_array_index (again, 1);
  third = g_ptr_array_index (again, 2);
  g_assert_true (first->facts == second->facts);
  g_assert_null (third->facts);
  facts = first->facts;
  g_assert_cmpint (facts->state, ==, PADDOCK_FACTS_UNFINISHED);
  g_assert_cmpint (facts->file_kind, ==, PADDOCK_FILE_GGUF);
  g_assert_cmpint (facts->kind, ==, PADDOCK_MODEL_PROJECTOR);
  g_assert_cmpuint (facts->capabilities, ==, PADDOCK_CAPABILITY_CHAT | PADDOCK_CAPABILITY_TOOLS);
  g_assert_cmpstr (facts->name, ==, "Näme");
  g_assert_cmpstr (facts->architecture, ==, "llama");
  g_assert_null (facts->quantization);
  g_assert_cmpstr (facts->problem, ==, "why");
  g_assert_cmpint (facts->parameters, ==, 8);
  g_assert_cmpint (facts->context_length, ==, -1);
  g_assert_cmpint (facts->layers, ==, 3);
  g_assert_cmpuint (facts->tensor_bytes, ==, G_MAXUINT64);
  g_assert_cmpuint (facts->shard, ==, 1);
  g_assert_cmpuint (facts->shards, ==, 2);
  g_assert_true (facts->unread);
  g_assert_cmpstr (facts->fingerprint, ==, "0123456789abcdeffedcba9876543210");
}

static void
assert_empty (const char *path)
{
  g_autoptr (PaddockLibraryCache) cache = paddock_library_cache_open (path);
  g_autoptr (GPtrArray) files = paddock_library_cache_get_files (cache);

  g_assert_cmpuint (files->len, ==, 0);
}

static void
test_no_cache (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *missing = test_directory_build_path (directory, "missing");
  g_autofree char *empty = test_directory_write (directory, "empty", "");
  g_autofree char *text = test_directory_write (directory, "text", "something else that is long enough to hold");

  assert_empty (missing);
  assert_empty (empty);
  assert_empty (text);
  assert_empty (test_directory_get_path (directory));
}

/* However much of it is there, it is all of it or nothing. */
static void
test_cut (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GPtrArray) files = make_files ();
  g_autofree char *path = write_cache (directory, files);
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (contents, i);
      g_autoptr (PaddockLibraryCache) cache = paddock_library_cache_new_for_bytes (bytes);

      g_assert_cmpuint (paddock_library_cache_get_size (cache), ==, 0);
    }
}

static void
test_other_version (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GPtrArray) files = make_files ();
  g_autofree char *path = write_cache (directory, files);
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  /* After the magic and its end, padded to the next four. */
  g_assert_cmpuint ((guint8) contents[24], ==, 1);
  contents[24] = 2;
  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
  assert_empty (path);
}

static PaddockModelFacts *
read_row (const PaddockCachedFacts *row)
{
  static const char text[] = "\0name\0\xff";
  PaddockCacheStrings strings;

  g_assert_true (paddock_cache_strings_init_read (&strings, text, sizeof text));
  return paddock_cache_rows_get_facts (row, &strings);
}

static void
test_unsound_facts (void)
{
  const PaddockCachedFacts sound = { .name = 1, .shards = 1, .parameters = -1 };
  PaddockCachedFacts rows[13];
  g_autoptr (PaddockModelFacts) facts = read_row (&sound);

  g_assert_nonnull (facts);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    rows[i] = sound;
  rows[0].state = PADDOCK_FACTS_BROKEN + 1;
  rows[1].file_kind = PADDOCK_FILE_N_KINDS;
  rows[2].kind = PADDOCK_MODEL_VOCABULARY + 1;
  rows[3].capabilities = PADDOCK_CAPABILITY_TOOLS << 1;
  rows[4].shards = 0;
  rows[5].shard = 1;
  rows[6].parameters = -2;
  rows[7].name = 0;
  rows[8].name = 100;
  rows[9].license = 6;               /* no UTF-8 */
  rows[10].has_fingerprint = 2;
  rows[11].problem = G_MAXUINT32;
  rows[12].unread = 2;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_null (read_row (&rows[i]));
}

static void
test_unsound_files (void)
{
  static const char text[] = "\0folder\0Bad Store\0/path";
  const PaddockCachedFile sound = { .path = 18, .root = 18, .store = 1, .facts = G_MAXUINT32 };
  g_autoptr (GPtrArray) facts = g_ptr_array_new ();
  g_autoptr (PaddockLibraryFile) file = NULL;
  PaddockCachedFile rows[7];
  PaddockCacheStrings strings;

  g_assert_true (paddock_cache_strings_init_read (&strings, text, sizeof text));
  file = paddock_cache_rows_get_file (&sound, facts, &strings);
  g_assert_cmpstr (file->path, ==, "/path");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    rows[i] = sound;
  rows[0].path = 0;
  rows[1].root = 0;
  rows[2].store = 0;
  rows[3].store = 8;
  rows[4].facts = 0;
  rows[5].role = PADDOCK_FILE_ROLE_DIRECTORY;
  rows[6].title = sizeof text;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_null (paddock_cache_rows_get_file (&rows[i], facts, &strings));
}

/* What a store read somewhere need not be text; it costs the others nothing. */
static void
test_invalid_text (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GPtrArray) files = make_files ();
  PaddockLibraryFile *file = g_ptr_array_index (files, 0);
  g_autofree char *path = NULL;
  g_autoptr (PaddockLibraryCache) cache = NULL;
  g_autoptr (GPtrArray) again = NULL;

  g_free (file->title);
  file->title = g_strdup ("a\xff");
  path = write_cache (directory, files);
  cache = paddock_library_cache_open (path);
  again = paddock_library_cache_get_files (cache);
  g_assert_cmpuint (again->len, ==, 3);
  file = g_ptr_array_index (again, 0);
  g_assert_cmpstr (file->title, ==, "a\xef\xbf\xbd");
}

static void
test_unwritable (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_build_path (directory, "missing/cache");
  g_autoptr (GPtrArray) files = make_files ();
  g_autoptr (GError) error = NULL;

  g_assert_false (paddock_library_cache_write (path, files, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/library-cache/round", test_round);
  g_test_add_func ("/library-cache/no-cache", test_no_cache);
  g_test_add_func ("/library-cache/cut", test_cut);
  g_test_add_func ("/library-cache/other-version", test_other_version);
  g_test_add_func ("/library-cache/unsound-facts", test_unsound_facts);
  g_test_add_func ("/library-cache/unsound-files", test_unsound_files);
  g_test_add_func ("/library-cache/invalid-text", test_invalid_text);
  g_test_add_func ("/library-cache/unwritable", test_unwritable);
  return g_test_run ();
}
