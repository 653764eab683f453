/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/units.h"

#include <string.h>

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/**
 * paddock_units_format_size:
 * @bytes: a number of bytes
 *
 * Returns: (transfer full): the size in powers of ten, by the locale: "4.9 GB"
 */
char *
paddock_units_format_size (guint64 bytes)
{
  return g_format_size (bytes);
}

/* Three digits that matter, without zeros at the end: "8.03", "70.6", "494", "7". */
static char *
format_three_digits (double value)
{
  char *text = g_strdup_printf ("%.*f", value < 9.995 ? 2 : value < 99.95 ? 1 : 0, value);
  char *last = text + strlen (text) - 1;

  if (value >= 99.95)
    return text;
  while (*last == '0')
    *last-- = '\0';
  /* The decimal point of a locale can be several bytes long; it is whatever is no digit. */
  while (!g_ascii_isdigit (*last))
    *last-- = '\0';
  return text;
}

/**
 * paddock_units_format_parameters:
 * @parameters: how many parameters a model has, or a negative number if nobody knows
 *
 * Returns: (transfer full) (nullable): "8.03 B", "494 M", or %NULL below 0
 */
char *
paddock_units_format_parameters (gint64 parameters)
{
  static const struct
  {
    double size;
    const char *letter;
  } steps[] = { { 1e3, "K" }, { 1e6, "M" }, { 1e9, "B" }, { 1e12, "T" } };
  g_autofree char *number = NULL;
  double value = (double) parameters;
  guint step = 0;

  if (parameters < 0)
    return NULL;
  if (parameters < 1000)
    return g_strdup_printf ("%" G_GINT64_FORMAT, parameters);
  /* What would round to 1000 of one step is 1 of the next. */
  while (step + 1 < G_N_ELEMENTS (steps) && value / steps[step].size >= 999.5)
    step++;
  number = format_three_digits (value / steps[step].size);
  return g_strdup_printf ("%s %s", number, steps[step].letter);
}

/**
 * paddock_units_format_count:
 * @count: a number of things
 *
 * Returns: (transfer full): the number with the locale's grouping of digits
 */
char *
paddock_units_format_count (guint64 count)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
}

static char *
format_two (guint64 large, const char *large_unit, guint64 small, const char *small_unit)
{
  if (small == 0)
    return g_strdup_printf ("%" G_GUINT64_FORMAT " %s", large, large_unit);
  return g_strdup_printf ("%" G_GUINT64_FORMAT " %s %" G_GUINT64_FORMAT " %s", large, large_unit, small, small_unit);
}

/**
 * paddock_units_format_duration:
 * @seconds: a span of time
 *
 * Returns: (transfer full): "12 s", "3 min", "1 h 20 min", "2 d 3 h"
 */
char *
paddock_units_format_duration (guint64 seconds)
{
  guint64 minutes = seconds / MINUTE + (seconds % MINUTE >= MINUTE / 2 ? 1 : 0);
  guint64 hours = seconds / HOUR + (seconds % HOUR >= HOUR / 2 ? 1 : 0);

  if (seconds < MINUTE)
    return g_strdup_printf ("%" G_GUINT64_FORMAT " s", seconds);
  if (minutes < 60)
    return g_strdup_printf ("%" G_GUINT64_FORMAT " min", minutes);
  if (minutes < DAY / MINUTE)
    return format_two (minutes / 60, "h", minutes % 60, "min");
  return format_two (hours / 24, "d", hours % 24, "h");
}

/* Characters that would break a line, move the cursor, turn the text's direction or hide in it. The two joiners stay:
 * scripts and emoji need them. */
static gboolean
is_unshowable (gunichar character)
{
  if (character == 0x200c || character == 0x200d)
    return FALSE;
  switch (g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SURROGATE:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Appends one character, as itself or escaped. Returns how many characters that made. */
static gsize
append_showable (GString *text, gunichar character)
{
  gsize before = text->len;

  if (!is_unshowable (character))
    {
      g_string_append_unichar (text, character);
      return 1;
    }
  if (character == '\n')
    g_string_append (text, "\\n");
  else if (character == '\r')
    g_string_append (text, "\\r");
  else if (character == '\t')
    g_string_append (text, "\\t");
  else if (character < 0x100)
    g_string_append_printf (text, "\\x%02x", character);
  else if (character < 0x10000)
    g_string_append_printf (text, "\\u%04x", character);
  else
    g_string_append_printf (text, "\\U%08x", character);
  return text->len - before;
}

/**
 * paddock_units_escape:
 * @bytes: (array length=length): what stands in a file
 * @length: how many bytes, or -1 if they end with NUL
 * @max_chars: how many characters may come out, 0 for as many as it takes
 *
 * Makes bytes from a file showable in one line: valid UTF-8, with control and direction characters (and bytes that
 * are no UTF-8) made visible. What is too long ends in "…".
 *
 * Returns: (transfer full): the text
 */
char *
paddock_units_escape (const char *bytes, gssize length, gsize max_chars)
{
  gsize left = length < 0 ? strlen (bytes) : (gsize) length;
  GString *text = g_string_sized_new (MIN (left, 256));
  gsize chars = 0;
  gsize cut = 0;   /* where the text ends if "…" must follow */

  while (left > 0)
    {
      gunichar character = g_utf8_get_char_validated (bytes, (gssize) MIN (left, 6));
      gboolean valid = character != (gunichar) -1 && character != (gunichar) -2;
      gsize used = valid ? (gsize) g_unichar_to_utf8 (character, NULL) : 1;

      if (valid)
        chars += append_showable (text, character);
      else
        {
          g_string_append_printf (text, "\\x%02x", (guint8) *bytes);
          chars += 4;
        }
      if (max_chars > 0 && chars > max_chars)
        {
          g_string_truncate (text, cut);
          g_string_append (text, "…");
          break;
        }
      if (chars < max_chars)
        cut = text->len;
      bytes += used;
      left -= used;
    }
  return g_string_free (text, FALSE);
}
