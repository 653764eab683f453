/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench-timer.h"

/* A whole process, from the call that starts it to its end: bench-process RUNS COMMAND.. */
int
main (int argc, char **argv)
{
  int runs = argc > 2 ? (int) g_ascii_strtoll (argv[1], NULL, 10) : 0;
  g_autofree double *samples = g_new0 (double, MAX (runs, 1));
  posix_spawn_file_actions_t actions;

  if (runs < 1)
    {
      fprintf (stderr, "bench-process: RUNS COMMAND..\n");
      return 2;
    }
  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addopen (&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  for (int i = -2; i < runs; i++)
    {
      double start = bench_timer_now ();
      pid_t child;
      int status;

      if (posix_spawnp (&child, argv[2], &actions, NULL, argv + 2, environ) != 0
          || waitpid (child, &status, 0) != child || !WIFEXITED (status) || WEXITSTATUS (status) != 0)
        {
          fprintf (stderr, "bench-process: %s failed\n", argv[2]);
          return 1;
        }
      /* The first two bring the program into memory. */
      if (i >= 0)
        samples[i] = bench_timer_now () - start;
    }
  posix_spawn_file_actions_destroy (&actions);
  bench_timer_print ("seconds", bench_timer_median (samples, (gsize) runs));
  return 0;
}
