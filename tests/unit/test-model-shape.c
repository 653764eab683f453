/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "estimate/estimate-error.h"
#include "shape-recipe.h"

#define NUMBERS(arch, layers)                                                                                          \
  "kv general.architecture str " arch "\nkv " arch ".context_length u32 4096\nkv " arch                                \
  ".embedding_length u32 64\nkv " arch ".block_count u32 " layers "\n"
#define HEADS(arch) "kv " arch ".attention.head_count u32 8\nkv " arch ".attention.head_count_kv u32 2\n"
#define TABLE "tensor token_embd.weight f16 64x300\n"
#define LAYERS(n) "repeat " n " tensor blk.{}.attn_q.weight f16 64x64\nrepeat " n " tensor blk.{}.ffn_up.weight q4_k 256x8\n"

static void
assert_refused (const char *recipe, PaddockEstimateError code, const char *part)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PaddockModelShape) shape = test_shape_try_recipe (recipe, &error);

  g_assert_null (shape);
  g_assert_error (error, PADDOCK_ESTIMATE_ERROR, (int) code);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” is not in “%s”", part, error->message);
}

static void
test_numbers (void)
{
  g_autoptr(PaddockModelShape) shape =
    test_shape_of_recipe (NUMBERS ("llama", "3") HEADS ("llama") "kv llama.feed_forward_length u32 96\n"
                                                                 "kv llama.expert_count u32 4\n"
                                                                 "kv llama.expert_used_count u32 2\n"
                                                                 "kv llama.pooling_type u32 3\n"
                                                                 "kv llama.attention.causal bool false\n"
                                                                 "kv llama.attn_logit_softcapping f32 50\n" TABLE LAYERS (
                                                                   "3"));

  g_assert_cmpstr (shape->arch->name, ==, "Llama");
  g_assert_cmpuint (shape->layers, ==, 3);
  g_assert_cmpuint (shape->embedding, ==, 64);
  g_assert_cmpuint (shape->training_context, ==, 4096);
  g_assert_cmpuint (shape->vocabulary, ==, 300);
  g_assert_cmpuint (shape->heads, ==, 8);
  g_assert_cmpuint (shape->kv_heads, ==, 2);
  g_assert_cmpuint (shape->key_length, ==, 8);
  g_assert_cmpuint (shape->experts_used, ==, 2);
  g_assert_cmpint (shape->pooling, ==, 3);
  g_assert_false (shape->causal);
  g_assert_cmpfloat (shape->attention_softcap, ==, 50);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (shape->layer[i].feed_forward, ==, 96);
      g_assert_cmpuint (shape->layer[i].value_length, ==, 8);
      g_assert_true (shape->layer[i].has_cache);
      g_assert_false (shape->layer[i].sliding);
      g_assert_false (shape->layer[i].recurrent);
    }
}

static void
test_find (void)
{
  g_autoptr(PaddockModelShape) shape =
    test_shape_of_recipe (NUMBERS ("t5", "2") HEADS ("t5") TABLE LAYERS ("2") "tensor enc.blk.1.attn_q.weight f16 64x32\n"
                                                                              "tensor blk.2.attn_q.weight f16 64x64\n"
                                                                              "tensor blk.x f32 4\ntensor blk.1 f32 4\n"
                                                                              "tensor blk.1.odd 39999 4 bytes=16\n");
  guint n_tensors = 0;
  const PaddockShapeTensor *tensor = paddock_model_shape_find (shape, 1, "attn_q.weight");

  g_assert_cmpint (tensor->layer, ==, 1);
  g_assert_cmpstr (tensor->type->name, ==, "F16");
  g_assert_cmpint (tensor->ne[1], ==, 64);
  g_assert_cmpint (tensor->ne[3], ==, 1);
  g_assert_cmpuint (tensor->bytes, ==, 64 * 64 * 2);
  g_assert_cmpint (paddock_model_shape_find (shape, 1, "enc.attn_q.weight")->ne[1], ==, 32);
  g_assert_null (paddock_model_shape_find (shape, 0, "enc.attn_q.weight"));
  g_assert_null (paddock_model_shape_find (shape, 2, "attn_q.weight"));
  g_assert_null (paddock_model_shape_find (shape, -2, "attn_q.weight"));
  g_assert_nonnull (paddock_model_shape_find (shape, -1, "token_embd.weight"));
  g_assert_nonnull (paddock_model_shape_find (shape, -1, "blk.2.attn_q.weight"));
  g_assert_nonnull (paddock_model_shape_find (shape, -1, "blk.x"));
  g_assert_nonnull (paddock_model_shape_find (shape, -1, "blk.1"));
  tensor = paddock_model_shape_find (shape, 1, "odd");
  g_assert_null (tensor->type);
  g_assert_false (tensor->sized);
  g_assert_nonnull (paddock_model_shape_list (shape, 1, &n_tensors));
  g_assert_cmpuint (n_tensors, ==, 4);
  g_assert_null (paddock_model_shape_list (shape, 2, &n_tensors));
  g_assert_cmpuint (n_tensors, ==, 0);
}

static void
assert_layers (const char *recipe, const char *sliding, const char *recurrent, const char *has_cache)
{
  g_autoptr(PaddockModelShape) shape = test_shape_of_recipe (recipe);
  g_autoptr(GString) seen = g_string_new (NULL);

  for (guint i = 0; i < shape->layers; i++)
    g_string_append_c (seen, shape->layer[i].sliding ? 'x' : '.');
  g_assert_cmpstr (seen->str, ==, sliding);
  g_string_truncate (seen, 0);
  for (guint i = 0; i < shape->layers; i++)
    g_string_append_c (seen, shape->layer[i].recurrent ? 'x' : '.');
  g_assert_cmpstr (seen->str, ==, recurrent);
  g_string_truncate (seen, 0);
  for (guint i = 0; i < shape->layers; i++)
    g_string_append_c (seen, shape->layer[i].has_cache ? 'x' : '.');
  g_assert_cmpstr (seen->str, ==, has_cache);
}

static void
test_windows (void)
{
#define SIX TABLE LAYERS ("6")
#define WINDOW(arch) NUMBERS (arch, "6") HEADS (arch) "kv " arch ".attention.sliding_window u32 32\n"
  static const struct
  {
    const char *recipe;
    const char *sliding;
  } cases[] = {
    { NUMBERS ("gemma2", "6") HEADS ("gemma2") SIX, "x.x.x." },
    { WINDOW ("gemma3") SIX, "xxxxx." },
    { NUMBERS ("gemma3", "6") HEADS ("gemma3") SIX, "......" },
    { WINDOW ("gpt-oss") SIX, "x.x.x." },
    { WINDOW ("cohere2") SIX, "xxx.xx" },
    { WINDOW ("phi3") SIX, "......" },
    { WINDOW ("llama") SIX, "......" },
    { WINDOW ("smallthinker") SIX, ".xxx.x" },
    { WINDOW ("exaone4") SIX, "......" },
    { WINDOW ("granite_swa") SIX, "xxx.xx" },
    { WINDOW ("lfm2") SIX, "xxxxxx" },
    { WINDOW ("novelty") "kv novelty.attention.sliding_window_pattern u32 2\n" SIX, "x.x.x." },
    { WINDOW ("qwen3") "kv qwen3.attention.sliding_window_pattern u32 2\n" SIX, "......" },
    { NUMBERS ("llama4", "6") HEADS ("llama4") SIX, "xxx.xx" },
    { WINDOW ("gemma3") "kv gemma3.attention.sliding_window_pattern u32 3\n" SIX, "xx.xx." },
    { WINDOW ("plamo3") "kv plamo3.attention.sliding_window_pattern u32 0\n" SIX, "xxxxxx" },
    { WINDOW ("mimo2") "kv mimo2.attention.sliding_window_pattern arr bool true false false true true false\n" SIX, "x..xx." },
    { WINDOW ("step35") "kv step35.attention.sliding_window_pattern arr u32 0 1 1 1 0 0\n" SIX, ".xxx.." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_layers (cases[i].recipe, cases[i].sliding, "......", "xxxxxx");
}

static void
test_recurrence (void)
{
#define KV_HEADS(arch) "kv " arch ".attention.head_count u32 8\nkv " arch ".attention.head_count_kv arr u32 0 2 0 2\n"
#define REST TABLE LAYERS ("4")
  assert_layers (NUMBERS ("mamba", "4") "kv mamba.attention.head_count u32 0\n" REST, "....", "xxxx", "....");
  assert_layers (NUMBERS ("granitehybrid", "4") KV_HEADS ("granitehybrid") REST, "....", "x.x.", ".x.x");
  assert_layers (NUMBERS ("lfm2", "4") KV_HEADS ("lfm2") REST, "....", "x.x.", ".x.x");
  assert_layers (NUMBERS ("falcon-h1", "4") HEADS ("falcon-h1") REST, "....", "xxxx", "xxxx");
  assert_layers (NUMBERS ("qwen3next", "4") HEADS ("qwen3next") REST, "....", "xxx.", "...x");
  assert_layers (NUMBERS ("qwen3next", "4") HEADS ("qwen3next") "kv qwen3next.full_attention_interval u32 2\n" REST,
                 "....", "x.x.", ".x.x");
  assert_layers (NUMBERS ("nemotron_h", "4") KV_HEADS ("nemotron_h")
                   "kv nemotron_h.feed_forward_length arr u32 0 0 64 0\n" REST,
                 "....", "x...", ".x.x");
  assert_layers (NUMBERS ("bert", "4") HEADS ("bert") REST, "....", "....", "....");
}

static void
test_sharing (void)
{
  assert_layers (NUMBERS ("gemma4", "4") HEADS ("gemma4") "kv gemma4.attention.shared_kv_layers u32 1\n" REST, "....",
                 "....", "xxx.");
  assert_layers (NUMBERS ("glm4moe", "4") HEADS ("glm4moe") "kv glm4moe.nextn_predict_layers u32 1\n" REST, "....", "....",
                 "xxx.");
}

static void
test_alike (void)
{
  g_autoptr(PaddockModelShape) shape =
    test_shape_of_recipe (NUMBERS ("gemma2", "6") HEADS ("gemma2") TABLE LAYERS ("6") "tensor blk.4.extra f32 4\n");
  static const guint expected[] = { 0, 1, 0, 1, 4, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (shape->layer[i].alike, ==, expected[i]);
}

static void
test_absurd (void)
{
#define REFUSED PADDOCK_ESTIMATE_ERROR_HEADER
  assert_refused ("kv general.name str x\n", PADDOCK_ESTIMATE_ERROR_ARCHITECTURE, "general.architecture");
  assert_refused (NUMBERS ("clip", "1"), PADDOCK_ESTIMATE_ERROR_ARCHITECTURE, "clip");
  assert_refused ("kv general.architecture str llama\n", REFUSED, "llama.block_count is missing");
  assert_refused (NUMBERS ("llama", "0"), REFUSED, "llama.block_count is 0");
  assert_refused (NUMBERS ("llama", "2147483648"), REFUSED, "llama.block_count");
  assert_refused (NUMBERS ("llama", "512") HEADS ("llama") REST, REFUSED, "not enough for 512 layers");
  assert_refused (NUMBERS ("llama", "4") REST, REFUSED, "head_count is missing or 0");
  assert_refused (NUMBERS ("llama", "4") "kv llama.attention.head_count u32 0\n" REST, REFUSED, "missing or 0");
  assert_refused (NUMBERS ("llama", "4") "kv llama.attention.head_count i32 -1\n" REST, REFUSED, "head_count");
  assert_refused (NUMBERS ("llama", "4") "kv llama.attention.head_count str many\n" REST, REFUSED, "head_count");
  assert_refused (NUMBERS ("llama", "4") HEADS ("llama") "kv llama.attention.key_length u32 4294967295\n" REST, REFUSED,
                  "key_length");
  assert_refused (NUMBERS ("llama", "4") "kv llama.attention.head_count u32 8\n"
                                         "kv llama.attention.head_count_kv u32 3\n" REST,
                  REFUSED, "cannot share");
  assert_refused (NUMBERS ("llama", "4") "kv llama.attention.head_count u32 8\n"
                                         "kv llama.attention.head_count_kv arr u32 8 8\n" REST,
                  REFUSED, "2 numbers for 4 layers");
  assert_refused (NUMBERS ("gemma4", "4") HEADS ("gemma4") "kv gemma4.attention.shared_kv_layers u32 5\n" REST, REFUSED,
                  "shared_kv_layers");
  assert_refused (NUMBERS ("llama", "4") HEADS ("llama") "kv llama.nextn_predict_layers u32 4\n" REST, REFUSED,
                  "none is left");
  assert_refused (NUMBERS ("plamo3", "4") HEADS ("plamo3") "kv plamo3.attention.sliding_window u32 8\n"
                                                           "kv plamo3.attention.sliding_window_pattern str x\n" REST,
                  REFUSED, "pattern");
  assert_refused (NUMBERS ("llama", "4") HEADS ("llama") REST "cut 300\n", PADDOCK_ESTIMATE_ERROR_INCOMPLETE, "breaks off");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/model-shape/numbers", test_numbers);
  g_test_add_func ("/model-shape/find", test_find);
  g_test_add_func ("/model-shape/windows", test_windows);
  g_test_add_func ("/model-shape/recurrence", test_recurrence);
  g_test_add_func ("/model-shape/sharing", test_sharing);
  g_test_add_func ("/model-shape/alike", test_alike);
  g_test_add_func ("/model-shape/absurd", test_absurd);
  return g_test_run ();
}
