/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/opencl/opencl-error.h"

#include "kernels/opencl/opencl-abi.h"

G_DEFINE_QUARK (paddock-opencl-error-quark, paddock_opencl_error)

static PaddockOpenclError
code_of (gint32 status)
{
  switch (status)
    {
    case PADDOCK_CL_NO_PLATFORM:
      return PADDOCK_OPENCL_ERROR_NOT_AVAILABLE;
    case PADDOCK_CL_DEVICE_NOT_FOUND:
      return PADDOCK_OPENCL_ERROR_NO_DEVICE;
    case PADDOCK_CL_BUILD_FAILURE:
      return PADDOCK_OPENCL_ERROR_BUILD_FAILED;
    case PADDOCK_CL_ALLOCATION_FAILED:
    case PADDOCK_CL_OUT_OF_RESOURCES:
    case PADDOCK_CL_OUT_OF_HOST_MEMORY:
      return PADDOCK_OPENCL_ERROR_OUT_OF_MEMORY;
    default:
      return PADDOCK_OPENCL_ERROR_DEVICE_LOST;
    }
}

/**
 * paddock_opencl_error_check:
 * @status: what a function of OpenCL returned
 * @what: what was to be done: "read from the device"
 * @error: return location for an error
 *
 * Returns: whether it succeeded
 */
gboolean
paddock_opencl_error_check (gint32 status, const char *what, GError **error)
{
  if (status == PADDOCK_CL_SUCCESS)
    return TRUE;
  g_set_error (error, PADDOCK_OPENCL_ERROR, (gint) code_of (status), "OpenCL could not %s (error %d)", what, status);
  return FALSE;
}
