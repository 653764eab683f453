/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "estimate/memory-suggestion.h"
#include "shape-recipe.h"

#define MODEL                                                                                                          \
  "kv general.architecture str llama\nkv llama.context_length u32 32768\nkv llama.embedding_length u32 1024\n"        \
  "kv llama.block_count u32 8\nkv llama.feed_forward_length u32 4096\nkv llama.attention.head_count u32 8\n"          \
  "tensor token_embd.weight f16 1024x8000\nrepeat 8 tensor blk.{}.ffn_up.weight f16 1024x4096\n"

static const PaddockMemorySuggestion *
find (GArray *list, PaddockMemorySuggestionKind kind)
{
  for (guint i = 0; i < list->len; i++)
    if (g_array_index (list, PaddockMemorySuggestion, i).kind == kind)
      return &g_array_index (list, PaddockMemorySuggestion, i);
  return NULL;
}

/* What a suggestion says it saves is what the request without it needs more. */
static void
test_saves (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  PaddockMemoryRequest request;
  PaddockMemoryEstimate before, after;
  g_autoptr (GArray) list = NULL;
  const PaddockMemorySuggestion *one;

  paddock_memory_request_init (&request, shape);
  g_assert_true (paddock_memory_estimate_compute (&before, shape, &request, NULL));
  list = paddock_memory_suggestion_list (shape, &request);
  for (guint i = 1; i < list->len; i++)
    g_assert_cmpuint (g_array_index (list, PaddockMemorySuggestion, i - 1).saves, >=,
                      g_array_index (list, PaddockMemorySuggestion, i).saves);

  one = find (list, PADDOCK_SUGGEST_CONTEXT);
  g_assert_cmpuint (one->number, ==, 16384);
  request.context = one->number;
  g_assert_true (paddock_memory_estimate_compute (&after, shape, &request, NULL));
  g_assert_cmpuint (one->saves, ==, before.total - after.total);

  one = find (list, PADDOCK_SUGGEST_CACHE_TYPE);
  g_assert_cmpstr (one->type, ==, "Q8_0");
  request.context = 32768;
  request.cache_k = request.cache_v = paddock_quant_type_lookup_by_name ("Q8_0");
  g_assert_true (paddock_memory_estimate_compute (&after, shape, &request, NULL));
  g_assert_cmpuint (one->saves, ==, before.total - after.total);
  g_assert_cmpstr (paddock_memory_suggestion_get_code (one), ==, "cache-type");
  g_assert_nonnull (find (list, PADDOCK_SUGGEST_QUANTIZATION));
}

static void
test_what_is_done_already (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  PaddockMemoryRequest request;
  g_autoptr (GArray) list = NULL;

  paddock_memory_request_init (&request, shape);
  request.cache_k = request.cache_v = paddock_quant_type_lookup_by_name ("Q8_0");
  request.context = 2048;
  request.parallel = request.outputs = 1;
  list = paddock_memory_suggestion_list (shape, &request);
  g_assert_null (find (list, PADDOCK_SUGGEST_CACHE_TYPE));
  g_assert_null (find (list, PADDOCK_SUGGEST_CONTEXT));
  g_assert_null (find (list, PADDOCK_SUGGEST_PARALLEL));
  g_assert_null (find (list, PADDOCK_SUGGEST_FLASH_ATTENTION));
  g_clear_pointer (&list, g_array_unref);

  paddock_memory_request_init (&request, shape);
  request.flash_attention = PADDOCK_FLASH_ATTENTION_OFF;
  list = paddock_memory_suggestion_list (shape, &request);
  g_assert_nonnull (find (list, PADDOCK_SUGGEST_FLASH_ATTENTION));
  request.context = 0;
  g_clear_pointer (&list, g_array_unref);
  list = paddock_memory_suggestion_list (shape, &request);
  g_assert_cmpuint (list->len, ==, 0);
}

static void
test_texts (void)
{
  for (guint i = 0; i < PADDOCK_SUGGEST_N_KINDS; i++)
    {
      const PaddockMemorySuggestion suggestion = { (PaddockMemorySuggestionKind) i, 2000000000, 4096, "Q8_0" };
      g_autofree char *text = paddock_memory_suggestion_dup_text (&suggestion);

      g_assert_nonnull (strstr (text, "2.0"));
      g_assert_true (g_ascii_isupper (*text));
      g_assert_nonnull (paddock_memory_suggestion_get_code (&suggestion));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/memory-suggestion/saves", test_saves);
  g_test_add_func ("/memory-suggestion/done-already", test_what_is_done_already);
  g_test_add_func ("/memory-suggestion/texts", test_texts);
  return g_test_run ();
}
