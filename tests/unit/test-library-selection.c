/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-selection.h"

typedef struct
{
  PaddockLibraryList *list;
  PaddockLibrarySelection *selection;
  guint n_told;                      /* times that another number of them was selected */
} Fixture;

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

/* One model for each letter. */
static void
show (Fixture *fixture, const char *letters)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_entry_unref);

  for (const char *letter = letters; *letter != '\0'; letter++)
    {
      const char id[] = { *letter, '\0' };
      g_autoptr (PaddockModelRecord) record = paddock_model_record_new (id);

      g_ptr_array_add (entries, paddock_library_entry_new (record, NULL));
    }
  set_entries (fixture, entries);
}

static void
on_n_selected (Fixture *fixture)
{
  fixture->n_told++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->list = paddock_library_list_new (NULL);
  fixture->selection = paddock_library_selection_new (fixture->list);
  show (fixture, "abcde");
  g_signal_connect_swapped (fixture->selection, "notify::n-selected", G_CALLBACK (on_n_selected), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->selection);
  g_assert_finalize_object (fixture->list);
}

static void
expect (Fixture *fixture, const char *letters)
{
  g_auto (GStrv) ids = paddock_library_selection_list_ids (fixture->selection);
  g_autofree char *joined = g_strjoinv ("", ids);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->selection);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (model);

  g_assert_cmpstr (joined, ==, letters);
  g_assert_cmpuint (paddock_library_selection_count (fixture->selection), ==, strlen (letters));
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, strlen (letters));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    g_assert_true (gtk_bitset_contains (selected, i) == gtk_selection_model_is_selected (model, i));
}

static void
test_toggles (Fixture *fixture, gconstpointer data)
{
  g_assert_false (paddock_library_selection_get_active (fixture->selection));
  paddock_library_selection_toggle (fixture->selection, 3);
  g_assert_true (paddock_library_selection_get_active (fixture->selection));
  paddock_library_selection_toggle (fixture->selection, 1);
  expect (fixture, "bd");
  paddock_library_selection_toggle (fixture->selection, 3);
  expect (fixture, "b");
  g_assert_cmpuint (fixture->n_told, ==, 3);
  paddock_library_selection_set_active (fixture->selection, FALSE);
  expect (fixture, "");
}

static void
test_extends (Fixture *fixture, gconstpointer data)
{
  paddock_library_selection_extend (fixture->selection, 3);
  expect (fixture, "d");
  paddock_library_selection_extend (fixture->selection, 1);
  expect (fixture, "bcd");
  paddock_library_selection_toggle (fixture->selection, 0);
  paddock_library_selection_extend (fixture->selection, 1);
  expect (fixture, "abcd");
}

/* What the list view asks for while the keyboard and the pointer move. */
static void
test_moving (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->selection);

  g_assert_false (gtk_selection_model_select_item (model, 2, TRUE));
  expect (fixture, "");
  g_assert_false (paddock_library_selection_get_active (fixture->selection));
  g_assert_true (gtk_selection_model_select_all (model));
  expect (fixture, "abcde");
  g_assert_false (gtk_selection_model_select_item (model, 2, TRUE));
  expect (fixture, "abcde");
  g_assert_true (gtk_selection_model_unselect_item (model, 2));
  expect (fixture, "abde");
  g_assert_false (gtk_selection_model_select_item (model, 5, FALSE));
}

/* Another order is no other selection; what is gone is not selected. */
static void
test_follows (Fixture *fixture, gconstpointer data)
{
  paddock_library_selection_toggle (fixture->selection, 0);
  paddock_library_selection_toggle (fixture->selection, 2);
  show (fixture, "xcba");
  expect (fixture, "ca");
  g_assert_cmpuint (fixture->n_told, ==, 2);
  show (fixture, "xa");
  expect (fixture, "a");
  g_assert_cmpuint (fixture->n_told, ==, 3);
  show (fixture, "abc");
  expect (fixture, "a");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/library-selection/toggles", Fixture, NULL, set_up, test_toggles, tear_down);
  g_test_add ("/library-selection/extends", Fixture, NULL, set_up, test_extends, tear_down);
  g_test_add ("/library-selection/moving", Fixture, NULL, set_up, test_moving, tear_down);
  g_test_add ("/library-selection/follows", Fixture, NULL, set_up, test_follows, tear_down);
  return g_test_run ();
}
