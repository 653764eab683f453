/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/drm-card.h"

#include "hardware/hardware-file.h"

/* Where graphics in the processor have been since there are any. */
#define INTEGRATED_ADDRESS "0000:00:02.0"
#define SMALL_MEMORY (G_GUINT64_CONSTANT (4) << 30)

/* A chip may be made of several parts with memory of their own, which the newer driver shows one by one. */
static void
read_tiles (const PaddockDrmCard *self, PaddockHardwareDevice *device, PaddockHardwareDraft *draft)
{
  g_auto (GStrv) tiles = paddock_hardware_file_list (self->root, self->path, "tile");
  g_autofree char *source = paddock_drm_card_build_path (self, "tile*/physical_vram_size_bytes");
  guint64 sum = 0;

  for (char **tile = tiles; *tile != NULL; tile++)
    {
      g_autofree char *path = g_build_filename (self->path, *tile, "physical_vram_size_bytes", NULL);
      g_auto (PaddockHardwareNumber) number = { 0 };

      /* With a part missing the sum would be too small. */
      if (!paddock_hardware_file_exists (self->root, path) ||
          !paddock_hardware_file_read_number (self->root, path, 1, &number, draft) ||
          __builtin_add_overflow (sum, number.value, &sum))
        return;
    }
  if (sum > 0)
    paddock_hardware_number_set (&device->total, sum, source);
}

/* What the older driver shows, where its maker's own version is installed. */
static void
read_local (const PaddockDrmCard *self, PaddockHardwareDevice *device, PaddockHardwareDraft *draft)
{
  g_autofree char *total = g_build_filename (self->node, "lmem_total_bytes", NULL);
  g_autofree char *available = g_build_filename (self->node, "lmem_avail_bytes", NULL);

  if (paddock_hardware_file_exists (self->root, total) &&
      paddock_hardware_file_read_number (self->root, total, 1, &device->total, draft) && device->total.value == 0)
    paddock_hardware_number_clear (&device->total);
  if (device->total.known && paddock_hardware_file_exists (self->root, available) &&
      paddock_hardware_file_read_number (self->root, available, 1, &device->free, draft) &&
      device->free.value > device->total.value)
    paddock_hardware_number_clear (&device->free);
}

/* The driver of Vulkan takes no more than this part of the computer's memory, and the kernel sets no limit. */
static void
read_shared (const PaddockDrmCard *self, PaddockHardwareDevice *device, PaddockHardwareDraft *draft)
{
  g_autofree char *text = paddock_hardware_file_read (self->root, "/proc/meminfo");
  g_auto (PaddockHardwareNumber) memory = { 0 };

  if (text == NULL ||
      !paddock_hardware_file_find_number (text, "/proc/meminfo", "MemTotal:", 1024, &memory, draft) || memory.value == 0)
    return;
  if (memory.value <= SMALL_MEMORY)
    paddock_hardware_number_set (&device->shared, memory.value / 2, "/proc/meminfo MemTotal ÷ 2 (the limit of Mesa)");
  else
    paddock_hardware_number_set (&device->shared, memory.value / 4 * 3, "/proc/meminfo MemTotal × 3/4 (the limit of Mesa)");
  device->note = paddock_hardware_note_new (PADDOCK_HARDWARE_NOTE_DEVICE_SHARES_MEMORY, NULL, NULL);
}

/**
 * paddock_drm_card_read_intel:
 * @self: a card that i915 or xe drives
 * @device: what is told of it
 * @draft: where its notes go
 */
void
paddock_drm_card_read_intel (const PaddockDrmCard *self, PaddockHardwareDevice *device, PaddockHardwareDraft *draft)
{
  paddock_hardware_device_add_backend (device, "vulkan");
  if (g_strcmp0 (self->pci, INTEGRATED_ADDRESS) == 0)
    {
      device->kind = PADDOCK_DEVICE_INTEGRATED;
      read_shared (self, device, draft);
      return;
    }
  read_local (self, device, draft);
  if (!device->total.known)
    read_tiles (self, device, draft);
}
