/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-probe.h"

#include <string.h>

#include "hardware/hardware-file.h"
#include "hardware/hardware-merge.h"
#include "hardware/nvml-devices.h"

#define CARDS "/proc/driver/nvidia/gpus"

static char *
find_field (const char *text, const char *word)
{
  const char *line = text != NULL ? strstr (text, word) : NULL;
  g_autofree char *value = NULL;

  if (line == NULL)
    return NULL;
  line += strlen (word);
  value = g_strndup (line, strcspn (line, "\n"));
  return paddock_hardware_note_clean (value);
}

/* "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.90.07  Fri May 31 09:35:42 UTC 2024" */
static char *
read_version (const char *root)
{
  g_autofree char *text = paddock_hardware_file_read (root, "/proc/driver/nvidia/version");
  g_autofree char *line = find_field (text, "NVRM version:");
  g_auto (GStrv) words = g_strsplit (line != NULL ? line : "", " ", -1);

  for (char **word = words; *word != NULL; word++)
    if (g_ascii_isdigit (**word) && strchr (*word, '.') != NULL && strspn (*word, "0123456789.") == strlen (*word))
      return g_strdup (*word);
  return NULL;
}

/* What the driver tells without its library: which cards there are, but not how much memory they have. */
static void
read_cards (const char *root, PaddockHardwareDraft *draft)
{
  g_auto (GStrv) addresses = paddock_hardware_file_list (root, CARDS, "");

  for (char **address = addresses; *address != NULL; address++)
    {
      g_autofree char *path = g_build_filename (CARDS, *address, "information", NULL);
      g_autofree char *text = paddock_hardware_file_read (root, path);
      g_autofree char *id = g_strdup_printf ("pci:%s", *address);
      PaddockHardwareDevice *device;

      if (text == NULL)
        continue;
      device = paddock_hardware_device_new (id, PADDOCK_DEVICE_DISCRETE);
      device->pci = g_strdup (*address);
      device->name = find_field (text, "Model:");
      if (device->name == NULL)
        device->name = g_strdup ("NVIDIA");
      device->driver = g_strdup ("nvidia");
      device->driver_version = read_version (root);
      paddock_hardware_merge (draft, device);
    }
}

void
paddock_hardware_probe_nvml (const char *root, PaddockHardwareDraft *draft)
{
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GError) error = NULL;

  if (paddock_hardware_root_is_live (root))
    devices = paddock_nvml_devices_list (PADDOCK_NVML_LIBRARY, &error);
  while (devices != NULL && devices->len > 0)
    {
      PaddockHardwareDevice *device = paddock_hardware_merge (draft, g_ptr_array_steal_index (devices, 0));

      if (device->kind == PADDOCK_DEVICE_INTEGRATED && !device->shared.known)
        paddock_hardware_number_copy (&device->shared, &draft->memory->total);
    }
  read_cards (root, draft);
  /* Without a card of this maker nobody misses its library. */
  if (error != NULL && (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
                        paddock_hardware_file_exists (root, CARDS)))
    paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_DRIVER_SILENT, "NVML", error->message);
}
