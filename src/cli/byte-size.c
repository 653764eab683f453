/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "byte-size.h"

#include <string.h>

/**
 * paddock_byte_size_parse:
 * @text: digits, and a unit of powers of 1024
 * @bytes: (out): what they mean
 *
 * Returns: whether they mean anything
 */
gboolean
paddock_byte_size_parse (const char *text, guint64 *bytes)
{
  static const char units[] = "KMGT";
  const char *end = text + strspn (text, "0123456789");
  g_autofree char *digits = g_strndup (text, (gsize) (end - text));
  guint64 number;
  const char *unit = *end != '\0' ? strchr (units, g_ascii_toupper (*end)) : NULL;
  guint shift = unit != NULL ? 10 * (guint) (unit - units + 1) : 0;

  if (!g_ascii_string_to_unsigned (digits, 10, 0, G_MAXUINT64 >> shift, &number, NULL) || (*end != '\0' && unit == NULL))
    return FALSE;
  *bytes = number << shift;
  return unit == NULL || end[1] == '\0' || g_ascii_strcasecmp (end + 1, "iB") == 0;
}
