/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cache-rows.h"

#include <string.h>

#define LONGEST_STORE 32
#define ALL_CAPABILITIES (2 * PADDOCK_CAPABILITY_TOOLS - 1)

/* What a row is written as has to be what the system's own layout makes of it. */
G_STATIC_ASSERT (sizeof (PaddockCachedFacts) == 112);
G_STATIC_ASSERT (sizeof (PaddockCachedFile) == 80);

static void
pack_fingerprint (PaddockCachedFacts *row, const char *digits)
{
  row->has_fingerprint = strlen (digits) == 2 * sizeof row->fingerprint;
  for (gsize i = 0; row->has_fingerprint && i < sizeof row->fingerprint; i++)
    row->fingerprint[i] =
      (guint8) (g_ascii_xdigit_value (digits[2 * i]) << 4 | g_ascii_xdigit_value (digits[2 * i + 1]));
}

static void
unpack_fingerprint (char *digits, const PaddockCachedFacts *row)
{
  static const char alphabet[] = "0123456789abcdef";

  for (gsize i = 0; row->has_fingerprint && i < sizeof row->fingerprint; i++)
    {
      digits[2 * i] = alphabet[row->fingerprint[i] >> 4];
      digits[2 * i + 1] = alphabet[row->fingerprint[i] & 15];
    }
}

/**
 * paddock_cache_rows_put_facts:
 * @row: (out caller-allocates): their row
 * @facts: facts
 * @strings: where their strings go
 */
void
paddock_cache_rows_put_facts (PaddockCachedFacts *row, const PaddockModelFacts *facts, PaddockCacheStrings *strings)
{
  memset (row, 0, sizeof *row);
  pack_fingerprint (row, facts->fingerprint);
  row->parameters = facts->parameters;
  row->context_length = facts->context_length;
  row->embedding_length = facts->embedding_length;
  row->layers = facts->layers;
  row->tensor_bytes = facts->tensor_bytes;
  row->name = paddock_cache_strings_put_text (strings, facts->name);
  row->architecture = paddock_cache_strings_put_text (strings, facts->architecture);
  row->architecture_name = paddock_cache_strings_put_text (strings, facts->architecture_name);
  row->quantization = paddock_cache_strings_put_text (strings, facts->quantization);
  row->size_label = paddock_cache_strings_put_text (strings, facts->size_label);
  row->base_name = paddock_cache_strings_put_text (strings, facts->base_name);
  row->license = paddock_cache_strings_put_text (strings, facts->license);
  row->repository = paddock_cache_strings_put_text (strings, facts->repository);
  row->problem = paddock_cache_strings_put_text (strings, facts->problem);
  row->capabilities = facts->capabilities;
  row->shard = facts->shard;
  row->shards = facts->shards;
  row->state = (guint8) facts->state;
  row->file_kind = (guint8) facts->file_kind;
  row->kind = (guint8) facts->kind;
  row->unread = facts->unread ? 1 : 0;
}

/**
 * paddock_cache_rows_put_file:
 * @row: (out caller-allocates): its row
 * @file: a file
 * @facts: the number of the row of its facts
 * @strings: where its strings go
 */
void
paddock_cache_rows_put_file (PaddockCachedFile *row, const PaddockLibraryFile *file, guint32 facts,
                             PaddockCacheStrings *strings)
{
  memset (row, 0, sizeof *row);
  row->device = file->identity.device;
  row->inode = file->identity.inode;
  row->size = file->identity.size;
  row->modified = file->identity.modified;
  row->facts = facts;
  row->path = paddock_cache_strings_put_bytes (strings, file->path);
  row->target = paddock_cache_strings_put_bytes (strings, file->target);
  row->root = paddock_cache_strings_put_bytes (strings, file->root);
  row->store = paddock_cache_strings_put_bytes (strings, file->store);
  row->title = paddock_cache_strings_put_text (strings, file->title);
  row->repository = paddock_cache_strings_put_text (strings, file->repository);
  row->repository_path = paddock_cache_strings_put_text (strings, file->repository_path);
  row->revision = paddock_cache_strings_put_text (strings, file->revision);
  row->claimed_sha256 = paddock_cache_strings_put_text (strings, file->claimed_sha256);
  row->belongs_to = paddock_cache_strings_put_bytes (strings, file->belongs_to);
  row->role = file->role;
}

static gboolean
is_sound_number (gint64 number)
{
  return number >= -1;
}

static gboolean
are_sound_facts (const PaddockCachedFacts *row)
{
  return row->state <= PADDOCK_FACTS_BROKEN && row->file_kind < PADDOCK_FILE_N_KINDS &&
         row->kind <= PADDOCK_MODEL_VOCABULARY && row->has_fingerprint <= 1 && row->unread <= 1 &&
         (row->capabilities & ~(guint32) ALL_CAPABILITIES) == 0 && row->shards > 0 && row->shard < row->shards &&
         is_sound_number (row->parameters) && is_sound_number (row->context_length) &&
         is_sound_number (row->embedding_length) && is_sound_number (row->layers);
}

static gboolean
get_fact_strings (PaddockModelFacts *facts, const PaddockCachedFacts *row, const PaddockCacheStrings *strings)
{
  return paddock_cache_strings_dup_text (strings, row->name, &facts->name) && facts->name != NULL &&
         paddock_cache_strings_dup_text (strings, row->architecture, &facts->architecture) &&
         paddock_cache_strings_dup_text (strings, row->architecture_name, &facts->architecture_name) &&
         paddock_cache_strings_dup_text (strings, row->quantization, &facts->quantization) &&
         paddock_cache_strings_dup_text (strings, row->size_label, &facts->size_label) &&
         paddock_cache_strings_dup_text (strings, row->base_name, &facts->base_name) &&
         paddock_cache_strings_dup_text (strings, row->license, &facts->license) &&
         paddock_cache_strings_dup_text (strings, row->repository, &facts->repository) &&
         paddock_cache_strings_dup_text (strings, row->problem, &facts->problem);
}

/**
 * paddock_cache_rows_get_facts:
 * @row: a row that nobody vouches for
 * @strings: those of its cache
 *
 * Returns: (transfer full) (nullable): the facts
 */
PaddockModelFacts *
paddock_cache_rows_get_facts (const PaddockCachedFacts *row, const PaddockCacheStrings *strings)
{
  g_autoptr (PaddockModelFacts) facts = paddock_model_facts_new (NULL);

  if (!are_sound_facts (row) || !get_fact_strings (facts, row, strings))
    return NULL;
  unpack_fingerprint (facts->fingerprint, row);
  facts->parameters = row->parameters;
  facts->context_length = row->context_length;
  facts->embedding_length = row->embedding_length;
  facts->layers = row->layers;
  facts->tensor_bytes = row->tensor_bytes;
  facts->capabilities = row->capabilities;
  facts->shard = row->shard;
  facts->shards = row->shards;
  facts->state = row->state;
  facts->file_kind = row->file_kind;
  facts->kind = row->kind;
  facts->unread = row->unread;
  return g_steal_pointer (&facts);
}

/* Kept for the life of the program, so that only what can be the id of a store is. */
static const char *
find_store (guint32 place, const PaddockCacheStrings *strings)
{
  const char *id = place > 0 && place < strings->length ? strings->bytes + place : "";
  gsize length = strlen (id);

  if (length == 0 || length > LONGEST_STORE || strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") != length)
    return NULL;
  return g_intern_string (id);
}

static gboolean
get_file_strings (PaddockLibraryFile *file, const PaddockCachedFile *row, const PaddockCacheStrings *strings)
{
  return paddock_cache_strings_dup_bytes (strings, row->path, &file->path) && file->path != NULL &&
         paddock_cache_strings_dup_bytes (strings, row->target, &file->target) &&
         paddock_cache_strings_dup_bytes (strings, row->root, &file->root) && file->root != NULL &&
         paddock_cache_strings_dup_text (strings, row->title, &file->title) &&
         paddock_cache_strings_dup_text (strings, row->repository, &file->repository) &&
         paddock_cache_strings_dup_text (strings, row->repository_path, &file->repository_path) &&
         paddock_cache_strings_dup_text (strings, row->revision, &file->revision) &&
         paddock_cache_strings_dup_text (strings, row->claimed_sha256, &file->claimed_sha256) &&
         paddock_cache_strings_dup_bytes (strings, row->belongs_to, &file->belongs_to);
}

/**
 * paddock_cache_rows_get_file:
 * @row: a row that nobody vouches for
 * @facts: (element-type PaddockModelFacts): those of its cache
 * @strings: those of its cache
 *
 * Returns: (transfer full) (nullable): the file
 */
PaddockLibraryFile *
paddock_cache_rows_get_file (const PaddockCachedFile *row, GPtrArray *facts, const PaddockCacheStrings *strings)
{
  const char *store = find_store (row->store, strings);
  g_autoptr (PaddockLibraryFile) file = NULL;

  if (store == NULL || row->role > PADDOCK_FILE_ROLE_ORPHAN || (row->facts != G_MAXUINT32 && row->facts >= facts->len))
    return NULL;
  file = paddock_library_file_new (store, NULL, NULL);
  if (!get_file_strings (file, row, strings))
    return NULL;
  file->identity.device = row->device;
  file->identity.inode = row->inode;
  file->identity.size = row->size;
  file->identity.modified = row->modified;
  file->role = row->role;
  if (row->facts != G_MAXUINT32)
    file->facts = paddock_model_facts_ref (g_ptr_array_index (facts, row->facts));
  return g_steal_pointer (&file);
}
