/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The blocks that quantized weights are stored in, byte for byte as ggml writes them on a little-endian machine. They
 * have no alignment, because a file promises none. A half is a guint16. Where one byte serves several weights, the
 * comment says which.
 */
#define PADDOCK_BLOCK(name, size, ...)                                \
  typedef struct __attribute__ ((packed))                             \
  {                                                                   \
    __VA_ARGS__                                                       \
  } PaddockBlock##name;                                               \
  _Static_assert (sizeof (PaddockBlock##name) == (size), #name " has " #size " bytes")

/* 128 weights, one bit each */
PADDOCK_BLOCK (Q1_0, 18, guint16 d; guint8 qs[16];);
/* 64 weights, two bits each, four neighbours in a byte */
PADDOCK_BLOCK (Q2_0, 18, guint16 d; guint8 qs[16];);

/* 32 weights; the low four bits of byte i are those of weight i, the high ones of weight i + 16 */
PADDOCK_BLOCK (Q4_0, 18, guint16 d; guint8 qs[16];);
PADDOCK_BLOCK (Q4_1, 20, guint16 d; guint16 m; guint8 qs[16];);
/* and bit i of the 32 in qh is the fifth of weight i */
PADDOCK_BLOCK (Q5_0, 22, guint16 d; guint8 qh[4]; guint8 qs[16];);
PADDOCK_BLOCK (Q5_1, 24, guint16 d; guint16 m; guint8 qh[4]; guint8 qs[16];);
PADDOCK_BLOCK (Q8_0, 34, guint16 d; gint8 qs[32];);
/* s is d times the sum of qs, for products */
PADDOCK_BLOCK (Q8_1, 36, guint16 d; guint16 s; gint8 qs[32];);

/* 256 weights; sub-blocks of 16 or 32 have their own small scale, and some a small minimum */
PADDOCK_BLOCK (Q2_K, 84, guint8 scales[16]; guint8 qs[64]; guint16 d; guint16 dmin;);
PADDOCK_BLOCK (Q3_K, 110, guint8 hmask[32]; guint8 qs[64]; guint8 scales[12]; guint16 d;);
PADDOCK_BLOCK (Q4_K, 144, guint16 d; guint16 dmin; guint8 scales[12]; guint8 qs[128];);
PADDOCK_BLOCK (Q5_K, 176, guint16 d; guint16 dmin; guint8 scales[12]; guint8 qh[32]; guint8 qs[128];);
PADDOCK_BLOCK (Q6_K, 210, guint8 ql[128]; guint8 qh[64]; gint8 scales[16]; guint16 d;);
PADDOCK_BLOCK (Q8_K, 292, float d; gint8 qs[256]; gint16 bsums[16];);

/* 256 weights in groups of eight (or four: IQ3) that index a grid */
PADDOCK_BLOCK (IQ1_S, 50, guint16 d; guint8 qs[32]; guint16 qh[8];);
/* the half d is in the highest four bits of the four 16-bit words that scales are */
PADDOCK_BLOCK (IQ1_M, 56, guint8 qs[32]; guint8 qh[16]; guint8 scales[8];);
PADDOCK_BLOCK (IQ2_XXS, 66, guint16 d; guint16 qs[32];);
PADDOCK_BLOCK (IQ2_XS, 74, guint16 d; guint16 qs[32]; guint8 scales[8];);
/* the second half of qs are signs */
PADDOCK_BLOCK (IQ2_S, 82, guint16 d; guint8 qs[64]; guint8 qh[8]; guint8 scales[8];);
/* the last third of qs are scales and signs */
PADDOCK_BLOCK (IQ3_XXS, 98, guint16 d; guint8 qs[96];);
PADDOCK_BLOCK (IQ3_S, 110, guint16 d; guint8 qs[64]; guint8 qh[8]; guint8 signs[32]; guint8 scales[4];);

/* 32 and 256 weights, four bits each that index a table of sixteen values; halves of a byte as in Q4_0 */
PADDOCK_BLOCK (IQ4_NL, 18, guint16 d; guint8 qs[16];);
PADDOCK_BLOCK (IQ4_XS, 136, guint16 d; guint16 scales_h; guint8 scales_l[4]; guint8 qs[128];);
/* e is an exponent, E8M0 */
PADDOCK_BLOCK (MXFP4, 17, guint8 e; guint8 qs[16];);
/* 64 weights in four groups of 16, each with a scale that is an unsigned E4M3 */
PADDOCK_BLOCK (NVFP4, 36, guint8 d[4]; guint8 qs[32];);

/* 256 weights of -1, 0 and 1: five in a byte of qs, four in one of qh */
PADDOCK_BLOCK (TQ1_0, 54, guint8 qs[48]; guint8 qh[4]; guint16 d;);
PADDOCK_BLOCK (TQ2_0, 66, guint8 qs[64]; guint16 d;);
/* BitNet: a group of 128 weights of -1, 0 and 1; bits 7 and 6 of byte i are weight i, 5 and 4 weight i + 32, and on */
PADDOCK_BLOCK (I2_S, 32, guint8 qs[32];);

#undef PADDOCK_BLOCK

G_END_DECLS
