/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernels/opencl/opencl-device.h"

G_BEGIN_DECLS

#define PADDOCK_OPENCL_LANE_STEPS 3

/**
 * PaddockOpenclLane:
 *
 * One command queue. While one lane computes, another one copies, through buffers of its own. A device that shares the
 * processor's memory works in the caller's instead wherever it can, so that every number is written once. Its functions
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
  PaddockClMemory input;             /* copies; NULL until something has to be copied */
  PaddockClMemory output;
  PaddockClMemory lent_input;        /* the caller's memory of the window on its way; NULL: copied */
  PaddockClMemory lent_output;
  PaddockClEvent steps[PADDOCK_OPENCL_LANE_STEPS];   /* of the window on its way: write, compute, read or map */

  gpointer mapped;                   /* where the processor sees the lent output; NULL: it is the device's */
  gsize input_size;
  gsize output_size;
  gsize alignment;
  guint n_steps;
} PaddockOpenclLane;

gboolean paddock_opencl_lane_open    (PaddockOpenclLane *self, const PaddockOpenclDevice *device, PaddockClContext context,
                                      GError **error);
/* Waits for what is on its way and gives everything back. */
void     paddock_opencl_lane_close   (PaddockOpenclLane *self);
/* From now on this kernel, which reads input in numbers of @alignment bytes; nothing may be on its way. */
gboolean paddock_opencl_lane_prepare (PaddockOpenclLane *self, PaddockClProgram program, const char *kernel,
                                      gsize alignment, GError **error);
/* Returns at once. The memory belongs to the lane until it has been waited for, whatever is returned. */
gboolean paddock_opencl_lane_start   (PaddockOpenclLane *self, const guint8 *input, gsize input_size, float *output,
                                      gsize output_size, GError **error);
/* TRUE: the window that was started last is complete, or there was none. */
gboolean paddock_opencl_lane_wait    (PaddockOpenclLane *self, GError **error);

G_END_DECLS
