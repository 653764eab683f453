/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-refusal.h"

#include <string.h>

#include "hub-error.h"
#include "hub-json.h"

static const char *
get_header (SoupMessage *message, const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (message), name);
}

/* How a gate stands is said in words alone. */
static PaddockHubError
find_gate (const char *said, gboolean has_token)
{
  if (!has_token)
    return PADDOCK_HUB_ERROR_TOKEN;
  if (said != NULL && strstr (said, "awaiting") != NULL)
    return PADDOCK_HUB_ERROR_WAITING;
  if (said != NULL && strstr (said, "rejected") != NULL)
    return PADDOCK_HUB_ERROR_REFUSED;
  return PADDOCK_HUB_ERROR_GATED;
}

static PaddockHubError
find_code (SoupMessage *message, const char *said, gboolean has_token)
{
  guint status = soup_message_get_status (message);

  if (g_strcmp0 (get_header (message, "X-Error-Code"), "GatedRepo") == 0)
    return find_gate (said, has_token);
  switch (status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      /* Without a token, what is not there looks like what is private. */
      return has_token ? PADDOCK_HUB_ERROR_TOKEN : PADDOCK_HUB_ERROR_UNKNOWN;
    case SOUP_STATUS_FORBIDDEN:
      return PADDOCK_HUB_ERROR_DENIED;
    case SOUP_STATUS_NOT_FOUND:
    case SOUP_STATUS_GONE:
      return PADDOCK_HUB_ERROR_NOT_FOUND;
    case 429:
      return PADDOCK_HUB_ERROR_BUSY;
    case SOUP_STATUS_BAD_REQUEST:
      return PADDOCK_HUB_ERROR_INVALID;
    default:
      return status >= 500 || status == SOUP_STATUS_REQUEST_TIMEOUT ? PADDOCK_HUB_ERROR_SERVER : PADDOCK_HUB_ERROR_ANSWER;
    }
}

/**
 * paddock_hub_refusal_new:
 * @message: a question with another answer than was hoped for
 * @root: (nullable): its body
 * @has_token: whether the hub was told who asks
 *
 * Returns: (transfer full): the error
 */
GError *
paddock_hub_refusal_new (SoupMessage *message, JsonNode *root, gboolean has_token)
{
  const char *said = get_header (message, "X-Error-Message");
  guint status = soup_message_get_status (message);
  g_autofree char *text = NULL;

  if (said == NULL && root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    said = paddock_hub_json_get_string (json_node_get_object (root), "error");
  text = said != NULL ? g_utf8_make_valid (said, -1)
                      : g_strdup_printf ("the hub answers %u %s", status, soup_status_get_phrase (status));
  return g_error_new_literal (PADDOCK_HUB_ERROR, (gint) find_code (message, said, has_token), text);
}
