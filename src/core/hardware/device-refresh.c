/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/device-refresh.h"

#include "hardware/hardware-file.h"
#include "hardware/nvml-devices.h"

static char *
build_path (const PaddockHardwareDevice *device, const char *file)
{
  return g_build_filename ("/sys/bus/pci/devices", device->pci, file, NULL);
}

static gboolean
is_driven_by (const PaddockHardwareDevice *device, const char *driver)
{
  return device->pci != NULL && g_strcmp0 (device->driver, driver) == 0;
}

static gboolean
is_asleep (const char *root, const PaddockHardwareDevice *device)
{
  g_autofree char *path = build_path (device, "power/runtime_status");
  g_autofree char *status = paddock_hardware_file_read_line (root, path);

  return g_strcmp0 (status, "suspended") == 0;
}

static void
set_free (PaddockHardwareDevice *device, guint64 value, const char *source)
{
  if (!device->free.overridden && !device->total.overridden)
    paddock_hardware_number_set (&device->free, value, source);
}

static void
refresh_amd (const char *root, PaddockHardwareDevice *device)
{
  g_autofree char *path = build_path (device, "mem_info_vram_used");
  g_autofree char *source = g_strdup_printf ("%s − %s", device->total.source, path);
  g_auto (PaddockHardwareNumber) used = { 0 };

  if (device->total.known && !is_asleep (root, device) &&
      paddock_hardware_file_read_number (root, path, 1, &used, NULL) && used.value <= device->total.value)
    set_free (device, device->total.value - used.value, source);
}

static void
refresh_nvidia (GPtrArray *devices)
{
  g_autoptr (GPtrArray) seen = paddock_nvml_devices_list (PADDOCK_NVML_LIBRARY, NULL);

  for (guint i = 0; i < devices->len; i++)
    for (guint j = 0; seen != NULL && j < seen->len; j++)
      {
        PaddockHardwareDevice *device = g_ptr_array_index (devices, i);
        const PaddockHardwareDevice *now = g_ptr_array_index (seen, j);

        if (is_driven_by (device, "nvidia") && g_strcmp0 (device->pci, now->pci) == 0 && now->free.known)
          set_free (device, now->free.value, now->free.source);
      }
}

/**
 * paddock_device_refresh:
 * @root: "/", or what stands for another computer
 * @devices: (element-type PaddockHardwareDevice): its devices, which are changed
 */
void
paddock_device_refresh (const char *root, GPtrArray *devices)
{
  gboolean nvidia = FALSE;
  gboolean asleep = FALSE;

  for (guint i = 0; i < devices->len; i++)
    {
      PaddockHardwareDevice *device = g_ptr_array_index (devices, i);

      if (is_driven_by (device, "amdgpu"))
        refresh_amd (root, device);
      if (!is_driven_by (device, "nvidia"))
        continue;
      nvidia = TRUE;
      asleep = asleep || is_asleep (root, device);
    }
  /* Its library wakes all cards at once, whichever it is asked about. */
  if (nvidia && !asleep && paddock_hardware_root_is_live (root))
    refresh_nvidia (devices);
}
