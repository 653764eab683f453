/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index-case.h"

#include <string.h>

void
test_index_set_up (TestIndex *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_file_unref);
  fixture->roots = g_ptr_array_new_with_free_func (g_free);
  fixture->records = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_model_record_unref);
  fixture->changed = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_model_record_unref);
  fixture->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_model_record_unref);
}

void
test_index_tear_down (TestIndex *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_clear_pointer (&fixture->index, paddock_library_index_unref);
  g_ptr_array_unref (fixture->files);
  g_ptr_array_unref (fixture->roots);
  g_ptr_array_unref (fixture->records);
  g_ptr_array_unref (fixture->changed);
  g_ptr_array_unref (fixture->gone);
}

void
test_index_add_root (TestIndex *fixture, const char *path, PaddockRootState state)
{
  PaddockScannedRoot *root = g_new0 (PaddockScannedRoot, 1);

  root->path = (char *) path;
  root->store = "folder";
  root->state = state;
  root->filesystem = TEST_INDEX_FILESYSTEM;
  g_ptr_array_add (fixture->roots, root);
}

static PaddockModelFacts *
make_facts (const char *name, const char *fingerprint)
{
  PaddockModelFacts *facts = paddock_model_facts_new (name);

  facts->architecture = g_strdup ("llama");
  facts->quantization = g_strdup ("Q4_0");
  facts->embedding_length = 64;
  facts->shards = 1;
  g_strlcpy (facts->fingerprint, fingerprint, sizeof facts->fingerprint);
  return facts;
}

PaddockLibraryFile *
test_index_add_file (TestIndex *fixture, const char *root, const char *path, guint64 inode, const char *fingerprint)
{
  const char *name = strrchr (path, '/') + 1;
  PaddockLibraryFile *file = paddock_library_file_new ("folder", root, path);

  file->identity = (PaddockFileIdentity){ 1, inode, 1000, G_GINT64_CONSTANT (1700000000000000000) };
  file->facts = make_facts (name, fingerprint);
  g_ptr_array_add (fixture->files, file);
  return file;
}

char *
test_index_make_fingerprint (char letter)
{
  return g_strnfill (32, letter);
}

/* Takes over what was written, as the store of records would. */
static void
settle_records (TestIndex *fixture)
{
  for (guint i = 0; i < fixture->changed->len; i++)
    {
      PaddockModelRecord *record = g_ptr_array_index (fixture->changed, i);

      for (guint j = 0; j < fixture->records->len; j++)
        if (g_str_equal (((PaddockModelRecord *) g_ptr_array_index (fixture->records, j))->id, record->id))
          g_ptr_array_remove_index (fixture->records, j--);
      g_ptr_array_add (fixture->records, paddock_model_record_ref (record));
    }
}

PaddockLibraryIndex *
test_index_build (TestIndex *fixture)
{
  PaddockIndexInput input = { fixture->files, fixture->roots, fixture->records, fixture->index, FALSE, TEST_INDEX_NOW };
  PaddockLibraryIndex *index;

  g_ptr_array_set_size (fixture->changed, 0);
  g_ptr_array_set_size (fixture->gone, 0);
  index = paddock_index_build (&input, fixture->changed, fixture->gone);
  settle_records (fixture);
  g_clear_pointer (&fixture->index, paddock_library_index_unref);
  fixture->index = index;
  return index;
}

PaddockLibraryEntry *
test_index_get (TestIndex *fixture, guint position)
{
  return g_ptr_array_index (fixture->index->entries, position);
}
