/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernels/kernel.h"

G_BEGIN_DECLS

/**
 * PaddockKernelLimitFuncs:
 *
 * What an instruction set can do with memory when it does nothing else: what the kernels are held against. Buffers are
 * aligned to 64 bytes, and @n is a multiple of 64.
 */
typedef struct
{
  void (*store) (float *out, gsize n);
  void (*stream) (float *out, gsize n);
  float (*read) (const float *from, gsize n);              /* something that depends on every number */
  void (*copy) (const float *from, float *out, gsize n);   /* the output past the cache */
} PaddockKernelLimitFuncs;

extern const PaddockKernelLimitFuncs paddock_scalar_limit_funcs;
extern const PaddockKernelLimitFuncs paddock_avx2_limit_funcs;
extern const PaddockKernelLimitFuncs paddock_avx512_limit_funcs;

/* Of the best instruction set among those of @mask that are available. */
const PaddockKernelLimitFuncs *paddock_kernel_dispatch_find_limits (guint mask);

G_END_DECLS
