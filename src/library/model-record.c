/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-record.h"

#include <string.h>

#include "record-fields.h"
#include "record-hashes.h"

static void
free_location (gpointer data)
{
  PaddockRecordedLocation *location = data;

  g_free (location->path);
  g_free (location->store);
  g_free (location->root);
  g_free (location);
}

/**
 * paddock_recorded_location_new:
 * @path: where the model is
 * @store: (nullable): id of the store
 * @root: (nullable): where the store is
 * @seen_at: when it was there
 *
 * Returns: (transfer full): a location, to be added to a record
 */
PaddockRecordedLocation *
paddock_recorded_location_new (const char *path, const char *store, const char *root, gint64 seen_at)
{
  PaddockRecordedLocation *self = g_new0 (PaddockRecordedLocation, 1);

  self->path = g_strdup (path);
  self->store = g_strdup (store);
  self->root = g_strdup (root);
  self->seen_at = seen_at;
  return self;
}

/**
 * paddock_recorded_location_copy:
 * @self: a location
 *
 * Returns: (transfer full): the same, for another record
 */
PaddockRecordedLocation *
paddock_recorded_location_copy (const PaddockRecordedLocation *self)
{
  PaddockRecordedLocation *copy = paddock_recorded_location_new (self->path, self->store, self->root, self->seen_at);

  copy->filesystem = self->filesystem;
  return copy;
}

/**
 * paddock_model_record_new:
 * @id: what it is called by
 *
 * Returns: (transfer full): a record that says nothing else
 */
PaddockModelRecord *
paddock_model_record_new (const char *id)
{
  PaddockModelRecord *self = g_atomic_rc_box_new0 (PaddockModelRecord);

  self->id = g_strdup (id);
  self->version = PADDOCK_MODEL_RECORD_VERSION;
  self->parameters = -1;
  self->tags = g_new0 (char *, 1);
  self->locations = g_ptr_array_new_with_free_func (free_location);
  self->shards = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_recorded_hash_free);
  self->copies = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_recorded_hash_free);
  return self;
}

static void
copy_hashes (GPtrArray *to, GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, paddock_recorded_hash_copy (g_ptr_array_index (from, i)));
}

static void
copy_member (JsonObject *object G_GNUC_UNUSED, const char *name, JsonNode *node, gpointer user_data)
{
  paddock_model_record_set_other (user_data, name, node);
}

/**
 * paddock_model_record_copy:
 * @self: a record
 *
 * Returns: (transfer full): one that may be changed
 */
PaddockModelRecord *
paddock_model_record_copy (const PaddockModelRecord *self)
{
  PaddockModelRecord *copy = paddock_model_record_new (self->id);
  GHashTableIter iter;
  gpointer key, value;

  copy->version = self->version;
  paddock_record_fields_copy (copy, self);
  copy->sha256_of = self->sha256_of;
  copy_hashes (copy->shards, self->shards);
  copy_hashes (copy->copies, self->copies);
  g_strfreev (copy->tags);
  copy->tags = g_strdupv (self->tags);
  for (guint i = 0; i < self->locations->len; i++)
    g_ptr_array_add (copy->locations, paddock_recorded_location_copy (g_ptr_array_index (self->locations, i)));
  if (self->metadata != NULL)
    {
      g_hash_table_iter_init (&iter, self->metadata);
      while (g_hash_table_iter_next (&iter, &key, &value))
        paddock_model_record_set_metadata (copy, key, value);
    }
  if (self->others != NULL)
    json_object_foreach_member (self->others, copy_member, copy);
  return copy;
}

static void
clear_record (gpointer data)
{
  PaddockModelRecord *self = data;

  paddock_record_fields_clear (self);
  g_free (self->id);
  g_strfreev (self->tags);
  g_ptr_array_unref (self->locations);
  g_ptr_array_unref (self->shards);
  g_ptr_array_unref (self->copies);
  g_clear_pointer (&self->metadata, g_hash_table_unref);
  g_clear_pointer (&self->others, json_object_unref);
}

/**
 * paddock_model_record_ref:
 * @self: a record
 *
 * Returns: (transfer full): @self
 */
PaddockModelRecord *
paddock_model_record_ref (PaddockModelRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * paddock_model_record_unref:
 * @self: (transfer full): a record
 */
void
paddock_model_record_unref (PaddockModelRecord *self)
{
  g_atomic_rc_box_release_full (self, clear_record);
}

/**
 * paddock_model_record_is_personal:
 * @self: a record
 *
 * Returns: whether somebody would miss it if it were gone, although the model is
 */
gboolean
paddock_model_record_is_personal (const PaddockModelRecord *self)
{
  return self->nickname != NULL || self->notes != NULL || self->tags[0] != NULL || self->favourite || self->pinned ||
         self->projector != NULL || self->metadata != NULL || self->others != NULL;
}

static gboolean
equal_locations (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const PaddockRecordedLocation *first = g_ptr_array_index (a, i), *second = g_ptr_array_index (b, i);

      if (g_strcmp0 (first->path, second->path) != 0 || g_strcmp0 (first->store, second->store) != 0 ||
          g_strcmp0 (first->root, second->root) != 0 || first->seen_at != second->seen_at ||
          first->filesystem != second->filesystem)
        return FALSE;
    }
  return TRUE;
}

static gboolean
equal_hashes (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!paddock_recorded_hash_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

static gboolean
equal_metadata (GHashTable *a, GHashTable *b)
{
  GHashTableIter iter;
  gpointer key, value;

  if (a == NULL || b == NULL)
    return a == b;
  if (g_hash_table_size (a) != g_hash_table_size (b))
    return FALSE;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (g_strcmp0 (g_hash_table_lookup (b, key), value) != 0)
      return FALSE;
  return TRUE;
}

static gboolean
equal_others (JsonObject *a, JsonObject *b)
{
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) second = NULL;

  if (a == NULL || b == NULL)
    return a == b;
  first = json_node_init_object (json_node_alloc (), a);
  second = json_node_init_object (json_node_alloc (), b);
  return json_node_equal (first, second);
}

/**
 * paddock_model_record_equal:
 * @a: a record
 * @b: another
 *
 * Returns: whether they say the same
 */
gboolean
paddock_model_record_equal (const PaddockModelRecord *a, const PaddockModelRecord *b)
{
  return a == b || (g_str_equal (a->id, b->id) && a->version == b->version && paddock_record_fields_equal (a, b) &&
                    memcmp (&a->sha256_of, &b->sha256_of, sizeof a->sha256_of) == 0 &&
                    g_strv_equal ((const char *const *) a->tags, (const char *const *) b->tags) &&
                    equal_hashes (a->shards, b->shards) && equal_hashes (a->copies, b->copies) &&
                    equal_locations (a->locations, b->locations) && equal_metadata (a->metadata, b->metadata) &&
                    equal_others (a->others, b->others));
}

/**
 * paddock_model_record_set_tags:
 * @self: a record that nobody else has
 * @tags: (nullable): what the person calls such models by
 *
 * Blanks around a tag are no part of it, an empty one is none, and one that is there twice is there once.
 */
void
paddock_model_record_set_tags (PaddockModelRecord *self, const char *const *tags)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      g_autofree char *tag = g_strstrip (g_utf8_make_valid (tags[i], -1));

      if (*tag != '\0' && !g_ptr_array_find_with_equal_func (kept, tag, g_str_equal, NULL))
        g_ptr_array_add (kept, g_steal_pointer (&tag));
    }
  g_ptr_array_sort_values (kept, (GCompareFunc) strcmp);
  g_strfreev (self->tags);
  self->tags = g_new0 (char *, kept->len + 1);
  for (guint i = 0; i < kept->len; i++)
    self->tags[i] = g_strdup (g_ptr_array_index (kept, i));
}

/**
 * paddock_model_record_set_metadata:
 * @self: a record that nobody else has
 * @name: of a free field
 * @value: what the person says there
 */
void
paddock_model_record_set_metadata (PaddockModelRecord *self, const char *name, const char *value)
{
  if (self->metadata == NULL)
    self->metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_replace (self->metadata, g_strdup (name), g_strdup (value));
}

/**
 * paddock_model_record_set_other:
 * @self: a record that nobody else has
 * @name: of a member that this version does not know
 * @value: what stands there
 */
void
paddock_model_record_set_other (PaddockModelRecord *self, const char *name, JsonNode *value)
{
  if (self->others == NULL)
    self->others = json_object_new ();
  json_object_set_member (self->others, name, json_node_copy (value));
}
