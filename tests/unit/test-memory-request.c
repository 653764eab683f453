/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "estimate/estimate-error.h"
#include "estimate/memory-request.h"
#include "shape-recipe.h"

#define MODEL(arch, heads, extra)                                                                                      \
  "kv general.architecture str " arch "\nkv " arch ".context_length u32 4096\nkv " arch                                \
  ".embedding_length u32 512\nkv " arch ".block_count u32 2\nkv " arch ".attention.head_count u32 " heads "\n" extra  \
  "tensor token_embd.weight f16 512x300\nrepeat 2 tensor blk.{}.attn_q.weight f16 512x512\n"

static PaddockMemoryRequest
default_request (const PaddockModelShape *shape)
{
  PaddockMemoryRequest request;
  g_autoptr(GError) error = NULL;

  paddock_memory_request_init (&request, shape);
  paddock_memory_request_check (&request, shape, &error);
  g_assert_no_error (error);
  return request;
}

static void
assert_refused (const PaddockMemoryRequest *request, const PaddockModelShape *shape, PaddockEstimateError code,
                const char *part)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (paddock_memory_request_check (request, shape, &error));
  g_assert_error (error, PADDOCK_ESTIMATE_ERROR, (int) code);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” is not in “%s”", part, error->message);
}

static void
test_defaults (void)
{
  g_autoptr(PaddockModelShape) shape = test_shape_of_recipe (MODEL ("llama", "8", ""));
  g_autoptr(PaddockModelShape) encoder =
    test_shape_of_recipe (MODEL ("bert", "8", "kv bert.attention.causal bool false\n"));
  PaddockMemoryRequest request = default_request (shape);

  g_assert_cmpuint (request.context, ==, 4096);
  g_assert_cmpuint (request.batch, ==, 2048);
  g_assert_cmpuint (request.ubatch, ==, 512);
  g_assert_cmpuint (request.parallel, ==, 4);
  g_assert_cmpuint (request.outputs, ==, 4);
  g_assert_true (request.unified);
  g_assert_true (request.mmap);
  g_assert_false (request.swa_full);
  g_assert_cmpstr (request.cache_k->name, ==, "F16");
  g_assert_cmpstr (request.repack, ==, "auto");
  g_assert_true (paddock_memory_request_uses_flash_attention (&request, shape));
  g_assert_cmpuint (default_request (encoder).outputs, ==, 0);
}

static void
test_sizes (void)
{
  g_autoptr(PaddockModelShape) shape = test_shape_of_recipe (MODEL ("llama", "8", ""));
  const PaddockMemoryRequest good = default_request (shape);
  PaddockMemoryRequest request = good;

  request.context = 0;
  assert_refused (&request, shape, PADDOCK_ESTIMATE_ERROR_CONTEXT, "holds nothing");
  request.context = 4097;
  assert_refused (&request, shape, PADDOCK_ESTIMATE_ERROR_CONTEXT, "beyond the 4096");
  request = good;
  request.parallel = 0;
  assert_refused (&request, shape, PADDOCK_ESTIMATE_ERROR_PARALLEL, "none");
  request.parallel = 257;
  assert_refused (&request, shape, PADDOCK_ESTIMATE_ERROR_PARALLEL, "256");
  request.parallel = 8;
  request.context = 7;
  assert_refused (&request, shape, PADDOCK_ESTIMATE_ERROR_PARALLEL, "cannot share");
  request = good;
  request.ubatch = 0;
  assert_refused (&request, shape, PADDOCK_ESTIMATE_ERROR_BATCH, "batch of 0");
  request.ubatch = 4096;
  assert_refused (&request, shape, PADDOCK_ESTIMATE_ERROR_BATCH, "smaller");
  request = good;
  request.outputs = 2049;
  assert_refused (&request, shape, PADDOCK_ESTIMATE_ERROR_OUTPUTS, "2049");
}

static void
test_cache_types (void)
{
  g_autoptr(PaddockModelShape) shape = test_shape_of_recipe (MODEL ("llama", "8", ""));
  g_autoptr(PaddockModelShape) odd = test_shape_of_recipe (MODEL ("llama", "32", "kv llama.attention.key_length u32 80\n"));
  g_autoptr(PaddockModelShape) grok = test_shape_of_recipe (MODEL ("grok", "8", ""));
  PaddockMemoryRequest request = default_request (shape);
  g_autoptr(GError) error = NULL;

  request.cache_k = request.cache_v = paddock_quant_type_lookup_by_name ("q8_0");
  paddock_memory_request_check (&request, shape, &error);
  g_assert_no_error (error);
  assert_refused (&request, odd, PADDOCK_ESTIMATE_ERROR_CACHE_TYPE, "keys of layer 0 have 80 numbers");
  assert_refused (&request, grok, PADDOCK_ESTIMATE_ERROR_ATTENTION, "flash attention");
  request.flash_attention = PADDOCK_FLASH_ATTENTION_OFF;
  assert_refused (&request, shape, PADDOCK_ESTIMATE_ERROR_ATTENTION, "flash attention");
  request.cache_v = paddock_quant_type_lookup_by_name ("f16");
  paddock_memory_request_check (&request, shape, &error);
  g_assert_no_error (error);
  request.cache_k = paddock_quant_type_lookup_by_name ("q4_k");
  assert_refused (&request, shape, PADDOCK_ESTIMATE_ERROR_CACHE_TYPE, "Q4_K");
  request.cache_k = NULL;
  assert_refused (&request, shape, PADDOCK_ESTIMATE_ERROR_CACHE_TYPE, "keys");
}

/* Latent attention reads values out of the keys. */
static void
test_latent_types (void)
{
  g_autoptr(PaddockModelShape) shape =
    test_shape_of_recipe (MODEL ("deepseek2", "8", "kv deepseek2.attention.key_length_mla u32 192\n"));
  PaddockMemoryRequest request = default_request (shape);

  request.cache_k = paddock_quant_type_lookup_by_name ("q8_0");
  assert_refused (&request, shape, PADDOCK_ESTIMATE_ERROR_CACHE_TYPE, "F16 beside Q8_0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/memory-request/defaults", test_defaults);
  g_test_add_func ("/memory-request/sizes", test_sizes);
  g_test_add_func ("/memory-request/cache-types", test_cache_types);
  g_test_add_func ("/memory-request/latent-types", test_latent_types);
  return g_test_run ();
}
