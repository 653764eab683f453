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
  char *end = NULL;
  guint64 number = g_ascii_strtoull (text, &end, 10);
  const char *unit = *end != '\0' ? strchr (units, g_ascii_toupper (*end)) : NULL;
  guint shift = unit != NULL ? 10 * (guint) (unit - units + 1) : 0;

  if (!g_ascii_isdigit (*text) || (*end != '\0' && unit == NULL) || number > (G_MAXUINT64 >> shift))
    return FALSE;
  *bytes = number << shift;
  return unit == NULL || end[1] == '\0' || g_ascii_strcasecmp (end + 1, "iB") == 0;
}
