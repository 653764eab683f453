/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "bench-timer.h"
#include "estimate/fit-judge.h"
#include "hardware/hardware-draft.h"

#define MODELS 10000
#define RUNS 5
#define GIB (G_GUINT64_CONSTANT (1) << 30)

/* Ten thousand verdicts: those of the given models, in turns, on a computer with a card that is too small for some. */

static void
stop (const char *what)
{
  fprintf (stderr, "bench-placement: %s\n", what);
  exit (1);
}

static PaddockModelShape *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufShards) shards = paddock_gguf_shards_open (path, NULL, &error);
  PaddockModelShape *shape = shards != NULL ? paddock_model_shape_new (shards, &error) : NULL;

  if (shape == NULL)
    stop (error->message);
  return shape;
}

static PaddockHardwareSnapshot *
make_machine (void)
{
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();
  PaddockHardwareDevice *device = paddock_hardware_device_new ("CUDA0", PADDOCK_DEVICE_DISCRETE);

  paddock_hardware_number_set (&draft->memory->total, 32 * GIB, "the benchmark");
  paddock_hardware_number_set (&draft->memory->available, 24 * GIB, "the benchmark");
  paddock_hardware_number_set (&device->total, 12 * GIB, "the benchmark");
  paddock_hardware_number_set (&device->free, 11 * GIB, "the benchmark");
  paddock_hardware_draft_add_device (draft, device);
  return paddock_hardware_draft_end (draft);
}

static double
judge_all (GPtrArray *shapes, GPtrArray *devices)
{
  double start = bench_timer_now ();

  for (guint i = 0; i < MODELS; i++)
    {
      g_autoptr (GError) error = NULL;

      if (paddock_fit_judge_devices (g_ptr_array_index (shapes, i % shapes->len), NULL, devices, &error) ==
          PADDOCK_FIT_UNKNOWN)
        stop (error->message);
    }
  return bench_timer_now () - start;
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) shapes = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_model_shape_unref);
  g_autoptr (PaddockHardwareSnapshot) machine = make_machine ();
  g_autoptr (GPtrArray) devices = paddock_placement_devices_new (machine, NULL);
  double times[RUNS];

  if (argc < 2)
    stop ("FILE...");
  for (int i = 1; i < argc; i++)
    g_ptr_array_add (shapes, load (argv[i]));
  for (int i = 0; i < RUNS; i++)
    times[i] = judge_all (shapes, devices);
  bench_timer_print ("seconds", bench_timer_median (times, RUNS));
  return 0;
}
