/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entry-companions.h"

#include <string.h>

#define N_LIBRARIES 60
#define N_ENTRIES 80

/* The rules once more, asked of each model and each companion. */

static gboolean
is_paired_by_store (PaddockLibraryIndex *index, const PaddockLibraryEntry *model, const PaddockLibraryEntry *companion)
{
  for (guint i = 0; i < companion->locations->len; i++)
    {
      const PaddockEntryLocation *location = g_ptr_array_index (companion->locations, i);
      const PaddockLibraryFile *file = location->files->len > 0 ? g_ptr_array_index (location->files, 0) : NULL;

      if (file != NULL && file->belongs_to != NULL && g_hash_table_lookup (index->by_path, file->belongs_to) == model)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_beside (const PaddockLibraryEntry *model, const PaddockLibraryEntry *companion)
{
  for (guint i = 0; i < model->locations->len; i++)
    for (guint j = 0; j < companion->locations->len; j++)
      {
        const PaddockEntryLocation *a = g_ptr_array_index (model->locations, i);
        const PaddockEntryLocation *b = g_ptr_array_index (companion->locations, j);
        g_autofree char *here = g_path_get_dirname (a->path), *there = g_path_get_dirname (b->path);

        if (g_str_equal (here, there))
          return TRUE;
      }
  return model->record->source_url != NULL && g_strcmp0 (model->record->source_url, companion->record->source_url) == 0;
}

static gboolean
has_same_name (const PaddockModelFacts *a, const PaddockModelFacts *b)
{
  return a->base_name != NULL && b->base_name != NULL && g_ascii_strcasecmp (a->base_name, b->base_name) == 0 &&
         (a->size_label == NULL || b->size_label == NULL || g_ascii_strcasecmp (a->size_label, b->size_label) == 0);
}

static gboolean
is_expected (PaddockLibraryIndex *index, const PaddockLibraryEntry *model, const PaddockLibraryEntry *companion)
{
  const PaddockModelFacts *a = model->facts, *b = companion->facts;

  if (b->kind == PADDOCK_MODEL_PROJECTOR && model->record->projector != NULL)
    return g_str_equal (model->record->projector, companion->id);
  if (is_paired_by_store (index, model, companion))
    return TRUE;
  if (b->kind == PADDOCK_MODEL_ADAPTER)
    return has_same_name (a, b) && g_strcmp0 (a->architecture, b->architecture) == 0;
  if (a->embedding_length > 0 && b->embedding_length > 0 && a->embedding_length != b->embedding_length)
    return FALSE;
  return has_same_name (a, b) || is_beside (model, companion);
}

/* Few enough words that much has something in common. */

static char *
choose (GRand *rand, const char *const *words)
{
  return g_strdup (words[g_rand_int_range (rand, 0, (int) g_strv_length ((char **) words) + 1)]);
}

static PaddockModelFacts *
make_facts (GRand *rand)
{
  static const char *const names[] = { "Apple", "apple", "Berry", NULL }, *const sizes[] = { "7B", "7b", "2B", NULL };
  static const PaddockModelKind kinds[] = { PADDOCK_MODEL_LANGUAGE, PADDOCK_MODEL_PROJECTOR, PADDOCK_MODEL_ADAPTER };
  static const guint32 lengths[] = { 0, 64, 128 };
  PaddockModelFacts *facts = paddock_model_facts_new ("a");

  facts->kind = kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))];
  facts->state = g_rand_int_range (rand, 0, 10) == 0 ? PADDOCK_FACTS_BROKEN : PADDOCK_FACTS_WHOLE;
  facts->base_name = choose (rand, names);
  facts->size_label = choose (rand, sizes);
  facts->architecture = g_strdup (g_rand_boolean (rand) ? "llama" : "gemma3");
  facts->embedding_length = lengths[g_rand_int_range (rand, 0, G_N_ELEMENTS (lengths))];
  return facts;
}

static void
add_location (GRand *rand, PaddockLibraryEntry *entry, PaddockLibraryIndex *index)
{
  static const char *const folders[] = { "", "/a", "/a/b", "/b", "/bb", "/c", "/d", "/e", NULL };
  g_autofree char *path = g_strdup_printf ("%s/%u.gguf", folders[g_rand_int_range (rand, 0, 8)], g_rand_int (rand));
  PaddockEntryLocation *location = paddock_entry_location_new ("folder", "/", path);
  PaddockLibraryFile *file = paddock_library_file_new ("folder", "/", path);

  if (g_rand_int_range (rand, 0, 4) == 0 && index->entries->len > 0)
    {
      const PaddockLibraryEntry *other = g_ptr_array_index (index->entries, g_rand_int_range (rand, 0, (int) index->entries->len));

      if (other->locations->len > 0)
        file->belongs_to = g_strdup (((PaddockEntryLocation *) g_ptr_array_index (other->locations, 0))->path);
    }
  g_ptr_array_add (location->files, file);
  g_ptr_array_add (entry->locations, location);
}

static void
add_entry (GRand *rand, PaddockLibraryIndex *index)
{
  static const char *const origins[] = { "https://x/a", "https://x/b", "https://x/c", NULL };
  g_autofree char *id = g_strdup_printf ("entry-%u", index->entries->len);
  g_autoptr (PaddockModelRecord) record = paddock_model_record_new (id);
  g_autoptr (PaddockModelFacts) facts = g_rand_int_range (rand, 0, 12) > 0 ? make_facts (rand) : NULL;
  PaddockLibraryEntry *entry;

  record->source_url = g_rand_boolean (rand) ? choose (rand, origins) : NULL;
  if (g_rand_int_range (rand, 0, 6) == 0)
    record->projector = g_rand_boolean (rand) ? g_strdup ("") : g_strdup_printf ("entry-%d", g_rand_int_range (rand, 0, N_ENTRIES));
  entry = paddock_library_entry_new (record, facts);
  for (int i = g_rand_int_range (rand, 0, 3); i > 0; i--)
    add_location (rand, entry, index);
  g_ptr_array_add (index->entries, entry);
  g_hash_table_insert (index->by_id, entry->id, entry);
  for (guint i = 0; i < entry->locations->len; i++)
    g_hash_table_insert (index->by_path, ((PaddockEntryLocation *) g_ptr_array_index (entry->locations, i))->path, entry);
}

static gboolean
is_companion (const PaddockLibraryEntry *entry)
{
  return entry->facts != NULL && entry->facts->state != PADDOCK_FACTS_BROKEN && entry->facts->kind != PADDOCK_MODEL_LANGUAGE;
}

/* Returns how many there are. */
static guint
check_model (PaddockLibraryIndex *index, const PaddockLibraryEntry *model)
{
  guint n_expected = 0;
  gboolean pairs = model->facts != NULL && model->facts->state != PADDOCK_FACTS_BROKEN &&
                   model->facts->kind == PADDOCK_MODEL_LANGUAGE;

  for (guint i = 0; pairs && i < index->entries->len; i++)
    {
      const PaddockLibraryEntry *companion = g_ptr_array_index (index->entries, i);

      if (!is_companion (companion) || !is_expected (index, model, companion))
        continue;
      g_assert_cmpuint (n_expected, <, model->companions->len);
      g_assert_cmpstr (g_ptr_array_index (model->companions, n_expected), ==, companion->id);
      n_expected++;
    }
  g_assert_cmpuint (model->companions->len, ==, n_expected);
  return n_expected;
}

/* What is found by looking up is what is found by asking each of each, in the same order. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  guint n_pairs = 0;

  for (guint i = 0; i < N_LIBRARIES; i++)
    {
      g_autoptr (PaddockLibraryIndex) index = paddock_library_index_new ();

      for (guint j = 0; j < N_ENTRIES; j++)
        add_entry (rand, index);
      paddock_entry_companions_pair (index);
      for (guint j = 0; j < N_ENTRIES; j++)
        n_pairs += check_model (index, g_ptr_array_index (index->entries, j));
    }
  g_assert_cmpuint (n_pairs, >, N_LIBRARIES * 10);
}

static void
test_empty (void)
{
  g_autoptr (PaddockLibraryIndex) index = paddock_library_index_new ();

  paddock_entry_companions_pair (index);
  g_assert_cmpuint (index->entries->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/entry-companions/random", test_random);
  g_test_add_func ("/entry-companions/empty", test_empty);
  return g_test_run ();
}
