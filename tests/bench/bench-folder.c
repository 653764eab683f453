/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "bench-timer.h"
#include "model/model-info.h"

#define RUNS 9
#define THREADS 2

/* A folder full of small files: each is opened, parsed and summed up, as a list of models would do it. */

static void
inspect (gpointer data, gpointer user_data)
{
  const char *path = data;
  int *inspected = user_data;
  g_autoptr(PaddockGgufShards) shards = paddock_gguf_shards_open (path, NULL, NULL);
  g_autoptr(PaddockModelInfo) info = shards != NULL ? paddock_model_info_new (shards) : NULL;

  if (info != NULL && info->architecture_known)
    g_atomic_int_inc (inspected);
}

static double
inspect_all (GPtrArray *paths)
{
  double start = bench_timer_now ();
  int inspected = 0;
  GThreadPool *pool = g_thread_pool_new (inspect, &inspected, THREADS, TRUE, NULL);

  for (guint i = 0; i < paths->len; i++)
    g_thread_pool_push (pool, paths->pdata[i], NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  if ((guint) inspected != paths->len)
    {
      fprintf (stderr, "bench-folder: %d of %u files inspected\n", inspected, paths->len);
      exit (1);
    }
  return bench_timer_now () - start;
}

int
main (int argc, char **argv)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) directory = argc == 2 ? g_dir_open (argv[1], 0, NULL) : NULL;
  double samples[RUNS];
  const char *name;

  if (directory == NULL)
    {
      fprintf (stderr, "bench-folder: DIRECTORY\n");
      return 2;
    }
  while ((name = g_dir_read_name (directory)) != NULL)
    g_ptr_array_add (paths, g_build_filename (argv[1], name, NULL));

  inspect_all (paths);
  for (int i = 0; i < RUNS; i++)
    samples[i] = inspect_all (paths);
  bench_timer_print ("files", paths->len);
  bench_timer_print ("seconds", bench_timer_median (samples, RUNS));
  return 0;
}
