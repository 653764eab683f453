/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "bench-timer.h"
#include "folder-store.h"
#include "library-cache.h"
#include "library-scanner.h"

#define RUNS 7

/* A folder of many small models: looked at for the first time, looked at again, written down and remembered. */

static gboolean
list_folder (const char *root, PaddockStoreVisit visit, gpointer user_data, GCancellable *cancellable, GError **error)
{
  return paddock_folder_store_list ("folder", root, visit, user_data, cancellable, error);
}

static const PaddockModelStore store = { .id = "folder", .flags = PADDOCK_STORE_FOLDER, .list = list_folder };

static PaddockScan *
scan (const char *folder, GPtrArray *known, guint n_read, double *seconds)
{
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_scan_root_free);
  double start = bench_timer_now ();
  PaddockScan *found;

  g_ptr_array_add (roots, paddock_scan_root_new (&store, folder));
  found = paddock_library_scan (roots, known, NULL, NULL, NULL, NULL);
  *seconds = bench_timer_now () - start;
  if (found == NULL || found->files->len == 0 || (n_read != G_MAXUINT && found->n_read != n_read))
    {
      fprintf (stderr, "bench-library: an unexpected scan of %s\n", folder);
      exit (1);
    }
  return found;
}

static void
remember (const char *path, guint n_files, double *seconds)
{
  double start = bench_timer_now ();
  g_autoptr (PaddockLibraryCache) cache = paddock_library_cache_open (path);
  g_autoptr (GPtrArray) files = paddock_library_cache_get_files (cache);

  *seconds = bench_timer_now () - start;
  if (files->len != n_files)
    {
      fprintf (stderr, "bench-library: %u of %u files remembered\n", files->len, n_files);
      exit (1);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (PaddockScan) found = NULL;
  double first[RUNS], again[RUNS], writing[RUNS], reading[RUNS];
  struct stat status;

  if (argc != 3)
    {
      fprintf (stderr, "bench-library: FOLDER CACHE\n");
      return 2;
    }
  found = scan (argv[1], NULL, G_MAXUINT, first);
  for (int i = 0; i < RUNS; i++)
    {
      g_autoptr (PaddockScan) fresh = scan (argv[1], NULL, found->n_read, &first[i]);
      g_autoptr (PaddockScan) known = scan (argv[1], found->files, 0, &again[i]);
      double start = bench_timer_now ();

      if (!paddock_library_cache_write (argv[2], found->files, NULL))
        return 1;
      writing[i] = bench_timer_now () - start;
      remember (argv[2], found->files->len, &reading[i]);
    }
  bench_timer_print ("files", found->files->len);
  bench_timer_print ("headers", found->n_read);
  bench_timer_print ("first", bench_timer_median (first, RUNS));
  bench_timer_print ("again", bench_timer_median (again, RUNS));
  bench_timer_print ("write", bench_timer_median (writing, RUNS));
  bench_timer_print ("read", bench_timer_median (reading, RUNS));
  bench_timer_print ("bytes", stat (argv[2], &status) == 0 ? (double) status.st_size : 0);
  return 0;
}
