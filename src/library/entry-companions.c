/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entry-companions.h"

#include <string.h>

/* All projectors and adapters, by what a model may have in common with one: of 100,000 files each model asks only few.
   Places are those in the list, and so the order in which they are told. */
typedef struct
{
  /* Borrowed */
  PaddockLibraryIndex *index;

  /* Owned */
  GPtrArray *list;                   /* PaddockLibraryEntry */
  GHashTable *by_id;                 /* char * -> GArray of places; the others alike */
  GHashTable *by_model;              /* PaddockLibraryEntry that a store pairs it with */
  GHashTable *by_name;               /* char *: base name, in small letters */
  GHashTable *by_origin;             /* char *: where it was downloaded */
  GHashTable *by_folder;             /* char * */
} Companions;

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

static void
add_place (GHashTable *table, gpointer key, guint place)
{
  GArray *places = g_hash_table_lookup (table, key);

  if (places != NULL)
    g_array_append_val (places, place);
  else
    {
      places = g_array_new (FALSE, FALSE, sizeof place);
      g_array_append_val (places, place);
      g_hash_table_insert (table, key, places);
    }
}

/* Takes the key. */
static void
add_text (GHashTable *table, char *key, guint place)
{
  gpointer known;

  if (g_hash_table_lookup_extended (table, key, &known, NULL))
    g_free (key);
  else
    known = key;
  add_place (table, known, place);
}

static char *
dup_folder (const PaddockEntryLocation *location)
{
  const char *slash = strrchr (location->path, '/');

  return slash != NULL ? g_strndup (location->path, (gsize) (slash - location->path)) : NULL;
}

static void
add_companion (Companions *self, PaddockLibraryEntry *companion)
{
  guint place = self->list->len;
  const char *name = companion->facts->base_name, *origin = companion->record->source_url;

  g_ptr_array_add (self->list, companion);
  add_place (self->by_id, companion->id, place);
  if (name != NULL)
    add_text (self->by_name, g_ascii_strdown (name, -1), place);
  if (origin != NULL)
    add_text (self->by_origin, g_strdup (origin), place);
  for (guint i = 0; i < companion->locations->len; i++)
    {
      const PaddockLibraryFile *file = get_first_file (companion, i);
      gpointer model = file != NULL && file->belongs_to != NULL ? g_hash_table_lookup (self->index->by_path, file->belongs_to)
                                                                : NULL;
      char *folder = dup_folder (g_ptr_array_index (companion->locations, i));

      if (model != NULL)
        add_place (self->by_model, model, place);
      if (folder != NULL)
        add_text (self->by_folder, folder, place);
    }
}

static GHashTable *
new_table (gboolean owns)
{
  return g_hash_table_new_full (owns ? g_str_hash : g_direct_hash, owns ? g_str_equal : g_direct_equal,
                                owns ? g_free : NULL, (GDestroyNotify) g_array_unref);
}

static void
companions_init (Companions *self, PaddockLibraryIndex *index)
{
  self->index = index;
  self->list = g_ptr_array_new ();
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  self->by_model = new_table (FALSE);
  self->by_name = new_table (TRUE);
  self->by_origin = new_table (TRUE);
  self->by_folder = new_table (TRUE);
  for (guint i = 0; i < index->entries->len; i++)
    if (is_companion (g_ptr_array_index (index->entries, i)))
      add_companion (self, g_ptr_array_index (index->entries, i));
}

static void
companions_clear (Companions *self)
{
  g_ptr_array_unref (self->list);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_model);
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->by_origin);
  g_hash_table_unref (self->by_folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Companions, companions_clear)

/* key: NULL, or what to look for. */
static void
collect (GHashTable *table, gconstpointer key, GArray *places)
{
  const GArray *found = key != NULL ? g_hash_table_lookup (table, key) : NULL;

  if (found != NULL)
    g_array_append_vals (places, found->data, found->len);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *) a, second = *(const guint *) b;

  return first < second ? -1 : first > second;
}

/* All that may go with it, in their order; one may be there twice. */
static void
find_candidates (const Companions *self, const PaddockLibraryEntry *model, GArray *places)
{
  g_autofree char *name = model->facts->base_name != NULL ? g_ascii_strdown (model->facts->base_name, -1) : NULL;

  g_array_set_size (places, 0);
  collect (self->by_id, model->record->projector, places);
  collect (self->by_model, model, places);
  collect (self->by_name, name, places);
  collect (self->by_origin, model->record->source_url, places);
  for (guint i = 0; i < model->locations->len; i++)
    {
      g_autofree char *folder = dup_folder (g_ptr_array_index (model->locations, i));

      collect (self->by_folder, folder, places);
    }
  g_array_sort (places, compare_places);
}

static void
pair (const Companions *self, PaddockLibraryEntry *model, GArray *places)
{
  find_candidates (self, model, places);
  for (guint i = 0; i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);
      const PaddockLibraryEntry *companion = g_ptr_array_index (self->list, place);

      if ((i == 0 || place != g_array_index (places, guint, i - 1)) && go_together (self->index, model, companion))
        g_ptr_array_add (model->companions, g_strdup (companion->id));
    }
}

/**
 * paddock_entry_companions_pair:
 * @index: an index that nobody else has yet
 */
void
paddock_entry_companions_pair (PaddockLibraryIndex *index)
{
  g_auto (Companions) companions = { 0 };
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));

  companions_init (&companions, index);
  for (guint i = 0; companions.list->len > 0 && i < index->entries->len; i++)
    {
      PaddockLibraryEntry *model = g_ptr_array_index (index->entries, i);

      if (model->facts != NULL && model->facts->kind == PADDOCK_MODEL_LANGUAGE &&
          model->facts->state != PADDOCK_FACTS_BROKEN)
        pair (&companions, model, places);
    }
}
