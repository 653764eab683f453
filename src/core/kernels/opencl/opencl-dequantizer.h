/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernels/opencl/opencl-device.h"

G_BEGIN_DECLS

/**
 * PaddockOpenclDequantizer:
 *
 * Turns stored blocks into numbers on a device, with the bits that the scalar kernels give. The blocks go there in
 * windows through two lanes, so that copying and computing overlap; it never holds more than %PADDOCK_OPENCL_MAX_HELD
 * bytes of the device's memory. A device that shares the processor's memory is lent the caller's instead of copies.
 *
 * Any thread may run it; those that come at once take turns.
 */
typedef struct _PaddockOpenclDequantizer PaddockOpenclDequantizer;

/* The input or the output of a window, whichever is larger. */
#define PADDOCK_OPENCL_WINDOW (16u << 20)
#define PADDOCK_OPENCL_MAX_HELD (4u * PADDOCK_OPENCL_WINDOW + 1024u)

/* Takes a copy of @device. */
PaddockOpenclDequantizer *paddock_opencl_dequantizer_new         (const PaddockOpenclDevice *device, GError **error);
void                      paddock_opencl_dequantizer_free        (PaddockOpenclDequantizer *self);

/* The one that PADDOCK_KERNELS asks for, made once and kept; NULL when it does not ask, or there is no device. */
PaddockOpenclDequantizer *paddock_opencl_dequantizer_get_default (void);

/* Smaller windows, for tests; a window has at least one block. */
void     paddock_opencl_dequantizer_set_window (PaddockOpenclDequantizer *self, gsize bytes);
gboolean paddock_opencl_dequantizer_run        (PaddockOpenclDequantizer *self, guint32 type, const guint8 *blocks,
                                                gsize n_blocks, float *out, GCancellable *cancellable, GError **error);
/* Why the processor did what the device should have done; told once, NULL afterwards and when all is well. */
GError  *paddock_opencl_dequantizer_take_notice (PaddockOpenclDequantizer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockOpenclDequantizer, paddock_opencl_dequantizer_free)

G_END_DECLS
