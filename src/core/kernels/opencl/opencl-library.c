/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/opencl/opencl-library.h"

#include <dlfcn.h>
#include <string.h>

/* The name that every loader of OpenCL has had; the one without a number is only for building. */
#define SYSTEM_LIBRARY "libOpenCL.so.1"

typedef struct
{
  const char *name;
  gsize offset;
} Symbol;

#define SYMBOL(name, field) { name, G_STRUCT_OFFSET (PaddockOpenclLibrary, field) }

static const Symbol symbols[] = {
  SYMBOL ("clGetPlatformIDs", get_platforms),
  SYMBOL ("clGetPlatformInfo", get_platform_info),
  SYMBOL ("clGetDeviceIDs", get_devices),
  SYMBOL ("clGetDeviceInfo", get_device_info),
  SYMBOL ("clCreateContext", create_context),
  SYMBOL ("clReleaseContext", release_context),
  SYMBOL ("clCreateCommandQueue", create_queue),
  SYMBOL ("clReleaseCommandQueue", release_queue),
  SYMBOL ("clCreateBuffer", create_buffer),
  SYMBOL ("clReleaseMemObject", release_memory),
  SYMBOL ("clCreateProgramWithSource", create_program_with_source),
  SYMBOL ("clCreateProgramWithBinary", create_program_with_binary),
  SYMBOL ("clBuildProgram", build_program),
  SYMBOL ("clGetProgramInfo", get_program_info),
  SYMBOL ("clGetProgramBuildInfo", get_build_info),
  SYMBOL ("clReleaseProgram", release_program),
  SYMBOL ("clCreateKernel", create_kernel),
  SYMBOL ("clSetKernelArg", set_kernel_argument),
  SYMBOL ("clReleaseKernel", release_kernel),
  SYMBOL ("clEnqueueWriteBuffer", enqueue_write),
  SYMBOL ("clEnqueueNDRangeKernel", enqueue_kernel),
  SYMBOL ("clEnqueueReadBuffer", enqueue_read),
  SYMBOL ("clEnqueueMapBuffer", enqueue_map),
  SYMBOL ("clEnqueueUnmapMemObject", enqueue_unmap),
  SYMBOL ("clFlush", flush),
  SYMBOL ("clFinish", finish),
  SYMBOL ("clWaitForEvents", wait_for_events),
  SYMBOL ("clReleaseEvent", release_event),
};

/**
 * paddock_opencl_library_load:
 * @name: the file name of a shared library
 * @library: (out caller-allocates): its functions
 * @error: return location for an error
 *
 * It is never unloaded: drivers keep threads of their own.
 *
 * Returns: whether all functions are there
 */
gboolean
paddock_opencl_library_load (const char *name, PaddockOpenclLibrary *library, GError **error)
{
  void *handle = dlopen (name, RTLD_NOW | RTLD_LOCAL);

  if (handle == NULL)
    {
      g_set_error (error, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_NOT_AVAILABLE, "OpenCL is not available: %s",
                   dlerror ());
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (symbols); i++)
    {
      void *symbol = dlsym (handle, symbols[i].name);

      if (symbol == NULL)
        {
          g_set_error (error, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_NOT_AVAILABLE,
                       "OpenCL is not available: %s has no %s", name, symbols[i].name);
          dlclose (handle);
          return FALSE;
        }
      memcpy ((guint8 *) library + symbols[i].offset, &symbol, sizeof symbol);
    }
  return TRUE;
}

/**
 * paddock_opencl_library_get_default:
 * @error: return location for an error
 *
 * May be called by any thread.
 *
 * Returns: (transfer none) (nullable): the system's OpenCL
 */
const PaddockOpenclLibrary *
paddock_opencl_library_get_default (GError **error)
{
  static PaddockOpenclLibrary library;
  static GError *problem = NULL;
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
#ifdef PADDOCK_WITH_OPENCL
      paddock_opencl_library_load (SYSTEM_LIBRARY, &library, &problem);
#else
      g_set_error_literal (&problem, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_NOT_AVAILABLE,
                           "This build does not use " SYSTEM_LIBRARY);
#endif
      g_once_init_leave (&ready, 1);
    }
  if (problem == NULL)
    return &library;
  if (error != NULL)
    *error = g_error_copy (problem);
  return NULL;
}
