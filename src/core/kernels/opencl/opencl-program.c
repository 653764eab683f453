/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/opencl/opencl-program.h"

#include <string.h>

#include "kernels/opencl/opencl-cache.h"

/* Nothing that allows the compiler to compute otherwise than it is written. */
#define OPTIONS "-cl-std=CL1.2"
#define MAX_BINARY (64 << 20)
#define MAX_LOG (1 << 20)

static char *
make_key (const PaddockOpenclDevice *device, const char *source)
{
  const char *parts[] = { device->name,    device->vendor, device->driver_version, device->platform_version,
                          source,          OPTIONS,        NULL };

  return paddock_opencl_cache_make_key (parts);
}

/* The first line of what the compiler said. */
static char *
get_log (const PaddockOpenclDevice *device, PaddockClProgram program)
{
  const PaddockOpenclLibrary *cl = device->library;
  g_autofree char *text = NULL;
  g_autofree char *valid = NULL;
  gsize length = 0;

  if (cl->get_build_info (program, device->id, PADDOCK_CL_PROGRAM_BUILD_LOG, 0, NULL, &length) != PADDOCK_CL_SUCCESS
      || length > MAX_LOG)
    return g_strdup ("");
  text = g_malloc0 (length + 1);
  cl->get_build_info (program, device->id, PADDOCK_CL_PROGRAM_BUILD_LOG, length, text, NULL);
  valid = g_strstrip (g_utf8_make_valid (text, -1));
  return g_strndup (valid, strcspn (valid, "\n"));
}

static gboolean
build (const PaddockOpenclDevice *device, PaddockClProgram program, GError **error)
{
  g_autofree char *log = NULL;

  if (device->library->build_program (program, 1, &device->id, OPTIONS, NULL, NULL) == PADDOCK_CL_SUCCESS)
    return TRUE;
  log = get_log (device, program);
  g_set_error (error, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_BUILD_FAILED,
               "The OpenCL compiler of %s refuses the program: %s", device->name, log);
  return FALSE;
}

static PaddockClProgram
load (const PaddockOpenclDevice *device, PaddockClContext context, GBytes *binary)
{
  const PaddockOpenclLibrary *cl = device->library;
  gsize length;
  const guchar *bytes = g_bytes_get_data (binary, &length);
  gint32 status = PADDOCK_CL_SUCCESS, loaded = PADDOCK_CL_SUCCESS;
  PaddockClProgram program = cl->create_program_with_binary (context, 1, &device->id, &length, &bytes, &loaded, &status);

  if (program == NULL)
    return NULL;
  if (status == PADDOCK_CL_SUCCESS && loaded == PADDOCK_CL_SUCCESS && build (device, program, NULL))
    return program;
  cl->release_program (program);
  return NULL;
}

static void
keep (const PaddockOpenclDevice *device, PaddockClProgram program, const char *key)
{
  const PaddockOpenclLibrary *cl = device->library;
  g_autoptr(GBytes) binary = NULL;
  guchar *bytes;
  gsize length = 0;

  if (cl->get_program_info (program, PADDOCK_CL_PROGRAM_BINARY_SIZES, sizeof length, &length, NULL) != PADDOCK_CL_SUCCESS
      || length == 0 || length > MAX_BINARY)
    return;
  bytes = g_malloc (length);
  binary = g_bytes_new_take (bytes, length);
  if (cl->get_program_info (program, PADDOCK_CL_PROGRAM_BINARIES, sizeof bytes, &bytes, NULL) == PADDOCK_CL_SUCCESS)
    paddock_opencl_cache_store (key, binary);
}

/**
 * paddock_opencl_program_make:
 * @device: a device
 * @context: a context of it
 * @family: which program
 * @error: return location for an error
 *
 * The first time it takes as long as the device's compiler does. A program in the cache that the driver refuses is
 * built again.
 *
 * Returns: (transfer full) (nullable): the program
 */
PaddockClProgram
paddock_opencl_program_make (const PaddockOpenclDevice *device, PaddockClContext context, PaddockOpenclFamily family,
                             GError **error)
{
  const PaddockOpenclLibrary *cl = device->library;
  g_autofree char *source = paddock_opencl_source_make (family);
  g_autofree char *key = make_key (device, source);
  g_autoptr(GBytes) binary = paddock_opencl_cache_load (key);
  PaddockClProgram program = binary != NULL ? load (device, context, binary) : NULL;
  const char *text = source;
  gint32 status = PADDOCK_CL_SUCCESS;

  if (program != NULL)
    return program;
  program = cl->create_program_with_source (context, 1, &text, NULL, &status);
  if (!paddock_opencl_error_check (program == NULL && status == PADDOCK_CL_SUCCESS ? PADDOCK_CL_BUILD_FAILURE : status,
                                   "take a program", error))
    return NULL;
  if (!build (device, program, error))
    {
      cl->release_program (program);
      return NULL;
    }
  keep (device, program, key);
  return program;
}
