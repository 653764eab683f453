/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fuzz-target.h"
#include "library-cache.h"

/* Whatever lies where the cache should be, what comes out of it is sound, and nothing or all of it. */

static void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

static void
check_facts (const PaddockModelFacts *facts)
{
  gsize length = strlen (facts->fingerprint);

  g_assert_cmpint (facts->state, <=, PADDOCK_FACTS_BROKEN);
  g_assert_cmpint (facts->file_kind, <, PADDOCK_FILE_N_KINDS);
  g_assert_nonnull (paddock_model_kind_get_id (facts->kind));
  g_assert_nonnull (facts->name);
  g_assert_cmpuint (facts->shard, <, facts->shards);
  g_assert_cmpint (facts->parameters, >=, -1);
  g_assert_true (length == 0 || length == 32);
  check_text (facts->name);
  check_text (facts->architecture);
  check_text (facts->license);
  check_text (facts->problem);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (PaddockLibraryCache) cache = paddock_library_cache_new_for_bytes (bytes);
  g_autoptr (GPtrArray) files = paddock_library_cache_get_files (cache);

  for (guint i = 0; i < files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (files, i);

      g_assert_nonnull (file->path);
      g_assert_nonnull (file->root);
      g_assert_nonnull (file->store);
      g_assert_cmpint (file->role, <=, PADDOCK_FILE_ROLE_ORPHAN);
      check_text (file->title);
      check_text (file->repository);
      if (file->facts != NULL)
        check_facts (file->facts);
    }
  return 0;
}
