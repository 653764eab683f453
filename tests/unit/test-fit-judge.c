/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/estimate-error.h"
#include "estimate/fit-judge.h"
#include "placement-case.h"
#include "shape-recipe.h"

/* 64 layers of 84 MiB, and a cache of 16 KiB for each token and layer; two tables of 62.5 MiB. */
#define MODEL                                                                                                          \
  "kv general.architecture str llama\nkv llama.context_length u32 131072\nkv llama.embedding_length u32 4096\n"        \
  "kv llama.block_count u32 64\nkv llama.feed_forward_length u32 6656\nkv llama.attention.head_count u32 32\n"         \
  "tensor token_embd.weight bf16 4096x8000 bytes=0\ntensor output.weight f16 4096x8000 bytes=0\n"                       \
  "repeat 64 tensor blk.{}.attn_q.weight bf16 4096x4096 bytes=0\n"                                                      \
  "repeat 64 tensor blk.{}.ffn_up.weight bf16 4096x6656 bytes=0\n"

static void
check (guint total, guint available, const TestPlacementDevice *list, PaddockFit expected)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (total, available, list);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (paddock_fit_get_id (paddock_fit_judge (shape, NULL, machine, &error)), ==,
                   paddock_fit_get_id (expected));
  if (expected == PADDOCK_FIT_UNKNOWN)
    g_assert_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_MACHINE);
  else
    g_assert_no_error (error);
}

/* All of it is about 14 GiB: 5.3 of weights, 8 of cache. */
static void
test_machines (void)
{
  static const TestPlacementDevice small[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 8192, 7500, 0, 0 }, { 0 } };
  static const TestPlacementDevice large[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 24576, 24000, 0, 0 }, { 0 } };
  static const TestPlacementDevice halo[] = { { "Vulkan0", PADDOCK_DEVICE_INTEGRATED, 512, 400, 60000, 0 }, { 0 } };

  check (32768, 30000, NULL, PADDOCK_FIT_MEMORY);
  check (32768, 12500, NULL, PADDOCK_FIT_TIGHT);
  check (16384, 14000, NULL, PADDOCK_FIT_TIGHT);
  check (8192, 8000, NULL, PADDOCK_FIT_TOO_LARGE);
  check (32768, 30000, small, PADDOCK_FIT_SPLIT);
  check (8192, 8000, large, PADDOCK_FIT_GPU);
  check (65536, 60000, halo, PADDOCK_FIT_GPU);
  check (0, 0, NULL, PADDOCK_FIT_UNKNOWN);
}

static void
test_request (void)
{
  g_autoptr (PaddockModelShape) shape = test_shape_of_recipe (MODEL);
  g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (65536, 60000, NULL);
  g_autoptr (GError) error = NULL;
  PaddockMemoryRequest request;

  paddock_memory_request_init (&request, shape);
  g_assert_cmpint (paddock_fit_judge (shape, &request, machine, &error), ==, PADDOCK_FIT_TOO_LARGE);
  request.context = 4096;
  g_assert_cmpint (paddock_fit_judge (shape, &request, machine, &error), ==, PADDOCK_FIT_MEMORY);
  g_assert_no_error (error);
  request.context = 0;
  g_assert_cmpint (paddock_fit_judge (shape, &request, machine, &error), ==, PADDOCK_FIT_UNKNOWN);
  g_assert_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_CONTEXT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/fit-judge/machines", test_machines);
  g_test_add_func ("/fit-judge/request", test_request);
  return g_test_run ();
}
