/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-error.h"
#include "library-query.h"

typedef struct
{
  PaddockLibraryIndex *index;
  PaddockLibraryQuery *query;
} Fixture;

static void
add (Fixture *fixture, const char *id, const char *architecture, guint64 size, gint64 used, const char *tag)
{
  const char *tags[] = { tag, NULL };
  g_autoptr (PaddockModelRecord) record = paddock_model_record_new (id);
  PaddockLibraryEntry *entry;

  record->name = g_strdup (id);
  record->architecture = g_strdup (architecture);
  record->quantization = g_strdup ("Q4_0");
  record->last_used = used;
  paddock_model_record_set_tags (record, tag != NULL ? tags : NULL);
  entry = paddock_library_entry_new (record, NULL);
  entry->size = size;
  entry->title = entry->record->name;
  entry->search_text = g_strdup_printf ("%s\n%s\n", id, architecture);
  entry->sort_key = g_utf8_collate_key_for_filename (id, -1);
  g_ptr_array_add (entry->locations, paddock_entry_location_new ("folder", "/m", "/m/a"));
  g_ptr_array_add (fixture->index->entries, entry);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->index = paddock_library_index_new ();
  fixture->query = paddock_library_query_new ();
  add (fixture, "b10", "llama", 30, 5, "code");
  add (fixture, "b9", "qwen2", 20, 50, NULL);
  add (fixture, "a", "llama", 20, 500, "chat");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  paddock_library_index_unref (fixture->index);
  paddock_library_query_free (fixture->query);
}

static PaddockFit
fit_by_size (const PaddockLibraryEntry *entry, gpointer user_data)
{
  return entry->size > 25 ? PADDOCK_FIT_TOO_LARGE : PADDOCK_FIT_GPU;
}

static void
expect (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) found = paddock_library_query_run (fixture->query, fixture->index, fit_by_size, NULL);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", ((PaddockLibraryEntry *) g_ptr_array_index (found, i))->id);
  g_assert_cmpstr (ids->str, ==, expected);
}

static void
test_sort (Fixture *fixture, gconstpointer data)
{
  expect (fixture, "a b9 b10");
  fixture->query->descending = TRUE;
  expect (fixture, "b10 b9 a");
  fixture->query->sort = PADDOCK_SORT_SIZE;
  /* Equal ones are in the order of their names, either way. */
  expect (fixture, "b10 a b9");
  fixture->query->descending = FALSE;
  expect (fixture, "a b9 b10");
  fixture->query->sort = PADDOCK_SORT_LAST_USED;
  expect (fixture, "b10 b9 a");
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  fixture->query->text = g_strdup ("LLAMA  b");
  expect (fixture, "b10");
  g_set_str (&fixture->query->text, "nothing");
  expect (fixture, "");
  g_set_str (&fixture->query->text, " ");
  expect (fixture, "a b9 b10");
}

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  g_assert_false (paddock_library_query_is_filtered (fixture->query));
  fixture->query->architectures = g_strsplit ("llama gemma", " ", -1);
  g_assert_true (paddock_library_query_is_filtered (fixture->query));
  expect (fixture, "a b10");
  fixture->query->tags = g_strsplit ("code", " ", -1);
  expect (fixture, "b10");
  fixture->query->fits = 1u << PADDOCK_FIT_GPU;
  expect (fixture, "");
  g_clear_pointer (&fixture->query->tags, g_strfreev);
  expect (fixture, "a");
  fixture->query->unused_since = 100;
  expect (fixture, "");
  g_clear_pointer (&fixture->query->architectures, g_strfreev);
  expect (fixture, "b9");
  fixture->query->stores = g_strsplit ("ollama", " ", -1);
  expect (fixture, "");
}

static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  fixture->query->kinds = 1u << PADDOCK_MODEL_PROJECTOR;
  expect (fixture, "");
  fixture->query->kinds |= 1u << PADDOCK_MODEL_LANGUAGE;
  expect (fixture, "a b9 b10");
  fixture->query->states = 1u << PADDOCK_ENTRY_DAMAGED;
  expect (fixture, "");
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockLibraryQuery) read = NULL;
  g_autoptr (PaddockLibraryQuery) copy = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL, *again = NULL, *of_copy = NULL;

  fixture->query->text = g_strdup ("x");
  fixture->query->tags = g_strsplit ("a b", " ", -1);
  fixture->query->fits = 6;
  fixture->query->favourites = TRUE;
  fixture->query->sort = PADDOCK_SORT_ADDED;
  fixture->query->unused_since = 9;
  json = paddock_library_query_to_json (fixture->query);
  read = paddock_library_query_from_json (json, &error);
  g_assert_no_error (error);
  again = paddock_library_query_to_json (read);
  g_assert_cmpstr (json, ==, again);
  copy = paddock_library_query_copy (read);
  of_copy = paddock_library_query_to_json (copy);
  g_assert_cmpstr (json, ==, of_copy);
  g_assert_true (read->favourites);
  g_assert_cmpuint (read->fits, ==, 6);
}

static void
test_bad_json (Fixture *fixture, gconstpointer data)
{
  static const char *texts[] = { "", "7", "[", "[]" };
  g_autoptr (PaddockLibraryQuery) odd =
    paddock_library_query_from_json ("{\"sort\": 7, \"tags\": \"x\", \"fits\": -5, \"favourites\": 3, \"text\": []}", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (paddock_library_query_from_json (texts[i], &error));
      g_assert_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID);
    }
  g_assert_nonnull (odd);
  g_assert_cmpuint (odd->fits, ==, 0);
}

#define ADD(name, function) g_test_add ("/library-query/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("sort", test_sort);
  ADD ("text", test_text);
  ADD ("filters", test_filters);
  ADD ("kinds", test_kinds);
  ADD ("json", test_json);
  ADD ("bad-json", test_bad_json);
  return g_test_run ();
}
