/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/companion-choice.h"
#include "discover/library-match.h"
#include "discover/variant-choice.h"

#define GB G_GINT64_CONSTANT (1000000000)
#define PARAMETERS (8 * GB)
#define MANY (G_GUINT64_CONSTANT (1) << 50)
#define HASH_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HASH_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

typedef struct
{
  GPtrArray *files, *variants;
  GHashTable *too_large;             /* NULL: nothing is known */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hub_file_free);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->variants, g_ptr_array_unref);
  g_ptr_array_unref (fixture->files);
}

static void
add (Fixture *fixture, const char *path, gint64 size, const char *sha256)
{
  g_ptr_array_add (fixture->files, paddock_hub_file_new (path, size, sha256));
}

static void
add_usual (Fixture *fixture)
{
  add (fixture, "m-Q2_K.gguf", 3 * GB, NULL);
  add (fixture, "m-Q4_K_M.gguf", 5 * GB, NULL);
  add (fixture, "m-Q6_K.gguf", 7 * GB, NULL);
  add (fixture, "m-Q8_0.gguf", 9 * GB, NULL);
  add (fixture, "m-BF16.gguf", 16 * GB, NULL);
  add (fixture, "mmproj-F16.gguf", GB, NULL);
}

static const char *
choose (Fixture *fixture, gint64 parameters, guint64 memory, PaddockQuantPreference preference)
{
  const PaddockHubVariant *found;

  g_clear_pointer (&fixture->variants, g_ptr_array_unref);
  fixture->variants = paddock_hub_variant_group (fixture->files);
  found = paddock_variant_choice_find (fixture->variants, parameters, memory, preference, fixture->too_large);
  return found != NULL ? found->label : NULL;
}

/* By what fits and what the person prefers. */
static void
test_memory (Fixture *fixture, gconstpointer data)
{
  add_usual (fixture);
  g_assert_cmpstr (choose (fixture, PARAMETERS, MANY, PADDOCK_QUANT_PREFER_HIGHEST), ==, "BF16");
  g_assert_cmpstr (choose (fixture, PARAMETERS, 14 * GB, PADDOCK_QUANT_PREFER_HIGHEST), ==, "Q8_0");
  g_assert_cmpstr (choose (fixture, PARAMETERS, 9 * GB, PADDOCK_QUANT_PREFER_HIGHEST), ==, "Q6_K");
  g_assert_cmpstr (choose (fixture, PARAMETERS, MANY, PADDOCK_QUANT_PREFER_EFFICIENT), ==, "Q4_K_M");
  g_assert_cmpstr (choose (fixture, PARAMETERS, 5 * GB, PADDOCK_QUANT_PREFER_BALANCED), ==, "Q2_K");
  g_assert_null (choose (fixture, PARAMETERS, 3 * GB, PADDOCK_QUANT_PREFER_BALANCED));
  g_assert_null (choose (fixture, PARAMETERS, 0, PADDOCK_QUANT_PREFER_BALANCED));
}

/* What its header says is truer than its size. */
static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  add_usual (fixture);
  choose (fixture, PARAMETERS, MANY, PADDOCK_QUANT_PREFER_HIGHEST);
  fixture->too_large = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < fixture->variants->len; i++)
    {
      const PaddockHubVariant *variant = g_ptr_array_index (fixture->variants, i);

      if (variant->size > 8 * GB)
        g_hash_table_add (fixture->too_large, (gpointer) variant);
    }
  g_assert_cmpstr (paddock_variant_choice_find (fixture->variants, PARAMETERS, MANY, PADDOCK_QUANT_PREFER_HIGHEST,
                                                fixture->too_large)
                       ->label,
                   ==, "Q6_K");
  g_clear_pointer (&fixture->too_large, g_hash_table_unref);
}

/* Where the hub does not tell how large the model is, its files do. */
static void
test_unknown_size (Fixture *fixture, gconstpointer data)
{
  add_usual (fixture);
  g_assert_cmpstr (choose (fixture, -1, 14 * GB, PADDOCK_QUANT_PREFER_HIGHEST), ==, "Q8_0");
}

/* What is advised may not be there: then the next better one is, where there is room for it. */
static void
test_gaps (Fixture *fixture, gconstpointer data)
{
  add (fixture, "m-Q3_K_M.gguf", 4 * GB, NULL);
  add (fixture, "m-Q8_0.gguf", 9 * GB, NULL);
  g_assert_cmpstr (choose (fixture, PARAMETERS, MANY, PADDOCK_QUANT_PREFER_EFFICIENT), ==, "Q8_0");
  g_assert_cmpstr (choose (fixture, PARAMETERS, 7 * GB, PADDOCK_QUANT_PREFER_EFFICIENT), ==, "Q3_K_M");
  g_ptr_array_remove_index (fixture->files, 1);
  g_assert_cmpstr (choose (fixture, PARAMETERS, MANY, PADDOCK_QUANT_PREFER_HIGHEST), ==, "Q3_K_M");
}

/* A publisher's own kinds count as what they are nearest to; parts that are missing, and projectors, never do. */
static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  add (fixture, "m-UD-Q4_K_XL.gguf", 5 * GB, NULL);
  add (fixture, "m-Q8_0-00001-of-00002.gguf", 4 * GB, NULL);
  add (fixture, "mmproj-BF16.gguf", GB, NULL);
  g_assert_cmpstr (choose (fixture, PARAMETERS, MANY, PADDOCK_QUANT_PREFER_HIGHEST), ==, "UD-Q4_K_XL");
}

static void
test_nameless (Fixture *fixture, gconstpointer data)
{
  add (fixture, "model.gguf", 5 * GB, NULL);
  g_assert_cmpstr (choose (fixture, -1, MANY, PADDOCK_QUANT_PREFER_BALANCED), ==, "model.gguf");
  g_assert_null (choose (fixture, -1, 4 * GB, PADDOCK_QUANT_PREFER_BALANCED));
  add (fixture, "other.gguf", 5 * GB, NULL);
  g_assert_null (choose (fixture, -1, MANY, PADDOCK_QUANT_PREFER_BALANCED));
}

/* Nothing but projectors, in 16 bits first. */
static void
test_projectors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) found = NULL;

  add_usual (fixture);
  add (fixture, "mmproj-F32.gguf", 2 * GB, NULL);
  add (fixture, "mmproj-BF16.gguf", GB, NULL);
  add (fixture, "m-lora-F16.gguf", GB, NULL);
  fixture->variants = paddock_hub_variant_group (fixture->files);
  found = paddock_companion_choice_list (fixture->variants);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpstr (((PaddockHubVariant *) g_ptr_array_index (found, 0))->label, ==, "F16");
  g_assert_cmpstr (((PaddockHubVariant *) g_ptr_array_index (found, 1))->label, ==, "BF16");
  g_assert_cmpstr (((PaddockHubVariant *) g_ptr_array_index (found, 2))->label, ==, "F32");
}

static PaddockLibraryEntry *
add_entry (PaddockLibraryIndex *index, const char *path, guint64 size, const char *sha256)
{
  g_autoptr (PaddockModelRecord) record = paddock_model_record_new (path);
  PaddockEntryLocation *location = paddock_entry_location_new ("own", "/m", path);
  PaddockLibraryEntry *entry;

  record->expected_sha256 = g_strdup (sha256);
  location->online = TRUE;
  entry = paddock_library_entry_new (record, NULL);
  entry->size = size;
  g_ptr_array_add (entry->locations, location);
  g_ptr_array_add (index->entries, entry);
  return entry;
}

/* By hash under any name; by name and size only where nobody has a hash. */
static void
test_match (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockLibraryIndex) index = paddock_library_index_new ();
  g_autoptr (GHashTable) found = NULL;
  PaddockLibraryEntry *renamed, *bare;

  add (fixture, "m-Q4_K_M.gguf", 500, HASH_A);
  add (fixture, "m-Q6_K.gguf", 700, NULL);
  add (fixture, "m-Q8_0.gguf", 900, HASH_B);
  fixture->variants = paddock_hub_variant_group (fixture->files);
  renamed = add_entry (index, "/m/another.gguf", 500, HASH_A);
  bare = add_entry (index, "/m/m-Q6_K.gguf", 700, NULL);
  /* An older upload under the same name. */
  add_entry (index, "/m/m-Q8_0.gguf", 900, "c" HASH_A);
  found = paddock_library_match_find (index, fixture->variants);
  g_assert_cmpuint (g_hash_table_size (found), ==, 2);
  g_assert_true (g_hash_table_lookup (found, g_ptr_array_index (fixture->variants, 0)) == renamed);
  g_assert_true (g_hash_table_lookup (found, g_ptr_array_index (fixture->variants, 1)) == bare);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/variant-choice/memory", Fixture, NULL, set_up, test_memory, tear_down);
  g_test_add ("/variant-choice/too-large", Fixture, NULL, set_up, test_too_large, tear_down);
  g_test_add ("/variant-choice/unknown-size", Fixture, NULL, set_up, test_unknown_size, tear_down);
  g_test_add ("/variant-choice/gaps", Fixture, NULL, set_up, test_gaps, tear_down);
  g_test_add ("/variant-choice/kinds", Fixture, NULL, set_up, test_kinds, tear_down);
  g_test_add ("/variant-choice/nameless", Fixture, NULL, set_up, test_nameless, tear_down);
  g_test_add ("/variant-choice/projectors", Fixture, NULL, set_up, test_projectors, tear_down);
  g_test_add ("/variant-choice/match", Fixture, NULL, set_up, test_match, tear_down);
  return g_test_run ();
}
