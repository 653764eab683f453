/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/worker-pool.h"
#include "bench-timer.h"
#include "loading/deep-check.h"

#define LANES 2
#define REPEATS 9

/* The plain reading that the deep check stands beside: the same threads, the same calls, nobody looks at the bytes. */
typedef struct
{
  int fd;
  guint8 *buffers[LANES];
} Reading;

static gboolean
read_piece (guint64 piece, guint lane, gpointer user_data)
{
  Reading *reading = user_data;

  return pread (reading->fd, reading->buffers[lane], PADDOCK_TENSOR_STREAM_WINDOW,
                (off_t) (piece * PADDOCK_TENSOR_STREAM_WINDOW)) >= 0;
}

static double
read_plainly (Reading *reading, guint64 size)
{
  double began = bench_timer_now ();

  if (!paddock_worker_pool_run (LANES, size / PADDOCK_TENSOR_STREAM_WINDOW + 1, read_piece, reading))
    return 0;
  return bench_timer_now () - began;
}

static double
read_deeply (PaddockGgufShards *shards, guint64 *held)
{
  double began = bench_timer_now ();
  g_autoptr (PaddockDeepCheck) check = paddock_deep_check_run (shards, LANES, NULL, NULL);

  if (check == NULL || paddock_deep_check_get_n_problems (check) > 0)
    return 0;
  *held = paddock_deep_check_get_efficiency (check)->peak_held;
  return bench_timer_now () - began;
}

/* The deep check of one file beside reading it, in turns; the best of each, and the middle of what is between them. */
int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockGgufShards) shards = argc == 2 ? paddock_gguf_shards_open (argv[1], NULL, &error) : NULL;
  double plain = 1e9, deep = 1e9, ratios[REPEATS];
  guint64 size, held = 0;
  Reading reading;

  if (shards == NULL)
    {
      fprintf (stderr, "bench-deep: %s\n", error != NULL ? error->message : "FILE");
      return 2;
    }
  size = paddock_gguf_shards_get_size (shards);
  reading.fd = open (argv[1], O_RDONLY | O_CLOEXEC);
  for (guint i = 0; i < LANES; i++)
    reading.buffers[i] = g_aligned_alloc (1, PADDOCK_TENSOR_STREAM_WINDOW, 4096);
  read_plainly (&reading, size);
  for (guint i = 0; i < REPEATS; i++)
    {
      double ours, theirs = read_plainly (&reading, size);

      ours = read_deeply (shards, &held);
      if (ours <= 0 || theirs <= 0)
        return 1;
      plain = MIN (plain, theirs);
      deep = MIN (deep, ours);
      ratios[i] = theirs / ours;
    }
  close (reading.fd);
  for (guint i = 0; i < LANES; i++)
    g_aligned_free (reading.buffers[i]);
  bench_timer_print ("size", (double) size);
  bench_timer_print ("plain", plain);
  bench_timer_print ("deep", deep);
  bench_timer_print ("ratio", bench_timer_median (ratios, REPEATS));
  bench_timer_print ("held", (double) held);
  return 0;
}
