/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockKernelIsa:
 *
 * An instruction set that kernels are written for. The values are bits of a mask.
 */
typedef enum
{
  PADDOCK_KERNEL_SCALAR = 1 << 0,    /* plain C: the reference, and what is always there */
  PADDOCK_KERNEL_NEON = 1 << 1,
  PADDOCK_KERNEL_AVX2 = 1 << 2,      /* with FMA and F16C */
  PADDOCK_KERNEL_AVX512 = 1 << 3,    /* F, BW, VL, DQ */
  PADDOCK_KERNEL_OPENCL = 1 << 4     /* has no entries in the table of kernels: see opencl/opencl-dequantizer.h */
} PaddockKernelIsa;

#define PADDOCK_KERNEL_ALL 0xffffffffu

/* What a streaming kernel asks of the place it writes to, in bytes. */
#define PADDOCK_KERNEL_STREAM_ALIGNMENT 64

/**
 * PaddockDequantizeFunc:
 * @blocks: the stored bytes, in little-endian order, at any address
 * @n_blocks: how many blocks of the type, or numbers of a type without blocks
 * @out: (out caller-allocates): room for all their numbers, at the address of a float
 *
 * Turns stored blocks into numbers. It reads and writes exactly these bytes, and every instruction set writes the bits
 * that the scalar one does (of a NaN only that it is one).
 */
typedef void (*PaddockDequantizeFunc) (const guint8 *blocks, gsize n_blocks, float *out);

/**
 * PaddockKernel:
 *
 * How one instruction set reads one type.
 */
typedef struct
{
  guint32 type;                      /* the id of its PaddockQuantType in ggml's dialect */
  PaddockDequantizeFunc dequantize;  /* the numbers stay in the cache */
  /* Past the cache into memory, for outputs that are larger; @out is aligned as above. NULL: has none. */
  PaddockDequantizeFunc stream;
} PaddockKernel;

/* A family of kernels is an array that ends with this. */
#define PADDOCK_KERNEL_END { G_MAXUINT32, NULL, NULL }

G_END_DECLS
