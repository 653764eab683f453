/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "estimate/memory-cache.h"
#include "estimate/memory-output.h"
#include "shape-recipe.h"

#define MODEL(arch, extra)                                                                                             \
  "kv general.architecture str " arch "\nkv " arch ".context_length u32 1000000\nkv " arch                             \
  ".embedding_length u32 512\nkv " arch ".block_count u32 4\nkv " arch ".attention.head_count u32 8\n" extra           \
  "tensor token_embd.weight f16 512x300\nrepeat 4 tensor blk.{}.attn_q.weight f16 512x512\n"

#define KEY(arch, name, value) "kv " arch "." name " u32 " value "\n"

static guint64
compute (const PaddockModelShape *shape, const PaddockMemoryRequest *request, guint64 *state)
{
  guint64 cache = 0;

  g_assert_true (paddock_memory_cache_compute (shape, request, &cache, state, NULL));
  return cache;
}

static void
test_cells (void)
{
  static const struct
  {
    guint32 context, parallel;
    gboolean unified, swa_full;
    guint64 cells, sliding;
  } cases[] = {
    { 8192, 1, FALSE, FALSE, 8192, 1024 }, { 8192, 4, FALSE, FALSE, 2048, 1024 },
    { 8192, 4, TRUE, FALSE, 8192, 2560 },  { 8192, 4, TRUE, TRUE, 8192, 8192 },
    { 1000, 3, FALSE, FALSE, 512, 512 },   { 1, 1, FALSE, FALSE, 256, 256 },
    { 5000, 4, FALSE, FALSE, 1280, 1024 }, { 256, 256, TRUE, FALSE, 256, 256 },
  };
  g_autoptr(PaddockModelShape) shape = test_shape_of_recipe (MODEL ("gemma2", KEY ("gemma2", "attention.sliding_window", "500")));
  PaddockMemoryRequest request;

  paddock_memory_request_init (&request, shape);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      request.context = cases[i].context;
      request.parallel = cases[i].parallel;
      request.unified = cases[i].unified;
      request.swa_full = cases[i].swa_full;
      g_assert_cmpuint (paddock_memory_cache_get_streams (&request), ==, cases[i].unified ? 1 : cases[i].parallel);
      g_assert_cmpuint (paddock_memory_cache_get_cells (shape, &request, FALSE), ==, cases[i].cells);
      g_assert_cmpuint (paddock_memory_cache_get_cells (shape, &request, TRUE), ==, cases[i].sliding);
    }
}

static void
test_types (void)
{
  g_autoptr(PaddockModelShape) shape =
    test_shape_of_recipe (MODEL ("llama", KEY ("llama", "attention.head_count_kv", "2")));
  PaddockMemoryRequest request;
  guint64 state = 1;

  paddock_memory_request_init (&request, shape);
  request.context = 1024;
  g_assert_cmpuint (compute (shape, &request, &state), ==, 4 * 1024 * (128 + 128) * 2);
  g_assert_cmpuint (state, ==, 0);
  request.cache_k = paddock_quant_type_lookup_by_name ("q8_0");
  g_assert_cmpuint (compute (shape, &request, &state), ==, 4 * 1024 * (136 + 256));
  request.cache_v = paddock_quant_type_lookup_by_name ("q4_0");
  g_assert_cmpuint (compute (shape, &request, &state), ==, 4 * 1024 * (136 + 72));
}

/* Values that differ between layers take as much as the widest when they are turned. */
static void
test_turned_values (void)
{
  g_autoptr(PaddockModelShape) shape =
    test_shape_of_recipe (MODEL ("llama", "kv llama.attention.head_count_kv arr u32 2 8 2 8\n"));
  PaddockMemoryRequest request;
  guint64 state = 0;

  paddock_memory_request_init (&request, shape);
  request.context = 256;
  g_assert_cmpuint (compute (shape, &request, &state), ==, 256 * 2 * (2 * (128 + 512) + 2 * (128 + 512)));
  request.flash_attention = PADDOCK_FLASH_ATTENTION_OFF;
  g_assert_cmpuint (compute (shape, &request, &state), ==, 256 * 2 * (2 * (128 + 512) + 4 * 512));
}

/* So does a layer that has no values at all. */
static void
test_layer_without_values (void)
{
  g_autoptr(PaddockModelShape) shape =
    test_shape_of_recipe (MODEL ("deci", "kv deci.attention.head_count_kv arr u32 2 0 8 8\n"));
  PaddockMemoryRequest request;
  guint64 state = 0;

  paddock_memory_request_init (&request, shape);
  request.context = 256;
  g_assert_cmpuint (compute (shape, &request, &state), ==, 256 * 2 * 2 * (128 + 2 * 512));
  request.flash_attention = PADDOCK_FLASH_ATTENTION_OFF;
  g_assert_cmpuint (compute (shape, &request, &state), ==, 256 * 2 * (128 + 2 * 512 + 4 * 512));
}

static void
test_latent (void)
{
  g_autoptr(PaddockModelShape) shape = test_shape_of_recipe (
    MODEL ("deepseek2",
           KEY ("deepseek2", "attention.head_count_kv", "1") KEY ("deepseek2", "attention.key_length", "576")
             KEY ("deepseek2", "attention.value_length", "512") KEY ("deepseek2", "attention.key_length_mla", "192")
               KEY ("deepseek2", "attention.value_length_mla", "128")));
  PaddockMemoryRequest request;
  guint64 state = 0;

  paddock_memory_request_init (&request, shape);
  request.context = 512;
  g_assert_cmpuint (compute (shape, &request, &state), ==, 4 * 512 * 576 * 2);
}

/* The small keys by which a sparse attention chooses are kept beside the others. */
static void
test_indexed (void)
{
  g_autoptr(PaddockModelShape) shape = test_shape_of_recipe (
    MODEL ("deepseek32", KEY ("deepseek32", "attention.head_count_kv", "1")
                           KEY ("deepseek32", "attention.key_length", "576")
                             KEY ("deepseek32", "attention.key_length_mla", "192")
                               KEY ("deepseek32", "attention.indexer.key_length", "128")));
  PaddockMemoryRequest request;
  guint64 state = 0;

  paddock_memory_request_init (&request, shape);
  request.context = 512;
  g_assert_cmpuint (compute (shape, &request, &state), ==, 4 * 512 * (576 + 128) * 2);
}

static void
test_state (void)
{
  g_autoptr(PaddockModelShape) mamba = test_shape_of_recipe (
    MODEL ("mamba2", KEY ("mamba2", "ssm.conv_kernel", "4") KEY ("mamba2", "ssm.inner_size", "1024")
                       KEY ("mamba2", "ssm.state_size", "128") KEY ("mamba2", "ssm.group_count", "2")));
  g_autoptr(PaddockModelShape) rwkv = test_shape_of_recipe (MODEL ("rwkv6", KEY ("rwkv6", "wkv.head_size", "64")));
  g_autoptr(PaddockModelShape) lfm2 = test_shape_of_recipe (
    MODEL ("lfm2", KEY ("lfm2", "shortconv.l_cache", "3") "kv lfm2.attention.head_count_kv arr u32 0 8 0 0\n"));
  g_autoptr(PaddockModelShape) kimi = test_shape_of_recipe (
    MODEL ("kimi-linear", KEY ("kimi-linear", "kda.head_dim", "64") KEY ("kimi-linear", "ssm.conv_kernel", "4")
                            "kv kimi-linear.attention.head_count_kv arr u32 0 8 0 0\n"));
  PaddockMemoryRequest request;
  guint64 per_layer[4], cache = 0, state = 0;

  paddock_memory_request_init (&request, mamba);
  request.context = 256;
  request.parallel = 3;
  g_assert_cmpuint (compute (mamba, &request, &state), ==, 0);
  g_assert_cmpuint (state, ==, 4 * 3 * 4 * (3 * (1024 + 2 * 2 * 128) + 128 * 1024));
  g_assert_cmpuint (compute (rwkv, &request, &state), ==, 0);
  g_assert_cmpuint (state, ==, 4 * 3 * 4 * (2 * 512 + 512 * 64));
  g_assert_true (paddock_memory_cache_compute (lfm2, &request, &cache, &state, per_layer));
  g_assert_cmpuint (cache, ==, 256 * 2 * 2 * 512);
  g_assert_cmpuint (state, ==, 3 * 3 * 4 * 2 * 512);
  g_assert_cmpuint (per_layer[1], ==, cache);
  g_assert_cmpuint (per_layer[2], ==, state / 3);
  compute (kimi, &request, &state);
  g_assert_cmpuint (state, ==, 3 * 3 * 4 * (3 * 3 * 8 * 64 + 8 * 64 * 64));
}

static void
test_impossible (void)
{
  g_autoptr(PaddockModelShape) odd =
    test_shape_of_recipe (MODEL ("llama", KEY ("llama", "attention.key_length", "20")
                                            KEY ("llama", "attention.head_count_kv", "1")));
  g_autoptr(PaddockModelShape) vast = test_shape_of_recipe (
    MODEL ("llama", KEY ("llama", "attention.key_length", "1048576") KEY ("llama", "attention.value_length", "1048576")));
  PaddockMemoryRequest request;
  guint64 cache = 0, state = 0;

  paddock_memory_request_init (&request, odd);
  request.cache_k = paddock_quant_type_lookup_by_name ("q8_0");
  g_assert_false (paddock_memory_cache_compute (odd, &request, &cache, &state, NULL));
  request.cache_k = request.cache_v;
  request.context = request.parallel = G_MAXUINT32;
  request.unified = FALSE;
  g_assert_false (paddock_memory_cache_compute (vast, &request, &cache, &state, NULL));
}

static void
test_output (void)
{
  g_autoptr(PaddockModelShape) decoder = test_shape_of_recipe (MODEL ("llama", ""));
  g_autoptr(PaddockModelShape) encoder = test_shape_of_recipe (MODEL ("bert", ""));
  g_autoptr(PaddockModelShape) pooling =
    test_shape_of_recipe (MODEL ("qwen3", KEY ("qwen3", "pooling_type", "3") KEY ("qwen3", "embedding_length_out", "64")));
  PaddockMemoryRequest request;

  paddock_memory_request_init (&request, decoder);
  g_assert_cmpuint (paddock_memory_output_compute (decoder, &request), ==, 4 * 4 * 300);
  g_assert_cmpuint (paddock_memory_output_compute (encoder, &request), ==, 4 * 4 * (300 + 512));
  g_assert_cmpuint (paddock_memory_output_compute (pooling, &request), ==, 4 * 4 * (300 + 64));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/memory-cache/cells", test_cells);
  g_test_add_func ("/memory-cache/types", test_types);
  g_test_add_func ("/memory-cache/turned-values", test_turned_values);
  g_test_add_func ("/memory-cache/layer-without-values", test_layer_without_values);
  g_test_add_func ("/memory-cache/latent", test_latent);
  g_test_add_func ("/memory-cache/indexed", test_indexed);
  g_test_add_func ("/memory-cache/state", test_state);
  g_test_add_func ("/memory-cache/impossible", test_impossible);
  g_test_add_func ("/memory-cache/output", test_output);
  return g_test_run ();
}
