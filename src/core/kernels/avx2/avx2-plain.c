/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/kernel-families.h"

const PaddockKernel paddock_avx2_plain[] = {
  PADDOCK_KERNEL_END,
};
