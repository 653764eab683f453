/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/memory-settings.h"

#include "estimate/fit-judge.h"
#include "shape-recipe.h"

#define MODEL                                                                                                          \
  "kv general.architecture str llama\nkv llama.context_length u32 131072\nkv llama.embedding_length u32 4096\n"        \
  "kv llama.block_count u32 2\nkv llama.feed_forward_length u32 6656\nkv llama.attention.head_count u32 32\n"          \
  "tensor token_embd.weight bf16 4096x8000 bytes=0\ntensor output.weight f16 4096x8000 bytes=0\n"                       \
  "repeat 2 tensor blk.{}.attn_q.weight bf16 4096x4096 bytes=0\n"

static void
test_usual (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  PaddockMemorySettings settings, other;

  paddock_memory_settings_init (&settings, shape);
  g_assert_cmpuint (settings.request.context, ==, PADDOCK_FIT_CONTEXT);
  g_assert_true (settings.layers_automatic);
  other = settings;
  g_assert_true (paddock_memory_settings_equal (&settings, &other));
  /* A number that is not asked for makes no difference. */
  other.gpu_layers = 7;
  g_assert_true (paddock_memory_settings_equal (&settings, &other));
  other.layers_automatic = FALSE;
  g_assert_false (paddock_memory_settings_equal (&settings, &other));
  other = settings;
  other.request.ubatch = 128;
  g_assert_false (paddock_memory_settings_equal (&settings, &other));
}

static void
test_outputs (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  PaddockMemorySettings settings;

  paddock_memory_settings_init (&settings, shape);
  settings.request.parallel = 9;
  g_assert_cmpuint (paddock_memory_settings_get_request (&settings, shape).outputs, ==, 9);
  settings.request.batch = 4;
  g_assert_cmpuint (paddock_memory_settings_get_request (&settings, shape).outputs, ==, 4);
  /* What is nonsense stays so, and is refused as that. */
  settings.request.parallel = 0;
  g_assert_cmpuint (paddock_memory_settings_get_request (&settings, shape).parallel, ==, 0);
}

static PaddockMemorySettings
apply (PaddockMemorySettings settings, PaddockMemorySuggestion suggestion)
{
  paddock_memory_settings_apply (&settings, &suggestion);
  return settings;
}

static void
test_suggestions (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  const PaddockMemorySuggestion cache = { .kind = PADDOCK_SUGGEST_CACHE_TYPE, .type = "Q8_0" };
  const PaddockMemorySuggestion file = { .kind = PADDOCK_SUGGEST_QUANTIZATION, .type = "Q4_K_M" };
  PaddockMemorySettings settings, changed;

  paddock_memory_settings_init (&settings, shape);
  settings.request.flash_attention = PADDOCK_FLASH_ATTENTION_OFF;
  settings.request.unified = FALSE;
  changed = apply (settings, cache);
  g_assert_cmpstr (changed.request.cache_k->name, ==, "Q8_0");
  g_assert_cmpstr (changed.request.cache_v->name, ==, "Q8_0");
  g_assert_cmpint (changed.request.flash_attention, ==, PADDOCK_FLASH_ATTENTION_AUTO);
  changed = apply (settings, (PaddockMemorySuggestion) { .kind = PADDOCK_SUGGEST_CONTEXT, .number = 2048 });
  g_assert_cmpuint (changed.request.context, ==, 2048);
  changed = apply (settings, (PaddockMemorySuggestion) { .kind = PADDOCK_SUGGEST_PARALLEL, .number = 1 });
  g_assert_cmpuint (changed.request.parallel, ==, 1);
  changed = apply (settings, (PaddockMemorySuggestion) { .kind = PADDOCK_SUGGEST_UBATCH, .number = 128 });
  g_assert_cmpuint (changed.request.ubatch, ==, 128);
  g_assert_true (apply (settings, (PaddockMemorySuggestion) { .kind = PADDOCK_SUGGEST_UNIFIED }).request.unified);
  changed = apply (settings, (PaddockMemorySuggestion) { .kind = PADDOCK_SUGGEST_NO_REPACK });
  g_assert_cmpstr (changed.request.repack, ==, "off");
  g_assert_true (paddock_memory_settings_can_apply (&cache));
  g_assert_false (paddock_memory_settings_can_apply (&file));
  changed = apply (settings, file);
  g_assert_true (paddock_memory_settings_equal (&changed, &settings));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/memory-settings/usual", test_usual);
  g_test_add_func ("/memory-settings/outputs", test_outputs);
  g_test_add_func ("/memory-settings/suggestions", test_suggestions);
  return g_test_run ();
}
