/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "bench-timer.h"
#include "estimate/memory-estimate.h"

#define RUNS 201

/* One model: how long its shape takes, a whole estimate, and one of which only the context is another. */

static void
stop (const char *what)
{
  fprintf (stderr, "bench-estimate: %s\n", what);
  exit (1);
}

static void
measure (PaddockGgufShards *shards)
{
  g_autoptr (PaddockModelShape) shape = paddock_model_shape_new (shards, NULL);
  double shapes[RUNS], whole[RUNS], changed[RUNS];
  PaddockMemoryRequest request;
  PaddockMemoryEstimate estimate;

  if (shape == NULL)
    stop ("the model has no shape");
  paddock_memory_request_init (&request, shape);
  for (guint i = 0; i < RUNS; i++)
    {
      double start = bench_timer_now (), made, done;
      PaddockModelShape *other = paddock_model_shape_new (shards, NULL);

      made = bench_timer_now ();
      request.context = 4096;
      if (!paddock_memory_estimate_compute (&estimate, shape, &request, NULL))
        stop ("the model cannot be estimated");
      done = bench_timer_now ();
      request.context = 4352 + 256 * (i % 8);
      paddock_memory_estimate_change (&estimate, shape, &request, NULL);
      changed[i] = bench_timer_now () - done;
      whole[i] = done - made;
      shapes[i] = made - start;
      paddock_model_shape_unref (other);
    }
  bench_timer_print ("shape", bench_timer_median (shapes, RUNS));
  bench_timer_print ("whole", bench_timer_median (whole, RUNS));
  bench_timer_print ("changed", bench_timer_median (changed, RUNS));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufShards) shards = NULL;

  if (argc != 2)
    stop ("FILE");
  shards = paddock_gguf_shards_open (argv[1], NULL, &error);
  if (shards == NULL)
    stop (error->message);
  measure (shards);
  return 0;
}
