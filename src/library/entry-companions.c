/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entry-companions.h"

#include <string.h>

static gboolean
is_companion (const PaddockLibraryEntry *entry)
{
  PaddockModelKind kind = paddock_library_entry_get_kind (entry);

  return kind == PADDOCK_MODEL_PROJECTOR || kind == PADDOCK_MODEL_ADAPTER;
}

static const PaddockLibraryFile *
get_first_file (const PaddockLibraryEntry *entry, guint position)
{
  const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, position);

  return location->files->len > 0 ? g_ptr_array_index (location->files, 0) : NULL;
}

/* The store knows: Ollama's manifests, Jan's descriptions. */
static gboolean
store_pairs (PaddockLibraryIndex *index, const PaddockLibraryEntry *model, const PaddockLibraryEntry *companion)
{
  for (guint i = 0; i < companion->locations->len; i++)
    {
      const PaddockLibraryFile *file = get_first_file (companion, i);

      if (file != NULL && file->belongs_to != NULL && g_hash_table_lookup (index->by_path, file->belongs_to) == model)
        return TRUE;
    }
  return FALSE;
}

static gboolean
in_one_folder (const PaddockEntryLocation *a, const PaddockEntryLocation *b)
{
  const char *first = strrchr (a->path, '/'), *second = strrchr (b->path, '/');

  return first != NULL && second != NULL && first - a->path == second - b->path &&
         strncmp (a->path, b->path, (gsize) (first - a->path)) == 0;
}

static gboolean
are_neighbours (const PaddockLibraryEntry *model, const PaddockLibraryEntry *companion)
{
  const char *origin = model->record->source_url;

  if (origin != NULL && g_strcmp0 (origin, companion->record->source_url) == 0)
    return TRUE;
  for (guint i = 0; i < model->locations->len; i++)
    for (guint j = 0; j < companion->locations->len; j++)
      if (in_one_folder (g_ptr_array_index (model->locations, i), g_ptr_array_index (companion->locations, j)))
        return TRUE;
  return FALSE;
}

/* A projector writes into the model's embedding: of another length it cannot be meant. A name in common, or a place, has to
   come to it, for many models have the same length. */
static gboolean
headers_pair (const PaddockLibraryEntry *model, const PaddockLibraryEntry *companion)
{
  const PaddockModelFacts *left = model->facts, *right = companion->facts;
  gboolean named = left->base_name != NULL && right->base_name != NULL &&
                   g_ascii_strcasecmp (left->base_name, right->base_name) == 0 &&
                   (left->size_label == NULL || right->size_label == NULL ||
                    g_ascii_strcasecmp (left->size_label, right->size_label) == 0);

  if (right->kind == PADDOCK_MODEL_ADAPTER)
    return named && g_strcmp0 (left->architecture, right->architecture) == 0;
  if (left->embedding_length > 0 && right->embedding_length > 0 && left->embedding_length != right->embedding_length)
    return FALSE;
  return named || are_neighbours (model, companion);
}

static gboolean
go_together (PaddockLibraryIndex *index, const PaddockLibraryEntry *model, const PaddockLibraryEntry *companion)
{
  const char *by_hand = model->record->projector;

  if (by_hand != NULL && companion->facts->kind == PADDOCK_MODEL_PROJECTOR)
    return g_str_equal (by_hand, companion->id);
  return store_pairs (index, model, companion) || headers_pair (model, companion);
}

/**
 * paddock_entry_companions_pair:
 * @index: an index that nobody else has yet
 */
void
paddock_entry_companions_pair (PaddockLibraryIndex *index)
{
  g_autoptr (GPtrArray) companions = g_ptr_array_new ();

  for (guint i = 0; i < index->entries->len; i++)
    if (is_companion (g_ptr_array_index (index->entries, i)))
      g_ptr_array_add (companions, g_ptr_array_index (index->entries, i));
  for (guint i = 0; companions->len > 0 && i < index->entries->len; i++)
    {
      PaddockLibraryEntry *model = g_ptr_array_index (index->entries, i);

      if (model->facts == NULL || model->facts->kind != PADDOCK_MODEL_LANGUAGE || model->facts->state == PADDOCK_FACTS_BROKEN)
        continue;
      for (guint j = 0; j < companions->len; j++)
        {
          const PaddockLibraryEntry *companion = g_ptr_array_index (companions, j);

          if (go_together (index, model, companion))
            g_ptr_array_add (model->companions, g_strdup (companion->id));
        }
    }
}
