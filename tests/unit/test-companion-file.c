/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/companion-file.h"

#include "await.h"
#include "directory.h"
#include "estimate/estimate-error.h"
#include "memory/context-outlook.h"
#include "memory/memory-outlook.h"
#include "placement-case.h"
#include "shape-recipe.h"

#define MODEL                                                                                                          \
  "kv general.architecture str llama\nkv llama.context_length u32 4096\nkv llama.embedding_length u32 256\n"           \
  "kv llama.block_count u32 2\nkv llama.feed_forward_length u32 512\nkv llama.attention.head_count u32 4\n"            \
  "tensor token_embd.weight f16 256x100\nrepeat 2 tensor blk.{}.attn_q.weight f16 256x256\n"
#define PROJECTOR                                                                                                      \
  "kv general.architecture str clip\nkv clip.has_vision_encoder bool true\nkv clip.vision.block_count u32 1\n"         \
  "tensor v.patch_embd.weight f32 64x64\n"

static PaddockCompanionFile *
load (const char *recipe, PaddockCompanionKind kind, GError **error)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_write_recipe (directory, "beside.gguf", recipe);
  g_autoptr (TestAwait) await = test_await_new ();

  paddock_companion_file_load_async (path, kind, NULL, test_await_callback, await);
  return paddock_companion_file_load_finish (test_await_result (await), error);
}

static void
test_wrong (void)
{
  g_autoptr (GError) no_projector = NULL;
  g_autoptr (GError) no_model = NULL;

  g_assert_null (load (MODEL, PADDOCK_COMPANION_PROJECTOR, &no_projector));
  g_assert_error (no_projector, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_COMPANION);
  g_assert_null (load (PROJECTOR, PADDOCK_COMPANION_DRAFT, &no_model));
  g_assert_cmpuint (no_model->domain, ==, PADDOCK_ESTIMATE_ERROR);
}

/* Both are seen in the bars, in the numbers and in the command. */
static void
test_outlook (void)
{
  static const TestPlacementDevice cards[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 8192, 7500, 0, 0 }, { 0 } };
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  g_autoptr (PaddockCompanionFile) projector = load (PROJECTOR, PADDOCK_COMPANION_PROJECTOR, NULL);
  g_autoptr (PaddockCompanionFile) draft = load (MODEL, PADDOCK_COMPANION_DRAFT, NULL);

  for (guint with_card = 0; with_card < 2; with_card++)
    {
      g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (16384, 12000, with_card ? cards : NULL);
      g_autoptr (PaddockMemoryOutlook) outlook = NULL;
      const PaddockMemoryOutlookDevice *device;
      PaddockMemorySettings settings = { 0 };

      paddock_memory_settings_init (&settings, shape);
      paddock_memory_settings_set_file (&settings, PADDOCK_COMPANION_PROJECTOR, projector);
      paddock_memory_settings_set_file (&settings, PADDOCK_COMPANION_DRAFT, draft);
      paddock_memory_settings_reset (&settings, shape);
      outlook = paddock_memory_outlook_new (shape, &settings, machine, NULL);
      g_assert_nonnull (outlook);
      device = &g_array_index (outlook->devices, PaddockMemoryOutlookDevice, with_card);
      g_assert_cmpuint (device->projector, ==, 64 * 64 * 4);
      g_assert_cmpuint (device->draft, >, 0);
      g_assert_cmpuint (device->draft, ==, outlook->estimate.bytes[PADDOCK_MEMORY_DRAFT]);
      g_assert_cmpuint (device->weights + device->cache + device->compute + device->overhead + device->projector +
                          device->draft,
                        ==, device->needed);
      g_assert_true (g_strv_contains ((const char *const *) outlook->arguments, "--mmproj"));
      g_assert_true (g_strv_contains ((const char *const *) outlook->arguments, draft->path));
      paddock_memory_settings_unref_files (&settings);
    }
}

/* 16 layers of 84 MiB, and a cache of 16 KiB for each token and layer. */
#define LARGE                                                                                                          \
  "kv general.architecture str llama\nkv llama.context_length u32 8192\nkv llama.embedding_length u32 4096\n"          \
  "kv llama.block_count u32 16\nkv llama.feed_forward_length u32 6656\nkv llama.attention.head_count u32 32\n"        \
  "tensor token_embd.weight bf16 4096x8000 bytes=0\ntensor output.weight f16 4096x8000 bytes=0\n"                       \
  "repeat 16 tensor blk.{}.attn_q.weight bf16 4096x4096 bytes=0\n"                                                      \
  "repeat 16 tensor blk.{}.ffn_up.weight bf16 4096x6656 bytes=0\n"
#define WIDE_PROJECTOR                                                                                                 \
  "kv general.architecture str clip\nkv clip.has_vision_encoder bool true\nkv clip.vision.block_count u32 1\n"       \
  "tensor v.patch_embd.weight f32 4096x32768 bytes=0\n"

/* The curve has what stands beside the model where the planner has it: off the card before a layer goes. */
static void
test_contexts (void)
{
  static const TestPlacementDevice cards[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 3072, 2900, 0, 0 }, { 0 } };
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (LARGE);
  g_autoptr (PaddockCompanionFile) projector = load (WIDE_PROJECTOR, PADDOCK_COMPANION_PROJECTOR, NULL);
  g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (65536, 60000, cards);
  g_autoptr (PaddockContextOutlook) contexts = NULL;
  g_autoptr (PaddockMemoryOutlook) largest = NULL;
  g_autoptr (PaddockMemoryOutlook) beyond = NULL;
  PaddockMemorySettings settings = { 0 };
  guint beside = 0, given_way = 0;

  paddock_memory_settings_init (&settings, shape);
  paddock_memory_settings_set_file (&settings, PADDOCK_COMPANION_PROJECTOR, projector);
  contexts = paddock_context_outlook_new (shape, &settings, machine);
  g_assert_nonnull (contexts);
  g_assert_true (contexts->on_devices);
  for (guint i = 0; i < contexts->count && contexts->contexts[i] <= contexts->largest; i++)
    {
      g_autoptr (PaddockMemoryOutlook) outlook = NULL;
      const PaddockMemoryOutlookDevice *card;

      settings.request.context = (guint32) contexts->contexts[i];
      outlook = paddock_memory_outlook_new (shape, &settings, machine, NULL);
      card = &g_array_index (outlook->devices, PaddockMemoryOutlookDevice, 1);
      g_assert_cmpuint (outlook->gpu_layers, ==, outlook->n_layers);
      g_assert_cmpuint (contexts->bytes[i], ==, card->needed);
      beside += card->projector > 0;
      given_way += card->projector == 0;
    }
  g_assert_cmpuint (beside, >, 0);
  g_assert_cmpuint (given_way, >, 0);
  settings.request.context = (guint32) contexts->largest;
  largest = paddock_memory_outlook_new (shape, &settings, machine, NULL);
  g_assert_cmpuint (largest->gpu_layers, ==, largest->n_layers);
  settings.request.context += 256;
  beyond = paddock_memory_outlook_new (shape, &settings, machine, NULL);
  g_assert_cmpuint (beyond->gpu_layers, <, beyond->n_layers);
  paddock_memory_settings_unref_files (&settings);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/companion-file/wrong", test_wrong);
  g_test_add_func ("/companion-file/outlook", test_outlook);
  g_test_add_func ("/companion-file/contexts", test_contexts);
  return g_test_run ();
}
