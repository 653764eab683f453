/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/tensor-list.h"

#include "assert-finalize.h"
#include "await.h"
#include "gguf-recipe.h"
#include "model/type-shares.h"

static PaddockGgufShards *
open_recipe (const char *recipe)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_gguf_recipe_build (recipe, &error);
  g_autoptr (PaddockGgufSource) source = NULL;
  g_autoptr (PaddockGgufFile) file = NULL;

  g_assert_no_error (error);
  source = paddock_gguf_source_new_for_bytes (bytes, "recipe");
  file = paddock_gguf_file_new_for_source (source, NULL, &error);
  g_assert_no_error (error);
  return paddock_gguf_shards_new_for_file (file);
}

typedef struct
{
  PaddockTensorList *list;
  const char *names;                 /* with blanks between */
} Expected;

static gboolean
has_names (gpointer data)
{
  const Expected *expected = data;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autofree char *joined = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (expected->list)); i++)
    {
      g_autoptr (GObject) row = g_list_model_get_item (G_LIST_MODEL (expected->list), i);
      char *name = NULL;

      g_object_get (row, "name", &name, NULL);
      g_strv_builder_take (names, name);
    }
  all = g_strv_builder_end (names);
  joined = g_strjoinv (" ", all);
  return g_str_equal (joined, expected->names);
}

/* Searching and sorting happen in a worker, and the rows then follow: waits until they are these. */
static void
assert_order (PaddockTensorList *list, const char *names)
{
  Expected expected = { list, names };

  test_await_condition (has_names, &expected);
}

#define FOUR_TENSORS                                                                                                   \
  "tensor blk.10.a f32 32\n"                                                                                           \
  "tensor blk.2.a f16 32x4\n"                                                                                          \
  "tensor Output f32 32x2\n"                                                                                           \
  "tensor blk.2.b q8_0 32\n"

static void
test_order (void)
{
  g_autoptr (PaddockGgufShards) shards = open_recipe (FOUR_TENSORS);
  PaddockTensorList *list = paddock_tensor_list_new ();

  paddock_tensor_list_set_shards (list, shards);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_assert_cmpuint (paddock_tensor_list_get_total (list), ==, 4);
  assert_order (list, "blk.10.a blk.2.a Output blk.2.b");
  paddock_tensor_list_set_order (list, PADDOCK_TENSOR_BY_NAME, FALSE);
  assert_order (list, "Output blk.2.a blk.2.b blk.10.a");
  paddock_tensor_list_set_order (list, PADDOCK_TENSOR_BY_BYTES, TRUE);
  assert_order (list, "blk.2.a Output blk.10.a blk.2.b");
  g_assert_cmpuint (paddock_tensor_list_get_bytes (list), ==, 128 + 256 + 256 + 34);
  paddock_tensor_list_set_order (list, PADDOCK_TENSOR_BY_TYPE, FALSE);
  assert_order (list, "blk.2.a blk.10.a Output blk.2.b");
  test_assert_finalize (list);
}

static void
test_search (void)
{
  g_autoptr (PaddockGgufShards) shards = open_recipe (FOUR_TENSORS);
  PaddockTensorList *list = paddock_tensor_list_new ();
  g_autoptr (GtkBitset) shown = gtk_bitset_new_range (0, 2);
  g_autoptr (GArray) positions = NULL;

  paddock_tensor_list_set_shards (list, shards);
  assert_order (list, "blk.10.a blk.2.a Output blk.2.b");
  paddock_tensor_list_set_search (list, "BLK.2");
  assert_order (list, "blk.2.a blk.2.b");
  g_assert_cmpuint (paddock_tensor_list_get_bytes (list), ==, 256 + 34);
  positions = paddock_tensor_list_map (list, shown);
  g_assert_cmpuint (positions->len, ==, 2);
  g_assert_cmpuint (g_array_index (positions, guint, 1), ==, 3);
  paddock_tensor_list_set_search (list, "nothing");
  assert_order (list, "");
  paddock_tensor_list_set_search (list, "out");
  paddock_tensor_list_set_search (list, "");
  assert_order (list, "blk.10.a blk.2.a Output blk.2.b");
  test_assert_finalize (list);
}

/* The order of the old model must not be taken for one of the new. */
static void
test_replace (void)
{
  g_autoptr (PaddockGgufShards) four = open_recipe (FOUR_TENSORS);
  g_autoptr (PaddockGgufShards) one = open_recipe ("tensor only f32 32\n");
  PaddockTensorList *list = paddock_tensor_list_new ();

  paddock_tensor_list_set_shards (list, four);
  paddock_tensor_list_set_shards (list, one);
  assert_order (list, "only");
  paddock_tensor_list_set_shards (list, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  test_assert_finalize (list);
}

static void
watch_size (PaddockTensorList *list, guint position, guint removed, guint added, guint *largest)
{
  if (position < 200)
    *largest = MAX (*largest, MAX (MIN (removed, 200 - position), MIN (added, 200 - position)));
}

static gboolean
has_size (gpointer list)
{
  return g_list_model_get_n_items (list) == paddock_tensor_list_get_found (list) &&
         paddock_tensor_list_get_found (list) != 1000;
}

/* A view makes widgets for its first rows: only a few of them may come or go at a time, and those that stay are kept. */
static void
test_rows (void)
{
  g_autoptr (PaddockGgufShards) shards = open_recipe ("repeat 1000 tensor t.{}. f32 32\n");
  PaddockTensorList *list = paddock_tensor_list_new ();
  g_autoptr (GObject) row = NULL;
  g_autofree char *name = NULL;
  guint largest = 0;

  g_signal_connect (list, "items-changed", G_CALLBACK (watch_size), &largest);
  paddock_tensor_list_set_shards (list, shards);
  while (g_list_model_get_n_items (G_LIST_MODEL (list)) < 1000)
    g_main_context_iteration (NULL, TRUE);
  row = g_list_model_get_item (G_LIST_MODEL (list), 5);
  paddock_tensor_list_set_search (list, "7");
  test_await_condition (has_size, list);
  g_object_get (row, "name", &name, NULL);
  g_assert_cmpstr (name, ==, "t.57.");
  paddock_tensor_list_set_search (list, "nothing");
  paddock_tensor_list_set_search (list, "77");
  assert_order (list, "t.77. t.177. t.277. t.377. t.477. t.577. t.677. t.770. t.771. t.772. t.773. t.774. t.775. "
                      "t.776. t.777. t.778. t.779. t.877. t.977.");
  g_assert_cmpuint (largest, <=, 20);
  test_assert_finalize (list);
}

static void
test_shares (void)
{
  g_autoptr (PaddockGgufShards) shards = open_recipe (FOUR_TENSORS);
  g_autoptr (PaddockTypeShares) shares = paddock_type_shares_new (shards);
  const PaddockTypeShare *share;

  g_assert_cmpuint (paddock_type_shares_get_count (shares), ==, 3);
  g_assert_cmpuint (paddock_type_shares_get_bytes (shares), ==, 128 + 256 + 256 + 34);
  share = paddock_type_shares_get_share (shares, 0);
  g_assert_cmpstr (share->name, ==, "F32");
  g_assert_cmpuint (share->bytes, ==, 384);
  g_assert_cmpuint (share->tensors, ==, 2);
  g_assert_cmpstr (paddock_type_shares_get_share (shares, 2)->name, ==, "Q8_0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/tensor-list/order", test_order);
  g_test_add_func ("/tensor-list/search", test_search);
  g_test_add_func ("/tensor-list/replace", test_replace);
  g_test_add_func ("/tensor-list/rows", test_rows);
  g_test_add_func ("/tensor-list/shares", test_shares);
  return g_test_run ();
}
