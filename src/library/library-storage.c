/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-storage.h"

#include <string.h>
#include <unistd.h>

#include "base/worker.h"
#include "file-place.h"
#include "model-store.h"
#include "record-hashes.h"

#define QUIET_SECONDS 3600
#define DAY 86400

typedef struct
{
  /* Borrowed */
  PaddockLibraryStorage *storage;

  /* Owned */
  GHashTable *inodes;                /* PaddockFileIdentity -> itself: counted already */
  GHashTable *sharing;               /* device -> whether its file system shares bytes */

  gint64 now;                        /* seconds since 1970 */
} Counting;

static void
free_share (gpointer data)
{
  PaddockStorageShare *share = data;

  g_free (share->id);
  g_free (share);
}

static void
free_duplicate (gpointer data)
{
  PaddockDuplicate *duplicate = data;

  g_free (duplicate->id);
  g_free (duplicate->kept);
  g_free (duplicate->replaced);
  g_free (duplicate);
}

static void
clear_storage (gpointer data)
{
  PaddockLibraryStorage *self = data;

  g_ptr_array_unref (self->by_store);
  g_ptr_array_unref (self->by_family);
  g_ptr_array_unref (self->by_quantization);
  g_ptr_array_unref (self->by_use);
  g_ptr_array_unref (self->duplicates);
  g_ptr_array_unref (self->leftovers);
}

/**
 * paddock_library_storage_ref:
 * @self: a storage
 *
 * Returns: (transfer full): @self
 */
PaddockLibraryStorage *
paddock_library_storage_ref (PaddockLibraryStorage *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * paddock_library_storage_unref:
 * @self: (transfer full): a storage
 */
void
paddock_library_storage_unref (PaddockLibraryStorage *self)
{
  g_atomic_rc_box_release_full (self, clear_storage);
}

static guint
hash_file (gconstpointer data)
{
  const PaddockFileIdentity *identity = data;

  return g_int64_hash (&identity->inode) ^ g_int64_hash (&identity->device);
}

static gboolean
is_same_file (gconstpointer a, gconstpointer b)
{
  return paddock_file_identity_same_file (a, b);
}

static void
add_share (GPtrArray *shares, const char *id, guint64 bytes)
{
  PaddockStorageShare *share = NULL;

  id = id != NULL ? id : "";
  for (guint i = 0; share == NULL && i < shares->len; i++)
    if (g_str_equal (((PaddockStorageShare *) g_ptr_array_index (shares, i))->id, id))
      share = g_ptr_array_index (shares, i);
  if (share == NULL)
    {
      share = g_new0 (PaddockStorageShare, 1);
      share->id = g_strdup (id);
      g_ptr_array_add (shares, share);
    }
  share->bytes += bytes;
  share->models++;
}

/* Bytes of a location that nobody counted before. */
static guint64
count_location (Counting *self, const PaddockEntryLocation *location)
{
  guint64 bytes = 0;

  for (guint i = 0; i < location->files->len; i++)
    {
      PaddockLibraryFile *file = g_ptr_array_index (location->files, i);

      if (g_hash_table_add (self->inodes, &file->identity))
        bytes += file->identity.size;
    }
  return bytes;
}

/* Since when nobody used it, or brought it in. */
static const char *
find_use (const PaddockModelRecord *record, gint64 now)
{
  static const struct
  {
    const char *id;
    int days;
  } uses[] = { { "year", 365 }, { "quarter", 91 }, { "month", 30 } };
  gint64 age = now - MAX (record->last_used, record->added_at);

  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    if (age >= (gint64) uses[i].days * DAY)
      return uses[i].id;
  return "recent";
}

static int
compare_uses (gconstpointer a, gconstpointer b)
{
  static const char *const order[] = { "year", "quarter", "month", "recent" };
  gsize first = 0, second = 0;

  while (!g_str_equal (order[first], ((const PaddockStorageShare *) a)->id))
    first++;
  while (!g_str_equal (order[second], ((const PaddockStorageShare *) b)->id))
    second++;
  return first < second ? -1 : first > second;
}

static void
count_entry (Counting *self, const PaddockLibraryEntry *entry)
{
  guint64 bytes = 0;

  for (guint i = 0; i < entry->locations->len; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);
      guint64 there = count_location (self, location);

      if (there > 0)
        add_share (self->storage->by_store, location->store, there);
      bytes += there;
    }
  if (bytes == 0)
    return;
  self->storage->total += bytes;
  add_share (self->storage->by_family, entry->record->architecture, bytes);
  add_share (self->storage->by_quantization, entry->record->quantization, bytes);
  add_share (self->storage->by_use, find_use (entry->record, self->now), bytes);
}

static gboolean
belongs_to_another (const PaddockLibraryFile *file)
{
  const PaddockModelStore *store = paddock_model_store_find (file->store);

  return store == NULL || (store->flags & PADDOCK_STORE_FOREIGN) != 0;
}

/* Of this file or its twin, what somebody computed or what its store says. */
static const char *
find_sha256 (const PaddockLibraryEntry *entry, const PaddockLibraryFile *file)
{
  const char *computed = paddock_record_hashes_find (entry->record, &file->identity);

  return computed != NULL ? computed : file->claimed_sha256;
}

static gboolean
shares (Counting *self, const PaddockLibraryFile *kept, const PaddockLibraryFile *replaced)
{
  g_autofree char *folder = g_path_get_dirname (replaced->path);
  gpointer known;

  if (!g_hash_table_lookup_extended (self->sharing, &kept->identity.device, NULL, &known))
    {
      known = GINT_TO_POINTER (paddock_file_place_can_share (kept->path, folder));
      g_hash_table_insert (self->sharing, g_memdup2 (&kept->identity.device, sizeof kept->identity.device), known);
    }
  return known != NULL;
}

/* One file may take the place of another one only where it is the person's own, and lies where its path says. */
static PaddockDuplicateWay
find_way (Counting *self, const PaddockLibraryFile *kept, const PaddockLibraryFile *replaced)
{
  if (kept->identity.device != replaced->identity.device || belongs_to_another (replaced) || kept->target != NULL ||
      paddock_file_place_is_below_link (replaced->root, replaced->path))
    return PADDOCK_DUPLICATE_REMAINS;
  if (shares (self, kept, replaced))
    return PADDOCK_DUPLICATE_REFLINK;
  return belongs_to_another (kept) || paddock_file_place_is_below_link (kept->root, kept->path) ? PADDOCK_DUPLICATE_REMAINS
                                                                                               : PADDOCK_DUPLICATE_HARD_LINK;
}

static void
add_duplicate (Counting *self, const PaddockLibraryEntry *entry, const PaddockLibraryFile *kept,
               const PaddockLibraryFile *replaced)
{
  const char *one = find_sha256 (entry, kept), *other = find_sha256 (entry, replaced);
  PaddockDuplicate *duplicate;

  /* Headers may be alike where the bytes are not. */
  if (one != NULL && other != NULL && g_ascii_strcasecmp (one, other) != 0)
    return;
  duplicate = g_new0 (PaddockDuplicate, 1);
  duplicate->id = g_strdup (entry->id);
  duplicate->kept = g_strdup (kept->path);
  duplicate->replaced = g_strdup (replaced->path);
  duplicate->proven = one != NULL && other != NULL;
  duplicate->way = find_way (self, kept, replaced);
  if (duplicate->way != PADDOCK_DUPLICATE_REMAINS)
    duplicate->saves = replaced->identity.size;
  self->storage->duplicates_save += duplicate->saves;
  g_ptr_array_add (self->storage->duplicates, duplicate);
}

/* What could be kept in its place: of the same file system before others. */
static const PaddockLibraryFile *
find_kept (GPtrArray *before, const PaddockLibraryFile *file)
{
  const PaddockLibraryFile *kept = g_ptr_array_index (before, 0);

  for (guint i = 0; i < before->len; i++)
    {
      const PaddockLibraryFile *other = g_ptr_array_index (before, i);

      if (paddock_file_identity_same_file (&other->identity, &file->identity))
        return NULL;
      if (kept->identity.device != file->identity.device && other->identity.device == file->identity.device)
        kept = other;
    }
  return kept;
}

/* Of one shard in all places where the model is whole; their order is the best first. */
static void
compare_shard (Counting *self, const PaddockLibraryEntry *entry, guint shard)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new ();

  for (guint i = 0; i < entry->locations->len; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);
      PaddockLibraryFile *file;
      const PaddockLibraryFile *kept;

      if (!location->online || location->files->len != entry->shards)
        continue;
      file = g_ptr_array_index (location->files, shard);
      if (file->target != NULL)
        continue;
      kept = before->len > 0 ? find_kept (before, file) : NULL;
      if (kept != NULL && kept->identity.size == file->identity.size)
        add_duplicate (self, entry, kept, file);
      g_ptr_array_add (before, file);
    }
}

/* Some programs reserve the whole length at once: what is not written yet takes nothing. */
static guint64
measure_leftover (const PaddockLibraryFile *file)
{
  struct stat status;

  return lstat (file->path, &status) == 0 ? MIN ((guint64) status.st_blocks * 512, file->identity.size) : 0;
}

static void
collect_leftovers (Counting *self, PaddockLibraryIndex *index)
{
  for (guint i = 0; i < index->files->len; i++)
    {
      PaddockLibraryFile *file = g_ptr_array_index (index->files, i);

      if ((file->role != PADDOCK_FILE_ROLE_PARTIAL && file->role != PADDOCK_FILE_ROLE_ORPHAN) ||
          !g_hash_table_add (self->inodes, &file->identity))
        continue;
      g_ptr_array_add (self->storage->leftovers, paddock_library_file_ref (file));
      self->storage->leftover_bytes += measure_leftover (file);
    }
}

static int
compare_shares (gconstpointer a, gconstpointer b)
{
  const PaddockStorageShare *first = a, *second = b;

  return first->bytes != second->bytes ? (first->bytes > second->bytes ? -1 : 1) : strcmp (first->id, second->id);
}

static int
compare_duplicates (gconstpointer a, gconstpointer b)
{
  const PaddockDuplicate *first = a, *second = b;

  return first->saves != second->saves ? (first->saves > second->saves ? -1 : 1) : strcmp (first->replaced, second->replaced);
}

/**
 * paddock_library_storage_new:
 * @index: a library
 *
 * Returns: (transfer full): where its bytes are
 */
PaddockLibraryStorage *
paddock_library_storage_new (PaddockLibraryIndex *index)
{
  PaddockLibraryStorage *storage = g_atomic_rc_box_new0 (PaddockLibraryStorage);
  g_autoptr (GHashTable) inodes = g_hash_table_new (hash_file, is_same_file);
  g_autoptr (GHashTable) sharing = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Counting self = { storage, inodes, sharing, g_get_real_time () / G_USEC_PER_SEC };

  storage->by_store = g_ptr_array_new_with_free_func (free_share);
  storage->by_family = g_ptr_array_new_with_free_func (free_share);
  storage->by_quantization = g_ptr_array_new_with_free_func (free_share);
  storage->by_use = g_ptr_array_new_with_free_func (free_share);
  storage->duplicates = g_ptr_array_new_with_free_func (free_duplicate);
  storage->leftovers = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_file_unref);
  for (guint i = 0; i < index->entries->len; i++)
    {
      const PaddockLibraryEntry *entry = g_ptr_array_index (index->entries, i);

      count_entry (&self, entry);
      for (guint shard = 0; entry->locations->len > 1 && shard < entry->shards; shard++)
        compare_shard (&self, entry, shard);
    }
  collect_leftovers (&self, index);
  g_ptr_array_sort_values (storage->by_store, compare_shares);
  g_ptr_array_sort_values (storage->by_family, compare_shares);
  g_ptr_array_sort_values (storage->by_quantization, compare_shares);
  g_ptr_array_sort_values (storage->by_use, compare_uses);
  g_ptr_array_sort_values (storage->duplicates, compare_duplicates);
  return storage;
}

/**
 * paddock_library_storage_is_under_way:
 * @leftover: a partial download or an orphan
 * @now: the time
 *
 * Returns: whether it may still be written to
 */
gboolean
paddock_library_storage_is_under_way (const PaddockLibraryFile *leftover, gint64 now)
{
  return leftover->identity.modified / G_GINT64_CONSTANT (1000000000) > now - QUIET_SECONDS;
}

static gpointer
load_in_worker (PaddockWorker *worker G_GNUC_UNUSED, gpointer snapshot, GError **error G_GNUC_UNUSED)
{
  return paddock_library_storage_new (snapshot);
}

/**
 * paddock_library_storage_load_async:
 * @index: a library
 * @cancellable: (nullable): to stop it
 * @callback: is called when it is done
 * @user_data: for @callback
 */
void
paddock_library_storage_load_async (PaddockLibraryIndex *index, GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  const PaddockWork work = {
    .name = "storage",
    .run = load_in_worker,
    .snapshot = paddock_library_index_ref (index),
    .snapshot_free = (GDestroyNotify) paddock_library_index_unref,
    .result_free = (GDestroyNotify) paddock_library_storage_unref,
  };

  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_library_storage_load_finish:
 * @result: as it was given to the callback
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the storage
 */
PaddockLibraryStorage *
paddock_library_storage_load_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}
