/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/kernel-families.h"

const PaddockKernel paddock_avx512_vbmi_kernels[] = {
  PADDOCK_KERNEL_END,
};
