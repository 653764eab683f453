/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/pci-names.h"

#include <string.h>

#define MAX_LIST_BYTES (16u << 20)

typedef struct
{
  guint32 id;
  const char *name;
} Vendor;

static const Vendor vendors[] = {
  { 0x1002, "AMD" },
  { 0x1022, "AMD" },
  { 0x106b, "Apple" },
  { 0x10de, "NVIDIA" },
  { 0x13b5, "Arm" },
  { 0x1ed5, "Moore Threads" },
  { 0x5143, "Qualcomm" },
  { 0x8086, "Intel" },
};

/* Where distributions put the lists; in a sandbox those of the system outside are used. */
static const char *const general_lists[] = {
  "usr/share/hwdata/pci.ids", "usr/share/misc/pci.ids", "run/host/usr/share/hwdata/pci.ids", "run/host/usr/share/misc/pci.ids",
  NULL
};
static const char *const amd_lists[] = { "usr/share/libdrm/amdgpu.ids", "run/host/usr/share/libdrm/amdgpu.ids", NULL };

static char *
read_list (const char *root, const char *const *names)
{
  for (; *names != NULL; names++)
    {
      g_autofree char *path = g_build_filename (root, *names, NULL);
      g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);

      if (file == NULL || g_mapped_file_get_length (file) > MAX_LIST_BYTES)
        continue;
      return g_strndup (g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
    }
  return NULL;
}

const char *
paddock_pci_names_find_vendor (guint32 vendor)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vendors); i++)
    if (vendors[i].id == vendor)
      return vendors[i].name;
  return NULL;
}

/* Calls go down the lines of a list; the end of each is made a zero. */
static char *
next_line (char **rest)
{
  char *line = *rest;

  if (line == NULL || *line == '\0')
    return NULL;
  *rest = strchr (line, '\n');
  if (*rest != NULL)
    *(*rest)++ = '\0';
  return line;
}

/* A line of libdrm's list is "744C,\tC8,\tAMD Radeon RX 7900 XTX". */
static char *
find_amd (const char *root, const PaddockPciIdentity *identity)
{
  g_autofree char *list = read_list (root, amd_lists);
  g_autofree char *wanted = g_strdup_printf ("%04X,\t%02X,\t", identity->device, identity->revision);
  char *rest = list;

  for (char *line = next_line (&rest); line != NULL; line = next_line (&rest))
    if (g_ascii_strncasecmp (line, wanted, strlen (wanted)) == 0)
      return g_strstrip (g_utf8_make_valid (line + strlen (wanted), -1));
  return NULL;
}

/* "Navi 31 [Radeon RX 7900 XT/7900 XTX]" tells the chip before the name under which it is sold. */
static char *
get_sold_name (const char *name)
{
  const char *open = strrchr (name, '[');
  const char *close = open != NULL ? strchr (open, ']') : NULL;

  return close != NULL && close > open + 1 ? g_strndup (open + 1, (gsize) (close - open - 1)) : g_strdup (name);
}

/* Vendors begin a line, their devices are indented by one tab, and parts of those by two. */
static char *
find_general (const char *root, const PaddockPciIdentity *identity, char **vendor)
{
  g_autofree char *list = read_list (root, general_lists);
  g_autofree char *wanted_vendor = g_strdup_printf ("%04x  ", identity->vendor);
  g_autofree char *wanted_device = g_strdup_printf ("\t%04x  ", identity->device);
  gboolean inside = FALSE;
  char *rest = list;

  for (char *line = next_line (&rest); line != NULL; line = next_line (&rest))
    {
      if (*line == '#' || *line == '\0')
        continue;
      if (*line != '\t' && inside)
        return NULL;
      if (g_str_has_prefix (line, wanted_vendor))
        {
          *vendor = g_strstrip (g_utf8_make_valid (line + strlen (wanted_vendor), -1));
          inside = TRUE;
        }
      else if (inside && g_str_has_prefix (line, wanted_device))
        return g_strstrip (g_utf8_make_valid (line + strlen (wanted_device), -1));
    }
  return NULL;
}

/**
 * paddock_pci_names_find:
 * @root: the directory that holds `usr`
 * @identity: what the card says that it is
 *
 * Returns: (transfer full): how a person calls it
 */
char *
paddock_pci_names_find (const char *root, const PaddockPciIdentity *identity)
{
  const char *short_name = paddock_pci_names_find_vendor (identity->vendor);
  g_autofree char *vendor = NULL;
  g_autofree char *full = NULL;
  g_autofree char *sold = NULL;

  if (identity->vendor == 0x1002)
    {
      char *name = find_amd (root, identity);

      if (name != NULL && *name != '\0')
        return name;
      g_free (name);
    }
  full = find_general (root, identity, &vendor);
  if (short_name == NULL)
    short_name = vendor != NULL ? vendor : "Unknown";
  if (full == NULL || *full == '\0')
    return g_strdup_printf ("%s graphics 0x%04x", short_name, identity->device);
  sold = get_sold_name (full);
  return g_str_has_prefix (sold, short_name) ? g_steal_pointer (&sold) : g_strdup_printf ("%s %s", short_name, sold);
}
