/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/saved-filters.h"

typedef struct
{
  GSettings *settings;
  PaddockSavedFilters *filters;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->settings = g_settings_new ("io.github.paddockapp.Paddock");
  g_settings_reset (fixture->settings, "saved-filters");
  fixture->filters = paddock_saved_filters_new (fixture->settings);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->filters);
  g_assert_finalize_object (fixture->settings);
}

static void
expect (Fixture *fixture, const char *names)
{
  g_autoptr (PaddockSavedFilters) again = paddock_saved_filters_new (fixture->settings);
  g_autoptr (GString) found = g_string_new (NULL);

  g_assert_cmpuint (paddock_saved_filters_count (again), ==, paddock_saved_filters_count (fixture->filters));
  for (guint i = 0; i < paddock_saved_filters_count (fixture->filters); i++)
    {
      g_string_append_printf (found, "%s ", paddock_saved_filters_get_name (fixture->filters, i));
      g_assert_cmpstr (paddock_saved_filters_get_name (again, i), ==, paddock_saved_filters_get_name (fixture->filters, i));
      g_assert_cmpstr (paddock_saved_filters_get_json (again, i), ==, paddock_saved_filters_get_json (fixture->filters, i));
    }
  g_assert_cmpstr (found->str, ==, names);
}

static void
test_keeps (Fixture *fixture, gconstpointer data)
{
  expect (fixture, "");
  g_assert_true (paddock_saved_filters_insert (fixture->filters, G_MAXUINT, "one", "{\"text\":\"coder\"}"));
  g_assert_true (paddock_saved_filters_insert (fixture->filters, G_MAXUINT, "two", "{\"favourites\":true}"));
  g_assert_true (paddock_saved_filters_insert (fixture->filters, 0, "zero", "{}"));
  expect (fixture, "zero one two ");
  g_assert_false (paddock_saved_filters_insert (fixture->filters, 0, "one", "{}"));
  g_assert_false (paddock_saved_filters_insert (fixture->filters, 0, "none", "no filter"));
  g_assert_false (paddock_saved_filters_rename (fixture->filters, 0, "one"));
  g_assert_true (paddock_saved_filters_rename (fixture->filters, 0, "zero"));
  g_assert_true (paddock_saved_filters_rename (fixture->filters, 0, "all"));
  paddock_saved_filters_remove (fixture->filters, 1);
  expect (fixture, "all two ");
}

/* Whatever order its members are in. */
static void
test_matches (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PaddockLibraryQuery) query = NULL;
  guint n = 0;

  g_assert_true (paddock_saved_filters_insert (fixture->filters, 0, "large", "{\"sort\":\"size\",\"text\":\"qwen\"}"));
  query = paddock_saved_filters_dup_query (fixture->filters, 0);
  g_assert_cmpstr (query->text, ==, "qwen");
  g_assert_true (paddock_saved_filters_match (fixture->filters, query, &n));
  query->descending = TRUE;
  g_assert_false (paddock_saved_filters_match (fixture->filters, query, &n));
}

static void
test_refuses (Fixture *fixture, gconstpointer data)
{
  g_settings_set_value (fixture->settings, "saved-filters",
                        g_variant_new_parsed ("[('broken', '{'), ('good', '{}'), ('good', '{\"text\":\"x\"}')]"));
  expect (fixture, "good ");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/saved-filters/keeps", Fixture, NULL, set_up, test_keeps, tear_down);
  g_test_add ("/saved-filters/matches", Fixture, NULL, set_up, test_matches, tear_down);
  g_test_add ("/saved-filters/refuses", Fixture, NULL, set_up, test_refuses, tear_down);
  return g_test_run ();
}
