/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench-timer.h"

static double
get_seconds (const struct timeval *time)
{
  return (double) time->tv_sec + (double) time->tv_usec / G_USEC_PER_SEC;
}

/* A whole process, from the call that starts it to its end: bench-process WARM RUNS COMMAND.. runs it so many times before
   any counts. The time, the processors' work and the most memory; of the last two nothing of whoever starts it. */
int
main (int argc, char **argv)
{
  int warm = argc > 3 ? (int) g_ascii_strtoll (argv[1], NULL, 10) : 0;
  int runs = argc > 3 ? (int) g_ascii_strtoll (argv[2], NULL, 10) : 0;
  g_autofree double *samples = g_new0 (double, MAX (runs, 1));
  g_autofree double *work = g_new0 (double, MAX (runs, 1));
  posix_spawn_file_actions_t actions;
  long resident = 0;

  if (runs < 1)
    {
      fprintf (stderr, "bench-process: WARM RUNS COMMAND..\n");
      return 2;
    }
  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addopen (&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  for (int i = -warm; i < runs; i++)
    {
      double start = bench_timer_now ();
      struct rusage usage;
      pid_t child;
      int status;

      if (posix_spawnp (&child, argv[3], &actions, NULL, argv + 3, environ) != 0
          || wait4 (child, &status, 0, &usage) != child || !WIFEXITED (status) || WEXITSTATUS (status) != 0)
        {
          fprintf (stderr, "bench-process: %s failed\n", argv[3]);
          return 1;
        }
      if (i < 0)
        continue;
      samples[i] = bench_timer_now () - start;
      work[i] = get_seconds (&usage.ru_utime) + get_seconds (&usage.ru_stime);
      resident = MAX (resident, usage.ru_maxrss);
    }
  posix_spawn_file_actions_destroy (&actions);
  bench_timer_print ("seconds", bench_timer_median (samples, (gsize) runs));
  bench_timer_print ("processor", bench_timer_median (work, (gsize) runs));
  bench_timer_print ("resident", (double) resident * 1024);
  return 0;
}
