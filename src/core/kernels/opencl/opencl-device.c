/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kernels/opencl/opencl-device.h"

#include <string.h>

/* A driver that tells more is not believed. */
#define MAX_DEVICES 64
#define MAX_TEXT 4096

static char *
get_text (const PaddockOpenclDevice *self, guint32 what)
{
  char text[MAX_TEXT] = "";

  if (self->library->get_device_info (self->id, what, sizeof text - 1, text, NULL) != PADDOCK_CL_SUCCESS)
    return g_strdup ("");
  return g_strstrip (g_utf8_make_valid (text, -1));
}

static guint64
get_number (const PaddockOpenclDevice *self, guint32 what, gsize size)
{
  guint64 value = 0;
  guint32 small = 0;

  if (size == sizeof small)
    return self->library->get_device_info (self->id, what, size, &small, NULL) == PADDOCK_CL_SUCCESS ? small : 0;
  return self->library->get_device_info (self->id, what, size, &value, NULL) == PADDOCK_CL_SUCCESS ? value : 0;
}

static PaddockOpenclKind
get_kind (const PaddockOpenclDevice *self)
{
  guint64 kind = get_number (self, PADDOCK_CL_DEVICE_TYPE, sizeof (guint64));

  if ((kind & PADDOCK_CL_KIND_GPU) != 0)
    return PADDOCK_OPENCL_KIND_GPU;
  if ((kind & PADDOCK_CL_KIND_ACCELERATOR) != 0)
    return PADDOCK_OPENCL_KIND_ACCELERATOR;
  return (kind & PADDOCK_CL_KIND_CPU) != 0 ? PADDOCK_OPENCL_KIND_CPU : PADDOCK_OPENCL_KIND_OTHER;
}

/* NULL: its results have the bits of the scalar kernels. */
static const char *
find_flaw (const PaddockOpenclDevice *self)
{
  guint64 floats = get_number (self, PADDOCK_CL_DEVICE_SINGLE_FP_CONFIG, sizeof (guint64));
  g_autofree char *profile = get_text (self, PADDOCK_CL_DEVICE_PROFILE);

  if (get_number (self, PADDOCK_CL_DEVICE_AVAILABLE, 4) == 0)
    return "it is not available";
  if (get_number (self, PADDOCK_CL_DEVICE_COMPILER_AVAILABLE, 4) == 0)
    return "it has no compiler";
  if (get_number (self, PADDOCK_CL_DEVICE_ENDIAN_LITTLE, 4) == 0 || G_BYTE_ORDER != G_LITTLE_ENDIAN)
    return "its bytes are in another order";
  if ((floats & PADDOCK_CL_FLOAT_DENORM) == 0)
    return "it takes the smallest numbers for zero";
  if ((floats & PADDOCK_CL_FLOAT_INF_NAN) == 0 || (floats & PADDOCK_CL_FLOAT_ROUND_TO_NEAREST) == 0)
    return "it does not compute as IEEE 754 asks";
  /* An embedded device may round integers as it likes when it makes floats of them. */
  if (strcmp (profile, "FULL_PROFILE") != 0)
    return "it has only the embedded profile";
  return NULL;
}

static PaddockOpenclDevice *
device_new (const PaddockOpenclLibrary *library, PaddockClPlatform platform, PaddockClDevice id)
{
  PaddockOpenclDevice *self = g_new0 (PaddockOpenclDevice, 1);
  char version[MAX_TEXT] = "";

  self->library = library;
  self->platform = platform;
  self->id = id;
  self->name = get_text (self, PADDOCK_CL_DEVICE_NAME);
  self->vendor = get_text (self, PADDOCK_CL_DEVICE_VENDOR);
  self->driver_version = get_text (self, PADDOCK_CL_DRIVER_VERSION);
  library->get_platform_info (platform, PADDOCK_CL_PLATFORM_VERSION, sizeof version - 1, version, NULL);
  self->platform_version = g_strstrip (g_utf8_make_valid (version, -1));
  self->kind = get_kind (self);
  self->memory = get_number (self, PADDOCK_CL_DEVICE_GLOBAL_MEMORY, 8);
  self->max_allocation = get_number (self, PADDOCK_CL_DEVICE_MAX_ALLOCATION, 8);
  self->max_group = (gsize) get_number (self, PADDOCK_CL_DEVICE_MAX_WORK_GROUP_SIZE, sizeof (gsize));
  self->shares_memory = self->kind == PADDOCK_OPENCL_KIND_CPU
                        || get_number (self, PADDOCK_CL_DEVICE_HOST_UNIFIED_MEMORY, sizeof (guint32)) != 0;
  self->unsuited = find_flaw (self);
  return self;
}

PaddockOpenclDevice *
paddock_opencl_device_copy (const PaddockOpenclDevice *self)
{
  PaddockOpenclDevice *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->vendor = g_strdup (self->vendor);
  copy->driver_version = g_strdup (self->driver_version);
  copy->platform_version = g_strdup (self->platform_version);
  return copy;
}

void
paddock_opencl_device_free (PaddockOpenclDevice *self)
{
  g_free (self->name);
  g_free (self->vendor);
  g_free (self->driver_version);
  g_free (self->platform_version);
  g_free (self);
}

/**
 * paddock_opencl_devices_list:
 * @library: (nullable): an OpenCL library; %NULL is the system's
 * @error: return location for an error
 *
 * May take a while at the first time, when drivers start. May be called by any thread.
 *
 * Returns: (transfer full) (nullable) (element-type PaddockOpenclDevice): the devices, at least one
 */
GPtrArray *
paddock_opencl_devices_list (const PaddockOpenclLibrary *library, GError **error)
{
  g_autoptr(GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_opencl_device_free);
  PaddockClPlatform platforms[MAX_DEVICES];
  PaddockClDevice ids[MAX_DEVICES];
  guint32 n_platforms = 0;

  if (library == NULL)
    library = paddock_opencl_library_get_default (error);
  if (library == NULL
      || !paddock_opencl_error_check (library->get_platforms (MAX_DEVICES, platforms, &n_platforms), "list its platforms",
                                      error))
    return NULL;
  for (guint32 p = 0; p < MIN (n_platforms, MAX_DEVICES); p++)
    {
      guint32 n_ids = 0;

      if (library->get_devices (platforms[p], PADDOCK_CL_KIND_ALL, MAX_DEVICES, ids, &n_ids) != PADDOCK_CL_SUCCESS)
        continue;
      for (guint32 i = 0; i < MIN (n_ids, MAX_DEVICES); i++)
        g_ptr_array_add (devices, device_new (library, platforms[p], ids[i]));
    }
  if (devices->len > 0)
    return g_steal_pointer (&devices);
  g_set_error_literal (error, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_NO_DEVICE, "OpenCL knows no device");
  return NULL;
}

/**
 * paddock_opencl_devices_choose:
 * @devices: (element-type PaddockOpenclDevice): devices
 * @error: return location for an error
 *
 * Returns: (transfer none) (nullable): the best of those that are suited
 */
const PaddockOpenclDevice *
paddock_opencl_devices_choose (GPtrArray *devices, GError **error)
{
  const PaddockOpenclDevice *best = NULL;

  for (guint i = 0; i < devices->len; i++)
    {
      const PaddockOpenclDevice *device = g_ptr_array_index (devices, i);

      if (device->unsuited == NULL && (best == NULL || device->kind > best->kind))
        best = device;
    }
  if (best != NULL)
    return best;
  if (devices->len == 0)
    g_set_error_literal (error, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_NO_DEVICE, "OpenCL knows no device");
  else
    {
      const PaddockOpenclDevice *first = g_ptr_array_index (devices, 0);

      g_set_error (error, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_UNSUITED, "%s is not used: %s", first->name,
                   first->unsuited);
    }
  return NULL;
}
