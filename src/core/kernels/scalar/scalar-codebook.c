/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/kernel-families.h"

const PaddockKernel paddock_scalar_codebook[] = {
  PADDOCK_KERNEL_END,
};
