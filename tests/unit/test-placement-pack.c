/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-pack.h"
#include "placement-case.h"

/* What has to hold for any model on any computer. */

#define ROUNDS 3000
#define MOST_DEVICES 4

static guint64
pick (GRand *random, guint most)
{
  /* Numbers of all sizes, and none of them round. */
  guint64 bytes = ((guint64) g_rand_int_range (random, 0, (gint32) most) << 20) + g_rand_int (random) % 4096;

  return g_rand_boolean (random) ? bytes : bytes / (guint64) g_rand_int_range (random, 1, 64);
}

static PaddockPlacementLoad *
make_load (GRand *random)
{
  PaddockPlacementLoad *load = paddock_placement_load_new ((guint) g_rand_int_range (random, 1, 60));
  gboolean experts = g_rand_boolean (random), alike = g_rand_boolean (random);

  load->has_experts = experts;
  for (guint i = 0; i < load->n_layers; i++)
    {
      PaddockPlacementLayer *layer = &load->layers[i];

      layer->dense = pick (random, 500);
      layer->cache = pick (random, 300);
      layer->slack = pick (random, 2);
      for (guint k = 0; k < PADDOCK_EXPERT_N_STACKS && experts; k++)
        layer->stacks[k] = pick (random, 400);
      if (alike && i > 0)
        *layer = load->layers[i - 1];
    }
  load->input = pick (random, 500);
  load->output = pick (random, 500);
  load->tied = g_rand_boolean (random) ? load->input : 0;
  load->common = g_rand_int (random) % 1000;
  load->host = pick (random, 100);
  load->output_copies = g_rand_boolean (random) ? pick (random, 500) : 0;
  load->compute_inner = pick (random, 500);
  load->compute = load->compute_inner + pick (random, 300);
  load->inputs = pick (random, 100);
  load->largest = pick (random, 500);
  load->band = g_rand_double_range (random, 0.0, 0.3);
  load->mapped = g_rand_boolean (random);
  return load;
}

typedef struct
{
  guint total, free;
  TestPlacementDevice list[MOST_DEVICES + 1];
  char *ids[MOST_DEVICES];
} Machine;

static void
make_machine (Machine *machine, GRand *random)
{
  guint n_devices = (guint) g_rand_int_range (random, 0, MOST_DEVICES + 1);

  *machine = (Machine) { .total = (guint) g_rand_int_range (random, 1024, 65536) };
  machine->free = (guint) g_rand_int_range (random, 1, (gint32) machine->total);
  for (guint i = 0; i < n_devices; i++)
    {
      TestPlacementDevice *device = &machine->list[i];

      machine->ids[i] = g_strdup_printf (g_rand_boolean (random) ? "CUDA%u" : "pci:%u", i);
      device->id = machine->ids[i];
      device->kind = (PaddockHardwareDeviceKind) g_rand_int_range (random, 0, 3);
      device->total = (guint) g_rand_int_range (random, 256, 32768);
      device->free = (guint) g_rand_int_range (random, 1, (gint32) device->total);
      device->shared = (guint) g_rand_int_range (random, 0, 16384);
      device->bandwidth = (guint) g_rand_int_range (random, 0, 3);
    }
}

static void
clear_machine (Machine *machine)
{
  for (guint i = 0; i < MOST_DEVICES; i++)
    g_free (machine->ids[i]);
}

static PaddockPlacement *
place (const Machine *machine, const PaddockPlacementStrategy *strategy, const PaddockPlacementLoad *load)
{
  g_autoptr (PaddockHardwareSnapshot) snapshot =
    test_placement_machine (machine->total, machine->free, machine->list);
  g_autoptr (GPtrArray) devices = paddock_placement_devices_new (snapshot, NULL);

  return test_placement_run (strategy, devices, load);
}

static void
test_never_over (void)
{
  static const PaddockPlacementStrategy *const strategies[] = {
    &paddock_placement_gpu_first, &paddock_placement_balanced, &paddock_placement_cpu_only
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (20);

  for (guint i = 0; i < ROUNDS; i++)
    {
      Machine machine;
      g_autoptr (PaddockPlacementLoad) load = make_load (random);
      guint layers[G_N_ELEMENTS (strategies)];

      make_machine (&machine, random);
      for (gsize k = 0; k < G_N_ELEMENTS (strategies); k++)
        {
          g_autoptr (PaddockPlacement) placement = place (&machine, strategies[k], load);

          layers[k] = placement->gpu_layers;
        }
      g_assert_cmpuint (layers[0], ==, layers[1]);
      g_assert_cmpuint (layers[2], ==, 0);
      clear_machine (&machine);
    }
}

static void
test_monotone (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (21);

  for (guint i = 0; i < ROUNDS; i++)
    {
      Machine machine;
      g_autoptr (PaddockPlacementLoad) load = make_load (random);
      g_autoptr (PaddockPlacement) before = NULL, after = NULL;
      guint which = (guint) g_rand_int_range (random, 0, MOST_DEVICES + 1);

      make_machine (&machine, random);
      before = place (&machine, &paddock_placement_gpu_first, load);
      if (which == MOST_DEVICES || machine.list[which].id == NULL)
        machine.free = machine.total;
      else
        machine.list[which].free = machine.list[which].total;
      after = place (&machine, &paddock_placement_gpu_first, load);
      g_assert_cmpuint (after->gpu_layers, >=, before->gpu_layers);
      if (after->gpu_layers == before->gpu_layers)
        g_assert_cmpuint (after->cpu_experts, <=, before->cpu_experts);
      clear_machine (&machine);
    }
}

/* No layer more would have found room: tried one by one, not by halves. */
static void
test_as_many_as_fit (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (22);

  for (guint i = 0; i < ROUNDS / 10; i++)
    {
      Machine machine;
      g_autoptr (PaddockPlacementLoad) load = make_load (random);
      g_autoptr (PaddockPlacement) placement = NULL, other = NULL;

      make_machine (&machine, random);
      placement = place (&machine, &paddock_placement_gpu_first, load);
      other = paddock_placement_new (placement->devices, load);
      for (guint layers = placement->gpu_layers + 1; layers <= load->n_layers + 1; layers++)
        {
          for (guint experts = 0; experts < layers && experts <= load->n_layers; experts++)
            g_assert_false (paddock_placement_pack (other, load, layers, experts, 1.0));
        }
      clear_machine (&machine);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/placement-pack/never-over", test_never_over);
  g_test_add_func ("/placement-pack/monotone", test_monotone);
  g_test_add_func ("/placement-pack/as-many-as-fit", test_as_many_as_fit);
  return g_test_run ();
}
