/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-probe.h"

#include <string.h>

#include "hardware/drm-card.h"
#include "hardware/hardware-file.h"
#include "hardware/hardware-merge.h"

#define MAX_CARDS 64

typedef struct
{
  const char *driver;
  void (*read) (const PaddockDrmCard *card, PaddockHardwareDevice *device, PaddockHardwareDraft *draft);
} DriverRule;

static const DriverRule rules[] = {
  { "amdgpu", paddock_drm_card_read_amd },
  { "i915", paddock_drm_card_read_intel },
  { "xe", paddock_drm_card_read_intel },
};

/* Drivers that come with the kernel mostly have no version but the kernel's. */
static char *
read_driver_version (const char *root, const char *driver)
{
  g_autofree char *path = g_build_filename ("/sys/module", driver, "version", NULL);
  g_autofree char *release = NULL;
  char *version = paddock_hardware_file_read_line (root, path);

  if (version != NULL)
    return version;
  release = paddock_hardware_file_read_line (root, "/proc/sys/kernel/osrelease");
  return release != NULL ? g_strdup_printf ("Linux %s", release) : NULL;
}

static PaddockHardwareDevice *
read_card (const PaddockDrmCard *card, PaddockHardwareDraft *draft)
{
  g_autofree char *id = card->pci != NULL ? g_strdup_printf ("pci:%s", card->pci)
                                          : g_strdup_printf ("drm:%s", card->node + sizeof "/sys/class/drm");
  /* What is on no bus is a part of the chip that the processor is on. */
  g_autoptr (PaddockHardwareDevice) device =
    paddock_hardware_device_new (id, card->pci != NULL ? PADDOCK_DEVICE_DISCRETE : PADDOCK_DEVICE_INTEGRATED);

  device->pci = g_strdup (card->pci);
  device->driver = g_strdup (card->driver);
  if (card->driver != NULL)
    device->driver_version = read_driver_version (card->root, card->driver);
  if (card->identity.vendor != 0)
    device->name = paddock_pci_names_find (card->root, &card->identity);
  else
    device->name = g_strdup_printf ("Graphics (%s)", card->driver != NULL ? card->driver : "no driver");
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_strcmp0 (rules[i].driver, card->driver) == 0)
      rules[i].read (card, device, draft);
  return g_steal_pointer (&device);
}

/* "card0" and "renderD128", but not "card0-DP-1", which is one of its sockets. */
static gboolean
is_card (const char *name, const char *prefix)
{
  return g_ascii_string_to_unsigned (name + strlen (prefix), 10, 0, G_MAXUINT, NULL, NULL);
}

static void
read_cards (const char *root, const char *prefix, GPtrArray *seen, PaddockHardwareDraft *draft)
{
  g_auto (GStrv) names = paddock_hardware_file_list (root, "/sys/class/drm", prefix);

  for (char **name = names; *name != NULL && seen->len < MAX_CARDS; name++)
    {
      g_autoptr (PaddockDrmCard) card = NULL;

      if (!is_card (*name, prefix))
        continue;
      card = paddock_drm_card_new (root, *name);
      if (paddock_drm_card_only_shows (card) ||
          (card->pci != NULL && g_ptr_array_find_with_equal_func (seen, card->pci, g_str_equal, NULL)))
        continue;
      /* One that is on no bus has been seen by its other node, which comes first. */
      if (card->pci == NULL && g_str_equal (prefix, "renderD") && seen->len > 0)
        continue;
      g_ptr_array_add (seen, g_strdup (card->pci != NULL ? card->pci : *name));
      paddock_hardware_merge (draft, read_card (card, draft));
    }
}

void
paddock_hardware_probe_drm (const char *root, PaddockHardwareDraft *draft)
{
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func (g_free);

  read_cards (root, "card", seen, draft);
  read_cards (root, "renderD", seen, draft);
}
