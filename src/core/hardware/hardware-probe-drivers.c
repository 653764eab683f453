/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-probe.h"

#include "hardware/device-helper.h"
#include "hardware/hardware-file.h"
#include "hardware/hardware-merge.h"
#include "hardware/opencl-devices.h"
#include "hardware/vulkan-devices.h"

static void
ask (const char *interface, const char *library, PaddockHardwareDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = paddock_device_helper_ask (interface, library, PADDOCK_DEVICE_HELPER_SECONDS, &error);

  while (devices != NULL && devices->len > 0)
    paddock_hardware_merge (draft, g_ptr_array_steal_index (devices, 0));
  /* That it is not installed is nothing to worry about. */
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_DRIVER_SILENT,
                                 g_str_equal (interface, "vulkan") ? "Vulkan" : "OpenCL", error->message);
}

void
paddock_hardware_probe_vulkan (const char *root, PaddockHardwareDraft *draft)
{
  if (paddock_hardware_root_is_live (root))
    ask ("vulkan", PADDOCK_VULKAN_LIBRARY, draft);
}

void
paddock_hardware_probe_opencl (const char *root, PaddockHardwareDraft *draft)
{
  if (paddock_hardware_root_is_live (root))
    ask ("opencl", PADDOCK_OPENCL_LIBRARY_NAME, draft);
}
