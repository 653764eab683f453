/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index-builder.h"

#include <string.h>

#include "entry-companions.h"
#include "model-group.h"
#include "model-store.h"
#include "model-verification.h"
#include "record-hashes.h"
#include "record-matcher.h"

/* Hashes that were computed, by what they were computed of (both borrowed from the records). A file that was found to be
   damaged is no other model for that. */
static GHashTable *
collect_computed (GPtrArray *records)
{
  GHashTable *computed = g_hash_table_new (paddock_file_identity_hash, paddock_file_identity_equal);

  for (guint i = 0; i < records->len; i++)
    {
      PaddockModelRecord *record = g_ptr_array_index (records, i);

      if (record->sha256 != NULL &&
          (record->expected_sha256 == NULL || g_ascii_strcasecmp (record->sha256, record->expected_sha256) == 0))
        g_hash_table_insert (computed, &record->sha256_of, record->sha256);
    }
  return computed;
}

static guint
hash_inode (gconstpointer identity)
{
  const PaddockFileIdentity *self = identity;

  return (guint) (self->inode ^ self->inode >> 32 ^ self->device);
}

static gboolean
equal_inode (gconstpointer a, gconstpointer b)
{
  return paddock_file_identity_same_file (a, b);
}

/* seen: identities of files that are counted. Returns what it takes on the disk. */
static guint64
add_location (PaddockLibraryEntry *entry, const PaddockModelCopy *copy, GHashTable *seen)
{
  PaddockEntryLocation *location = paddock_entry_location_new (copy->store, copy->root, copy->path);
  guint64 size = 0;

  location->online = TRUE;
  location->shared = TRUE;
  for (guint i = 0; i < copy->files->len; i++)
    {
      PaddockLibraryFile *file = g_ptr_array_index (copy->files, i);

      g_ptr_array_add (location->files, paddock_library_file_ref (file));
      if (!g_hash_table_contains (seen, &file->identity))
        {
          location->shared = FALSE;
          size += file->identity.size;
          g_hash_table_add (seen, &file->identity);
        }
    }
  g_ptr_array_add (entry->locations, location);
  return size;
}

static void
add_away (PaddockLibraryEntry *entry, const PaddockRecordedLocation *recorded)
{
  const PaddockModelStore *store = paddock_model_store_find (recorded->store);

  g_ptr_array_add (entry->locations,
                   paddock_entry_location_new (store != NULL ? store->id : "folder", recorded->root, recorded->path));
}

/* Whether somebody read a file as it is now and found other bytes than its source published. */
static gboolean
has_other_bytes (const PaddockModelRecord *record, const PaddockModelCopy *copy)
{
  for (guint i = 0; i < copy->files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (copy->files, i);
      PaddockRecordedHash hash;

      paddock_record_hashes_get_of (record, paddock_library_file_get_shard (file), &file->identity, &hash);
      if (hash.sha256 != NULL && hash.expected_sha256 != NULL && g_ascii_strcasecmp (hash.sha256, hash.expected_sha256) != 0)
        return TRUE;
    }
  return FALSE;
}

/* A whole copy takes the place of one that was found to be damaged. */
static void
put_sound_first (GPtrArray *copies, const PaddockModelRecord *record)
{
  if (!has_other_bytes (record, g_ptr_array_index (copies, 0)))
    return;
  for (guint i = 1; i < copies->len; i++)
    {
      PaddockModelCopy *copy = g_ptr_array_index (copies, i);

      if (copy->files->len < copy->shards || copy->facts->state != PADDOCK_FACTS_WHOLE || has_other_bytes (record, copy))
        continue;
      g_ptr_array_insert (copies, 0, g_ptr_array_steal_index (copies, i));
      return;
    }
}

static gboolean
has_differing_file (const PaddockLibraryEntry *entry, const PaddockEntryLocation *location)
{
  PaddockRecordedHash hash;

  for (guint i = 0; i < location->files->len; i++)
    if (paddock_model_verification_judge_file (entry, entry->record, g_ptr_array_index (location->files, i), &hash) ==
        PADDOCK_VERIFICATION_DIFFERS)
      return TRUE;
  return FALSE;
}

static PaddockEntryState
judge (const PaddockLibraryEntry *entry, const PaddockModelCopy *copy)
{
  if (copy->facts->state == PADDOCK_FACTS_BROKEN || ((PaddockEntryLocation *) g_ptr_array_index (entry->locations, 0))->differs)
    return PADDOCK_ENTRY_DAMAGED;
  if (copy->files->len < copy->shards)
    return PADDOCK_ENTRY_INCOMPLETE;
  for (guint i = 0; i < copy->files->len; i++)
    if (((PaddockLibraryFile *) g_ptr_array_index (copy->files, i))->facts->state != PADDOCK_FACTS_WHOLE)
      return PADDOCK_ENTRY_UNFINISHED;
  return PADDOCK_ENTRY_READY;
}

static gboolean
is_foreign (const PaddockEntryLocation *location)
{
  const PaddockModelStore *store = paddock_model_store_find (location->store);

  return store != NULL && (store->flags & PADDOCK_STORE_FOREIGN) != 0;
}

/* What another program calls a model is told only while the person has no file of it: it does not change the name of theirs. */
static const char *
find_title (const PaddockLibraryEntry *entry)
{
  if (entry->record->nickname != NULL)
    return entry->record->nickname;
  for (guint i = 0; i < entry->locations->len && is_foreign (g_ptr_array_index (entry->locations, i)); i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);
      const PaddockLibraryFile *file = location->files->len > 0 ? g_ptr_array_index (location->files, 0) : NULL;

      if (file != NULL && file->title != NULL)
        return file->title;
    }
  return entry->record->name != NULL ? entry->record->name : entry->id;
}

static void
append_word (GString *text, const char *word)
{
  if (word == NULL || !g_utf8_validate (word, -1, NULL))
    return;
  g_string_append (text, word);
  g_string_append_c (text, '\n');
}

/* What has no other letters than A to Z needs no look at the tables of Unicode. */
static char *
fold (GString *text)
{
  return g_str_is_ascii (text->str) ? g_ascii_strdown (text->str, (gssize) text->len)
                                    : g_utf8_casefold (text->str, (gssize) text->len);
}

static char *
make_search_text (const PaddockLibraryEntry *entry)
{
  const PaddockModelRecord *record = entry->record;
  const PaddockModelFacts *facts = entry->facts;
  g_autoptr (GString) text = g_string_sized_new (256);
  const char *words[] = { entry->title,        record->name,    record->nickname,   record->architecture,
                          record->quantization, record->license, record->source_url, record->notes };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    append_word (text, words[i]);
  for (gsize i = 0; record->tags[i] != NULL; i++)
    append_word (text, record->tags[i]);
  if (facts != NULL)
    {
      append_word (text, facts->architecture_name);
      append_word (text, facts->size_label);
    }
  for (guint i = 0; i < entry->locations->len; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);
      const char *name = strrchr (location->path, '/');
      g_autofree char *shown = g_filename_display_name (name != NULL ? name + 1 : location->path);

      append_word (text, shown);
    }
  return fold (text);
}

/* Costly to make, and mostly what they were before. */
static void
make_keys (PaddockLibraryEntry *entry, PaddockLibraryIndex *previous)
{
  const PaddockLibraryEntry *before = previous != NULL ? paddock_library_index_find (previous, entry->id) : NULL;

  entry->title = find_title (entry);
  entry->search_text = make_search_text (entry);
  entry->sort_key = before != NULL && g_str_equal (before->title, entry->title)
                      ? g_strdup (before->sort_key)
                      : g_utf8_collate_key_for_filename (entry->title, -1);
}

/* The first copy is the one that is not a duplicate, and the one that others are held against. */
static void
add_copy (PaddockLibraryEntry *entry, const PaddockModelCopy *copy, GHashTable *seen)
{
  guint64 size = add_location (entry, copy, seen);
  PaddockEntryLocation *location = g_ptr_array_index (entry->locations, entry->locations->len - 1);

  location->differs = has_differing_file (entry, location);
  if (entry->locations->len > 1)
    *(location->differs ? &entry->differing_size : &entry->duplicate_size) += size;
}

static PaddockLibraryEntry *
build_entry (PaddockRecordMatcher *matcher, const PaddockModelGroup *group, GPtrArray *changed)
{
  g_autoptr (PaddockModelRecord) record = paddock_record_matcher_take (matcher, group, changed);
  g_autoptr (GHashTable) seen = g_hash_table_new (hash_inode, equal_inode);
  const PaddockModelCopy *best;
  PaddockLibraryEntry *entry;

  put_sound_first (group->copies, record);
  best = g_ptr_array_index (group->copies, 0);
  entry = paddock_library_entry_new (record, (PaddockModelFacts *) best->facts);
  for (guint i = 0; i < group->copies->len; i++)
    add_copy (entry, g_ptr_array_index (group->copies, i), seen);
  for (guint i = 0; i < record->locations->len; i++)
    {
      const PaddockRecordedLocation *recorded = g_ptr_array_index (record->locations, i);

      if (paddock_record_matcher_is_away (matcher, recorded))
        add_away (entry, recorded);
    }
  entry->size = best->size;
  entry->shards = best->shards;
  entry->shards_present = MIN (best->files->len, best->shards);
  entry->state = judge (entry, best);
  return entry;
}

/* A record whose model is nowhere. NULL: it is not shown; gone takes it if nobody would miss it. */
static PaddockLibraryEntry *
build_away (PaddockRecordMatcher *matcher, PaddockModelRecord *record, gboolean partial, GPtrArray *gone)
{
  PaddockLibraryEntry *entry = NULL;
  gboolean personal = paddock_model_record_is_personal (record);

  for (guint i = 0; i < record->locations->len; i++)
    {
      const PaddockRecordedLocation *location = g_ptr_array_index (record->locations, i);
      gboolean missed = personal && !partial && paddock_record_matcher_is_known (matcher, location);

      if (!missed && !paddock_record_matcher_is_away (matcher, location))
        continue;
      if (entry == NULL)
        entry = paddock_library_entry_new (record, NULL);
      add_away (entry, location);
    }
  if (entry == NULL)
    {
      if (!partial && !personal && gone != NULL)
        g_ptr_array_add (gone, paddock_model_record_ref (record));
      return NULL;
    }
  entry->state = PADDOCK_ENTRY_OFFLINE;
  entry->size = record->size;
  return entry;
}

/* Replaces what was known by the same names. */
static void
remember (PaddockLibraryIndex *index, PaddockLibraryEntry *entry)
{
  g_hash_table_replace (index->by_id, entry->id, entry);
  for (guint i = 0; i < entry->locations->len; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, i);

      for (guint j = 0; j < location->files->len; j++)
        g_hash_table_replace (index->by_path, ((PaddockLibraryFile *) g_ptr_array_index (location->files, j))->path, entry);
    }
}

static void
add_entry (PaddockLibraryIndex *index, PaddockLibraryEntry *entry, PaddockLibraryIndex *previous)
{
  make_keys (entry, previous);
  g_ptr_array_add (index->entries, entry);
  remember (index, entry);
}

/* What did not change stays the same object, so that nobody has to look at it again. */
static void
keep_unchanged (PaddockLibraryIndex *index, PaddockLibraryIndex *previous)
{
  for (guint i = 0; i < index->entries->len; i++)
    {
      PaddockLibraryEntry *entry = g_ptr_array_index (index->entries, i);
      PaddockLibraryEntry *before = paddock_library_index_find (previous, entry->id);

      if (before == NULL || !paddock_library_entry_equal (before, entry))
        continue;
      /* The tables have names of the one that goes. */
      remember (index, before);
      g_ptr_array_index (index->entries, i) = paddock_library_entry_ref (before);
      paddock_library_entry_unref (entry);
    }
}

static void
add_up (PaddockLibraryIndex *index)
{
  for (guint i = 0; i < index->entries->len; i++)
    {
      const PaddockLibraryEntry *entry = g_ptr_array_index (index->entries, i);

      index->total_size += paddock_library_entry_measure (entry);
      index->duplicates_size += entry->duplicate_size;
      index->n_models += paddock_library_entry_get_kind (entry) == PADDOCK_MODEL_LANGUAGE;
    }
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (((const PaddockLibraryEntry *) a)->id, ((const PaddockLibraryEntry *) b)->id);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  int order = strcmp (((const PaddockLibraryEntry *) a)->sort_key, ((const PaddockLibraryEntry *) b)->sort_key);

  return order != 0 ? order : compare_ids (a, b);
}

/* Here, where nobody waits, so that a list need not be sorted at each letter of a search. */
static void
sort_names (PaddockLibraryIndex *index)
{
  index->by_name = g_ptr_array_sized_new (index->entries->len);
  g_ptr_array_extend (index->by_name, index->entries, NULL, NULL);
  g_ptr_array_sort_values (index->by_name, compare_names);
}

/**
 * paddock_index_build:
 * @input: all that it is made of
 * @changed: (nullable) (element-type PaddockModelRecord): takes records to be written
 * @gone: (nullable) (element-type PaddockModelRecord): takes records to be removed
 *
 * Returns: (transfer full): the index
 */
PaddockLibraryIndex *
paddock_index_build (const PaddockIndexInput *input, GPtrArray *changed, GPtrArray *gone)
{
  PaddockLibraryIndex *index = paddock_library_index_new ();
  g_autoptr (GHashTable) computed = collect_computed (input->records);
  g_autoptr (GPtrArray) copies = paddock_model_copies_collect (input->files, computed);
  g_autoptr (GPtrArray) groups = paddock_model_groups_collect (copies);
  g_autoptr (PaddockRecordMatcher) matcher = paddock_record_matcher_new (input, groups);
  g_autoptr (GPtrArray) rest = NULL;

  g_ptr_array_unref (index->files);
  g_ptr_array_unref (index->roots);
  index->files = g_ptr_array_ref (input->files);
  index->roots = g_ptr_array_ref (input->roots);
  for (guint i = 0; i < groups->len; i++)
    add_entry (index, build_entry (matcher, g_ptr_array_index (groups, i), changed), input->previous);
  rest = paddock_record_matcher_get_rest (matcher);
  for (guint i = 0; i < rest->len; i++)
    {
      PaddockLibraryEntry *entry = build_away (matcher, g_ptr_array_index (rest, i), input->partial, gone);

      if (entry != NULL)
        add_entry (index, entry, input->previous);
    }
  paddock_entry_companions_pair (index);
  g_ptr_array_sort_values (index->entries, compare_ids);
  if (input->previous != NULL)
    keep_unchanged (index, input->previous);
  add_up (index);
  sort_names (index);
  return index;
}
