/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-arguments.h"
#include "hardware/hardware-draft.h"
#include "placement-case.h"

static PaddockMemoryRequest
plain_request (void)
{
  return (PaddockMemoryRequest) {
    .context = 4096,
    .batch = 2048,
    .ubatch = 512,
    .parallel = 4,
    .cache_k = paddock_quant_type_lookup_by_name ("F16"),
    .cache_v = paddock_quant_type_lookup_by_name ("F16"),
    .unified = TRUE,
    .mmap = TRUE,
    .repack = "auto",
  };
}

#define USUAL " -c 4096 -b 2048 -ub 512 -np 4 --kv-unified -fa auto"

static PaddockPlacement *
place (const TestPlacementDevice *list, const PaddockPlacementLoad *load)
{
  g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (65536, 65536, list);
  g_autoptr (GPtrArray) devices = paddock_placement_devices_new (machine, NULL);

  return test_placement_run (&paddock_placement_gpu_first, devices, load);
}

static void
check (const TestPlacementDevice *list, const PaddockPlacementLoad *load, const char *expected)
{
  g_autoptr (PaddockPlacement) placement = place (list, load);
  PaddockMemoryRequest request = plain_request ();
  g_auto (GStrv) arguments = paddock_placement_build_arguments (placement, &request, NULL);
  g_autofree char *line = g_strjoinv (" ", arguments), *whole = g_strconcat (expected, USUAL, NULL);

  g_assert_cmpstr (line, ==, whole);
}

static void
test_processor (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (32, 100, 0, 10);

  check (NULL, load, "--device none -ngl 0 --fit off");
}

static void
test_named (void)
{
  static const TestPlacementDevice list[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 8192, 4768, 0, 9 },
                                              { "CUDA1", PADDOCK_DEVICE_DISCRETE, 8192, 4768, 0, 5 },
                                              { 0 } };
  g_autoptr (PaddockPlacementLoad) small = test_placement_load (30, 90, 0, 10);
  g_autoptr (PaddockPlacementLoad) large = test_placement_load (60, 90, 0, 10);
  g_autoptr (PaddockPlacementLoad) larger = test_placement_load (90, 90, 0, 10);

  check (list, small, "--device CUDA0 -ngl 31 --fit off");
  check (list, large, "--device CUDA1,CUDA0 -ngl 61 -ts 20,41 --fit off");
  check (list, larger, "--device CUDA1,CUDA0 -ngl 81 -ts 40,41 --fit off");
}

static void
test_unnamed (void)
{
  static const TestPlacementDevice list[] = { { "pci:0000:01:00.0", PADDOCK_DEVICE_DISCRETE, 8192, 4768, 0, 9 },
                                              { "pci:0000:02:00.0", PADDOCK_DEVICE_DISCRETE, 8192, 4768, 0, 5 },
                                              { 0 } };
  g_autoptr (PaddockPlacementLoad) small = test_placement_load (30, 90, 0, 10);
  g_autoptr (PaddockPlacementLoad) large = test_placement_load (60, 90, 0, 10);

  check (list, small, "-ngl 31 -ts 0,31 --fit off");
  check (list, large, "-ngl 61 -ts 20,41 --fit off");
}

static void
test_workers (void)
{
  static const TestPlacementDevice list[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 8192, 4768, 0, 9 },
                                              { "rpc:one:50052", PADDOCK_DEVICE_REMOTE, 8192, 4768, 0, 0 },
                                              { "rpc:two:50052", PADDOCK_DEVICE_REMOTE, 8192, 4768, 0, 0 },
                                              { 0 } };
  g_autoptr (PaddockPlacementLoad) small = test_placement_load (30, 90, 0, 10);
  g_autoptr (PaddockPlacementLoad) two = test_placement_load (60, 90, 0, 10);
  g_autoptr (PaddockPlacementLoad) three = test_placement_load (110, 90, 0, 10);

  check (list, small, "--device CUDA0 -ngl 31 --fit off");
  check (list, two, "--rpc one:50052 --device RPC0,CUDA0 -ngl 61 -ts 20,41 --fit off");
  check (list, three, "--rpc two:50052,one:50052 --device RPC0,RPC1,CUDA0 -ngl 111 -ts 30,40,41 --fit off");
}

static void
test_experts (void)
{
  static const TestPlacementDevice list[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 8192, 4768, 0, 9 }, { 0 } };
  g_autoptr (PaddockPlacementLoad) some = test_placement_load (40, 40, 400, 10);
  g_autoptr (PaddockPlacementLoad) part = test_placement_load (40, 45, 400, 10);
  g_autoptr (PaddockPlacementLoad) none = test_placement_load (40, 90, 900, 10);

  check (list, some, "--device CUDA0 -ngl 41 --n-cpu-moe 35 --fit off");
  /* 1800 MiB: four times 400, and 200 more. */
  check (list, part, "--device CUDA0 -ngl 41 --n-cpu-moe 35 -ot blk\\.35\\.ffn_up_(ch|)exps=CPU --fit off");
  check (list, none, "--device CUDA0 -ngl 41 --cpu-moe --fit off");
  for (guint i = 0; i < part->n_layers; i++)
    {
      part->layers[i].stacks[PADDOCK_EXPERT_STACK_UP] = 100 * TEST_MIB;
      part->layers[i].stacks[PADDOCK_EXPERT_STACK_GATE] = 100 * TEST_MIB;
      part->layers[i].stacks[PADDOCK_EXPERT_STACK_DOWN] = 140 * TEST_MIB;
    }
  /* 1800 MiB: five times 340, and 100 more. */
  check (list, part, "--device CUDA0 -ngl 41 --n-cpu-moe 34 -ot blk\\.34\\.ffn_(down|up)_(ch|)exps=CPU --fit off");
}

static void
test_settings (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (32, 100, 0, 10);
  g_autoptr (PaddockPlacement) placement = place (NULL, load);
  PaddockThreadAdvice advice = { .generation = 4, .prompt = 7, .numa = "distribute" };
  PaddockMemoryRequest request = plain_request ();
  g_auto (GStrv) arguments = NULL;
  g_autofree char *line = NULL;

  request.cache_k = paddock_quant_type_lookup_by_name ("Q8_0");
  request.cache_v = paddock_quant_type_lookup_by_name ("IQ4_NL");
  request.flash_attention = PADDOCK_FLASH_ATTENTION_ON;
  request.unified = FALSE;
  request.swa_full = TRUE;
  request.mmap = FALSE;
  request.repack = "off";
  arguments = paddock_placement_build_arguments (placement, &request, &advice);
  line = g_strjoinv (" ", arguments);
  g_assert_cmpstr (line, ==, "--device none -ngl 0 --fit off -c 4096 -b 2048 -ub 512 -np 4 --no-kv-unified -ctk q8_0 "
                             "-ctv iq4_nl -fa on --swa-full --load-mode none --no-repack -t 4 -tb 7 --numa distribute");
}

/* A projector and a draft model are where they were placed, or with the processor. */
static void
test_companions (void)
{
  static const TestPlacementDevice named[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 8192, 4768, 0, 9 }, { 0 } };
  static const TestPlacementDevice unnamed[] = { { "pci:0000:01:00.0", PADDOCK_DEVICE_DISCRETE, 8192, 4768, 0, 9 },
                                                 { "pci:0000:02:00.0", PADDOCK_DEVICE_DISCRETE, 8192, 4768, 0, 5 },
                                                 { 0 } };
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (20, 90, 0, 10);

  load->projector = load->draft = 500 * TEST_MIB;
  check (NULL, load, "--device none -ngl 0 --fit off --no-mmproj-offload --spec-draft-device none --spec-draft-ngl 0");
  check (named, load, "--device CUDA0 -ngl 21 --fit off --mmproj-device CUDA0 --spec-draft-device CUDA0 --spec-draft-ngl all");
  check (unnamed, load, "-ngl 21 -ts 0,21 --fit off --spec-draft-device none --spec-draft-ngl 0");
  load->draft = 0;
  check (named, load, "--device CUDA0 -ngl 21 --fit off --mmproj-device CUDA0");
}

/* Where the processor's part does not fit beside one of its nodes, memory is taken from all of them. */
static void
test_nodes (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (32, 100, 0, 10);
  g_autoptr (PaddockPlacement) placement = place (NULL, load);
  g_autoptr (PaddockHardwareSnapshot) machine = NULL;
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();
  PaddockMemoryRequest request = plain_request ();
  PaddockThreadAdvice advice;
  g_auto (GStrv) arguments = NULL;
  g_autofree char *line = NULL;

  paddock_hardware_number_set (&draft->processor->cores, 16, "the test");
  paddock_hardware_number_set (&draft->processor->threads, 16, "the test");
  for (guint i = 0; i < 2; i++)
    paddock_hardware_number_set (&paddock_hardware_memory_add_node (draft->memory, i)->free, 2000 * TEST_MIB, "the test");
  machine = paddock_hardware_draft_end (draft);
  paddock_placement_advise_threads (&advice, placement, load, machine);
  arguments = paddock_placement_build_arguments (placement, &request, &advice);
  line = g_strjoinv (" ", arguments);
  g_assert_true (g_str_has_suffix (line, " -t 15 --numa distribute"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/placement-arguments/processor", test_processor);
  g_test_add_func ("/placement-arguments/named", test_named);
  g_test_add_func ("/placement-arguments/unnamed", test_unnamed);
  g_test_add_func ("/placement-arguments/workers", test_workers);
  g_test_add_func ("/placement-arguments/experts", test_experts);
  g_test_add_func ("/placement-arguments/settings", test_settings);
  g_test_add_func ("/placement-arguments/companions", test_companions);
  g_test_add_func ("/placement-arguments/nodes", test_nodes);
  return g_test_run ();
}
