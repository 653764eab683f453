/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ggml.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench-timer.h"
#include "kernels/kernel-bench.h"
#include "kernels/kernel-dispatch.h"
#include "quant/quant-type.h"

/*
 * Every kernel of every instruction set, ggml's function of the same type, and what memory allows, in one process:
 * bench-kernels [TYPE]. Lines of a dotted name and bytes of float written per second.
 */

/* In the library, but in none of its headers. */
void dequantize_row_q8_K (const void *blocks, float *out, gint64 n);

/* BitNet's type is not in ggml's table. */
#define I2_S_TYPE 36u

/* ggml's functions count numbers, not blocks. One type at a time. */
static ggml_to_float_t ggml_function;
static gsize ggml_block;

static void
run_ggml (const guint8 *blocks, gsize n_blocks, float *out)
{
  ggml_function (blocks, out, (gint64) (n_blocks * ggml_block));
}

/* What is measured of one type, in the order in which it is. */
typedef enum
{
  LIMIT,
  COPY,
  AVX2,
  AVX512,
  NEON,
  GGML,
  BEST,
  BEST_OF_TWO,
  N_MEASURED,
} Measured;

static const char *const names[N_MEASURED] = { "limit.1", "copy.1", "avx2.1", "avx512.1", "neon.1", "ggml.1", "best.1", "best.2" };

/* Measured in turns, so that what slows the machine for a while slows neighbours alike, until no speed rises any more:
   the speeds asked about are those that the machine can reach, for each of them. */
#define LEAST_ROUNDS 5
#define SETTLED_ROUNDS 3
#define MOST_ROUNDS 20
#define RISE 1.005

/* What is 0 could not be measured. Whether a speed is higher than all before. */
static gboolean
keep_higher (double *best, double now)
{
  gboolean rose = now > *best * RISE;

  *best = MAX (*best, now);
  return rose;
}

static gboolean
keep (PaddockKernelSpeed *best, double l2, double memory)
{
  gboolean rose = keep_higher (&best->l2, l2);

  return keep_higher (&best->memory, memory) || rose;
}

static gboolean
measure (PaddockKernelBench *bench, const PaddockKernel *kernel, PaddockKernelSpeed *best)
{
  PaddockKernelSpeed speed;

  return kernel != NULL && kernel->dequantize != NULL && paddock_kernel_bench_measure (bench, kernel, &speed, NULL, NULL) &&
         keep (best, speed.l2, speed.memory);
}

static gboolean
measure_limits (PaddockKernelBench *bench, PaddockKernelSpeed speeds[N_MEASURED])
{
  PaddockKernelLimits limits;

  gboolean rose;

  if (!paddock_kernel_bench_measure_limits (bench, &limits, NULL, NULL))
    return FALSE;
  rose = keep (&speeds[LIMIT], limits.store_l2, limits.store_stream);
  return keep (&speeds[COPY], 0, limits.copy) || rose;
}

static PaddockKernel
find_ggml (const PaddockQuantType *type)
{
  PaddockKernel kernel = { type->id, NULL, NULL };

  ggml_function = type->id == GGML_TYPE_Q8_K ? (ggml_to_float_t) dequantize_row_q8_K
                                             : ggml_get_type_traits ((enum ggml_type) type->id)->to_float;
  ggml_block = type->block;
  if (ggml_function != NULL)
    kernel.dequantize = run_ggml;
  return kernel;
}

static void
print (const char *type, const PaddockKernelSpeed speeds[N_MEASURED])
{
  for (guint i = 0; i < N_MEASURED; i++)
    {
      g_autofree char *cache = g_strdup_printf ("%s.%s.l2", type, names[i]);
      g_autofree char *memory = g_strdup_printf ("%s.%s.memory", type, names[i]);

      if (speeds[i].l2 > 0)
        bench_timer_print (cache, speeds[i].l2);
      if (speeds[i].memory > 0)
        bench_timer_print (memory, speeds[i].memory);
    }
}

static void
measure_type (PaddockKernelBench *one, PaddockKernelBench *two, guint32 id)
{
  static const PaddockKernelIsa isas[] = {
    [AVX2] = PADDOCK_KERNEL_AVX2,
    [AVX512] = PADDOCK_KERNEL_AVX512,
    [NEON] = PADDOCK_KERNEL_NEON,
  };
  const PaddockQuantType *type = paddock_quant_type_lookup (id, PADDOCK_QUANT_DIALECT_GGML);
  const PaddockKernel *best = paddock_kernel_dispatch_get (id, NULL);
  const PaddockKernel ggml = id == I2_S_TYPE ? (PaddockKernel){ id, NULL, NULL } : find_ggml (type);
  PaddockKernelSpeed speeds[N_MEASURED] = { 0 };

  for (guint i = 0, settled = 0; i < LEAST_ROUNDS || (i < MOST_ROUNDS && settled < SETTLED_ROUNDS); i++)
    {
      gboolean rose = measure_limits (one, speeds);

      for (Measured isa = AVX2; isa <= NEON; isa++)
        rose = measure (one, paddock_kernel_dispatch_find (id, isas[isa], NULL), &speeds[isa]) || rose;
      rose = measure (one, &ggml, &speeds[GGML]) || rose;
      rose = measure (one, best, &speeds[BEST]) || rose;
      rose = measure (two, best, &speeds[BEST_OF_TWO]) || rose;
      settled = rose ? 0 : settled + 1;
    }
  print (id == I2_S_TYPE ? "I2_S" : type->name, speeds);
}

int
main (int argc, char **argv)
{
  g_autoptr (PaddockKernelBench) one = paddock_kernel_bench_new (1, NULL);
  g_autoptr (PaddockKernelBench) two = paddock_kernel_bench_new (2, NULL);
  PaddockKernelLimits limits;

  if (one == NULL || two == NULL || !paddock_kernel_bench_measure_limits (one, &limits, NULL, NULL))
    {
      fprintf (stderr, "bench-kernels: there is not enough memory\n");
      return 1;
    }
  ggml_free (ggml_init ((struct ggml_init_params) { .mem_size = 1024 * 1024 }));
  bench_timer_print ("limit.store_l2", limits.store_l2);
  bench_timer_print ("limit.store_stream", limits.store_stream);
  bench_timer_print ("limit.read", limits.read);
  for (guint32 id = 0; id < 64; id++)
    {
      const PaddockQuantType *type = paddock_quant_type_lookup (id, PADDOCK_QUANT_DIALECT_GGML);

      if (paddock_kernel_dispatch_get (id, NULL) != NULL &&
          (argc < 2 || g_ascii_strcasecmp (argv[1], id == I2_S_TYPE ? "I2_S" : type->name) == 0))
        measure_type (one, two, id);
    }
  return 0;
}
