/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/drm-card.h"

#include <fcntl.h>
#include <unistd.h>

#include "hardware/hardware-file.h"

/* Where the metrics of the driver begin: two bytes of length, the format, and its revision. */
#define METRICS_HEADER 4
#define METRICS_FORMAT 2

/* Processors with graphics in them. The metrics tell it better, but not every kernel or user has them. */
static const guint16 integrated[] = {
  0x1114, 0x1304, 0x1309, 0x130a, 0x130c, 0x130f, 0x1313, 0x1315, 0x1318, 0x131c, 0x131d, 0x13c0, 0x1435, 0x1506,
  0x150e, 0x1586, 0x15bf, 0x15c8, 0x15d8, 0x15dd, 0x15e7, 0x1636, 0x1638, 0x163f, 0x164c, 0x164d, 0x164e, 0x1681,
  0x1900, 0x1901, 0x9830, 0x9832, 0x9850, 0x9851, 0x9874, 0x98e4,
};

/* Discrete cards have metrics of the first format, integrated ones of the second and third; 0: there are none. */
static guint
read_metrics_format (const PaddockDrmCard *self)
{
  g_autofree char *metrics_path = paddock_drm_card_build_path (self, "gpu_metrics");
  g_autofree char *path = paddock_hardware_file_build (self->root, metrics_path);
  guint8 header[METRICS_HEADER];
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gssize n;

  if (fd < 0)
    return 0;
  n = read (fd, header, sizeof header);
  close (fd);
  return n == sizeof header ? header[METRICS_FORMAT] : 0;
}

static gboolean
is_integrated (const PaddockDrmCard *self)
{
  guint format = read_metrics_format (self);

  if (format >= 1 && format <= 3)
    return format != 1;
  for (gsize i = 0; i < G_N_ELEMENTS (integrated); i++)
    if (integrated[i] == self->identity.device)
      return TRUE;
  return FALSE;
}

static gboolean
read_number (const PaddockDrmCard *self, const char *file, PaddockHardwareNumber *number, PaddockHardwareDraft *draft)
{
  g_autofree char *path = paddock_drm_card_build_path (self, file);

  return paddock_hardware_file_read_number (self->root, path, 1, number, draft);
}

static void
read_free (const PaddockDrmCard *self, PaddockHardwareDevice *device, PaddockHardwareDraft *draft)
{
  g_auto (PaddockHardwareNumber) used = { 0 };
  g_autofree char *source = NULL;

  if (!device->total.known || !read_number (self, "mem_info_vram_used", &used, draft) || used.value > device->total.value)
    return;
  source = g_strdup_printf ("%s − mem_info_vram_used", device->total.source);
  paddock_hardware_number_set (&device->free, device->total.value - used.value, source);
}

static void
explain (PaddockHardwareDevice *device)
{
  g_autofree char *own = g_format_size_full (device->total.value, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *shared = g_format_size_full (device->shared.value, G_FORMAT_SIZE_IEC_UNITS);

  if (device->total.known && device->shared.known)
    device->note = paddock_hardware_note_new (PADDOCK_HARDWARE_NOTE_DEVICE_CARVE_OUT, own, shared);
}

/**
 * paddock_drm_card_read_amd:
 * @self: a card that amdgpu drives
 * @device: what is told of it
 * @draft: where its notes go
 */
void
paddock_drm_card_read_amd (const PaddockDrmCard *self, PaddockHardwareDevice *device, PaddockHardwareDraft *draft)
{
  g_auto (PaddockHardwareNumber) reach = { 0 };

  /* No card has none: a zero is a driver that did not start. */
  if (read_number (self, "mem_info_vram_total", &device->total, draft) && device->total.value == 0)
    paddock_hardware_number_clear (&device->total);
  read_free (self, device, draft);
  if (is_integrated (self))
    {
      device->kind = PADDOCK_DEVICE_INTEGRATED;
      if (read_number (self, "mem_info_gtt_total", &device->shared, draft) && device->shared.value == 0)
        paddock_hardware_number_clear (&device->shared);
      explain (device);
    }
  else if (device->total.known && read_number (self, "mem_info_vis_vram_total", &reach, draft) &&
           reach.value < device->total.value && reach.value > 0)
    {
      g_autofree char *size = g_format_size_full (reach.value, G_FORMAT_SIZE_IEC_UNITS);

      device->note = paddock_hardware_note_new (PADDOCK_HARDWARE_NOTE_DEVICE_SMALL_WINDOW, size, NULL);
    }
  paddock_hardware_device_add_backend (device, "vulkan");
  if (paddock_hardware_file_exists (self->root, "/sys/class/kfd/kfd/topology"))
    paddock_hardware_device_add_backend (device, "rocm");
}
