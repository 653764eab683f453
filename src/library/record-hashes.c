/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-hashes.h"

#include <string.h>

static void
copy_member (JsonObject *object G_GNUC_UNUSED, const char *name, JsonNode *node, gpointer user_data)
{
  json_object_set_member (user_data, name, json_node_copy (node));
}

static gboolean
equal_others (JsonObject *a, JsonObject *b)
{
  g_autoptr (JsonNode) first = a != NULL ? json_node_init_object (json_node_alloc (), a) : NULL;
  g_autoptr (JsonNode) second = b != NULL ? json_node_init_object (json_node_alloc (), b) : NULL;

  return first == NULL || second == NULL ? first == second : json_node_equal (first, second);
}

/**
 * paddock_recorded_hash_new:
 * @shard: of which file, from 0
 *
 * Returns: (transfer full): one that says nothing
 */
PaddockRecordedHash *
paddock_recorded_hash_new (guint shard)
{
  PaddockRecordedHash *self = g_new0 (PaddockRecordedHash, 1);

  self->shard = shard;
  return self;
}

/**
 * paddock_recorded_hash_copy:
 * @self: a hash
 *
 * Returns: (transfer full): one that says the same
 */
PaddockRecordedHash *
paddock_recorded_hash_copy (const PaddockRecordedHash *self)
{
  PaddockRecordedHash *copy = g_memdup2 (self, sizeof *self);

  copy->sha256 = g_strdup (self->sha256);
  copy->expected_sha256 = g_strdup (self->expected_sha256);
  if (self->others != NULL)
    {
      copy->others = json_object_new ();
      json_object_foreach_member (self->others, copy_member, copy->others);
    }
  return copy;
}

void
paddock_recorded_hash_free (PaddockRecordedHash *self)
{
  g_free (self->sha256);
  g_free (self->expected_sha256);
  g_clear_pointer (&self->others, json_object_unref);
  g_free (self);
}

/**
 * paddock_recorded_hash_equal:
 * @a: a hash
 * @b: another
 *
 * Returns: whether they say the same of the same file
 */
gboolean
paddock_recorded_hash_equal (const PaddockRecordedHash *a, const PaddockRecordedHash *b)
{
  return a->shard == b->shard && a->sha256_at == b->sha256_at && g_strcmp0 (a->sha256, b->sha256) == 0 &&
         paddock_file_identity_equal (&a->sha256_of, &b->sha256_of) &&
         g_strcmp0 (a->expected_sha256, b->expected_sha256) == 0 && equal_others (a->others, b->others);
}

static PaddockRecordedHash *
find_shard (const PaddockModelRecord *record, guint shard)
{
  for (guint i = 0; i < record->shards->len; i++)
    {
      PaddockRecordedHash *hash = g_ptr_array_index (record->shards, i);

      if (hash->shard == shard)
        return hash;
    }
  return NULL;
}

static int
compare_shards (gconstpointer a, gconstpointer b)
{
  guint left = ((const PaddockRecordedHash *) a)->shard, right = ((const PaddockRecordedHash *) b)->shard;

  return left < right ? -1 : left > right;
}

/**
 * paddock_record_hashes_add:
 * @record: a record that nobody else has
 * @hash: (transfer full): of one of its files, not the first
 *
 * Returns: whether it is the only one of that file
 */
gboolean
paddock_record_hashes_add (PaddockModelRecord *record, PaddockRecordedHash *hash)
{
  g_autoptr (PaddockRecordedHash) taken = hash;

  if (find_shard (record, hash->shard) != NULL)
    return FALSE;
  g_ptr_array_add (record->shards, g_steal_pointer (&taken));
  g_ptr_array_sort_values (record->shards, compare_shards);
  return TRUE;
}

static PaddockRecordedHash *
ensure_shard (PaddockModelRecord *record, guint shard)
{
  if (find_shard (record, shard) == NULL)
    paddock_record_hashes_add (record, paddock_recorded_hash_new (shard));
  return find_shard (record, shard);
}

/**
 * paddock_record_hashes_get:
 * @record: a record
 * @shard: which file, from 0
 * @hash: (out caller-allocates): what is known of it
 */
void
paddock_record_hashes_get (const PaddockModelRecord *record, guint shard, PaddockRecordedHash *hash)
{
  const PaddockRecordedHash *known = shard > 0 ? find_shard (record, shard) : NULL;

  if (known != NULL)
    *hash = *known;
  else if (shard > 0)
    *hash = (PaddockRecordedHash){ .shard = shard };
  else
    *hash = (PaddockRecordedHash){
      .sha256 = record->sha256,
      .sha256_at = record->sha256_at,
      .sha256_of = record->sha256_of,
      .expected_sha256 = record->expected_sha256,
    };
}

/**
 * paddock_record_hashes_get_of:
 * @record: a record
 * @shard: which file, from 0
 * @identity: it, in any place, as it is now
 * @hash: (out caller-allocates): what is known of it
 */
void
paddock_record_hashes_get_of (const PaddockModelRecord *record, guint shard, const PaddockFileIdentity *identity,
                              PaddockRecordedHash *hash)
{
  paddock_record_hashes_get (record, shard, hash);
  if (hash->sha256 != NULL && paddock_file_identity_equal (&hash->sha256_of, identity))
    return;
  hash->sha256 = NULL;
  for (guint i = 0; i < record->copies->len; i++)
    {
      const PaddockRecordedHash *copy = g_ptr_array_index (record->copies, i);

      if (copy->shard != shard || !paddock_file_identity_equal (&copy->sha256_of, identity))
        continue;
      hash->sha256 = copy->sha256;
      hash->sha256_at = copy->sha256_at;
      hash->sha256_of = copy->sha256_of;
    }
}

static void
forget_copy (PaddockModelRecord *record, const PaddockFileIdentity *identity)
{
  for (guint i = record->copies->len; i > 0; i--)
    {
      const PaddockRecordedHash *copy = g_ptr_array_index (record->copies, i - 1);

      if (paddock_file_identity_same_file (&copy->sha256_of, identity))
        g_ptr_array_remove_index (record->copies, i - 1);
    }
}

/**
 * paddock_record_hashes_add_copy:
 * @record: a record that nobody else has
 * @hash: (transfer full): what was computed of a file of a copy that is not used
 */
void
paddock_record_hashes_add_copy (PaddockModelRecord *record, PaddockRecordedHash *hash)
{
  forget_copy (record, &hash->sha256_of);
  g_ptr_array_add (record->copies, hash);
  if (record->copies->len > PADDOCK_RECORDED_HASH_MAX_COPIES)
    g_ptr_array_remove_index (record->copies, 0);
}

static PaddockRecordedHash *
new_computed (guint shard, const char *sha256, gint64 sha256_at, const PaddockFileIdentity *identity)
{
  PaddockRecordedHash *hash = paddock_recorded_hash_new (shard);

  hash->sha256 = g_strdup (sha256);
  hash->sha256_at = sha256_at;
  hash->sha256_of = *identity;
  return hash;
}

/**
 * paddock_record_hashes_set_computed:
 * @record: a record that nobody else has
 * @shard: which file, from 0, of the copy that is used
 * @sha256: its hash, computed now
 * @identity: what the file was then
 */
void
paddock_record_hashes_set_computed (PaddockModelRecord *record, guint shard, const char *sha256,
                                    const PaddockFileIdentity *identity)
{
  PaddockRecordedHash *hash = shard > 0 ? ensure_shard (record, shard) : NULL;
  PaddockRecordedHash before;

  paddock_record_hashes_get (record, shard, &before);
  if (before.sha256 != NULL && !paddock_file_identity_same_file (&before.sha256_of, identity))
    paddock_record_hashes_add_copy (record, new_computed (shard, before.sha256, before.sha256_at, &before.sha256_of));
  forget_copy (record, identity);
  g_set_str (hash != NULL ? &hash->sha256 : &record->sha256, sha256);
  *(hash != NULL ? &hash->sha256_at : &record->sha256_at) = g_get_real_time () / G_USEC_PER_SEC;
  *(hash != NULL ? &hash->sha256_of : &record->sha256_of) = *identity;
}

/**
 * paddock_record_hashes_set_copy:
 * @record: a record that nobody else has
 * @shard: which file, from 0, of another copy than the one that is used
 * @sha256: its hash, computed now
 * @identity: what the file was then
 */
void
paddock_record_hashes_set_copy (PaddockModelRecord *record, guint shard, const char *sha256,
                                const PaddockFileIdentity *identity)
{
  PaddockRecordedHash before;

  paddock_record_hashes_get (record, shard, &before);
  if (before.sha256 != NULL && paddock_file_identity_same_file (&before.sha256_of, identity))
    paddock_record_hashes_set_computed (record, shard, sha256, identity);
  else
    paddock_record_hashes_add_copy (record, new_computed (shard, sha256, g_get_real_time () / G_USEC_PER_SEC, identity));
}

/**
 * paddock_record_hashes_set_expected:
 * @record: a record that nobody else has
 * @shard: which file, from 0
 * @sha256: (nullable): what its source published
 */
void
paddock_record_hashes_set_expected (PaddockModelRecord *record, guint shard, const char *sha256)
{
  if (shard == 0)
    g_set_str (&record->expected_sha256, sha256);
  else if (sha256 != NULL || find_shard (record, shard) != NULL)
    g_set_str (&ensure_shard (record, shard)->expected_sha256, sha256);
}

/**
 * paddock_record_hashes_take_expected:
 * @record: a record that nobody else has
 * @from: (nullable): another
 */
void
paddock_record_hashes_take_expected (PaddockModelRecord *record, const PaddockModelRecord *from)
{
  for (guint i = 0; i < record->shards->len; i++)
    g_clear_pointer (&((PaddockRecordedHash *) g_ptr_array_index (record->shards, i))->expected_sha256, g_free);
  g_set_str (&record->expected_sha256, from != NULL ? from->expected_sha256 : NULL);
  for (guint i = 0; from != NULL && i < from->shards->len; i++)
    {
      const PaddockRecordedHash *hash = g_ptr_array_index (from->shards, i);

      paddock_record_hashes_set_expected (record, hash->shard, hash->expected_sha256);
    }
}

/**
 * paddock_record_hashes_merge:
 * @record: a record that nobody else has
 * @from: another one of the same model
 */
void
paddock_record_hashes_merge (PaddockModelRecord *record, const PaddockModelRecord *from)
{
  if (record->expected_sha256 == NULL)
    g_set_str (&record->expected_sha256, from->expected_sha256);
  if (record->sha256 == NULL && from->sha256 != NULL)
    {
      record->sha256 = g_strdup (from->sha256);
      record->sha256_at = from->sha256_at;
      record->sha256_of = from->sha256_of;
    }
  for (guint i = 0; i < from->shards->len; i++)
    {
      const PaddockRecordedHash *there = g_ptr_array_index (from->shards, i);
      PaddockRecordedHash *here = find_shard (record, there->shard);

      if (here == NULL)
        {
          paddock_record_hashes_add (record, paddock_recorded_hash_copy (there));
          continue;
        }
      if (here->expected_sha256 == NULL)
        here->expected_sha256 = g_strdup (there->expected_sha256);
      if (here->sha256 == NULL)
        {
          here->sha256 = g_strdup (there->sha256);
          here->sha256_at = there->sha256_at;
          here->sha256_of = there->sha256_of;
        }
    }
}

static const char *
find_in (GPtrArray *hashes, const PaddockFileIdentity *identity)
{
  for (guint i = 0; i < hashes->len; i++)
    {
      const PaddockRecordedHash *hash = g_ptr_array_index (hashes, i);

      if (hash->sha256 != NULL && paddock_file_identity_equal (&hash->sha256_of, identity))
        return hash->sha256;
    }
  return NULL;
}

/**
 * paddock_record_hashes_find:
 * @record: a record
 * @identity: a file as it is now
 *
 * Returns: (nullable): the hash of its bytes, if somebody computed it
 */
const char *
paddock_record_hashes_find (const PaddockModelRecord *record, const PaddockFileIdentity *identity)
{
  const char *found;

  if (record->sha256 != NULL && paddock_file_identity_equal (&record->sha256_of, identity))
    return record->sha256;
  found = find_in (record->shards, identity);
  return found != NULL ? found : find_in (record->copies, identity);
}
