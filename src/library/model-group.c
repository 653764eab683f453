/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-group.h"

#include <string.h>

#include "model-store.h"

void
paddock_model_group_free (PaddockModelGroup *self)
{
  g_ptr_array_unref (self->copies);
  g_free (self);
}

/* Whole before broken, own before others; then as they are called, so that the order is the same tomorrow. */
static int
rank (const PaddockModelCopy *copy)
{
  const PaddockModelStore *store = paddock_model_store_find (copy->store);
  PaddockStoreFlags flags = store != NULL ? store->flags : PADDOCK_STORE_FOREIGN;
  int missing = copy->files->len < copy->shards || copy->facts->state != PADDOCK_FACTS_WHOLE ? 4 : 0;

  return missing + ((flags & PADDOCK_STORE_OWN) != 0 ? 0 : (flags & PADDOCK_STORE_FOLDER) != 0 ? 1 : 2);
}

static int
compare_copies (gconstpointer a, gconstpointer b)
{
  const PaddockModelCopy *first = a, *second = b;
  int left = rank (first), right = rank (second);

  return left != right ? left - right : strcmp (first->path, second->path);
}

static const PaddockFileIdentity *
get_identity (const PaddockModelCopy *copy)
{
  return &((PaddockLibraryFile *) g_ptr_array_index (copy->files, 0))->identity;
}

/* Of headers that are alike, the hash to go by where there are different ones: NULL where all agree. */
static GHashTable *
find_disputed (GPtrArray *copies)
{
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTable *disputed = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < copies->len; i++)
    {
      const PaddockModelCopy *copy = g_ptr_array_index (copies, i);
      const char *known;

      if (copy->sha256 == NULL || copy->facts->fingerprint[0] == '\0')
        continue;
      known = g_hash_table_lookup (first, copy->facts->fingerprint);
      if (known == NULL)
        g_hash_table_insert (first, (gpointer) copy->facts->fingerprint, (gpointer) copy->sha256);
      else if (!g_str_equal (known, copy->sha256))
        g_hash_table_insert (disputed, (gpointer) copy->facts->fingerprint, (gpointer) known);
    }
  return disputed;
}

/* Another name of a file has the hash of the file. */
static const char *
find_sha256 (GPtrArray *copies, const PaddockModelCopy *copy)
{
  if (copy->sha256 != NULL)
    return copy->sha256;
  for (guint i = 0; i < copies->len; i++)
    {
      const PaddockModelCopy *other = g_ptr_array_index (copies, i);

      if (other->sha256 != NULL && paddock_file_identity_same_file (get_identity (other), get_identity (copy)))
        return other->sha256;
    }
  return NULL;
}

static char *
make_key (GPtrArray *copies, GHashTable *disputed, const PaddockModelCopy *copy)
{
  const PaddockFileIdentity *identity = get_identity (copy);
  const char *fingerprint = copy->facts->fingerprint;
  const char *fallback = g_hash_table_lookup (disputed, fingerprint);
  const char *sha256;

  /* A set whose first shard is missing is known by another one's header: by its name, then. */
  if (*fingerprint == '\0' || (copy->shards > 1 && copy->facts->shard != 0))
    return copy->shards > 1 ? g_strconcat ("p", copy->path, NULL)
                            : g_strdup_printf ("i%" G_GINT64_MODIFIER "x/%" G_GINT64_MODIFIER "x", identity->device,
                                               identity->inode);
  if (fallback == NULL)
    return g_strconcat ("f", fingerprint, NULL);
  sha256 = find_sha256 (copies, copy);
  return g_strconcat ("f", fingerprint, sha256 != NULL ? sha256 : fallback, NULL);
}

static void
settle (PaddockModelGroup *self)
{
  if (self->copies->len > 1)
    g_ptr_array_sort_values (self->copies, compare_copies);
  for (guint i = 0; i < self->copies->len; i++)
    {
      const PaddockModelCopy *copy = g_ptr_array_index (self->copies, i);

      if (i == 0)
        self->fingerprint = copy->facts->fingerprint;
      if (self->sha256 == NULL)
        self->sha256 = copy->sha256;
    }
}

/**
 * paddock_model_groups_collect:
 * @copies: (element-type PaddockModelCopy): models in places
 *
 * Returns: (transfer container) (element-type PaddockModelGroup): the models
 */
GPtrArray *
paddock_model_groups_collect (GPtrArray *copies)
{
  g_autoptr (GHashTable) disputed = find_disputed (copies);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *ordered = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_model_group_free);

  for (guint i = 0; i < copies->len; i++)
    {
      PaddockModelCopy *copy = g_ptr_array_index (copies, i);
      g_autofree char *key = make_key (copies, disputed, copy);
      PaddockModelGroup *group = g_hash_table_lookup (groups, key);

      if (group == NULL)
        {
          group = g_new0 (PaddockModelGroup, 1);
          group->copies = g_ptr_array_new ();
          g_ptr_array_add (ordered, group);
          g_hash_table_insert (groups, g_steal_pointer (&key), group);
        }
      g_ptr_array_add (group->copies, copy);
    }
  for (guint i = 0; i < ordered->len; i++)
    settle (g_ptr_array_index (ordered, i));
  return ordered;
}
