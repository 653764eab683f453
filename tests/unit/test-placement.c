/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "placement-case.h"

static const TestPlacementDevice small_card[] = {
  { "CUDA0", PADDOCK_DEVICE_DISCRETE, 8192, 7600, 0, 300000 },
  { 0 },
};
static const TestPlacementDevice two_cards[] = {
  { "CUDA0", PADDOCK_DEVICE_DISCRETE, 8192, 8000, 0, 300000 },
  { "CUDA1", PADDOCK_DEVICE_DISCRETE, 24576, 24000, 0, 900000 },
  { 0 },
};
static const TestPlacementDevice apu[] = {
  { "Vulkan0", PADDOCK_DEVICE_INTEGRATED, 512, 300, 15000, 0 },
  { 0 },
};

static PaddockPlacement *
place_with (const PaddockPlacementStrategy *strategy, guint memory, const TestPlacementDevice *list,
            const PaddockPlacementLoad *load, const char *excluded)
{
  const char *const ids[] = { excluded, NULL };
  g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (memory, memory, list);
  g_autoptr (GPtrArray) devices = paddock_placement_devices_new (machine, excluded != NULL ? ids : NULL);

  return test_placement_run (strategy, devices, load);
}

static PaddockPlacement *
place (guint memory, const TestPlacementDevice *list, const PaddockPlacementLoad *load)
{
  return place_with (&paddock_placement_gpu_first, memory, list, load, NULL);
}

static void
test_no_device (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (32, 128, 0, 32);
  g_autoptr (PaddockPlacement) placement = place (16384, NULL, load);

  g_assert_cmpint (placement->fit, ==, PADDOCK_FIT_MEMORY);
  g_assert_cmpstr (placement->strategy, ==, "cpu-only");
  g_assert_cmpuint (placement->gpu_layers, ==, 0);
  g_assert_cmpuint (placement->evictable, ==, 32 * 128 * TEST_MIB);
}

/* 7600 − 768 MiB are 6832: one for all and 42 layers of 160. */
static void
test_small_card (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (50, 128, 0, 32);
  g_autoptr (PaddockPlacementLoad) half = test_placement_load (32, 128, 0, 32);
  g_autoptr (PaddockPlacement) split = place (16384, small_card, load);
  g_autoptr (PaddockPlacement) whole = place (16384, small_card, half);

  g_assert_cmpint (split->fit, ==, PADDOCK_FIT_SPLIT);
  g_assert_cmpuint (split->gpu_layers, ==, 43);
  g_assert_cmpuint (split->device[7], ==, PADDOCK_PLACEMENT_HOST);
  g_assert_cmpuint (split->device[8], ==, 1);
  g_assert_cmpint (whole->fit, ==, PADDOCK_FIT_GPU);
  g_assert_cmpuint (whole->gpu_layers, ==, 33);
  g_assert_cmpuint (whole->shares[PADDOCK_PLACEMENT_HOST].weights, ==, 0);
}

static void
test_computing_counts (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (50, 128, 0, 32);
  g_autoptr (PaddockPlacement) placement = NULL;

  load->compute = 400 * TEST_MIB;
  load->compute_inner = 300 * TEST_MIB;
  load->band = 0.25;
  load->inputs = 20 * TEST_MIB;
  load->largest = 40 * TEST_MIB;
  placement = place (16384, small_card, load);
  /* 560 MiB less than before: the scores are computed on the device, weights are carried there. */
  g_assert_cmpuint (placement->shares[1].compute, ==, 560 * TEST_MIB);
  g_assert_cmpuint (placement->gpu_layers, ==, 1 + (6832 - 560) / 160);
  g_assert_cmpuint (placement->shares[0].compute, ==, 395 * TEST_MIB);
}

static void
test_experts_first (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (40, 64, 400, 16);
  g_autoptr (PaddockPlacement) placement = place (32768, small_card, load);

  /* 40 × 80 MiB leave 3632: nine stacks of 400, and no half of the tenth. */
  g_assert_cmpint (placement->fit, ==, PADDOCK_FIT_SPLIT);
  g_assert_cmpuint (placement->gpu_layers, ==, 41);
  g_assert_cmpuint (placement->cpu_experts, ==, 31);
  g_assert_cmpuint (placement->spilled[30], !=, 0);
  g_assert_cmpuint (placement->spilled[31], ==, 0);
  g_assert_cmpuint (placement->shares[1].used, ==, (3200 + 3600) * TEST_MIB);
}

static void
test_part_of_experts (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (40, 59, 400, 16);
  g_autoptr (PaddockPlacement) placement = place (32768, small_card, load);

  /* 200 MiB more: room for one of the two stacks of the next layer. */
  g_assert_cmpuint (placement->cpu_experts, ==, 30);
  g_assert_cmpuint (placement->spilled[29], ==, (1u << PADDOCK_EXPERT_STACK_DOWN) | (1u << PADDOCK_EXPERT_STACK_UP));
  g_assert_cmpuint (placement->spilled[30], ==, 1u << PADDOCK_EXPERT_STACK_UP);
}

static void
test_two_cards (void)
{
  g_autoptr (PaddockPlacementLoad) small = test_placement_load (40, 300, 0, 100);
  g_autoptr (PaddockPlacementLoad) large = test_placement_load (70, 300, 0, 100);
  g_autoptr (PaddockPlacement) one = place (65536, two_cards, small);
  g_autoptr (PaddockPlacement) both = place (65536, two_cards, large);

  /* The faster one is the first, and enough. */
  g_assert_cmpstr (((PaddockPlacementDevice *) g_ptr_array_index (one->devices, 1))->id, ==, "CUDA1");
  g_assert_cmpuint (one->shares[1].layers, ==, 41);
  g_assert_cmpuint (one->shares[2].layers, ==, 0);
  g_assert_cmpint (both->fit, ==, PADDOCK_FIT_GPU);
  g_assert_cmpuint (both->shares[1].layers, ==, 59);
  g_assert_cmpuint (both->shares[2].layers, ==, 12);
}

static void
test_balanced (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (40, 300, 0, 100);
  g_autoptr (PaddockPlacement) placement = place_with (&paddock_placement_balanced, 65536, two_cards, load, NULL);

  g_assert_cmpstr (placement->strategy, ==, "balanced");
  g_assert_cmpint (placement->fit, ==, PADDOCK_FIT_GPU);
  /* One reads three times as fast as the other. */
  g_assert_cmpuint (placement->shares[1].layers, ==, 31);
  g_assert_cmpuint (placement->shares[2].layers, ==, 10);
}

static void
test_balanced_by_room (void)
{
  static const TestPlacementDevice unknown[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 8192, 8000, 0, 0 },
                                                 { "CUDA1", PADDOCK_DEVICE_DISCRETE, 24576, 24000, 0, 900000 },
                                                 { 0 } };
  static const TestPlacementDevice slow[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 24576, 24000, 0, 30000 },
                                              { "CUDA1", PADDOCK_DEVICE_DISCRETE, 8192, 8000, 0, 900000 },
                                              { 0 } };
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (40, 300, 0, 100);
  g_autoptr (PaddockPlacement) even = place_with (&paddock_placement_balanced, 65536, unknown, load, NULL);
  g_autoptr (PaddockPlacement) full = place_with (&paddock_placement_balanced, 65536, slow, load, NULL);

  g_assert_cmpuint (even->shares[1].layers, ==, 32);
  g_assert_cmpuint (even->shares[2].layers, ==, 9);
  /* However slow the other one is, the fast one cannot have more than it has room for. */
  g_assert_cmpuint (full->shares[1].layers, ==, 19);
  g_assert_cmpuint (full->shares[2].layers, ==, 22);
}

static void
check_layers (const PaddockPlacementStrategy *strategy, const PaddockPlacementLoad *load, guint layers, guint found)
{
  g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (65536, 65536, two_cards);
  g_autoptr (GPtrArray) devices = paddock_placement_devices_new (machine, NULL);
  g_autoptr (PaddockPlacement) placement = paddock_placement_strategy_run_layers (strategy, devices, load, layers);

  test_placement_check (placement, load);
  g_assert_cmpuint (placement->wanted, ==, layers);
  g_assert_cmpuint (placement->gpu_layers, ==, found);
  g_assert_cmpint (placement->refused, ==, found != layers);
  g_assert_true ((placement->fit == PADDOCK_FIT_TOO_LARGE) == placement->refused);
}

/* Never fewer than somebody insists on, and never said to fit where they do not. */
static void
test_layers (void)
{
  g_autoptr (PaddockPlacementLoad) dense = test_placement_load (100, 300, 0, 100);
  g_autoptr (PaddockPlacementLoad) experts = test_placement_load (100, 100, 400, 10);

  check_layers (&paddock_placement_gpu_first, dense, 0, 0);
  check_layers (&paddock_placement_gpu_first, dense, 1, 1);
  check_layers (&paddock_placement_gpu_first, dense, 77, 77);
  check_layers (&paddock_placement_gpu_first, dense, 78, 77);
  check_layers (&paddock_placement_gpu_first, dense, 101, 77);
  check_layers (&paddock_placement_balanced, dense, 50, 50);
  check_layers (&paddock_placement_balanced, dense, 90, 77);
  check_layers (&paddock_placement_cpu_only, dense, 1, 0);
  check_layers (&paddock_placement_gpu_first, experts, 101, 101);
  check_layers (&paddock_placement_gpu_first, experts, 30, 30);
}

static void
test_cpu_only (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (40, 300, 0, 100);
  g_autoptr (PaddockPlacement) placement = place_with (&paddock_placement_cpu_only, 65536, two_cards, load, NULL);

  g_assert_cmpuint (placement->gpu_layers, ==, 0);
  g_assert_cmpint (placement->fit, ==, PADDOCK_FIT_MEMORY);
}

static void
test_refusal (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (40, 300, 0, 100);
  g_autoptr (PaddockPlacement) other = place_with (&paddock_placement_gpu_first, 65536, two_cards, load, "CUDA1");
  g_autoptr (PaddockPlacement) none = place_with (&paddock_placement_gpu_first, 65536, small_card, load, "CUDA0");

  g_assert_cmpint (other->fit, ==, PADDOCK_FIT_SPLIT);
  g_assert_cmpuint (other->devices->len, ==, 2);
  g_assert_cmpint (none->fit, ==, PADDOCK_FIT_MEMORY);
  g_assert_cmpstr (none->strategy, ==, "cpu-only");
}

/* What the graphics processor borrows is not there for the processor a second time. */
static void
test_shared_memory (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (32, 200, 0, 50);
  g_autoptr (PaddockPlacementLoad) large = test_placement_load (80, 200, 0, 50);
  g_autoptr (PaddockPlacement) whole = place (32768, apu, load);
  g_autoptr (PaddockPlacement) too_much = place (16384, apu, large);

  g_assert_cmpint (whole->fit, ==, PADDOCK_FIT_GPU);
  g_assert_cmpuint (whole->borrowed, ==, whole->shares[1].used);
  g_assert_cmpuint (whole->shares[0].limit, ==, (32768 - 2048 - 8000) * TEST_MIB);
  g_assert_cmpint (too_much->fit, ==, PADDOCK_FIT_TOO_LARGE);
}

static void
test_unknown_free (void)
{
  static const TestPlacementDevice list[] = { { "pci:0000:01:00.0", PADDOCK_DEVICE_DISCRETE, 8192, 0, 0, 0 }, { 0 } };
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (32, 128, 0, 32);
  g_autoptr (PaddockPlacement) placement = place (16384, list, load);
  g_autoptr (PaddockPlacement) nothing = place (0, NULL, load);

  g_assert_true (placement->total_only);
  g_assert_cmpint (placement->fit, ==, PADDOCK_FIT_GPU);
  g_assert_cmpint (nothing->fit, ==, PADDOCK_FIT_UNKNOWN);
}

/* 16 GiB, of which 8 are free. */
static PaddockFit
judge_memory (guint layers, guint dense, guint cache, gboolean mapped, guint64 *unload)
{
  g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (16384, 8192, NULL);
  g_autoptr (GPtrArray) devices = paddock_placement_devices_new (machine, NULL);
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (layers, dense, 0, cache);
  g_autoptr (PaddockPlacement) placement = NULL;

  load->mapped = mapped;
  placement = test_placement_run (&paddock_placement_gpu_first, devices, load);
  *unload = placement->shares[0].unload;
  return placement->fit;
}

static void
test_verdicts (void)
{
  guint64 unload = 0;

  g_assert_cmpint (judge_memory (32, 100, 50, TRUE, &unload), ==, PADDOCK_FIT_MEMORY);
  g_assert_cmpuint (unload, ==, 0);
  /* 7168 MiB may be used; 512 of them should better stay. */
  g_assert_cmpint (judge_memory (32, 200, 20, TRUE, &unload), ==, PADDOCK_FIT_TIGHT);
  g_assert_cmpuint (unload, ==, 0);
  /* Others use what the file's pages need: it runs, from the disk. */
  g_assert_cmpint (judge_memory (32, 300, 20, TRUE, &unload), ==, PADDOCK_FIT_TIGHT);
  g_assert_cmpuint (unload, ==, (32 * 320 - 7168) * TEST_MIB);
  g_assert_cmpint (judge_memory (32, 300, 20, FALSE, &unload), ==, PADDOCK_FIT_TOO_LARGE);
  g_assert_cmpuint (unload, ==, (32 * 320 - 7168) * TEST_MIB);
  g_assert_cmpint (judge_memory (32, 20, 300, TRUE, &unload), ==, PADDOCK_FIT_TOO_LARGE);
  /* More than there would be if all others went. */
  g_assert_cmpint (judge_memory (32, 500, 20, TRUE, &unload), ==, PADDOCK_FIT_TOO_LARGE);
  g_assert_cmpuint (unload, ==, 0);
}

/* What is said to be missing is enough. */
static void
test_unload (void)
{
  TestPlacementDevice card[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 12288, 4000, 0, 0 }, { 0 } };
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (32, 200, 0, 50);
  g_autoptr (PaddockPlacementLoad) huge = test_placement_load (32, 400, 0, 50);
  g_autoptr (PaddockPlacement) before = NULL, after = NULL, never = NULL;

  load->compute = load->compute_inner = 300 * TEST_MIB;
  before = place (65536, card, load);
  never = place (65536, card, huge);
  g_assert_cmpint (before->fit, ==, PADDOCK_FIT_SPLIT);
  g_assert_cmpuint (before->shares[1].unload, >, 0);
  g_assert_cmpuint (never->shares[1].unload, ==, 0);
  card[0].free += (guint) (before->shares[1].unload / TEST_MIB);
  after = place (65536, card, load);
  g_assert_cmpint (after->fit, ==, PADDOCK_FIT_GPU);
}

static void
test_find (void)
{
  g_assert_true (paddock_placement_strategy_find ("gpu-first") == &paddock_placement_gpu_first);
  g_assert_true (paddock_placement_strategy_find ("balanced") == &paddock_placement_balanced);
  g_assert_true (paddock_placement_strategy_find ("cpu-only") == &paddock_placement_cpu_only);
  g_assert_null (paddock_placement_strategy_find ("magic"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/placement/no-device", test_no_device);
  g_test_add_func ("/placement/small-card", test_small_card);
  g_test_add_func ("/placement/computing-counts", test_computing_counts);
  g_test_add_func ("/placement/experts-first", test_experts_first);
  g_test_add_func ("/placement/part-of-experts", test_part_of_experts);
  g_test_add_func ("/placement/two-cards", test_two_cards);
  g_test_add_func ("/placement/balanced", test_balanced);
  g_test_add_func ("/placement/balanced-by-room", test_balanced_by_room);
  g_test_add_func ("/placement/layers", test_layers);
  g_test_add_func ("/placement/cpu-only", test_cpu_only);
  g_test_add_func ("/placement/refusal", test_refusal);
  g_test_add_func ("/placement/shared-memory", test_shared_memory);
  g_test_add_func ("/placement/unknown-free", test_unknown_free);
  g_test_add_func ("/placement/verdicts", test_verdicts);
  g_test_add_func ("/placement/unload", test_unload);
  g_test_add_func ("/placement/find", test_find);
  return g_test_run ();
}
