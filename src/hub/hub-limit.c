/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-limit.h"

#include <libsoup/soup.h>
#include <string.h>

/* Longer than its windows are, nobody waits for the hub. */
#define MAX_WAIT 900
/* When it does not say how long. */
#define USUAL_WAIT 30

/* What follows a name such as ";t=". */
static gboolean
find_number (const char *text, const char *name, guint64 *number)
{
  const char *found = strstr (text, name);
  char *end;

  if (found == NULL || !g_ascii_isdigit (found[strlen (name)]))
    return FALSE;
  *number = g_ascii_strtoull (found + strlen (name), &end, 10);
  return TRUE;
}

static gint64
read_retry (const char *text, gint64 now)
{
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds;

  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &seconds, NULL))
    return (gint64) MIN (seconds, MAX_WAIT);
  date = soup_date_time_new_from_http_string (text);
  return date != NULL ? CLAMP (g_date_time_to_unix (date) - now, 0, MAX_WAIT) : -1;
}

/**
 * paddock_hub_limit_read:
 * @limit: (nullable): of "RateLimit": how much is left, and for how long that is all
 * @retry_after: (nullable): of "Retry-After"
 * @is_refusal: whether it was asked too often already
 * @now: the time of day, in seconds
 *
 * Returns: until when to wait, or 0
 */
gint64
paddock_hub_limit_read (const char *limit, const char *retry_after, gboolean is_refusal, gint64 now)
{
  gint64 wait = -1;
  guint64 left, seconds;

  /* One second more than it says: its clock may be at the end of one. */
  if (limit != NULL && find_number (limit, ";r=", &left) && left == 0 && find_number (limit, ";t=", &seconds))
    wait = (gint64) MIN (seconds, MAX_WAIT) + 1;
  else if (is_refusal && retry_after != NULL)
    wait = read_retry (retry_after, now);
  if (wait < 0 && is_refusal)
    wait = USUAL_WAIT;
  return wait > 0 ? now + wait : 0;
}
