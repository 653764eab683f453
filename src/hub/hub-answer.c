/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-answer.h"

#include <string.h>

/**
 * paddock_hub_answer_ref:
 * @self: an answer
 *
 * Returns: (transfer full): @self
 */
PaddockHubAnswer *
paddock_hub_answer_ref (PaddockHubAnswer *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_answer (gpointer data)
{
  PaddockHubAnswer *self = data;

  g_free (self->url);
  g_free (self->next);
  g_clear_pointer (&self->root, json_node_unref);
}

/**
 * paddock_hub_answer_unref:
 * @self: (transfer full): an answer
 */
void
paddock_hub_answer_unref (PaddockHubAnswer *self)
{
  g_atomic_rc_box_release_full (self, clear_answer);
}

/**
 * paddock_hub_answer_find_next:
 * @link: (nullable): of "Link"
 *
 * Returns: (transfer full) (nullable): path and query of the next page
 */
char *
paddock_hub_answer_find_next (const char *link)
{
  for (const char *at = link; at != NULL && (at = strchr (at, '<')) != NULL;)
    {
      const char *end = strchr (at, '>');
      const char *following = end != NULL ? strchr (end, '<') : NULL;
      g_autofree char *address = end != NULL ? g_strndup (at + 1, (gsize) (end - at - 1)) : NULL;
      g_autoptr (GUri) uri = NULL;

      if (end == NULL)
        return NULL;
      if (g_strstr_len (end, following != NULL ? following - end : -1, "rel=\"next\"") != NULL)
        {
          const char *query;

          uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
          query = uri != NULL ? g_uri_get_query (uri) : NULL;
          return uri == NULL || *g_uri_get_path (uri) != '/' ? NULL
                 : query != NULL                             ? g_strconcat (g_uri_get_path (uri), "?", query, NULL)
                                                             : g_strdup (g_uri_get_path (uri));
        }
      at = end;
    }
  return NULL;
}
