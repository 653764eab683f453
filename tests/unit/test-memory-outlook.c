/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/memory-outlook.h"

#include "estimate/estimate-error.h"
#include "memory/context-outlook.h"
#include "memory/memory-words.h"
#include "memory/refusal-words.h"
#include "placement-case.h"
#include "shape-recipe.h"

/* 64 layers of 84 MiB, and a cache of 16 KiB for each token and layer; two tables of 62.5 MiB. */
#define MODEL                                                                                                          \
  "kv general.architecture str llama\nkv llama.context_length u32 131072\nkv llama.embedding_length u32 4096\n"        \
  "kv llama.block_count u32 64\nkv llama.feed_forward_length u32 6656\nkv llama.attention.head_count u32 32\n"         \
  "tensor token_embd.weight bf16 4096x8000 bytes=0\ntensor output.weight f16 4096x8000 bytes=0\n"                       \
  "repeat 64 tensor blk.{}.attn_q.weight bf16 4096x4096 bytes=0\n"                                                      \
  "repeat 64 tensor blk.{}.ffn_up.weight bf16 4096x6656 bytes=0\n"

static const TestPlacementDevice small[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 8192, 7500, 0, 0 }, { 0 } };
static const TestPlacementDevice large[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 24576, 24000, 0, 0 }, { 0 } };

static PaddockMemorySettings
usual (const PaddockModelShape *shape)
{
  PaddockMemorySettings settings;

  paddock_memory_settings_init (&settings, shape);
  return settings;
}

static PaddockMemoryOutlook *
look (const PaddockModelShape *shape, const PaddockMemorySettings *settings, guint total, guint available,
      const TestPlacementDevice *devices)
{
  g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (total, available, devices);
  g_autoptr (GError) error = NULL;
  PaddockMemoryOutlook *outlook = paddock_memory_outlook_new (shape, settings, machine, &error);

  g_assert_no_error (error);
  return outlook;
}

static void
check_verdict (const PaddockMemoryOutlook *outlook, PaddockFit fit, const char *begin)
{
  g_autofree char *verdict = paddock_memory_words_dup_verdict (outlook);

  g_assert_cmpint (outlook->fit, ==, fit);
  g_assert_true (g_str_has_prefix (verdict, begin));
}

static void
test_verdicts (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  PaddockMemorySettings settings = usual (shape);
  g_autoptr (PaddockMemoryOutlook) gpu = look (shape, &settings, 32768, 30000, large);
  g_autoptr (PaddockMemoryOutlook) split = look (shape, &settings, 32768, 30000, small);
  g_autoptr (PaddockMemoryOutlook) memory = look (shape, &settings, 32768, 30000, NULL);
  g_autoptr (PaddockMemoryOutlook) tight = look (shape, &settings, 16384, 10000, NULL);
  g_autoptr (PaddockMemoryOutlook) over = look (shape, &settings, 8192, 8000, NULL);
  g_autoptr (PaddockMemoryOutlook) unknown = look (shape, &settings, 0, 0, NULL);

  check_verdict (gpu, PADDOCK_FIT_GPU, "All of it fits on the graphics processor: it needs 1");
  check_verdict (split, PADDOCK_FIT_SPLIT, "It fits, a part of it");
  check_verdict (memory, PADDOCK_FIT_MEMORY, "It fits in memory: it needs 1");
  check_verdict (tight, PADDOCK_FIT_TIGHT, "It fits only when other programs give memory back");
  check_verdict (over, PADDOCK_FIT_TOO_LARGE, "It is too large: it needs 1");
  check_verdict (unknown, PADDOCK_FIT_UNKNOWN, "It needs ");
}

/* The numbers of the sentence never contradict it. */
static void
test_numbers (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  PaddockMemorySettings settings = usual (shape);

  for (guint context = 512; context <= shape->training_context; context *= 2)
    for (guint available = 1024; available <= 65536; available *= 2)
      {
        g_autoptr (PaddockMemoryOutlook) outlook = NULL;

        settings.request.context = context;
        outlook = look (shape, &settings, 65536, available, context % 3 == 0 ? small : large);
        if (outlook->fit == PADDOCK_FIT_TOO_LARGE)
          g_assert_cmpuint (outlook->needed, >, outlook->available);
        else if (outlook->fit != PADDOCK_FIT_TIGHT)
          g_assert_cmpuint (outlook->needed, <=, outlook->available);
        for (guint i = 0; i < outlook->devices->len; i++)
          {
            const PaddockMemoryOutlookDevice *device =
              &g_array_index (outlook->devices, PaddockMemoryOutlookDevice, i);

            g_assert_cmpuint (device->weights + device->cache + device->compute + device->overhead, ==, device->needed);
          }
      }
}

static void
test_layers (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  PaddockMemorySettings settings = usual (shape);
  g_autoptr (PaddockMemoryOutlook) few = NULL;
  g_autoptr (PaddockMemoryOutlook) many = NULL;
  g_autofree char *reason = NULL;

  settings.layers_automatic = FALSE;
  settings.gpu_layers = 5;
  few = look (shape, &settings, 65536, 60000, small);
  g_assert_false (few->layers_refused);
  g_assert_cmpuint (few->gpu_layers, ==, 5);
  settings.gpu_layers = 65;
  many = look (shape, &settings, 65536, 60000, small);
  g_assert_true (many->layers_refused);
  g_assert_cmpuint (many->gpu_layers, <, 65);
  reason = paddock_memory_words_dup_verdict (many);
  g_assert_true (g_str_has_prefix (reason, "There is room for only "));
}

static void
test_refused (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (32768, 30000, NULL);
  PaddockMemorySettings settings = usual (shape);
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;

  settings.request.context = 131073;
  g_assert_null (paddock_memory_outlook_new (shape, &settings, machine, &error));
  g_assert_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_CONTEXT);
  reason = paddock_refusal_words_dup (error, shape, &settings.request);
  g_assert_cmpstr (reason, ==, "A context of 131073 is beyond the 131072 tokens that the model has learnt.");
}

static void
check_largest (const PaddockModelShape *shape, const TestPlacementDevice *devices, guint available, gboolean on_devices)
{
  g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (65536, available, devices);
  PaddockMemorySettings settings = usual (shape);
  g_autoptr (PaddockContextOutlook) contexts = paddock_context_outlook_new (shape, &settings, machine);
  g_autoptr (PaddockMemoryOutlook) fits = NULL;
  g_autoptr (PaddockMemoryOutlook) fits_not = NULL;

  g_assert_nonnull (contexts);
  g_assert_cmpint (contexts->on_devices, ==, on_devices);
  g_assert_cmpuint (contexts->largest, >, 0);
  g_assert_cmpuint (contexts->largest, <, shape->training_context);
  for (guint i = 1; i < contexts->count; i++)
    {
      g_assert_cmpuint (contexts->contexts[i], >, contexts->contexts[i - 1]);
      g_assert_cmpuint (contexts->bytes[i], >=, contexts->bytes[i - 1]);
    }
  settings.request.context = (guint32) contexts->largest;
  fits = paddock_memory_outlook_new (shape, &settings, machine, NULL);
  settings.request.context += 256;
  fits_not = paddock_memory_outlook_new (shape, &settings, machine, NULL);
  g_assert_cmpuint (fits->needed, <=, fits->available);
  if (on_devices)
    {
      g_assert_cmpint (fits->fit, ==, PADDOCK_FIT_GPU);
      g_assert_cmpint (fits_not->fit, !=, PADDOCK_FIT_GPU);
    }
  else
    g_assert_true (fits_not->needed > fits_not->available || fits_not->fit == PADDOCK_FIT_TOO_LARGE);
}

static void
test_largest (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);

  check_largest (shape, NULL, 30000, FALSE);
  check_largest (shape, large, 30000, TRUE);
  check_largest (shape, small, 30000, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/memory-outlook/verdicts", test_verdicts);
  g_test_add_func ("/memory-outlook/numbers", test_numbers);
  g_test_add_func ("/memory-outlook/layers", test_layers);
  g_test_add_func ("/memory-outlook/refused", test_refused);
  g_test_add_func ("/memory-outlook/largest", test_largest);
  return g_test_run ();
}
