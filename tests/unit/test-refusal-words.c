/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/refusal-words.h"

#include "estimate/estimate-error.h"
#include "gguf/gguf-error.h"
#include "shape-recipe.h"

/* Heads of 72 numbers, which are no whole blocks of 32. */
#define MODEL                                                                                                          \
  "kv general.architecture str llama\nkv llama.context_length u32 4096\nkv llama.embedding_length u32 288\n"           \
  "kv llama.block_count u32 2\nkv llama.feed_forward_length u32 512\nkv llama.attention.head_count u32 4\n"            \
  "tensor token_embd.weight f16 288x100 bytes=0\nrepeat 2 tensor blk.{}.attn_q.weight f16 288x288 bytes=0\n"

static void
assert_refused (const PaddockModelShape *shape, const PaddockMemoryRequest *request, int code, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  g_assert_false (paddock_memory_request_check (request, shape, &error));
  g_assert_error (error, PADDOCK_ESTIMATE_ERROR, code);
  reason = paddock_refusal_words_dup (error, shape, request);
  g_assert_cmpstr (reason, ==, expected);
}

static void
test_numbers (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  PaddockMemoryRequest usual, request;

  paddock_memory_request_init (&usual, shape);
  request = usual;
  request.context = 0;
  assert_refused (shape, &request, PADDOCK_ESTIMATE_ERROR_CONTEXT, "A context of 0 holds nothing.");
  request.context = 4097;
  assert_refused (shape, &request, PADDOCK_ESTIMATE_ERROR_CONTEXT,
                  "A context of 4097 is beyond the 4096 tokens that the model has learnt.");
  request = usual;
  request.parallel = 0;
  assert_refused (shape, &request, PADDOCK_ESTIMATE_ERROR_PARALLEL, "At least one request has to be answered at a time.");
  request.parallel = 257;
  assert_refused (shape, &request, PADDOCK_ESTIMATE_ERROR_PARALLEL,
                  "257 requests at a time are more than the 256 that llama.cpp takes.");
  request.parallel = 8;
  request.context = 7;
  assert_refused (shape, &request, PADDOCK_ESTIMATE_ERROR_PARALLEL, "8 requests cannot share a context of 7.");
  request = usual;
  request.ubatch = 0;
  assert_refused (shape, &request, PADDOCK_ESTIMATE_ERROR_BATCH, "A batch of 0 moves nothing.");
  request.batch = 64;
  request.ubatch = 128;
  assert_refused (shape, &request, PADDOCK_ESTIMATE_ERROR_BATCH,
                  "64 tokens taken at once are fewer than the 128 that are computed at once.");
}

static void
test_cache (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  const PaddockQuantType *q8 = paddock_quant_type_lookup_by_name ("Q8_0");
  PaddockMemoryRequest usual, request;

  paddock_memory_request_init (&usual, shape);
  request = usual;
  request.cache_k = q8;
  assert_refused (shape, &request, PADDOCK_ESTIMATE_ERROR_CACHE_TYPE,
                  "Keys of this model do not go into the blocks of Q8_0.");
  request = usual;
  request.cache_v = q8;
  assert_refused (shape, &request, PADDOCK_ESTIMATE_ERROR_CACHE_TYPE,
                  "Values of this model do not go into the blocks of Q8_0.");
  request.flash_attention = PADDOCK_FLASH_ATTENTION_OFF;
  assert_refused (shape, &request, PADDOCK_ESTIMATE_ERROR_ATTENTION,
                  "Values can be kept as Q8_0 only with flash attention.");
}

/* Each code has a sentence of its own; what has none of these codes keeps its words. */
static void
test_codes (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "something else");
  PaddockMemoryRequest request;

  paddock_memory_request_init (&request, shape);
  for (int code = 0; code <= PADDOCK_ESTIMATE_ERROR_MACHINE; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (PADDOCK_ESTIMATE_ERROR, code, "the core says so");
      char *reason = paddock_refusal_words_dup (error, shape, &request);

      g_assert_cmpstr (reason, !=, "the core says so");
      g_assert_true (g_str_has_suffix (reason, "."));
      g_assert_true (g_hash_table_add (seen, reason));
    }
  g_hash_table_add (seen, paddock_refusal_words_dup (other, shape, &request));
  g_assert_true (g_hash_table_contains (seen, "something else"));
}

/* So has each reason why a file cannot be read. */
static void
test_reading (void)
{
  for (int code = 0; code <= PADDOCK_GGUF_ERROR_INCOMPLETE_SET; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (PADDOCK_GGUF_ERROR, code, "the core says so");
      g_autofree char *reason = paddock_refusal_words_dup_unknown (error);

      g_assert_cmpstr (reason, !=, "the core says so");
      g_assert_true (g_str_has_suffix (reason, "."));
    }
}

/* A file of which the shape cannot be read is spoken of without one. */
static void
test_unknown (void)
{
  g_autoptr (GError) header = g_error_new_literal (PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_HEADER, "the core says so");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "something\nelse");
  g_autofree char *reason = paddock_refusal_words_dup_unknown (header);
  g_autofree char *own_words = paddock_refusal_words_dup_unknown (other);

  g_assert_cmpstr (reason, ==, "What the file says about the model is missing or contradicts itself.");
  g_assert_true (g_str_has_prefix (own_words, "something"));
  g_assert_null (strchr (own_words, '\n'));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/refusal-words/numbers", test_numbers);
  g_test_add_func ("/refusal-words/cache", test_cache);
  g_test_add_func ("/refusal-words/codes", test_codes);
  g_test_add_func ("/refusal-words/reading", test_reading);
  g_test_add_func ("/refusal-words/unknown", test_unknown);
  return g_test_run ();
}
