/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "kernels/kernel.h"

G_BEGIN_DECLS

/**
 * PaddockKernelBench:
 *
 * Measures kernels beside what memory allows. Everything is in bytes of 32-bit floats per second, and the best of several
 * runs: what disturbs a run only ever makes it slower.
 */
typedef struct _PaddockKernelBench PaddockKernelBench;

typedef struct
{
  double store_l2;                   /* plain stores to a buffer that stays in the cache */
  double store_stream;               /* stores past the cache into memory */
  double read;                       /* from memory */
  double copy;                       /* from memory to memory, counted once */
} PaddockKernelLimits;

typedef struct
{
  double l2;                         /* the output stays in the cache */
  double memory;                     /* the output is much larger than it */
} PaddockKernelSpeed;

/* n_threads 0: as many as there are processors. NULL: there is not enough memory. */
PaddockKernelBench *paddock_kernel_bench_new  (guint n_threads, GError **error);
void                paddock_kernel_bench_free (PaddockKernelBench *self);

guint    paddock_kernel_bench_get_n_threads  (PaddockKernelBench *self);
gboolean paddock_kernel_bench_measure_limits (PaddockKernelBench *self, PaddockKernelLimits *limits,
                                              GCancellable *cancellable, GError **error);
/* dequantize is any function of that shape, so that peers can be measured the same way; stream may be NULL. */
gboolean paddock_kernel_bench_measure        (PaddockKernelBench *self, const PaddockKernel *kernel,
                                              PaddockKernelSpeed *speed, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockKernelBench, paddock_kernel_bench_free)

G_END_DECLS
