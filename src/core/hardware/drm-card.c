/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/drm-card.h"

#include <stdio.h>
#include <string.h>

#include "hardware/hardware-file.h"

static const char *const showing[] = {
  "ast",        "bochs",         "bochs-drm", "cirrus",    "efidrm",    "evdi",   "gma500",     "gud",
  "hibmc-drm",  "hyperv_drm",    "mgag200",   "ofdrm",     "qxl",       "simple", "simple-framebuffer",
  "simpledrm",  "udl",           "vboxvideo", "vesadrm",   "vgem",      "virtio", "virtio-pci", "virtio_gpu",
  "vkms",       "vmwgfx",        "xen_drm_front", NULL
};

static char *
find_field (const char *text, const char *word)
{
  gsize length = strlen (word);

  while (text != NULL && *text != '\0')
    {
      const char *end = strchrnul (text, '\n');

      if (strncmp (text, word, length) == 0)
        {
          g_autofree char *value = g_strndup (text + length, (gsize) (end - text) - length);

          return paddock_hardware_note_clean (value);
        }
      text = *end == '\n' ? end + 1 : end;
    }
  return NULL;
}

static gboolean
parse_hexadecimal (const char *text, guint32 *number)
{
  guint64 value;

  if (text != NULL && g_str_has_prefix (text, "0x"))
    text += 2;
  if (text == NULL || !g_ascii_string_to_unsigned (text, 16, 0, G_MAXUINT16, &value, NULL))
    return FALSE;
  *number = (guint32) value;
  return TRUE;
}

static guint32
read_identity (const PaddockDrmCard *self, const char *file)
{
  g_autofree char *path = paddock_drm_card_build_path (self, file);
  g_autofree char *text = paddock_hardware_file_read_line (self->root, path);
  guint32 number = 0;

  parse_hexadecimal (text, &number);
  return number;
}

static gboolean
is_address (const char *text)
{
  guint domain, bus, device, function;
  int length = 0;

  return text != NULL && sscanf (text, "%4x:%2x:%2x.%1x%n", &domain, &bus, &device, &function, &length) == 4 &&
         text[length] == '\0';
}

/**
 * paddock_drm_card_new:
 * @root: the directory that holds `sys`
 * @name: which card, "card0"
 *
 * Returns: (transfer full): what the system says of it
 */
PaddockDrmCard *
paddock_drm_card_new (const char *root, const char *name)
{
  PaddockDrmCard *self = g_new0 (PaddockDrmCard, 1);
  g_autofree char *uevent_path = NULL;
  g_autofree char *uevent = NULL;
  g_autofree char *driver_path = NULL;

  self->root = root;
  self->node = g_build_filename ("/sys/class/drm", name, NULL);
  self->path = g_build_filename (self->node, "device", NULL);
  uevent_path = paddock_drm_card_build_path (self, "uevent");
  uevent = paddock_hardware_file_read (root, uevent_path);
  self->driver = find_field (uevent, "DRIVER=");
  self->pci = find_field (uevent, "PCI_SLOT_NAME=");
  if (!is_address (self->pci))
    g_clear_pointer (&self->pci, g_free);
  driver_path = paddock_drm_card_build_path (self, "driver");
  if (self->driver == NULL)
    self->driver = paddock_hardware_file_read_link (root, driver_path);
  self->identity.vendor = read_identity (self, "vendor");
  self->identity.device = read_identity (self, "device");
  self->identity.revision = read_identity (self, "revision");
  return self;
}

void
paddock_drm_card_free (PaddockDrmCard *self)
{
  g_free (self->node);
  g_free (self->path);
  g_free (self->driver);
  g_free (self->pci);
  g_free (self);
}

char *
paddock_drm_card_build_path (const PaddockDrmCard *self, const char *file)
{
  return g_build_filename (self->path, file, NULL);
}

/**
 * paddock_drm_card_only_shows:
 * @self: a card
 *
 * Returns: whether nothing can be computed with it
 */
gboolean
paddock_drm_card_only_shows (const PaddockDrmCard *self)
{
  g_autofree char *nodes = paddock_drm_card_build_path (self, "drm");
  g_auto (GStrv) names = paddock_hardware_file_list (self->root, nodes, "renderD");

  if (self->driver != NULL && g_strv_contains (showing, self->driver))
    return TRUE;
  /* Chips of small computers have displays and renderers apart from each other. */
  return self->pci == NULL && names[0] == NULL;
}
