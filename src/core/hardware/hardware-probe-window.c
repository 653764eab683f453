/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-probe.h"

#include <stdio.h>

#include "hardware/hardware-file.h"

/* The window through which the processor sees a card's memory. With “Resizable BAR” it is as large as the memory, made
 * up to a power of two: an upper bound where nobody tells more. */

/* Smaller windows are the fixed ones of 256 MiB and less, which show a part of the memory. */
#define MIN_WINDOW (G_GUINT64_CONSTANT (512) << 20)
/* The six windows of a device; what follows them are its firmware and the functions that it lends. */
#define N_WINDOWS 6
#define WINDOW_IS_MEMORY 0x200u
#define WINDOW_IS_PREFETCHABLE 0x2000u

static guint64
find_largest (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", N_WINDOWS + 1);
  guint64 largest = 0;

  for (guint i = 0; i < N_WINDOWS && lines[i] != NULL; i++)
    {
      const guint64 wanted = WINDOW_IS_MEMORY | WINDOW_IS_PREFETCHABLE;
      guint64 first, last, flags;

      if (sscanf (lines[i], "%" G_GINT64_MODIFIER "x %" G_GINT64_MODIFIER "x %" G_GINT64_MODIFIER "x", &first, &last,
                  &flags) == 3 &&
          first < last && (flags & wanted) == wanted)
        largest = MAX (largest, last - first);
    }
  return largest;
}

void
paddock_hardware_probe_window (const char *root, PaddockHardwareDraft *draft)
{
  for (guint i = 0; i < draft->devices->len; i++)
    {
      PaddockHardwareDevice *device = g_ptr_array_index (draft->devices, i);
      g_autofree char *path = NULL;
      g_autofree char *source = NULL;
      g_autofree char *text = NULL;
      guint64 largest;

      if (device->total.known || device->kind != PADDOCK_DEVICE_DISCRETE || device->pci == NULL)
        continue;
      path = g_build_filename ("/sys/bus/pci/devices", device->pci, "resource", NULL);
      text = paddock_hardware_file_read (root, path);
      largest = text != NULL ? find_largest (text) : 0;
      source = g_strdup_printf ("%s (at most: the size of the PCI window)", path);
      if (largest >= MIN_WINDOW && largest < PADDOCK_HARDWARE_NUMBER_MAX)
        paddock_hardware_number_set (&device->total, largest + 1, source);
    }
}
