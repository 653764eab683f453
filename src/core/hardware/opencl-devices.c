/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/opencl-devices.h"

#include <string.h>

#include "hardware/hardware-file.h"
#include "hardware/hardware-merge.h"

/* What tells where a device is: the general way, and those of two makers from before there was one. */
#define PCI_PLACE 0x410f
#define NVIDIA_BUS 0x4008
#define NVIDIA_SLOT 0x4009
#define NVIDIA_DOMAIN 0x400a
#define AMD_TOPOLOGY 0x4037
#define AMD_TOPOLOGY_LENGTH 24
#define HOST_UNIFIED_MEMORY 0x1035

static gboolean
get_info (const PaddockOpenclDevice *device, guint32 what, gpointer value, gsize size)
{
  return device->library->get_device_info (device->id, what, size, value, NULL) == PADDOCK_CL_SUCCESS;
}

static char *
find_place (const PaddockOpenclDevice *device)
{
  guint32 place[4] = { 0 };
  guint8 topology[AMD_TOPOLOGY_LENGTH] = { 0 };

  if (get_info (device, PCI_PLACE, place, sizeof place) && place[1] <= G_MAXUINT8 && place[2] < 32 && place[3] < 8)
    return paddock_hardware_merge_format_address (place[0], place[1], place[2], place[3]);
  memset (place, 0, sizeof place);
  if (get_info (device, NVIDIA_BUS, place, sizeof *place) && get_info (device, NVIDIA_SLOT, place + 1, sizeof *place) &&
      place[0] <= G_MAXUINT8 && place[1] <= G_MAXUINT8)
    {
      get_info (device, NVIDIA_DOMAIN, place + 2, sizeof *place);
      return paddock_hardware_merge_format_address (place[2], place[0], place[1] >> 3, place[1] & 7);
    }
  /* The first byte says that the last three are a place on this bus. */
  if (get_info (device, AMD_TOPOLOGY, topology, sizeof topology) && topology[0] == 1)
    return paddock_hardware_merge_format_address (0, topology[21], topology[22] & 31, topology[23] & 7);
  return NULL;
}

/**
 * paddock_opencl_device_describe:
 * @device: a device as OpenCL tells of it
 * @index: which one of its devices
 *
 * Returns: (transfer full) (nullable): the same as a part of this computer; %NULL: it is the processor itself
 */
PaddockHardwareDevice *
paddock_opencl_device_describe (const PaddockOpenclDevice *device, guint index)
{
  static const char source[] = "OpenCL CL_DEVICE_GLOBAL_MEM_SIZE";
  g_autofree char *id = g_strdup_printf ("OpenCL%u", index);
  PaddockHardwareDevice *described;
  guint32 unified = 0;

  if (device->kind == PADDOCK_OPENCL_KIND_CPU)
    return NULL;
  described = paddock_hardware_device_new (id, PADDOCK_DEVICE_DISCRETE);
  if (get_info (device, HOST_UNIFIED_MEMORY, &unified, sizeof unified) && unified != 0)
    described->kind = PADDOCK_DEVICE_INTEGRATED;
  described->name = paddock_hardware_note_clean (device->name);
  described->driver = g_strdup ("OpenCL");
  described->driver_version = paddock_hardware_note_clean (device->driver_version);
  described->pci = find_place (device);
  if (described->pci != NULL)
    {
      g_free (described->id);
      described->id = g_strdup_printf ("pci:%s", described->pci);
    }
  if (device->memory > 0)
    paddock_hardware_number_set (
      described->kind == PADDOCK_DEVICE_DISCRETE ? &described->total : &described->shared, device->memory, source);
  paddock_hardware_device_add_backend (described, "opencl");
  return described;
}

/**
 * paddock_opencl_devices_describe:
 * @library: the file name of the library
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable) (element-type PaddockHardwareDevice): the devices
 */
GPtrArray *
paddock_opencl_devices_describe (const char *library, GError **error)
{
  g_autoptr (GPtrArray) described = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hardware_device_free);
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GError) problem = NULL;
  PaddockOpenclLibrary functions;

  if (paddock_opencl_library_load (library, &functions, &problem))
    devices = paddock_opencl_devices_list (&functions, &problem);
  if (devices == NULL)
    {
      gboolean nothing = g_error_matches (problem, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_NOT_AVAILABLE) ||
                         g_error_matches (problem, PADDOCK_OPENCL_ERROR, PADDOCK_OPENCL_ERROR_NO_DEVICE);

      g_set_error_literal (error, G_IO_ERROR, nothing ? G_IO_ERROR_NOT_FOUND : G_IO_ERROR_FAILED, problem->message);
      return NULL;
    }
  for (guint i = 0; i < devices->len; i++)
    {
      PaddockHardwareDevice *device = paddock_opencl_device_describe (g_ptr_array_index (devices, i), i);

      if (device != NULL)
        g_ptr_array_add (described, device);
    }
  return g_steal_pointer (&described);
}
