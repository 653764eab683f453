/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-entry.h"

#include "library-file.h"

static void
free_location (gpointer data)
{
  PaddockEntryLocation *location = data;

  g_free (location->root);
  g_free (location->path);
  g_ptr_array_unref (location->files);
  g_free (location);
}

/**
 * paddock_entry_location_new:
 * @store: id of a store, which lives forever
 * @root: (nullable): where the store is
 * @path: of the first file
 *
 * Returns: (transfer full): a location without files, to be added to an entry
 */
PaddockEntryLocation *
paddock_entry_location_new (const char *store, const char *root, const char *path)
{
  PaddockEntryLocation *self = g_new0 (PaddockEntryLocation, 1);

  self->store = store;
  self->root = g_strdup (root);
  self->path = g_strdup (path);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_file_unref);
  return self;
}

/**
 * paddock_library_entry_new:
 * @record: what is kept about the model
 * @facts: (nullable): what its first file says
 *
 * Returns: (transfer full): an entry without locations
 */
PaddockLibraryEntry *
paddock_library_entry_new (PaddockModelRecord *record, PaddockModelFacts *facts)
{
  PaddockLibraryEntry *self = g_atomic_rc_box_new0 (PaddockLibraryEntry);

  self->id = g_strdup (record->id);
  self->record = paddock_model_record_ref (record);
  self->facts = facts != NULL ? paddock_model_facts_ref (facts) : NULL;
  self->locations = g_ptr_array_new_with_free_func (free_location);
  self->companions = g_ptr_array_new_with_free_func (g_free);
  self->shards = 1;
  return self;
}

/**
 * paddock_library_entry_ref:
 * @self: an entry
 *
 * Returns: (transfer full): @self
 */
PaddockLibraryEntry *
paddock_library_entry_ref (PaddockLibraryEntry *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_entry (gpointer data)
{
  PaddockLibraryEntry *self = data;

  g_free (self->id);
  paddock_model_record_unref (self->record);
  g_clear_pointer (&self->facts, paddock_model_facts_unref);
  g_ptr_array_unref (self->locations);
  g_ptr_array_unref (self->companions);
  g_free (self->search_text);
  g_free (self->sort_key);
}

/**
 * paddock_library_entry_unref:
 * @self: (transfer full): an entry
 */
void
paddock_library_entry_unref (PaddockLibraryEntry *self)
{
  g_atomic_rc_box_release_full (self, clear_entry);
}

static gboolean
equal_locations (const PaddockEntryLocation *a, const PaddockEntryLocation *b)
{
  /* The same id is in several places: in the store itself, and among what the cache has read. */
  if (!g_str_equal (a->store, b->store) || a->online != b->online || a->shared != b->shared || a->differs != b->differs ||
      g_strcmp0 (a->root, b->root) != 0 || g_strcmp0 (a->path, b->path) != 0 || a->files->len != b->files->len)
    return FALSE;
  for (guint i = 0; i < a->files->len; i++)
    if (!paddock_library_file_equal (g_ptr_array_index (a->files, i), g_ptr_array_index (b->files, i)))
      return FALSE;
  return TRUE;
}

/**
 * paddock_library_entry_equal:
 * @a: an entry
 * @b: another
 *
 * Returns: whether a person would see no difference
 */
gboolean
paddock_library_entry_equal (const PaddockLibraryEntry *a, const PaddockLibraryEntry *b)
{
  if (a == b)
    return TRUE;
  if (!g_str_equal (a->id, b->id) || a->state != b->state || a->size != b->size || a->shards != b->shards ||
      a->shards_present != b->shards_present || a->duplicate_size != b->duplicate_size ||
      a->differing_size != b->differing_size ||
      a->locations->len != b->locations->len || a->companions->len != b->companions->len ||
      (a->facts == NULL) != (b->facts == NULL) || g_strcmp0 (a->title, b->title) != 0 ||
      !paddock_model_record_equal (a->record, b->record))
    return FALSE;
  for (guint i = 0; i < a->locations->len; i++)
    if (!equal_locations (g_ptr_array_index (a->locations, i), g_ptr_array_index (b->locations, i)))
      return FALSE;
  for (guint i = 0; i < a->companions->len; i++)
    if (!g_str_equal (g_ptr_array_index (a->companions, i), g_ptr_array_index (b->companions, i)))
      return FALSE;
  return TRUE;
}

/**
 * paddock_library_entry_get_path:
 * @self: an entry
 *
 * Returns: (nullable) (type filename): what to open; of an incomplete set whatever is there
 */
const char *
paddock_library_entry_get_path (const PaddockLibraryEntry *self)
{
  const PaddockEntryLocation *first = self->locations->len > 0 ? g_ptr_array_index (self->locations, 0) : NULL;

  return first != NULL && first->online ? first->path : NULL;
}

/**
 * paddock_library_entry_get_kind:
 * @self: an entry
 *
 * Returns: what sort of file it is; what cannot be read is taken for a model
 */
PaddockModelKind
paddock_library_entry_get_kind (const PaddockLibraryEntry *self)
{
  return self->facts != NULL && self->facts->state != PADDOCK_FACTS_BROKEN ? self->facts->kind : PADDOCK_MODEL_LANGUAGE;
}

/**
 * paddock_library_entry_measure:
 * @self: an entry
 *
 * Returns: how many bytes all copies of it take that are there
 */
guint64
paddock_library_entry_measure (const PaddockLibraryEntry *self)
{
  return self->state != PADDOCK_ENTRY_OFFLINE ? self->size + self->duplicate_size + self->differing_size : 0;
}

/**
 * paddock_library_entry_find_differing:
 * @self: an entry
 *
 * Returns: (nullable): a further copy of a model that is not damaged itself, with other bytes than it should have
 */
const PaddockEntryLocation *
paddock_library_entry_find_differing (const PaddockLibraryEntry *self)
{
  for (guint i = 1; i < self->locations->len && self->state != PADDOCK_ENTRY_DAMAGED; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (self->locations, i);

      if (location->differs)
        return location;
    }
  return NULL;
}

/**
 * paddock_library_entry_get_states:
 * @self: an entry
 *
 * Returns: what it is found by among others: its own state, and that of a copy that is damaged
 */
guint
paddock_library_entry_get_states (const PaddockLibraryEntry *self)
{
  return 1u << self->state |
         (paddock_library_entry_find_differing (self) != NULL ? 1u << PADDOCK_ENTRY_DAMAGED : 0u);
}

/**
 * paddock_entry_state_get_id:
 * @state: a state
 *
 * Returns: as programs write it
 */
const char *
paddock_entry_state_get_id (PaddockEntryState state)
{
  static const char *ids[] = {
    [PADDOCK_ENTRY_READY] = "ready",           [PADDOCK_ENTRY_INCOMPLETE] = "incomplete",
    [PADDOCK_ENTRY_UNFINISHED] = "unfinished", [PADDOCK_ENTRY_DAMAGED] = "damaged",
    [PADDOCK_ENTRY_OFFLINE] = "offline",
  };

  return ids[state];
}
