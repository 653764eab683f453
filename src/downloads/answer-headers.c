/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answer-headers.h"

#include "base/hash-text.h"

#include <gio/gio.h>
#include <libsoup/soup.h>
#include <string.h>

/* Longer than that nobody is asked to wait. */
#define MAX_WAIT (24 * 3600)

/* Digits alone, up to the character that ends them; where that is, or NULL. */
static const char *
read_number (const char *text, char end, guint64 *number)
{
  guint64 value = 0;
  const char *at = text;

  for (; g_ascii_isdigit (*at); at++)
    if (__builtin_mul_overflow (value, (guint64)10, &value) ||
        __builtin_add_overflow (value, (guint64) g_ascii_digit_value (*at), &value) || value > G_MAXINT64)
      return NULL;
  if (at == text || *at != end)
    return NULL;
  *number = value;
  return at;
}

/**
 * paddock_answer_headers_read_length:
 * @text: (nullable): of "Content-Length"
 * @length: (out): a length
 *
 * Returns: whether it is one
 */
gboolean
paddock_answer_headers_read_length (const char *text, guint64 *length)
{
  return text != NULL && read_number (text, '\0', length) != NULL;
}

/**
 * paddock_answer_headers_read_range:
 * @text: (nullable): of "Content-Range"
 * @range: (out): the range that is sent
 *
 * Returns: whether it is one
 */
gboolean
paddock_answer_headers_read_range (const char *text, PaddockContentRange *range)
{
  guint64 total;
  const char *at;

  if (text == NULL || g_ascii_strncasecmp (text, "bytes ", strlen ("bytes ")) != 0)
    return FALSE;
  at = read_number (text + strlen ("bytes "), '-', &range->first);
  at = at != NULL ? read_number (at + 1, '/', &range->last) : NULL;
  if (at == NULL || range->first > range->last)
    return FALSE;
  range->total = -1;
  if (g_str_equal (at + 1, "*"))
    return TRUE;
  if (read_number (at + 1, '\0', &total) == NULL || range->last >= total)
    return FALSE;
  range->total = (gint64) total;
  return TRUE;
}

/**
 * paddock_answer_headers_read_unsatisfied:
 * @text: (nullable): of "Content-Range"
 * @total: (out): how long the file is
 *
 * Returns: whether it says that
 */
gboolean
paddock_answer_headers_read_unsatisfied (const char *text, guint64 *total)
{
  return text != NULL && g_ascii_strncasecmp (text, "bytes */", strlen ("bytes */")) == 0 &&
         read_number (text + strlen ("bytes */"), '\0', total) != NULL;
}

/**
 * paddock_answer_headers_is_strong_tag:
 * @text: (nullable): of "ETag"
 *
 * Returns: whether a range may be asked for by it
 */
gboolean
paddock_answer_headers_is_strong_tag (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length < 2 || text[0] != '"' || text[length - 1] != '"')
    return FALSE;
  for (gsize i = 1; i + 1 < length; i++)
    if (text[i] == '"' || (guchar) text[i] <= ' ' || (guchar) text[i] == 0x7f)
      return FALSE;
  return TRUE;
}

/**
 * paddock_answer_headers_dup_sha256:
 * @text: (nullable): of "X-Linked-ETag"
 *
 * Returns: (transfer full) (nullable): the hash that it is
 */
char *
paddock_answer_headers_dup_sha256 (const char *text)
{
  gboolean quoted = text != NULL && *text == '"' && g_str_has_suffix (text + 1, "\"");
  g_autofree char *inside = quoted ? g_strndup (text + 1, strlen (text) - 2) : g_strdup (text);

  return paddock_hash_text_is_sha256 (inside) ? g_ascii_strdown (inside, -1) : NULL;
}

/* What follows a key such as ";t=", in a list that has others. */
static gboolean
find_parameter (const char *text, const char *key, guint64 *value)
{
  const char *found = strstr (text, key);
  const char *digits = found != NULL ? found + strlen (key) : NULL;
  gsize length = digits != NULL ? strspn (digits, "0123456789") : 0;
  g_autofree char *number = digits != NULL ? g_strndup (digits, length) : NULL;

  return number != NULL && read_number (number, '\0', value) != NULL;
}

/**
 * paddock_answer_headers_read_wait:
 * @retry_after: (nullable): of "Retry-After": seconds, or a date
 * @limit: (nullable): of "RateLimit": how much is left, and for how long that is all
 * @now: the time of day, in seconds
 *
 * Returns: how many seconds to wait, or -1 where nothing says so
 */
gint64
paddock_answer_headers_read_wait (const char *retry_after, const char *limit, gint64 now)
{
  g_autoptr (GDateTime) date = NULL;
  guint64 left, seconds;

  /* One more than it says: its clock may be at the end of a second. */
  if (limit != NULL && find_parameter (limit, ";r=", &left) && left == 0 && find_parameter (limit, ";t=", &seconds))
    return (gint64) MIN (seconds, MAX_WAIT) + 1;
  if (retry_after == NULL)
    return -1;
  if (read_number (retry_after, '\0', &seconds) != NULL)
    return (gint64) MIN (seconds, MAX_WAIT);
  date = soup_date_time_new_from_http_string (retry_after);
  return date != NULL ? CLAMP (g_date_time_to_unix (date) - now, 0, MAX_WAIT) : -1;
}
