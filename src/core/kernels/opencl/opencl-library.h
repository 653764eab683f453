/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kernels/opencl/opencl-abi.h"
#include "kernels/opencl/opencl-error.h"

G_BEGIN_DECLS

typedef void (*PaddockClBuildNotify) (PaddockClProgram program, gpointer user_data);
typedef void (*PaddockClContextNotify) (const char *text, const void *info, gsize length, gpointer user_data);

/**
 * PaddockOpenclLibrary:
 *
 * The functions of an OpenCL library that was found when the program ran. The fields are OpenCL's, in its order of
 * arguments; a test may hand out a copy in which some do something else. Its functions may be called by any thread.
 */
typedef struct
{
  gint32 (*get_platforms) (guint32 n, PaddockClPlatform *platforms, guint32 *n_found);
  gint32 (*get_platform_info) (PaddockClPlatform platform, guint32 what, gsize size, gpointer value, gsize *needed);
  gint32 (*get_devices) (PaddockClPlatform platform, guint64 kind, guint32 n, PaddockClDevice *devices, guint32 *n_found);
  gint32 (*get_device_info) (PaddockClDevice device, guint32 what, gsize size, gpointer value, gsize *needed);

  PaddockClContext (*create_context) (const gintptr *properties, guint32 n_devices, const PaddockClDevice *devices,
                                      PaddockClContextNotify notify, gpointer user_data, gint32 *status);
  gint32 (*release_context) (PaddockClContext context);
  PaddockClQueue (*create_queue) (PaddockClContext context, PaddockClDevice device, guint64 properties, gint32 *status);
  gint32 (*release_queue) (PaddockClQueue queue);
  PaddockClMemory (*create_buffer) (PaddockClContext context, guint64 flags, gsize size, gpointer host, gint32 *status);
  gint32 (*release_memory) (PaddockClMemory memory);

  PaddockClProgram (*create_program_with_source) (PaddockClContext context, guint32 n, const char **texts,
                                                  const gsize *lengths, gint32 *status);
  PaddockClProgram (*create_program_with_binary) (PaddockClContext context, guint32 n_devices,
                                                  const PaddockClDevice *devices, const gsize *lengths,
                                                  const guchar **binaries, gint32 *statuses, gint32 *status);
  gint32 (*build_program) (PaddockClProgram program, guint32 n_devices, const PaddockClDevice *devices,
                           const char *options, PaddockClBuildNotify notify, gpointer user_data);
  gint32 (*get_program_info) (PaddockClProgram program, guint32 what, gsize size, gpointer value, gsize *needed);
  gint32 (*get_build_info) (PaddockClProgram program, PaddockClDevice device, guint32 what, gsize size, gpointer value,
                            gsize *needed);
  gint32 (*release_program) (PaddockClProgram program);
  PaddockClKernel (*create_kernel) (PaddockClProgram program, const char *name, gint32 *status);
  gint32 (*set_kernel_argument) (PaddockClKernel kernel, guint32 index, gsize size, gconstpointer value);
  gint32 (*release_kernel) (PaddockClKernel kernel);

  gint32 (*enqueue_write) (PaddockClQueue queue, PaddockClMemory to, guint32 blocking, gsize offset, gsize size,
                           gconstpointer from, guint32 n_before, const PaddockClEvent *before, PaddockClEvent *done);
  gint32 (*enqueue_kernel) (PaddockClQueue queue, PaddockClKernel kernel, guint32 dimensions, const gsize *offset,
                            const gsize *global, const gsize *local, guint32 n_before, const PaddockClEvent *before,
                            PaddockClEvent *done);
  gint32 (*enqueue_read) (PaddockClQueue queue, PaddockClMemory from, guint32 blocking, gsize offset, gsize size,
                          gpointer to, guint32 n_before, const PaddockClEvent *before, PaddockClEvent *done);
  gpointer (*enqueue_map) (PaddockClQueue queue, PaddockClMemory memory, guint32 blocking, guint64 flags, gsize offset,
                           gsize size, guint32 n_before, const PaddockClEvent *before, PaddockClEvent *done,
                           gint32 *status);
  gint32 (*enqueue_unmap) (PaddockClQueue queue, PaddockClMemory memory, gpointer mapped, guint32 n_before,
                           const PaddockClEvent *before, PaddockClEvent *done);
  gint32 (*flush) (PaddockClQueue queue);
  gint32 (*finish) (PaddockClQueue queue);
  gint32 (*wait_for_events) (guint32 n, const PaddockClEvent *events);
  gint32 (*release_event) (PaddockClEvent event);
} PaddockOpenclLibrary;

/* That of the system, looked for once; NULL when there is none. */
const PaddockOpenclLibrary *paddock_opencl_library_get_default (GError **error);

/* FALSE: there is no library of that name, or it is not OpenCL. What was loaded stays for ever. */
gboolean paddock_opencl_library_load (const char *name, PaddockOpenclLibrary *library, GError **error);

G_END_DECLS
