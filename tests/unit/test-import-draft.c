/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/import-draft.h"
#include "library/import-words.h"

#include "library-case.h"
#include "library-error.h"

#include <string.h>
#include <unistd.h>

/* A folder of things to import, and a library. */
typedef struct
{
  TestDirectory *directory;
  char *from, *own;
  PaddockLibraryIndex *index;
  PaddockImportDraft *draft;
} Fixture;

static char *
add_model (Fixture *fixture, const char *name, const char *title)
{
  g_autofree char *recipe = test_library_make_recipe (title);

  return test_directory_write_recipe (fixture->directory, name, recipe);
}

static void
look (Fixture *fixture)
{
  g_autofree char *own = g_strconcat ("own:", fixture->own, NULL);

  g_clear_pointer (&fixture->index, paddock_library_index_unref);
  fixture->index = test_library_look (NULL, own, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *alpha = NULL;

  fixture->directory = test_directory_new ();
  fixture->from = test_directory_make_folder (fixture->directory, "from");
  fixture->own = test_directory_make_folder (fixture->directory, "own");
  alpha = add_model (fixture, "own/alpha.gguf", "Alpha");
  look (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->draft, paddock_import_draft_free);
  g_clear_pointer (&fixture->index, paddock_library_index_unref);
  g_free (fixture->from);
  g_free (fixture->own);
  test_directory_free (fixture->directory);
}

static void
draft (Fixture *fixture, const char *first, const char *second)
{
  const char *paths[] = { first, second, NULL };
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->draft, paddock_import_draft_free);
  fixture->draft = paddock_import_draft_new (paths, fixture->own, fixture->index, NULL, &error);
  g_assert_no_error (error);
}

static PaddockImportItem *
get_only (Fixture *fixture, PaddockImportMode mode)
{
  GPtrArray *items = fixture->draft->plans[mode]->items;

  g_assert_cmpuint (items->len, ==, 1);
  return g_ptr_array_index (items, 0);
}

static void
test_ways (Fixture *fixture, gconstpointer data)
{
  g_autofree char *beta = add_model (fixture, "from/beta.gguf", "Beta");
  guint64 size;

  draft (fixture, beta, NULL);
  g_assert_false (fixture->draft->known);
  for (guint mode = PADDOCK_IMPORT_COPY; mode <= PADDOCK_IMPORT_LEAVE; mode++)
    {
      g_assert_cmpuint (fixture->draft->plans[mode]->mode, ==, mode);
      g_assert_cmpuint (paddock_import_draft_count (fixture->draft->plans[mode], &size), ==, 1);
      g_assert_cmpuint (size, ==, get_only (fixture, (PaddockImportMode) mode)->size);
      g_assert_true (paddock_import_draft_is_possible (fixture->draft->plans[mode]));
    }
  g_assert_cmpuint (fixture->draft->plans[PADDOCK_IMPORT_LEAVE]->folders->len, ==, 1);
}

static void
test_known (Fixture *fixture, gconstpointer data)
{
  g_autofree char *alpha = g_build_filename (fixture->own, "alpha.gguf", NULL);
  g_autofree char *beta = add_model (fixture, "from/beta.gguf", "Beta");
  g_autofree char *link = test_directory_build_path (fixture->directory, "link");
  PaddockImportPlan *plan;

  draft (fixture, alpha, NULL);
  g_assert_true (fixture->draft->known);
  draft (fixture, fixture->own, NULL);
  g_assert_true (fixture->draft->known);
  g_assert_cmpint (symlink (fixture->own, link), ==, 0);
  draft (fixture, link, NULL);
  g_assert_true (fixture->draft->known);
  draft (fixture, alpha, beta);
  g_assert_false (fixture->draft->known);
  plan = fixture->draft->plans[PADDOCK_IMPORT_LEAVE];
  g_assert_cmpuint (paddock_import_draft_count (plan, NULL), ==, 1);
  g_assert_cmpuint (plan->folders->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (plan->folders, 0), ==, fixture->from);
}

/* A folder whose name only begins like that of one that is looked into is another one. */
static void
test_neighbour (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = test_directory_make_folder (fixture->directory, "owner");
  g_autofree char *beta = add_model (fixture, "owner/beta.gguf", "Beta");

  draft (fixture, beta, NULL);
  g_assert_false (fixture->draft->known);
}

static void
test_duplicate (Fixture *fixture, gconstpointer data)
{
  g_autofree char *again = add_model (fixture, "from/again.gguf", "Alpha");
  g_autofree char *text = NULL;

  draft (fixture, again, NULL);
  g_assert_cmpuint (paddock_import_draft_count (fixture->draft->plans[PADDOCK_IMPORT_COPY], NULL), ==, 0);
  g_assert_false (paddock_import_draft_is_possible (fixture->draft->plans[PADDOCK_IMPORT_COPY]));
  text = paddock_import_words_dup_duplicate (get_only (fixture, PADDOCK_IMPORT_COPY), fixture->index);
  g_assert_cmpstr (text, ==, "The same weights as “Alpha”");
}

static void
test_room (Fixture *fixture, gconstpointer data)
{
  g_autofree char *beta = add_model (fixture, "from/beta.gguf", "Beta");
  PaddockImportPlan *plan;
  guint64 bytes;
  g_autofree char *enough = NULL;
  g_autofree char *tight = NULL;
  g_autofree char *unknown = NULL;
  g_autofree char *none = NULL;

  draft (fixture, beta, NULL);
  plan = fixture->draft->plans[PADDOCK_IMPORT_COPY];
  bytes = plan->bytes;
  paddock_import_plan_measure (plan);
  g_assert_cmpuint (plan->bytes, ==, bytes);
  plan->bytes = 2000000000;
  plan->free_bytes = 3000000000;
  enough = paddock_import_words_dup_way (plan);
  g_assert_cmpstr (enough, ==, "Needs 2.0 GB of the 3.0 GB that are free");
  plan->free_bytes = 1000000000;
  tight = paddock_import_words_dup_way (plan);
  g_assert_cmpstr (tight, ==, "Needs 2.0 GB, but only 1.0 GB are free");
  g_assert_false (paddock_import_draft_is_possible (plan));
  plan->free_bytes = G_MAXUINT64;
  unknown = paddock_import_words_dup_way (plan);
  g_assert_cmpstr (unknown, ==, "Needs 2.0 GB");
  plan->bytes = 0;
  none = paddock_import_words_dup_way (plan);
  g_assert_nonnull (strstr (none, "share"));
}

static void
test_reasons (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = test_directory_write (fixture->directory, "from/page.gguf", "<html>");
  g_autofree char *away = test_directory_build_path (fixture->directory, "from/away.gguf");
  g_autofree char *damaged = NULL;
  g_autofree char *gone = NULL;

  draft (fixture, text, NULL);
  damaged = paddock_import_words_dup_reason (get_only (fixture, PADDOCK_IMPORT_COPY));
  g_assert_cmpstr (damaged, ==, "It is damaged, or no model");
  g_assert_true (paddock_import_words_has_health (get_only (fixture, PADDOCK_IMPORT_COPY)));
  draft (fixture, away, NULL);
  gone = paddock_import_words_dup_reason (get_only (fixture, PADDOCK_IMPORT_COPY));
  g_assert_cmpstr (gone, ==, "It is not there");
  g_assert_false (paddock_import_words_has_health (get_only (fixture, PADDOCK_IMPORT_COPY)));
}

static void
test_end (Fixture *fixture, gconstpointer data)
{
  g_autofree char *beta = add_model (fixture, "from/beta.gguf", "Beta");
  g_autoptr (GPtrArray) failed = g_ptr_array_new ();
  PaddockImportItem *item;
  g_autofree char *all = paddock_import_words_dup_end (3, failed);
  g_autofree char *one = NULL;
  g_autofree char *several = NULL;

  g_assert_cmpstr (all, ==, "3 models imported");
  draft (fixture, beta, NULL);
  item = get_only (fixture, PADDOCK_IMPORT_COPY);
  item->problem = g_error_new_literal (PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_CHANGED, "changed");
  g_ptr_array_add (failed, item);
  one = paddock_import_words_dup_end (1, failed);
  g_assert_cmpstr (one, ==, "1 model imported, not “beta.gguf”: It has changed meanwhile");
  g_ptr_array_add (failed, item);
  several = paddock_import_words_dup_end (0, failed);
  g_assert_cmpstr (several, ==, "0 models imported, 2 not: It has changed meanwhile");
}

static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  const char *paths[] = { fixture->from, NULL };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (paddock_import_draft_new (paths, fixture->own, fixture->index, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add ("/import-draft/ways", test_ways);
  add ("/import-draft/known", test_known);
  add ("/import-draft/neighbour", test_neighbour);
  add ("/import-draft/duplicate", test_duplicate);
  add ("/import-draft/room", test_room);
  add ("/import-draft/reasons", test_reasons);
  add ("/import-draft/end", test_end);
  add ("/import-draft/stopped", test_stopped);
  return g_test_run ();
}
