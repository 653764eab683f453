/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sharing-offer.h"

#include <string.h>

#include "await.h"
#include "library-case.h"
#include "library-error.h"
#include "sharing-text.h"

/* A home with Ollama and LM Studio, without llama.cpp, and what there is of models. */
typedef struct
{
  TestDirectory *directory;
  PaddockStorePlaces *places;
  PaddockLibraryIndex *index;
} Fixture;

static char *
build_path (Fixture *fixture, const char *name)
{
  return test_directory_build_path (fixture->directory, name);
}

static char *
write_model (Fixture *fixture, const char *name, const char *recipe)
{
  g_autofree char *path = build_path (fixture, name);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  return test_directory_write_recipe (fixture->directory, name, recipe);
}

static void
look (Fixture *fixture)
{
  g_autofree char *own = build_path (fixture, "own");
  g_autofree char *own_place = g_strconcat ("own:", own, NULL);
  g_autofree char *studio = build_path (fixture, ".lmstudio/models");
  g_autofree char *studio_place = g_strconcat ("lmstudio:", studio, NULL);

  g_clear_pointer (&fixture->index, paddock_library_index_unref);
  fixture->index = test_library_look (NULL, own_place, studio_place, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *environment[] = { NULL };
  const char *const folders[] = { "own", ".ollama/models", ".lmstudio/models" };

  fixture->directory = test_directory_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = build_path (fixture, folders[i]);

      g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
    }
  fixture->places = paddock_store_places_new_in (test_directory_get_path (fixture->directory), (char **) environment);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->index, paddock_library_index_unref);
  paddock_store_places_free (fixture->places);
  test_directory_free (fixture->directory);
}

static GPtrArray *
list (Fixture *fixture, const char *path)
{
  return paddock_sharing_offer_list (fixture->index, test_library_find (fixture->index, path)->id, fixture->places);
}

static void
assert_offer (GPtrArray *offers, guint position, const char *program, PaddockSharingObstacle obstacle)
{
  const PaddockSharingOffer *offer = g_ptr_array_index (offers, position);

  g_assert_cmpstr (offer->program, ==, program);
  g_assert_cmpint (offer->obstacle, ==, obstacle);
  g_assert_true ((offer->outline != NULL) == (obstacle == PADDOCK_SHARING_POSSIBLE));
  g_assert_true ((offer->error != NULL) == (obstacle != PADDOCK_SHARING_POSSIBLE));
}

static void
test_programs (Fixture *fixture, gconstpointer data)
{
  g_autofree char *recipe = test_library_make_recipe ("My Model");
  g_autofree char *path = write_model (fixture, "own/model.gguf", recipe);
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GPtrArray) offers = NULL;
  g_autoptr (GError) error = NULL;

  look (fixture);
  paddock_sharing_offer_list_async (fixture->index, test_library_find (fixture->index, path)->id, fixture->places, NULL,
                                    test_await_callback, await);
  offers = paddock_sharing_offer_list_finish (test_await_result (await), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (offers->len, ==, 3);
  assert_offer (offers, 0, "ollama", PADDOCK_SHARING_POSSIBLE);
  assert_offer (offers, 1, "lmstudio", PADDOCK_SHARING_POSSIBLE);
  assert_offer (offers, 2, "llamacpp", PADDOCK_SHARING_NO_PROGRAM);
}

static void
test_there (Fixture *fixture, gconstpointer data)
{
  g_autofree char *recipe = test_library_make_recipe ("My Model");
  g_autofree char *other_recipe = test_library_make_recipe ("Other Model");
  g_autofree char *path = write_model (fixture, "own/model.gguf", recipe);
  g_autofree char *second = write_model (fixture, ".lmstudio/models/a/b/model.gguf", recipe);
  g_autofree char *other = write_model (fixture, "own/other.gguf", other_recipe);
  g_autofree char *taken = write_model (fixture, ".lmstudio/models/paddock/other-model/other.gguf", "tensor t f16 64x32\n");
  g_autoptr (GPtrArray) offers = NULL;
  g_autoptr (GPtrArray) others = NULL;

  look (fixture);
  offers = list (fixture, path);
  assert_offer (offers, 1, "lmstudio", PADDOCK_SHARING_THERE);
  others = list (fixture, other);
  assert_offer (others, 1, "lmstudio", PADDOCK_SHARING_NAME_TAKEN);
}

static void
test_parts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *recipe = test_library_make_recipe ("Parts");
  g_autofree char *first_keys = g_strdup_printf ("kv split.no u16 0\nkv split.count u16 2\n%s", recipe);
  const char *second_keys = "kv split.no u16 1\nkv split.count u16 2\ntensor blk.1.ffn_up.weight f16 64x32\n";
  g_autofree char *first = write_model (fixture, "own/set-00001-of-00002.gguf", first_keys);
  g_autofree char *second = NULL;
  g_autoptr (GPtrArray) whole = NULL;
  g_autoptr (GPtrArray) half = NULL;

  look (fixture);
  half = list (fixture, first);
  assert_offer (half, 0, "ollama", PADDOCK_SHARING_INCOMPLETE);
  second = write_model (fixture, "own/set-00002-of-00002.gguf", second_keys);
  look (fixture);
  whole = list (fixture, first);
  assert_offer (whole, 0, "ollama", PADDOCK_SHARING_SPLIT);
  assert_offer (whole, 1, "lmstudio", PADDOCK_SHARING_POSSIBLE);
}

/* Each way is told in other words, with what it comes from. */
static void
test_text (void)
{
  char source[] = "/from/a\nb";
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int way = PADDOCK_SHARE_REFLINK; way <= PADDOCK_SHARE_WRITE; way++)
    {
      const PaddockSharingStep step = { .way = way, .source = way == PADDOCK_SHARE_WRITE ? NULL : source };
      char *text = paddock_sharing_text_dup_way (&step);

      g_assert_null (strchr (text, '\n'));
      g_assert_true ((strstr (text, "/from/a") != NULL) == (step.source != NULL));
      g_assert_true (g_hash_table_add (seen, text));
    }
}

#define ADD(name, test) g_test_add ("/sharing-offer/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  ADD ("programs", test_programs);
  ADD ("there", test_there);
  ADD ("parts", test_parts);
  g_test_add_func ("/sharing-offer/text", test_text);
  return g_test_run ();
}
