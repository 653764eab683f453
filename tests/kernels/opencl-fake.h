/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "kernels/opencl/opencl-library.h"

G_BEGIN_DECLS

/**
 * TestOpenclWatch:
 *
 * What the replaced functions of OpenCL count and do.
 */
typedef struct
{
  guint n_sources;
  guint n_kernels;
  guint n_copies;
  guint n_maps;
  guint fail_at;                     /* the call that fails, from 1; 0: none */
  GCancellable *cancel;              /* cancelled by that call instead */
  guint64 kind;                      /* what the device says it is */
  guint32 unified;
} TestOpenclWatch;

/* The system's library, and one whose functions a test may replace with those below. */
extern const PaddockOpenclLibrary *test_opencl_real;
extern PaddockOpenclLibrary test_opencl_fake;
extern TestOpenclWatch test_opencl_watch;

/* The fake is the real one again, and counts the programs that are built from their text. */
void test_opencl_reset             (void);
/* PoCL's processor as another kind of device. */
void test_opencl_reset_as          (guint64 kind, gboolean unified);
void test_opencl_reset_as_discrete (void);

gint32 test_opencl_watch_kernel (PaddockClQueue queue, PaddockClKernel kernel, guint32 dimensions,
                                 const gsize *offset, const gsize *global, const gsize *local, guint32 n_before,
                                 const PaddockClEvent *before, PaddockClEvent *done);
gint32 test_opencl_fail_write (PaddockClQueue queue, PaddockClMemory to, guint32 blocking, gsize offset, gsize size,
                               gconstpointer from, guint32 n_before, const PaddockClEvent *before,
                               PaddockClEvent *done);
gint32 test_opencl_fail_read (PaddockClQueue queue, PaddockClMemory from, guint32 blocking, gsize offset, gsize size,
                              gpointer to, guint32 n_before, const PaddockClEvent *before, PaddockClEvent *done);
gpointer test_opencl_fail_map (PaddockClQueue queue, PaddockClMemory memory, guint32 blocking, guint64 flags,
                               gsize offset, gsize size, guint32 n_before, const PaddockClEvent *before,
                               PaddockClEvent *done, gint32 *status);
gint32 test_opencl_fail_unmap (PaddockClQueue queue, PaddockClMemory memory, gpointer mapped, guint32 n_before,
                               const PaddockClEvent *before, PaddockClEvent *done);
gint32 test_opencl_fail_wait (guint32 n, const PaddockClEvent *events);
PaddockClMemory test_opencl_fail_buffer (PaddockClContext context, guint64 flags, gsize size, gpointer host,
                                         gint32 *status);
gint32 test_opencl_fail_build (PaddockClProgram program, guint32 n_devices, const PaddockClDevice *devices,
                               const char *options, PaddockClBuildNotify notify, gpointer user_data);
gint32 test_opencl_flush_to_zero (PaddockClDevice device, guint32 what, gsize size, gpointer value, gsize *needed);

G_END_DECLS
