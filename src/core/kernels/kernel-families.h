/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernels/kernel.h"

G_BEGIN_DECLS

/*
 * The kernels of each instruction set, by families of types that are stored alike:
 *
 *   plain     F32 F16 BF16 F64 I8 I16 I32 I64
 *   legacy    Q1_0 Q2_0 Q4_0 Q4_1 Q5_0 Q5_1 Q8_0 Q8_1
 *   codebook  IQ4_NL IQ4_XS MXFP4 NVFP4
 *   super     Q2_K Q3_K Q4_K Q5_K Q6_K Q8_K
 *   ternary   TQ1_0 TQ2_0, and BitNet's I2_S (36) without its scale, which stands once for the whole tensor: -1, 0, 1
 *   grid      IQ1_S IQ1_M IQ2_XXS IQ2_XS IQ2_S IQ3_XXS IQ3_S
 *
 * Each array ends with PADDOCK_KERNEL_END.
 */
#define PADDOCK_KERNEL_FAMILIES(isa)                        \
  extern const PaddockKernel paddock_##isa##_plain[];       \
  extern const PaddockKernel paddock_##isa##_legacy[];      \
  extern const PaddockKernel paddock_##isa##_codebook[];    \
  extern const PaddockKernel paddock_##isa##_super[];       \
  extern const PaddockKernel paddock_##isa##_ternary[];     \
  extern const PaddockKernel paddock_##isa##_grid[]

PADDOCK_KERNEL_FAMILIES (scalar);
PADDOCK_KERNEL_FAMILIES (avx2);
PADDOCK_KERNEL_FAMILIES (avx512);
PADDOCK_KERNEL_FAMILIES (neon);

G_END_DECLS
