/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/type-shares.h"

struct _PaddockTypeShares
{
  gatomicrefcount references;
  GArray *shares;                    /* PaddockTypeShare */
  guint64 bytes;
};

static void
share_clear (gpointer data)
{
  PaddockTypeShare *share = data;

  g_free (share->name);
}

static int
compare_shares (gconstpointer a, gconstpointer b)
{
  const PaddockTypeShare *first = a;
  const PaddockTypeShare *second = b;

  if (first->bytes != second->bytes)
    return first->bytes < second->bytes ? 1 : -1;
  return g_strcmp0 (first->name, second->name);
}

static PaddockTypeShare *
find_share (PaddockTypeShares *self, GHashTable *positions, guint32 type, const PaddockQuantType *known)
{
  gpointer position;
  PaddockTypeShare share = { 0 };

  if (g_hash_table_lookup_extended (positions, GUINT_TO_POINTER (type), NULL, &position))
    return &g_array_index (self->shares, PaddockTypeShare, GPOINTER_TO_UINT (position));
  share.name = known != NULL ? g_strdup (known->name) : g_strdup_printf ("%u", type);
  g_hash_table_insert (positions, GUINT_TO_POINTER (type), GUINT_TO_POINTER (self->shares->len));
  g_array_append_val (self->shares, share);
  return &g_array_index (self->shares, PaddockTypeShare, self->shares->len - 1);
}

/**
 * paddock_type_shares_new:
 * @shards: a model
 *
 * Sums up the tensors of all shards that are present. May be called in a worker.
 *
 * Returns: (transfer full): the shares
 */
PaddockTypeShares *
paddock_type_shares_new (PaddockGgufShards *shards)
{
  PaddockTypeShares *self = g_new0 (PaddockTypeShares, 1);
  g_autoptr (GHashTable) positions = g_hash_table_new (NULL, NULL);
  guint n_tensors = paddock_gguf_shards_get_n_tensors (shards);

  g_atomic_ref_count_init (&self->references);
  self->shares = g_array_new (FALSE, TRUE, sizeof (PaddockTypeShare));
  g_array_set_clear_func (self->shares, share_clear);
  for (guint i = 0; i < n_tensors; i++)
    {
      guint shard = 0;
      const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (shards, i, &shard);
      PaddockGgufFile *file = paddock_gguf_shards_get_shard (shards, shard)->file;
      const PaddockQuantType *known = paddock_gguf_file_get_tensor_type (file, tensor);
      PaddockTypeShare *share = find_share (self, positions, tensor->type, known);

      share->tensors++;
      /* A hostile header may claim sizes whose sum does not fit. */
      if (__builtin_add_overflow (share->bytes, tensor->bytes, &share->bytes))
        share->bytes = G_MAXUINT64;
      if (__builtin_add_overflow (share->elements, tensor->elements, &share->elements))
        share->elements = G_MAXUINT64;
      if (__builtin_add_overflow (self->bytes, tensor->bytes, &self->bytes))
        self->bytes = G_MAXUINT64;
    }
  g_array_sort (self->shares, compare_shares);
  return self;
}

PaddockTypeShares *
paddock_type_shares_ref (PaddockTypeShares *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
paddock_type_shares_unref (PaddockTypeShares *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_array_unref (self->shares);
  g_free (self);
}

guint
paddock_type_shares_get_count (PaddockTypeShares *self)
{
  return self->shares->len;
}

/**
 * paddock_type_shares_get_share:
 * @self: the shares
 * @position: less than the count
 *
 * Returns: (transfer none): one share
 */
const PaddockTypeShare *
paddock_type_shares_get_share (PaddockTypeShares *self, guint position)
{
  g_return_val_if_fail (position < self->shares->len, NULL);
  return &g_array_index (self->shares, PaddockTypeShare, position);
}

guint64
paddock_type_shares_get_bytes (PaddockTypeShares *self)
{
  return self->bytes;
}
