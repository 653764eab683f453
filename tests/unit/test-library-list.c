/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/filter-choices.h"
#include "library/library-list.h"
#include "library/library-words.h"

#include <gtk/gtk.h>

typedef struct
{
  PaddockLibraryList *list;
  guint n_changes, position, removed, added;
} Fixture;

static PaddockLibraryEntry *
create_entry (const char *id, const char *architecture, gboolean favourite)
{
  g_autoptr (PaddockModelRecord) record = paddock_model_record_new (id);
  PaddockLibraryEntry *entry;

  record->architecture = g_strdup (architecture);
  record->favourite = favourite;
  entry = paddock_library_entry_new (record, NULL);
  entry->title = entry->id;
  entry->size = 1000;
  g_ptr_array_add (entry->locations, paddock_entry_location_new ("ollama", "/m", "/m/a"));
  return entry;
}

/* As a library that has nothing else. */
static void
set_entries (Fixture *fixture, GPtrArray *entries)
{
  g_autoptr (PaddockLibraryIndex) index = paddock_library_index_new ();

  for (guint i = 0; i < entries->len; i++)
    {
      PaddockLibraryEntry *entry = g_ptr_array_index (entries, i);

      g_hash_table_insert (index->by_id, entry->id, entry);
    }
  paddock_library_list_set_entries (fixture->list, entries, index);
}

/* One entry for each letter. */
static void
show (Fixture *fixture, const char *letters, gboolean favourite)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_entry_unref);

  for (const char *letter = letters; *letter != '\0'; letter++)
    {
      const char id[] = { *letter, '\0' };

      g_ptr_array_add (entries, create_entry (id, "llama", favourite));
    }
  fixture->n_changes = 0;
  set_entries (fixture, entries);
}

static void
on_items_changed (Fixture *fixture, guint position, guint removed, guint added)
{
  fixture->n_changes++;
  fixture->position = position;
  fixture->removed = removed;
  fixture->added = added;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->list = paddock_library_list_new (NULL);
  g_signal_connect_swapped (fixture->list, "items-changed", G_CALLBACK (on_items_changed), fixture);
  show (fixture, "abcde", FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->list);
}

static void
expect (Fixture *fixture, guint position, guint removed, guint added)
{
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  g_assert_cmpuint (fixture->position, ==, position);
  g_assert_cmpuint (fixture->removed, ==, removed);
  g_assert_cmpuint (fixture->added, ==, added);
}

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  expect (fixture, 0, 0, 5);
  show (fixture, "abde", FALSE);
  expect (fixture, 2, 1, 0);
  show (fixture, "abxyde", FALSE);
  expect (fixture, 2, 0, 2);
  show (fixture, "", FALSE);
  expect (fixture, 0, 6, 0);
  show (fixture, "aa", FALSE);
  show (fixture, "aaa", FALSE);
  expect (fixture, 2, 0, 1);
}

static void
on_changed (guint *count)
{
  (*count)++;
}

static void
test_items (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockLibraryItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), 1);
  g_autoptr (PaddockLibraryItem) again = NULL;
  guint n_told = 0, position = 0;

  g_signal_connect_swapped (item, "changed", G_CALLBACK (on_changed), &n_told);
  show (fixture, "xabcde", TRUE);
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_true (paddock_library_item_get_entry (item)->record->favourite);
  again = g_list_model_get_item (G_LIST_MODEL (fixture->list), 2);
  g_assert_true (item == again);
  g_assert_true (paddock_library_list_find (fixture->list, "b", &position));
  g_assert_cmpuint (position, ==, 2);
  g_assert_false (paddock_library_list_find (fixture->list, "z", NULL));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->list), 6));
}

/* One entry for each letter; those of one architecture are in one section. */
static void
show_families (Fixture *fixture, const char *letters, const char *const *families)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_entry_unref);

  for (guint i = 0; letters[i] != '\0'; i++)
    {
      const char id[] = { letters[i], '\0' };

      g_ptr_array_add (entries, create_entry (id, families[i], FALSE));
    }
  fixture->n_changes = 0;
  set_entries (fixture, entries);
}

static void
expect_section (Fixture *fixture, guint position, guint start, guint end, const char *title)
{
  guint first, last;

  gtk_section_model_get_section (GTK_SECTION_MODEL (fixture->list), position, &first, &last);
  g_assert_cmpuint (first, ==, start);
  g_assert_cmpuint (last, ==, end);
  g_assert_cmpstr (paddock_library_list_get_section_title (fixture->list, position), ==, title);
}

static void
test_sections (Fixture *fixture, gconstpointer data)
{
  const char *const families[] = { "qwen2", "llama", NULL, "qwen2", "llama" };
  const char *const others[] = { "qwen2", "llama", NULL, "llama", "llama" };

  expect_section (fixture, 2, 0, 5, NULL);
  paddock_library_list_set_sectioning (fixture->list, PADDOCK_SECTIONS_FAMILY);
  show_families (fixture, "abcde", families);
  expect (fixture, 0, 5, 5);
  g_assert_cmpstr (paddock_library_list_get_entry (fixture->list, 1)->id, ==, "e");
  expect_section (fixture, 0, 0, 2, "llama");
  expect_section (fixture, 1, 0, 2, "llama");
  expect_section (fixture, 3, 2, 4, "qwen2");
  expect_section (fixture, 4, 4, 5, "Not Known");
  expect_section (fixture, 5, 5, G_MAXUINT, NULL);
  /* One of them is of another family now: b d e a c. */
  show_families (fixture, "abcde", others);
  expect (fixture, 1, 3, 3);
  expect_section (fixture, 3, 3, 4, "qwen2");
  paddock_library_list_set_sectioning (fixture->list, PADDOCK_SECTIONS_NONE);
  show_families (fixture, "abcde", others);
  expect (fixture, 0, 5, 5);
}

static void
test_words (void)
{
  g_autoptr (PaddockLibraryEntry) entry = create_entry ("one", "llama", TRUE);
  g_autofree char *label = NULL;
  g_autofree char *state = NULL;

  entry->state = PADDOCK_ENTRY_INCOMPLETE;
  entry->shards = 3;
  entry->shards_present = 1;
  state = paddock_library_words_dup_state (entry);
  g_assert_cmpstr (state, ==, "2 Parts Missing");
  label = paddock_library_words_dup_label (entry);
  g_assert_cmpstr (label, ==, "one, 2 Parts Missing, llama, 1.0\302\240kB, Ollama, Favourite");
}

static void
test_choices (void)
{
  g_autoptr (PaddockLibraryIndex) index = paddock_library_index_new ();
  g_autoptr (PaddockLibraryQuery) query = paddock_library_query_new ();
  g_autoptr (GPtrArray) choices = NULL;
  g_autoptr (GPtrArray) chosen = NULL;

  g_ptr_array_add (index->entries, create_entry ("a", "qwen2", FALSE));
  g_ptr_array_add (index->entries, create_entry ("b", "llama", TRUE));
  g_ptr_array_add (index->entries, create_entry ("c", "llama", FALSE));
  choices = paddock_filter_choices_list (index, PADDOCK_FILTER_ARCHITECTURE);
  g_assert_cmpuint (choices->len, ==, 2);
  g_assert_cmpstr (((PaddockFilterChoice *) g_ptr_array_index (choices, 0))->value, ==, "llama");
  g_assert_cmpuint (((PaddockFilterChoice *) g_ptr_array_index (choices, 0))->count, ==, 2);
  paddock_filter_choices_set (query, PADDOCK_FILTER_ARCHITECTURE, "llama", TRUE);
  paddock_filter_choices_set (query, PADDOCK_FILTER_STATE, "3", TRUE);
  paddock_filter_choices_set (query, PADDOCK_FILTER_ONLY, "favourites", TRUE);
  g_assert_cmpuint (query->states, ==, 1u << PADDOCK_ENTRY_DAMAGED);
  g_assert_true (paddock_filter_choices_is_on (query, PADDOCK_FILTER_ARCHITECTURE, "llama"));
  chosen = paddock_filter_choices_chosen (query);
  g_assert_cmpuint (chosen->len, ==, 3);
  paddock_filter_choices_clear (query);
  g_assert_false (paddock_library_query_is_filtered (query));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/library-list/changes", Fixture, NULL, set_up, test_changes, tear_down);
  g_test_add ("/library-list/items", Fixture, NULL, set_up, test_items, tear_down);
  g_test_add ("/library-list/sections", Fixture, NULL, set_up, test_sections, tear_down);
  g_test_add_func ("/library-list/words", test_words);
  g_test_add_func ("/library-list/choices", test_choices);
  return g_test_run ();
}
