/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-token.h"

#include <string.h>

#define MAX_BYTES 16384

/**
 * paddock_hub_token_clean:
 * @text: (nullable): what may be a token
 *
 * Returns: (transfer full) (nullable): it, fit for a header
 */
char *
paddock_hub_token_clean (const char *text)
{
  g_autofree char *token = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  if (token == NULL || *token == '\0' || strlen (token) > MAX_BYTES)
    return NULL;
  for (const char *at = token; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      return NULL;
  return g_steal_pointer (&token);
}

static gboolean
is_set (const char *variable)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0' && !g_str_equal (value, "0") && g_ascii_strcasecmp (value, "false") != 0;
}

static char *
find_file (void)
{
  const char *path = g_getenv ("HF_TOKEN_PATH"), *home = g_getenv ("HF_HOME");

  if (path != NULL && *path != '\0')
    return g_strdup (path);
  return home != NULL && *home != '\0' ? g_build_filename (home, "token", NULL)
                                       : g_build_filename (g_get_user_cache_dir (), "huggingface", "token", NULL);
}

/**
 * paddock_hub_token_find:
 *
 * Returns: (transfer full) (nullable): the person's token
 */
char *
paddock_hub_token_find (void)
{
  g_autofree char *file = NULL;
  g_autofree char *text = NULL;
  char *token;

  if (is_set ("HF_HUB_DISABLE_IMPLICIT_TOKEN"))
    return NULL;
  token = paddock_hub_token_clean (g_getenv ("HF_TOKEN"));
  if (token == NULL)
    token = paddock_hub_token_clean (g_getenv ("HUGGING_FACE_HUB_TOKEN"));
  if (token != NULL)
    return token;
  file = find_file ();
  return g_file_get_contents (file, &text, NULL, NULL) ? paddock_hub_token_clean (text) : NULL;
}
