/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernels/opencl/opencl-device.h"

G_BEGIN_DECLS

#define PADDOCK_OPENCL_LANE_STEPS 3

/**
 * PaddockOpenclLane:
 *
 * One command queue with its own buffers on the device. While one lane computes, another one copies. Its functions
 * serve one thread at a time.
 */
typedef struct
{
  /* Borrowed */
  const PaddockOpenclDevice *device;
  PaddockClContext context;

  /* Owned */
  PaddockClQueue queue;
  PaddockClKernel kernel;
  PaddockClMemory input;
  PaddockClMemory output;
  PaddockClEvent steps[PADDOCK_OPENCL_LANE_STEPS];   /* of the window on its way: write, compute, read */

  gsize input_size;
  gsize output_size;
  guint n_steps;
} PaddockOpenclLane;

gboolean paddock_opencl_lane_open    (PaddockOpenclLane *self, const PaddockOpenclDevice *device, PaddockClContext context,
                                      GError **error);
/* Waits for what is on its way and gives everything back. */
void     paddock_opencl_lane_close   (PaddockOpenclLane *self);
/* Windows of at most so many bytes through this kernel; nothing may be on its way. */
gboolean paddock_opencl_lane_prepare (PaddockOpenclLane *self, PaddockClProgram program, const char *kernel,
                                      gsize input_size, gsize output_size, GError **error);
/* Returns at once. The memory belongs to the lane until it has been waited for, whatever is returned. */
gboolean paddock_opencl_lane_start   (PaddockOpenclLane *self, const guint8 *input, gsize input_size, float *output,
                                      gsize output_size, GError **error);
/* TRUE: the window that was started last is complete, or there was none. */
gboolean paddock_opencl_lane_wait    (PaddockOpenclLane *self, GError **error);

G_END_DECLS
