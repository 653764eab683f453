/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-threads.h"
#include "hardware/hardware-draft.h"
#include "placement-case.h"

typedef struct
{
  guint cores, fast, smt, threads, allowed;
  guint nodes, free;                 /* MiB of each node */
  guint bare, left;                  /* nodes without processors, and MiB of each */
} Processor;

static PaddockHardwareSnapshot *
make_processor (const Processor *processor)
{
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();

  if (processor->cores > 0)
    paddock_hardware_number_set (&draft->processor->cores, processor->cores, "the test");
  if (processor->fast > 0)
    paddock_hardware_number_set (&draft->processor->performance_cores, processor->fast, "the test");
  if (processor->smt > 0)
    paddock_hardware_number_set (&draft->processor->smt, processor->smt, "the test");
  paddock_hardware_number_set (&draft->processor->threads, processor->threads, "the test");
  if (processor->allowed > 0)
    paddock_hardware_number_set (&draft->processor->allowed, processor->allowed, "the test");
  for (guint i = 0; i < processor->nodes; i++)
    {
      PaddockHardwareNode *node = paddock_hardware_memory_add_node (draft->memory, i);

      paddock_hardware_number_set (&node->free, processor->free * TEST_MIB, "the test");
    }
  for (guint i = 0; i < processor->bare; i++)
    {
      PaddockHardwareNode *node = paddock_hardware_memory_add_node (draft->memory, processor->nodes + i);

      node->cpus = g_strdup ("");
      paddock_hardware_number_set (&node->free, processor->left * TEST_MIB, "the test");
    }
  return paddock_hardware_draft_end (draft);
}

static void
check (Processor processor, const TestPlacementDevice *list, guint dense, guint generation, guint prompt,
       const char *numa)
{
  g_autoptr (PaddockHardwareSnapshot) snapshot = make_processor (&processor);
  g_autoptr (PaddockHardwareSnapshot) memory = test_placement_machine (65536, 65536, list);
  g_autoptr (GPtrArray) devices = paddock_placement_devices_new (memory, NULL);
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (20, dense, 0, 10);
  g_autoptr (PaddockPlacement) placement = test_placement_run (&paddock_placement_gpu_first, devices, load);
  PaddockThreadAdvice advice;

  paddock_placement_advise_threads (&advice, placement, load, snapshot);
  g_assert_cmpuint (advice.generation, ==, generation);
  g_assert_cmpuint (advice.prompt, ==, prompt);
  g_assert_cmpstr (advice.numa, ==, numa);
}

static void
test_cores (void)
{
  check ((Processor) { .cores = 8, .smt = 2, .threads = 16 }, NULL, 100, 7, 7, NULL);
  check ((Processor) { .cores = 2, .smt = 2, .threads = 4 }, NULL, 100, 2, 2, NULL);
  check ((Processor) { .cores = 1, .smt = 1, .threads = 1 }, NULL, 100, 1, 1, NULL);
  /* Six quick cores of fourteen. */
  check ((Processor) { .cores = 14, .fast = 6, .threads = 20 }, NULL, 100, 5, 5, NULL);
  check ((Processor) { .smt = 2, .threads = 12 }, NULL, 100, 5, 5, NULL);
  check ((Processor) { .cores = 64, .smt = 2, .threads = 128, .allowed = 6 }, NULL, 100, 5, 5, NULL);
}

static void
test_small (void)
{
  check ((Processor) { .cores = 16, .smt = 2, .threads = 32 }, NULL, 10, 4, 15, NULL);
  check ((Processor) { .cores = 3, .smt = 2, .threads = 6 }, NULL, 10, 2, 2, NULL);
}

static void
test_fed_device (void)
{
  static const TestPlacementDevice list[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 8192, 8000, 0, 0 }, { 0 } };

  check ((Processor) { .cores = 16, .smt = 2, .threads = 32, .nodes = 2, .free = 9000 }, list, 100, 2, 2, NULL);
  check ((Processor) { .cores = 16, .smt = 2, .threads = 32 }, list, 900, 15, 15, NULL);
}

static void
test_nodes (void)
{
  const Processor processor = { .cores = 32, .smt = 2, .threads = 64, .nodes = 2, .free = 8000 };

  check (processor, NULL, 100, 16, 16, "isolate");
  check (processor, NULL, 1000, 31, 31, "distribute");
}

/* Memory on a node of its own, as CXL brings it: nothing runs there. */
static void
test_bare_nodes (void)
{
  const Processor one = { .cores = 16, .smt = 2, .threads = 32, .nodes = 1, .free = 8000, .bare = 2, .left = 64 };
  const Processor two = { .cores = 32, .smt = 2, .threads = 64, .nodes = 2, .free = 8000, .bare = 2, .left = 64 };

  check (one, NULL, 100, 15, 15, NULL);
  check (two, NULL, 100, 16, 16, "isolate");
  check (two, NULL, 1000, 31, 31, "distribute");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/placement-threads/cores", test_cores);
  g_test_add_func ("/placement-threads/small", test_small);
  g_test_add_func ("/placement-threads/fed-device", test_fed_device);
  g_test_add_func ("/placement-threads/nodes", test_nodes);
  g_test_add_func ("/placement-threads/bare-nodes", test_bare_nodes);
  return g_test_run ();
}
