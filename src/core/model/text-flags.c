/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/text-flags.h"

#include <string.h>

/* Accents on accents: three are the most that any script needs. */
#define MAX_MARKS 3
/* Nobody shows more of a description than this. */
#define MAX_PROSE (1u << 20)

static PaddockTextFlags
classify (gunichar character)
{
  if (character == '\t' || character == '\n' || character == '\r')
    return PADDOCK_TEXT_LINES;
  if (character < 0x20 || (character >= 0x7f && character < 0xa0))
    return PADDOCK_TEXT_CONTROL;
  if ((character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069)
      || character == 0x2028 || character == 0x2029)
    return PADDOCK_TEXT_CONTROL;
  if (character == 0x200b || character == 0x200e || character == 0x200f || (character >= 0x2060 && character <= 0x2064)
      || character == 0xfeff || character == 0xad)
    return PADDOCK_TEXT_INVISIBLE;
  return 0;
}

/**
 * paddock_text_flags_scan:
 * @bytes: a text as it stands in a file
 * @length: how many bytes
 *
 * Returns: what is odd about its characters
 */
PaddockTextFlags
paddock_text_flags_scan (const char *bytes, gsize length)
{
  PaddockTextFlags flags = 0;
  const char *end = bytes + length;
  guint marks = 0;

  if (length == 0)
    return 0;
  if (memchr (bytes, '\0', length) != NULL)
    flags |= PADDOCK_TEXT_NUL;
  while (bytes < end)
    {
      gunichar character;

      if ((guchar) *bytes >= 0x20 && (guchar) *bytes < 0x7f)
        {
          bytes++;
          continue;
        }
      if (*bytes == '\0')
        {
          bytes++;
          continue;
        }
      character = g_utf8_get_char_validated (bytes, end - bytes);
      if (character == (gunichar) -1 || character == (gunichar) -2)
        {
          flags |= PADDOCK_TEXT_INVALID;
          bytes++;
          continue;
        }
      flags |= classify (character);
      marks = g_unichar_ismark (character) ? marks + 1 : 0;
      if (marks > MAX_MARKS)
        flags |= PADDOCK_TEXT_CONTROL;
      bytes = g_utf8_next_char (bytes);
    }
  return flags;
}

/* Climbing, an absolute path or a drive. A slash alone is none: models are called owner/name. */
static gboolean
looks_like_path (const char *text)
{
  if (text[0] == '/' || text[0] == '\\' || g_str_has_prefix (text, "~/") || g_str_equal (text, ".") || g_str_equal (text, ".."))
    return TRUE;
  if (g_ascii_isalpha (text[0]) && text[1] == ':' && (text[2] == '\\' || text[2] == '/'))
    return TRUE;
  return strstr (text, "../") != NULL || strstr (text, "..\\") != NULL || g_str_has_suffix (text, "/..")
         || g_ascii_strncasecmp (text, "file:", 5) == 0;
}

static gboolean
looks_like_markup (const char *text)
{
  for (const char *place = strchr (text, '<'); place != NULL; place = strchr (place + 1, '<'))
    if ((g_ascii_isalpha (place[1]) || place[1] == '/' || place[1] == '!' || place[1] == '?')
        && strchr (place, '>') != NULL)
      return TRUE;
  for (const char *place = strchr (text, '&'); place != NULL; place = strchr (place + 1, '&'))
    {
      gsize letters = strspn (place + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#");

      if (letters > 0 && place[1 + letters] == ';')
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_script (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  return strstr (lower, "<script") != NULL || strstr (lower, "javascript:") != NULL || strstr (lower, "onerror=") != NULL
         || strstr (lower, "<iframe") != NULL;
}

static gboolean
looks_like_printf (const char *text)
{
  for (const char *place = strchr (text, '%'); place != NULL; place = strchr (place + 1, '%'))
    {
      gsize width = strspn (place + 1, "0123456789.*$-+#'hlLjzqt");
      char conversion = place[1 + width];

      if (conversion != '\0' && strchr ("diouxXeEfFgGaAcspnm", conversion) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
looks_like_command (const char *text)
{
  const char *tick = strchr (text, '`');

  return strstr (text, "$(") != NULL || strstr (text, "${") != NULL || (tick != NULL && strchr (tick + 1, '`') != NULL);
}

/**
 * paddock_text_flags_scan_syntax:
 * @bytes: a short text as it stands in a file
 * @length: how many bytes
 *
 * Returns: what other than a name it looks like
 */
PaddockTextFlags
paddock_text_flags_scan_syntax (const char *bytes, gsize length)
{
  g_autofree char *text = g_strndup (bytes, MIN (length, 4096));
  PaddockTextFlags flags = 0;

  if (looks_like_path (text))
    flags |= PADDOCK_TEXT_PATH;
  if (looks_like_markup (text))
    flags |= PADDOCK_TEXT_MARKUP;
  if (looks_like_printf (text))
    flags |= PADDOCK_TEXT_PRINTF;
  if (looks_like_command (text))
    flags |= PADDOCK_TEXT_COMMAND;
  return flags;
}

/**
 * paddock_text_flags_scan_prose:
 * @bytes: a longer text as it stands in a file
 * @length: how many bytes
 *
 * Returns: whether it would run where it is shown as HTML
 */
PaddockTextFlags
paddock_text_flags_scan_prose (const char *bytes, gsize length)
{
  g_autofree char *text = g_strndup (bytes, MIN (length, MAX_PROSE));

  return has_script (text) ? PADDOCK_TEXT_MARKUP : 0;
}

/**
 * paddock_text_flags_scan_address:
 * @bytes: what should be the address of a page
 * @length: how many bytes
 *
 * Returns: whether it leads somewhere else than to the web
 */
PaddockTextFlags
paddock_text_flags_scan_address (const char *bytes, gsize length)
{
  g_autofree char *text = g_strndup (bytes, MIN (length, 4096));
  g_autofree char *scheme = g_uri_parse_scheme (text);

  return scheme != NULL && !g_str_equal (scheme, "https") && !g_str_equal (scheme, "http") && !g_str_equal (scheme, "doi")
           ? PADDOCK_TEXT_PATH
           : 0;
}

/**
 * paddock_text_flags_describe:
 * @syntax: flags of paddock_text_flags_scan_syntax()
 *
 * Returns: a word for the first of them
 */
const char *
paddock_text_flags_describe (PaddockTextFlags syntax)
{
  if (syntax & PADDOCK_TEXT_PATH)
    return "a path";
  if (syntax & PADDOCK_TEXT_MARKUP)
    return "markup";
  if (syntax & PADDOCK_TEXT_PRINTF)
    return "a printf directive";
  return "a shell command";
}
