/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-copy.h"

#include <string.h>

#include "gguf/gguf-shards.h"

void
paddock_model_copy_free (PaddockModelCopy *self)
{
  g_ptr_array_unref (self->files);
  g_free (self);
}

static PaddockModelCopy *
new_copy (guint shards)
{
  PaddockModelCopy *self = g_new0 (PaddockModelCopy, 1);

  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_file_unref);
  self->shards = shards;
  return self;
}

static int
compare_shards (gconstpointer a, gconstpointer b)
{
  const PaddockLibraryFile *first = a, *second = b;
  guint left = paddock_library_file_get_shard (first), right = paddock_library_file_get_shard (second);

  return left != right ? (left < right ? -1 : 1) : strcmp (first->path, second->path);
}

static int
compare_copies (gconstpointer a, gconstpointer b)
{
  const PaddockModelCopy *first = a, *second = b;
  int order = strcmp (first->path, second->path);

  return order != 0 ? order : strcmp (first->store, second->store);
}

static void
settle (PaddockModelCopy *self, GHashTable *computed)
{
  const PaddockLibraryFile *first;

  if (self->files->len > 1)
    g_ptr_array_sort_values (self->files, compare_shards);
  first = g_ptr_array_index (self->files, 0);
  self->store = first->store;
  self->root = first->root;
  self->path = first->path;
  self->facts = first->facts;
  self->sha256 = g_hash_table_lookup (computed, &first->identity);
  if (self->sha256 == NULL)
    self->sha256 = first->claimed_sha256;
  for (guint i = 0; i < self->files->len; i++)
    self->size += ((PaddockLibraryFile *) g_ptr_array_index (self->files, i))->identity.size;
}

/* Shards belong together when they lie in one folder and are called alike, to the ending. NULL: it is no shard. */
static char *
make_set_key (const PaddockLibraryFile *file, guint *count)
{
  g_autofree char *prefix = NULL;

  if (!paddock_gguf_shards_parse_name (file->path, &prefix, NULL, count) || *count < 2)
    return NULL;
  return g_strdup_printf ("%s\n%s%s\n%u", file->store, prefix, strrchr (file->path, '.'), *count);
}

static PaddockModelCopy *
find_set (GHashTable *sets, GPtrArray *copies, char *taken_key, guint count)
{
  g_autofree char *key = taken_key;
  PaddockModelCopy *set = g_hash_table_lookup (sets, key);

  if (set == NULL)
    {
      set = new_copy (count);
      g_ptr_array_add (copies, set);
      g_hash_table_insert (sets, g_steal_pointer (&key), set);
    }
  return set;
}

/**
 * paddock_model_copies_collect:
 * @files: (element-type PaddockLibraryFile): what a scan met
 * @computed: hashes that somebody computed, by identity
 *
 * Returns: (transfer container) (element-type PaddockModelCopy): the models there, each as often as it is there
 */
GPtrArray *
paddock_model_copies_collect (GPtrArray *files, GHashTable *computed)
{
  GPtrArray *copies = g_ptr_array_new_full (files->len, (GDestroyNotify) paddock_model_copy_free);
  g_autoptr (GHashTable) sets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < files->len; i++)
    {
      PaddockLibraryFile *file = g_ptr_array_index (files, i);
      PaddockModelCopy *copy;
      guint count = 1;
      char *key;

      if (file->facts == NULL || file->role > PADDOCK_FILE_ROLE_ADAPTER)
        continue;
      key = make_set_key (file, &count);
      if (key != NULL)
        copy = find_set (sets, copies, key, count);
      else
        {
          copy = new_copy (1);
          g_ptr_array_add (copies, copy);
        }
      g_ptr_array_add (copy->files, paddock_library_file_ref (file));
    }
  for (guint i = 0; i < copies->len; i++)
    settle (g_ptr_array_index (copies, i), computed);
  g_ptr_array_sort_values (copies, compare_copies);
  return copies;
}
