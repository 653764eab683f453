/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockOpenclError:
 * @PADDOCK_OPENCL_ERROR_NOT_AVAILABLE: there is no OpenCL on this system, which is normal
 * @PADDOCK_OPENCL_ERROR_NO_DEVICE: there is, but it knows no device
 * @PADDOCK_OPENCL_ERROR_UNSUITED: the device would not give the same bits as the processor
 * @PADDOCK_OPENCL_ERROR_BUILD_FAILED: its compiler refuses our program
 * @PADDOCK_OPENCL_ERROR_DEVICE_LOST: a command failed
 * @PADDOCK_OPENCL_ERROR_OUT_OF_MEMORY: the device has too little memory left
 */
typedef enum
{
  PADDOCK_OPENCL_ERROR_NOT_AVAILABLE,
  PADDOCK_OPENCL_ERROR_NO_DEVICE,
  PADDOCK_OPENCL_ERROR_UNSUITED,
  PADDOCK_OPENCL_ERROR_BUILD_FAILED,
  PADDOCK_OPENCL_ERROR_DEVICE_LOST,
  PADDOCK_OPENCL_ERROR_OUT_OF_MEMORY
} PaddockOpenclError;

#define PADDOCK_OPENCL_ERROR (paddock_opencl_error_quark ())
GQuark paddock_opencl_error_quark (void);

/* TRUE when @status is success; else says what was being done and OpenCL's number. */
gboolean paddock_opencl_error_check (gint32 status, const char *what, GError **error);

G_END_DECLS
