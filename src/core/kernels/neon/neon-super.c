/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/kernel-families.h"

const PaddockKernel paddock_neon_super[] = {
  PADDOCK_KERNEL_END,
};
