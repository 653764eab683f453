/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/placement-companions.h"
#include "placement-case.h"

static const TestPlacementDevice card[] = { { "CUDA0", PADDOCK_DEVICE_DISCRETE, 8192, 4768, 0, 9 }, { 0 } };
static const TestPlacementDevice cards[] = { { "pci:0000:01:00.0", PADDOCK_DEVICE_DISCRETE, 8192, 4768, 0, 9 },
                                             { "pci:0000:02:00.0", PADDOCK_DEVICE_DISCRETE, 8192, 4768, 0, 5 },
                                             { 0 } };

static PaddockPlacement *
place (const TestPlacementDevice *list, const PaddockPlacementLoad *load)
{
  g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (65536, 65536, list);
  g_autoptr (GPtrArray) devices = paddock_placement_devices_new (machine, NULL);

  return test_placement_run (&paddock_placement_gpu_first, devices, load);
}

/* 4000 MiB of the card may be used. */
static void
check (guint layers, guint projector, guint draft, gboolean projector_there, gboolean draft_there, guint gpu_layers)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (layers, 90, 0, 10);
  g_autoptr (PaddockPlacement) placement = NULL;
  guint64 there, here;

  load->output = 50 * TEST_MIB;
  load->projector = projector * TEST_MIB;
  load->draft = draft * TEST_MIB;
  placement = place (card, load);
  g_assert_cmpuint (placement->projector, ==, projector_there ? 1 : PADDOCK_PLACEMENT_HOST);
  g_assert_cmpuint (placement->draft, ==, draft_there ? 1 : PADDOCK_PLACEMENT_HOST);
  g_assert_cmpuint (placement->gpu_layers, ==, gpu_layers);
  there = (projector_there ? projector : 0) + (draft_there ? draft : 0);
  here = projector + draft - there;
  g_assert_cmpuint (placement->shares[1].compute, ==, there * TEST_MIB);
  g_assert_cmpuint (placement->shares[PADDOCK_PLACEMENT_HOST].compute, ==, here * TEST_MIB);
}

static void
test_places (void)
{
  check (20, 500, 500, TRUE, TRUE, 21);
  /* The whole model is worth more than a draft model, and than a projector. */
  check (35, 400, 700, TRUE, FALSE, 36);
  check (35, 700, 0, FALSE, FALSE, 36);
  /* Where there is no room for all of the model anyway, both stay. */
  check (60, 500, 500, TRUE, TRUE, 30);
  /* Nothing is divided. */
  check (60, 5000, 500, FALSE, TRUE, 35);
  check (60, 500, 5000, TRUE, FALSE, 35);
  check (60, 3960, 20, FALSE, FALSE, 40);
}

/* Of devices without names the engine takes its first one, which is filled last; that is the last of the list. */
static void
test_first_of_the_engine (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (20, 90, 0, 10);
  g_autoptr (PaddockPlacement) placement = NULL;

  load->projector = 500 * TEST_MIB;
  load->draft = 500 * TEST_MIB;
  placement = place (cards, load);
  g_assert_cmpuint (placement->projector, ==, 2);
  g_assert_cmpuint (placement->draft, ==, PADDOCK_PLACEMENT_HOST);
  g_assert_cmpuint (placement->shares[1].layers, ==, 21);
  g_assert_cmpuint (placement->shares[2].layers, ==, 0);
  g_assert_cmpuint (placement->shares[2].used, ==, 500 * TEST_MIB);
}

static void
test_estimate (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (2, 90, 0, 10);
  PaddockMemoryEstimate estimate = { 0 };

  estimate.bytes[PADDOCK_MEMORY_PROJECTOR] = 7;
  estimate.bytes[PADDOCK_MEMORY_DRAFT] = G_MAXUINT64;
  paddock_placement_load_add_companions (load, &estimate);
  g_assert_cmpuint (load->projector, ==, 7);
  g_assert_cmpuint (load->draft, <, G_MAXUINT64 / 16);
}

/* An adapter is with the layers that it changes. */
static void
test_adapters (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (60, 90, 0, 10);
  g_autoptr (PaddockPlacement) placement = NULL;

  for (guint i = 0; i < load->n_layers; i++)
    load->layers[i].adapters = i % 2 * 20 * TEST_MIB;
  load->output_adapters = 5 * TEST_MIB;
  placement = place (card, load);
  /* 36 of 110 on the average, and 5 for the output. */
  g_assert_cmpuint (placement->gpu_layers, ==, 37);
  g_assert_cmpuint (placement->shares[1].compute, ==, (18 * 20 + 5) * TEST_MIB);
  g_assert_cmpuint (placement->shares[PADDOCK_PLACEMENT_HOST].compute, ==, 12 * 20 * TEST_MIB);
}

/* Copies stand beside what they are copies of, with the processor, if no device reads its memory. */
static void
test_copies (void)
{
  static const TestPlacementDevice worker[] = { { "rpc:one:50052", PADDOCK_DEVICE_REMOTE, 8192, 4768, 0, 0 }, { 0 } };
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (60, 90, 0, 10);
  g_autoptr (PaddockPlacement) alone = NULL, local = NULL, remote = NULL;

  for (guint i = 0; i < load->n_layers; i++)
    load->layers[i].copies = 80 * TEST_MIB;
  load->output_copies = 30 * TEST_MIB;
  alone = place (NULL, load);
  local = place (card, load);
  remote = place (worker, load);
  g_assert_cmpuint (alone->shares[PADDOCK_PLACEMENT_HOST].compute, ==, (60 * 80 + 30) * TEST_MIB);
  g_assert_cmpuint (local->shares[PADDOCK_PLACEMENT_HOST].compute, ==, 0);
  g_assert_cmpuint (remote->gpu_layers, ==, 41);
  g_assert_cmpuint (remote->shares[PADDOCK_PLACEMENT_HOST].compute, ==, 20 * 80 * TEST_MIB);
}

/* What a mapped file has of copied weights is never read again: it needs no room of its own. */
static void
test_originals (void)
{
  g_autoptr (PaddockPlacementLoad) load = test_placement_load (60, 90, 0, 10);
  g_autoptr (PaddockPlacement) without = place (NULL, load), with = NULL, local = NULL;

  for (guint i = 0; i < load->n_layers; i++)
    load->layers[i].copies = load->layers[i].originals = 80 * TEST_MIB;
  load->output_copies = 40 * TEST_MIB;
  load->output_originals = 30 * TEST_MIB;
  with = place (NULL, load);
  local = place (card, load);
  g_assert_cmpuint (with->copies, ==, (60 * 80 + 40) * TEST_MIB);
  g_assert_cmpuint (with->idle, ==, (60 * 80 + 30) * TEST_MIB);
  g_assert_cmpuint (paddock_placement_get_host_need (with) - paddock_placement_get_host_need (without), ==, 10 * TEST_MIB);
  g_assert_cmpint (with->fit, ==, without->fit);
  g_assert_cmpuint (local->copies, ==, 0);
  g_assert_cmpuint (local->idle, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/placement-companions/places", test_places);
  g_test_add_func ("/placement-companions/first-of-the-engine", test_first_of_the_engine);
  g_test_add_func ("/placement-companions/estimate", test_estimate);
  g_test_add_func ("/placement-companions/adapters", test_adapters);
  g_test_add_func ("/placement-companions/copies", test_copies);
  g_test_add_func ("/placement-companions/originals", test_originals);
  return g_test_run ();
}
