/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/number-text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define PER_SECOND "/s"

/* From the largest of each kind to the smallest; the first kind is that of memory, which is sold in the name of the second. */
static const struct
{
  const char *name;
  double bytes;
} units[] = {
  { "TiB", 0x1p40 }, { "GiB", 0x1p30 }, { "MiB", 0x1p20 }, { "KiB", 0x1p10 },
  { "TB", 1e12 },    { "GB", 1e9 },     { "MB", 1e6 },     { "KB", 1e3 },     { "B", 1 },
};

static gboolean
find_unit (const char *text, double *bytes)
{
  *bytes = 1e9;
  if (*text == '\0')
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (units[i].name, text) == 0)
      {
        *bytes = units[i].bytes;
        return TRUE;
      }
  return FALSE;
}

/* Takes the blanks away, also those between number and unit that languages keep from being broken. */
static char *
squeeze (const char *text)
{
  GString *squeezed = g_string_new (NULL);

  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)) && g_utf8_get_char (text) != 0x202f)
      g_string_append_unichar (squeezed, g_utf8_get_char (text));
  return g_string_free (squeezed, FALSE);
}

/**
 * paddock_number_text_parse:
 * @text: what a person wrote
 * @kind: what it means
 * @value: return location for the number, in bytes where it is a size
 *
 * Returns: whether it is one
 */
gboolean
paddock_number_text_parse (const char *text, PaddockNumberKind kind, guint64 *value)
{
  g_autofree char *plain = squeeze (text);
  char *end = plain;
  double number;
  double bytes = 1;

  /* What else the language's function takes for a number: a sign, "inf", "0x10". */
  if (!g_ascii_isdigit (*plain) || g_ascii_strncasecmp (plain, "0x", 2) == 0)
    return FALSE;
  if (kind == PADDOCK_NUMBER_COUNT)
    return g_ascii_string_to_unsigned (plain, 10, 0, PADDOCK_HARDWARE_NUMBER_MAX, value, NULL);
  number = g_strtod (plain, &end);
  if (kind == PADDOCK_NUMBER_SPEED && g_str_has_suffix (end, PER_SECOND))
    end[strlen (end) - strlen (PER_SECOND)] = '\0';
  if (!find_unit (end, &bytes) || !isfinite (number) || number * bytes > (double) PADDOCK_HARDWARE_NUMBER_MAX)
    return FALSE;
  *value = (guint64) llround (number * bytes);
  return TRUE;
}

/**
 * paddock_number_text_format:
 * @value: a number
 * @kind: what it means
 *
 * Returns: (transfer full): a text for an entry, in the unit that makes it short
 */
char *
paddock_number_text_format (guint64 value, PaddockNumberKind kind)
{
  const char *suffix = kind == PADDOCK_NUMBER_SPEED ? PER_SECOND : "";
  gsize unit = 0;

  if (kind == PADDOCK_NUMBER_COUNT)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, value);
  /* Memory of graphics cards is sold as 24 GB and has 24 GiB. */
  if (value > 0 && value % (1u << 30) == 0)
    return g_strdup_printf ("%" G_GUINT64_FORMAT " GiB%s", value >> 30, suffix);
  while (unit + 1 < G_N_ELEMENTS (units) && (units[unit].name[1] == 'i' || (double) value < units[unit].bytes))
    unit++;
  return g_strdup_printf ("%.2f %s%s", (double) value / units[unit].bytes, units[unit].name, suffix);
}

/**
 * paddock_number_text_dup_reason:
 * @kind: what was asked for
 *
 * Returns: (transfer full): why a text was refused, with an example
 */
char *
paddock_number_text_dup_reason (PaddockNumberKind kind)
{
  switch (kind)
    {
    case PADDOCK_NUMBER_COUNT:
      return g_strdup (_("Write a whole number, such as 8"));
    case PADDOCK_NUMBER_SPEED:
      return g_strdup (_("Write a speed, such as 80 GB/s"));
    case PADDOCK_NUMBER_SIZE:
    default:
      return g_strdup (_("Write a size, such as 24 GB or 24 GiB"));
    }
}
