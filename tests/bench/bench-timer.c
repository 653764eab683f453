/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-timer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double
bench_timer_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
bench_timer_median (double *samples, gsize n)
{
  qsort (samples, n, sizeof *samples, compare);
  return n % 2 != 0 ? samples[n / 2] : (samples[n / 2 - 1] + samples[n / 2]) / 2;
}

void
bench_timer_print (const char *name, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  printf ("%s %s\n", name, g_ascii_dtostr (buffer, sizeof buffer, value));
}

gint64
bench_timer_anonymous_memory (void)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return -1;
  line = strstr (status, "RssAnon:");
  return line != NULL ? g_ascii_strtoll (line + strlen ("RssAnon:"), NULL, 10) * 1024 : -1;
}
