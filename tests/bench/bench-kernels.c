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

/* ggml's functions count numbers, not blocks. One type at a time. */
static ggml_to_float_t ggml_function;
static gsize ggml_block;

static void
run_ggml (const guint8 *blocks, gsize n_blocks, float *out)
{
  ggml_function (blocks, out, (gint64) (n_blocks * ggml_block));
}

static void
print (const char *type, const char *who, guint n_threads, const PaddockKernelSpeed *speed)
{
  g_autofree char *cache = g_strdup_printf ("%s.%s.%u.l2", type, who, n_threads);
  g_autofree char *memory = g_strdup_printf ("%s.%s.%u.memory", type, who, n_threads);

  bench_timer_print (cache, speed->l2);
  bench_timer_print (memory, speed->memory);
}

static void
measure (PaddockKernelBench *bench, const PaddockKernel *kernel, const char *type, const char *who)
{
  PaddockKernelSpeed speed;

  if (paddock_kernel_bench_measure (bench, kernel, &speed, NULL, NULL))
    print (type, who, paddock_kernel_bench_get_n_threads (bench), &speed);
}

static void
measure_ggml (PaddockKernelBench *bench, const PaddockQuantType *type)
{
  PaddockKernel kernel = { type->id, run_ggml, NULL };

  ggml_function = type->id == GGML_TYPE_Q8_K ? (ggml_to_float_t) dequantize_row_q8_K
                                             : ggml_get_type_traits ((enum ggml_type) type->id)->to_float;
  ggml_block = type->block;
  if (ggml_function != NULL)
    measure (bench, &kernel, type->name, "ggml");
}

static void
measure_type (PaddockKernelBench *one, PaddockKernelBench *two, guint32 id)
{
  const PaddockQuantType *type = paddock_quant_type_lookup (id, PADDOCK_QUANT_DIALECT_GGML);
  const PaddockKernel *best = paddock_kernel_dispatch_get (id, NULL);
  const char *name = id == 36 ? "I2_S" : type->name;

  for (guint isa = 1; isa <= PADDOCK_KERNEL_AVX512; isa <<= 1)
    {
      const PaddockKernel *kernel = paddock_kernel_dispatch_find (id, isa, NULL);

      if (kernel != NULL)
        measure (one, kernel, name, paddock_kernel_isa_get_name ((PaddockKernelIsa) isa));
    }
  if (id != 36)
    measure_ggml (one, type);
  measure (one, best, name, "best");
  measure (two, best, name, "best");
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
  bench_timer_print ("limit.copy", limits.copy);
  for (guint32 id = 0; id < 64; id++)
    {
      const PaddockQuantType *type = paddock_quant_type_lookup (id, PADDOCK_QUANT_DIALECT_GGML);

      if (paddock_kernel_dispatch_get (id, NULL) != NULL &&
          (argc < 2 || g_ascii_strcasecmp (argv[1], id == 36 ? "I2_S" : type->name) == 0))
        measure_type (one, two, id);
    }
  return 0;
}
