/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TestKernelCase:
 *
 * A type as the tests of the kernels see it: how large its blocks are, and where its scales stand in one.
 */
typedef struct
{
  guint32 type;
  const char *name;
  guint16 block;                     /* numbers */
  guint16 bytes;
  guint8 n_halves;
  guint8 halves[2];                  /* offsets of scales of 16 bits */
  gint16 exponent;                   /* offset of a scale that is one byte, -1 without */
} TestKernelCase;

extern const TestKernelCase test_kernel_cases[];
extern const gsize test_kernel_n_cases;

/* Random bytes, in which every value of 16 bits stands at each of the scales when there are 65536 blocks. */
guint8 *test_kernel_case_make_blocks (const TestKernelCase *self, gsize n_blocks, guint32 seed);

/* The first number that differs, n if none does; two that are no numbers are alike. */
gsize   test_kernel_case_compare     (const float *one, const float *other, gsize n);

G_END_DECLS
