/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-probe.h"

#include "hardware/hardware-file.h"

#define DMI "/sys/class/dmi/id/"
#define DEVICE_TREE "/proc/device-tree/model"

/* What makers leave in the fields that they do not fill in. */
static gboolean
says_nothing (const char *text)
{
  static const char *const empty[] = {
    "to be filled by o.e.m.", "system product name", "system manufacturer", "default string", "not specified",
    "not applicable", "none", "o.e.m.", "oem", "unknown", "invalid", "system version", "n/a", "0",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (empty); i++)
    if (g_ascii_strcasecmp (text, empty[i]) == 0)
      return TRUE;
  return FALSE;
}

static char *
read_dmi (const char *root, const char *field)
{
  g_autofree char *path = g_strconcat (DMI, field, NULL);
  g_autofree char *text = paddock_hardware_file_read_line (root, path);

  return text != NULL && !says_nothing (text) ? g_steal_pointer (&text) : NULL;
}

/* "LENOVO" "21BR00CDGE" is no name; its makers write the name that people know into the version. */
static gboolean
read_dmi_name (const char *root, PaddockHardwareDraft *draft)
{
  g_autofree char *vendor = read_dmi (root, "sys_vendor");
  gboolean in_version = vendor != NULL && g_ascii_strcasecmp (vendor, "LENOVO") == 0;
  g_autofree char *product = read_dmi (root, in_version ? "product_version" : "product_name");

  if (product == NULL)
    product = read_dmi (root, "product_name");
  if (product == NULL)
    return FALSE;
  if (vendor == NULL || g_str_has_prefix (product, vendor))
    draft->name = g_strdup (product);
  else
    draft->name = g_strdup_printf ("%s %s", vendor, product);
  draft->name_source = g_strdup (DMI "product_name");
  return TRUE;
}

static void
read_tree_name (const char *root, PaddockHardwareDraft *draft)
{
  draft->name = paddock_hardware_file_read_line (root, DEVICE_TREE);
  if (draft->name != NULL)
    draft->name_source = g_strdup (DEVICE_TREE);
}

static gboolean
is_flatpak (const char *root)
{
  return paddock_hardware_file_exists (root, "/.flatpak-info");
}

/* Whatever runs containers leaves a mark for the programs in them. */
static gboolean
is_container (const char *root)
{
  return paddock_hardware_file_exists (root, "/.dockerenv") || paddock_hardware_file_exists (root, "/run/.containerenv") ||
         paddock_hardware_file_exists (root, "/run/systemd/container");
}

void
paddock_hardware_probe_host (const char *root, PaddockHardwareDraft *draft)
{
  if (!read_dmi_name (root, draft))
    read_tree_name (root, draft);
  if (is_flatpak (root))
    {
      draft->sandbox = g_strdup ("flatpak");
      paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_FLATPAK, NULL, NULL);
    }
  else if (is_container (root))
    {
      draft->sandbox = g_strdup ("container");
      paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_CONTAINER, NULL, NULL);
    }
}
