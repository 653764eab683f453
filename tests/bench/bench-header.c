/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <gguf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench-timer.h"
#include "gguf/gguf-file.h"

#define RUNS 41

/* One large header: how long we take, how long ggml takes, and how long its bytes take to come from the page cache. */

static void
stop (const char *what)
{
  fprintf (stderr, "bench-header: %s\n", what);
  exit (1);
}

static void
parse_ours (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PaddockGgufFile) file = paddock_gguf_file_open (path, NULL, &error);

  if (file == NULL)
    stop (error->message);
}

static void
parse_ggml (const char *path)
{
  struct gguf_init_params parameters = { .no_alloc = true };
  struct gguf_context *context = gguf_init_from_file (path, parameters);

  if (context == NULL)
    stop ("ggml does not read the file");
  gguf_free (context);
}

static void
read_bytes (const char *path)
{
  static char buffer[256 * 1024];
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  ssize_t got;

  if (fd < 0)
    stop (path);
  do
    got = read (fd, buffer, sizeof buffer);
  while (got > 0);
  close (fd);
}

static double
time_one (void (*function) (const char *), const char *path)
{
  double start = bench_timer_now ();

  function (path);
  return bench_timer_now () - start;
}

static void
measure_time (const char *path)
{
  double ours[RUNS], ggml[RUNS], bytes[RUNS];

  /* In turns, so that whatever else the machine does falls on all three. */
  for (int i = 0; i < RUNS; i++)
    {
      bytes[i] = time_one (read_bytes, path);
      ours[i] = time_one (parse_ours, path);
      ggml[i] = time_one (parse_ggml, path);
    }
  bench_timer_print ("ours", bench_timer_median (ours, RUNS));
  bench_timer_print ("ggml", bench_timer_median (ggml, RUNS));
  bench_timer_print ("bytes", bench_timer_median (bytes, RUNS));
}

static void
measure_memory (const char *path)
{
  g_autoptr(PaddockGgufFile) file = NULL;
  gint64 before = bench_timer_anonymous_memory ();

  file = paddock_gguf_file_open (path, NULL, NULL);
  if (file == NULL)
    stop ("we do not read the file");
  bench_timer_print ("memory", (double) (bench_timer_anonymous_memory () - before));
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--memory") == 0)
    measure_memory (argv[2]);
  else if (argc == 2)
    measure_time (argv[1]);
  else
    stop ("[--memory] FILE");
  return 0;
}
