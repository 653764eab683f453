/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "bench-timer.h"
#include "kernels/kernel-bench.h"
#include "kernels/kernel-dispatch.h"
#include "kernels/opencl/opencl-dequantizer.h"
#include "kernels/opencl/opencl-source.h"
#include "quant/quant-type.h"

/*
 * bench-opencl          the device beside the kernels of all processors: lines of a dotted name and bytes of float
 *                       written per second
 * bench-opencl start    seconds from nothing to the first numbers, which the caches of earlier runs make shorter
 *
 * Without a device that is suited it prints nothing.
 */

/* Numbers that a run makes, and how many runs the best is of. */
#define VALUES (16u << 20)
#define RUNS 7

static const guint32 types[] = { 1, 2, 8, 12, 14, 17 };

static void
fill (guint8 *bytes, gsize length)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gsize whole = length / sizeof (guint32) * sizeof (guint32);

  for (gsize i = 0; i < whole; i += sizeof (guint32))
    {
      guint32 value = g_rand_int (random);

      memcpy (bytes + i, &value, sizeof value);
    }
}

/* A device that gives up leaves its work to the processor, whose figures would then stand for its own. */
static void
run (PaddockOpenclDequantizer *dequantizer, guint32 type, const guint8 *blocks, gsize n_blocks, float *out)
{
  g_autoptr (GError) error = NULL;

  if (paddock_opencl_dequantizer_run (dequantizer, type, blocks, n_blocks, out, NULL, &error))
    error = paddock_opencl_dequantizer_take_notice (dequantizer);
  if (error != NULL)
    g_error ("type %u: %s", type, error->message);
}

static void
measure_type (PaddockOpenclDequantizer *dequantizer, PaddockKernelBench *processors, guint32 type, float *out)
{
  const PaddockOpenclEntry *entry = paddock_opencl_source_find_entry (type);
  const char *name = paddock_quant_type_lookup (type, PADDOCK_QUANT_DIALECT_GGML)->name;
  gsize n_blocks = VALUES / entry->block;
  g_autofree guint8 *blocks = g_malloc0 (n_blocks * entry->bytes);
  g_autofree char *device_line = g_strconcat (name, ".device", NULL);
  g_autofree char *processors_line = g_strconcat (name, ".processors", NULL);
  PaddockKernelSpeed speed;
  double best = G_MAXDOUBLE;

  fill (blocks, n_blocks * entry->bytes);
  run (dequantizer, type, blocks, n_blocks, out);
  for (guint i = 0; i < RUNS; i++)
    {
      double started = bench_timer_now ();

      run (dequantizer, type, blocks, n_blocks, out);
      best = MIN (best, bench_timer_now () - started);
    }
  bench_timer_print (device_line, (double) n_blocks * entry->block * sizeof (float) / best);
  if (paddock_kernel_bench_measure (processors, paddock_kernel_dispatch_get (type, NULL), &speed, NULL, NULL))
    bench_timer_print (processors_line, speed.memory);
}

static PaddockOpenclDequantizer *
make_dequantizer (void)
{
  g_autoptr (GPtrArray) devices = paddock_opencl_devices_list (NULL, NULL);
  const PaddockOpenclDevice *device = devices != NULL ? paddock_opencl_devices_choose (devices, NULL) : NULL;
  g_autoptr (PaddockOpenclDequantizer) dequantizer = NULL;
  g_autoptr (GError) error = NULL;

  if (device == NULL)
    return NULL;
  dequantizer = paddock_opencl_dequantizer_new (device, &error);
  if (dequantizer == NULL)
    g_error ("%s", error->message);
  return g_steal_pointer (&dequantizer);
}

int
main (int argc, char **argv)
{
  double started = bench_timer_now ();
  g_autoptr (PaddockOpenclDequantizer) dequantizer = make_dequantizer ();
  g_autoptr (PaddockKernelBench) processors = NULL;
  g_autofree float *out = NULL;

  if (dequantizer == NULL)
    return 0;
  out = g_new0 (float, VALUES);
  if (argc > 1 && strcmp (argv[1], "start") == 0)
    {
      static const guint8 block[18] = { 0 };

      run (dequantizer, 2, block, 1, out);
      bench_timer_print ("start", bench_timer_now () - started);
      return 0;
    }
  processors = paddock_kernel_bench_new (0, NULL);
  if (processors == NULL)
    {
      fprintf (stderr, "bench-opencl: there is not enough memory\n");
      return 1;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    measure_type (dequantizer, processors, types[i], out);
  return 0;
}
