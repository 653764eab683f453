/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/web-origin.h"

/**
 * paddock_web_origin_is_same:
 * @a: an address with a host
 * @b: another
 *
 * Returns: whether scheme, host and port are the same
 */
gboolean
paddock_web_origin_is_same (GUri *a, GUri *b)
{
  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b)) &&
         g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0 && g_uri_get_port (a) == g_uri_get_port (b);
}
