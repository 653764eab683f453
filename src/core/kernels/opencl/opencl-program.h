/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernels/opencl/opencl-device.h"
#include "kernels/opencl/opencl-source.h"

G_BEGIN_DECLS

/* A program of a family, ready for a device: from the cache, or built from its text and put there. */
PaddockClProgram paddock_opencl_program_make (const PaddockOpenclDevice *device, PaddockClContext context,
                                              PaddockOpenclFamily family, GError **error);

G_END_DECLS
