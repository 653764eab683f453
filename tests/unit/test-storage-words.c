/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/removal-words.h"
#include "library/storage-words.h"

static PaddockRemovalItem *
create_item (const char *path, const char *store, PaddockRemovalWay way, gboolean removed)
{
  PaddockRemovalItem *item = g_new0 (PaddockRemovalItem, 1);

  item->path = (char *) path;
  item->store = store;
  item->way = way;
  item->removed = removed;
  return item;
}

static void
set_up_plan (PaddockRemovalPlan *plan)
{
  plan->items = g_ptr_array_new_with_free_func (g_free);
  plan->kept = g_ptr_array_new ();
  plan->dangling = g_ptr_array_new ();
}

static void
clear_plan (PaddockRemovalPlan *plan)
{
  g_ptr_array_unref (plan->items);
  g_ptr_array_unref (plan->kept);
  g_ptr_array_unref (plan->dangling);
}

static void
expect_done (const PaddockRemovalPlan *plan, const char *expected)
{
  g_autofree char *text = paddock_removal_words_dup_done (plan, "Alpha");

  g_assert_cmpstr (text, ==, expected);
}

/* A toast tells of what was done, not of what was meant. */
static void
test_done (void)
{
  PaddockRemovalPlan plan = { NULL };

  set_up_plan (&plan);
  g_ptr_array_add (plan.items, create_item ("/a", "own", PADDOCK_REMOVAL_UNLINK, TRUE));
  g_ptr_array_add (plan.items, create_item ("/b", "own", PADDOCK_REMOVAL_TRASH, FALSE));
  expect_done (&plan, "Alpha: link removed; the file it leads to stays");
  ((PaddockRemovalItem *) g_ptr_array_index (plan.items, 1))->removed = TRUE;
  expect_done (&plan, "Alpha moved to the Trash; 1 link removed, without what it leads to");
  g_ptr_array_remove_index (plan.items, 0);
  expect_done (&plan, "Alpha moved to the Trash");
  clear_plan (&plan);
}

static void
test_consent (void)
{
  PaddockRemovalPlan own = { NULL }, all = { NULL };
  PaddockRemovalProposal proposal = { &own, &all };
  g_autofree char *text = NULL;

  set_up_plan (&own);
  set_up_plan (&all);
  g_ptr_array_add (own.items, create_item ("/m/a.gguf", "folder", PADDOCK_REMOVAL_TRASH, FALSE));
  g_ptr_array_add (all.items, create_item ("/m/a.gguf", "folder", PADDOCK_REMOVAL_TRASH, FALSE));
  g_assert_false (paddock_removal_proposal_needs_consent (&proposal));
  g_ptr_array_add (all.items, create_item ("/o/a\nb", "ollama", PADDOCK_REMOVAL_TRASH, FALSE));
  g_assert_true (paddock_removal_proposal_needs_consent (&proposal));
  g_ptr_array_add (all.dangling, (gpointer) "/l/link");
  g_ptr_array_add (all.kept, (gpointer) "/k/kept");
  text = paddock_removal_words_dup_consent (&proposal);
  g_assert_cmpstr (text, ==,
                   "This belongs to Ollama, which will not have it any more:\n/o/a\\nb\n\n"
                   "This link would lead nowhere:\n/l/link\n\n"
                   "This stays, because something else needs it:\n/k/kept\n\n"
                   "Files go to the Trash. Of links, what they lead to stays.");
  clear_plan (&own);
  clear_plan (&all);
}

static void
test_duplicate (void)
{
  PaddockDuplicate duplicate = { .kept = (char *) "/a", .replaced = (char *) "/b", .way = PADDOCK_DUPLICATE_HARD_LINK };
  g_autofree char *linked = paddock_storage_words_dup_duplicate (&duplicate);
  g_autofree char *remains = NULL;

  duplicate.way = PADDOCK_DUPLICATE_REMAINS;
  remains = paddock_storage_words_dup_duplicate (&duplicate);
  g_assert_cmpstr (linked, ==, "/a stays. /b becomes a second name of it.");
  g_assert_cmpstr (remains, ==, "/a stays, and so does /b: they are on different disks or belong to another program.");
}

static void
test_cleanup (void)
{
  g_autoptr (GPtrArray) proposals = g_ptr_array_new ();
  PaddockCleanupPlan plan = { .proposals = proposals, .own_bytes = 5000 };
  g_autofree char *nothing = paddock_storage_words_dup_cleanup (&plan);
  g_autofree char *some = NULL;

  g_ptr_array_add (proposals, &plan);
  plan.frees = 2000;
  some = paddock_storage_words_dup_cleanup (&plan);
  g_assert_true (g_str_has_prefix (nothing, "Nothing to remove."));
  g_assert_nonnull (strstr (some, "Frees 2.0"));
  g_assert_nonnull (strstr (some, "then holds 3.0"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/storage-words/done", test_done);
  g_test_add_func ("/storage-words/consent", test_consent);
  g_test_add_func ("/storage-words/duplicate", test_duplicate);
  g_test_add_func ("/storage-words/cleanup", test_cleanup);
  return g_test_run ();
}
