/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/metadata-list.h"

#include "assert-finalize.h"
#include "await.h"
#include "gguf-recipe.h"
#include "model/metadata-row.h"

#define RECIPE                                                                                                         \
  "kv general.architecture str llama\n"                                                                                \
  "kv general.name str \"Small Horse\"\n"                                                                              \
  "kv llama.block_count u32 4\n"                                                                                       \
  "kv tokenizer.ggml.tokens arr str a b c\n"

static PaddockMetadataEdits *
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
  return paddock_metadata_edits_new (file);
}

typedef struct
{
  PaddockMetadataList *list;
  const char *keys;                  /* with blanks between */
} Expected;

static gboolean
has_keys (gpointer data)
{
  const Expected *expected = data;
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autofree char *joined = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (expected->list)); i++)
    {
      g_autoptr (PaddockMetadataRow) row = g_list_model_get_item (G_LIST_MODEL (expected->list), i);

      g_strv_builder_add (keys, paddock_metadata_row_get_key (row));
    }
  all = g_strv_builder_end (keys);
  joined = g_strjoinv (" ", all);
  return g_str_equal (joined, expected->keys);
}

/* Searching happens in a worker, and the list then changes row by row: waits until it has these keys. */
static void
assert_keys (PaddockMetadataList *list, const char *keys)
{
  Expected expected = { list, keys };

  test_await_condition (has_keys, &expected);
}

static void
test_search (void)
{
  g_autoptr (PaddockMetadataEdits) edits = open_recipe (RECIPE);
  PaddockMetadataList *list = paddock_metadata_list_new ();

  paddock_metadata_list_set_edits (list, edits);
  assert_keys (list, "general.architecture general.name llama.block_count tokenizer.ggml.tokens");
  g_assert_cmpuint (paddock_metadata_list_get_total (list), ==, 4);
  g_assert_cmpuint (paddock_metadata_list_get_found (list), ==, 4);
  paddock_metadata_list_set_search (list, "HORSE");
  assert_keys (list, "general.name");
  paddock_metadata_list_set_search (list, "llama");
  assert_keys (list, "general.architecture llama.block_count");
  test_assert_finalize (list);
}

/* Searching forth and back, also in the middle of a change, gives what was there, in its order. */
static void
test_long (void)
{
  g_autoptr (PaddockMetadataEdits) edits = open_recipe ("repeat 300 kv key.{} u32 7\n");
  PaddockMetadataList *list = paddock_metadata_list_new ();
  g_autoptr (GString) all = g_string_new ("key.0");

  for (guint i = 1; i < 300; i++)
    g_string_append_printf (all, " key.%u", i);
  paddock_metadata_list_set_edits (list, edits);
  assert_keys (list, all->str);
  paddock_metadata_list_set_search (list, "y.29");
  assert_keys (list, "key.29 key.290 key.291 key.292 key.293 key.294 key.295 key.296 key.297 key.298 key.299");
  paddock_metadata_list_set_search (list, "");
  while (g_list_model_get_n_items (G_LIST_MODEL (list)) < 100)
    g_main_context_iteration (NULL, TRUE);
  paddock_metadata_list_set_search (list, "y.1");
  while (paddock_metadata_list_get_found (list) == 300)
    g_main_context_iteration (NULL, TRUE);
  paddock_metadata_list_set_search (list, "");
  assert_keys (list, all->str);
  test_assert_finalize (list);
}

/* Room for later edits is nothing that a person would look for. */
static void
test_room (void)
{
  g_autoptr (PaddockMetadataEdits) edits = open_recipe ("kv general.name str x\n"
                                                        "kv paddock.pad str \"\"\n"
                                                        "kv general.license str mit\n");
  PaddockMetadataList *list = paddock_metadata_list_new ();

  paddock_metadata_list_set_edits (list, edits);
  assert_keys (list, "general.name general.license");
  g_assert_cmpuint (paddock_metadata_list_get_total (list), ==, 2);
  paddock_metadata_list_set_search (list, "pad");
  assert_keys (list, "");
  test_assert_finalize (list);
}

static void
count_notify (guint *count)
{
  (*count)++;
}

static void
assert_texts (PaddockMetadataRow *row, const char *type, const char *value, const char *state)
{
  g_autofree char *row_type = NULL;
  g_autofree char *row_value = NULL;
  g_autofree char *row_state = NULL;

  g_object_get (row, "type", &row_type, "value", &row_value, "state", &row_state, NULL);
  g_assert_cmpstr (row_type, ==, type);
  g_assert_cmpstr (row_value, ==, value);
  g_assert_cmpstr (row_state, ==, state);
}

/* A row that is shown follows its key's pending change. */
static void
test_row (void)
{
  g_autoptr (PaddockMetadataEdits) edits = open_recipe (RECIPE);
  PaddockMetadataRow *row = paddock_metadata_row_new (edits, 1);
  g_autoptr (PaddockGgufValue) value = paddock_gguf_value_new_string ("Big Horse", -1);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint count = 0;

  g_signal_connect_swapped (row, "notify::value", G_CALLBACK (count_notify), &count);
  assert_texts (row, "str", "Small Horse", NULL);
  g_assert_true (paddock_metadata_edits_set (edits, "general.name", value, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, 1);
  assert_texts (row, "str", "Big Horse", "Will be changed");
  text = paddock_metadata_row_dup_text (row);
  g_assert_cmpstr (text, ==, "Big Horse");
  g_assert_true (paddock_metadata_edits_remove (edits, "general.name", &error));
  g_assert_true (paddock_metadata_row_get_removed (row));
  paddock_metadata_edits_revert (edits, NULL);
  g_assert_false (paddock_metadata_row_get_changed (row));
  assert_texts (row, "str", "Small Horse", NULL);
  test_assert_finalize (row);
}

static void
test_add (void)
{
  g_autoptr (PaddockMetadataEdits) edits = open_recipe (RECIPE);
  PaddockMetadataList *list = paddock_metadata_list_new ();
  g_autoptr (PaddockGgufValue) value = paddock_gguf_value_new_string ("mit", -1);
  g_autoptr (GError) error = NULL;

  paddock_metadata_list_set_edits (list, edits);
  g_assert_true (paddock_metadata_edits_set (edits, "general.license", value, &error));
  g_assert_no_error (error);
  assert_keys (list, "general.license general.architecture general.name llama.block_count tokenizer.ggml.tokens");
  paddock_metadata_edits_revert (edits, "general.license");
  assert_keys (list, "general.architecture general.name llama.block_count tokenizer.ggml.tokens");
  test_assert_finalize (list);
}

static void
test_refused (void)
{
  g_autoptr (PaddockMetadataEdits) edits = open_recipe ("kv general.alignment u32 32\n");
  g_autoptr (GError) error = NULL;

  g_assert_false (paddock_metadata_edits_remove (edits, "general.alignment", &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (paddock_metadata_edits_get_count (edits), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/metadata-list/search", test_search);
  g_test_add_func ("/metadata-list/long", test_long);
  g_test_add_func ("/metadata-list/room", test_room);
  g_test_add_func ("/metadata-list/row", test_row);
  g_test_add_func ("/metadata-list/add", test_add);
  g_test_add_func ("/metadata-list/refused", test_refused);
  return g_test_run ();
}
