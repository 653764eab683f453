/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-token.h"

#include <string.h>

#include "hub-keyring.h"

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

static gboolean
is_forbidden (void)
{
  return is_set ("HF_HUB_DISABLE_IMPLICIT_TOKEN");
}

static char *
find_in_environment (void)
{
  char *token = paddock_hub_token_clean (g_getenv ("HF_TOKEN"));

  return token != NULL ? token : paddock_hub_token_clean (g_getenv ("HUGGING_FACE_HUB_TOKEN"));
}

static char *
find_in_file (void)
{
  g_autofree char *file = find_file ();
  g_autofree char *text = NULL;

  return g_file_get_contents (file, &text, NULL, NULL) ? paddock_hub_token_clean (text) : NULL;
}

/**
 * paddock_hub_token_find:
 *
 * Returns: (transfer full) (nullable): the person's token
 */
char *
paddock_hub_token_find (void)
{
  char *token;

  if (is_forbidden ())
    return NULL;
  token = find_in_environment ();
  return token != NULL ? token : find_in_file ();
}

static void
finish (GTask *task, char *token, PaddockHubTokenOrigin origin)
{
  g_task_set_task_data (task, GINT_TO_POINTER (token != NULL ? origin : PADDOCK_HUB_TOKEN_NONE), NULL);
  g_task_return_pointer (task, token, g_free);
}

static void
on_looked_up (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *token = paddock_hub_keyring_lookup_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (token != NULL)
    finish (task, token, PADDOCK_HUB_TOKEN_KEYRING);
  else
    {
      token = find_in_file ();
      if (token == NULL && error != NULL)
        g_task_return_error (task, g_steal_pointer (&error));
      else
        finish (task, token, PADDOCK_HUB_TOKEN_FILE);
    }
}

/**
 * paddock_hub_token_load_async:
 * @endpoint: a hub
 * @cancellable: (nullable): to stop
 * @callback: called with the person's token for it
 * @user_data: for @callback
 */
void
paddock_hub_token_load_async (const char *endpoint, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *token = is_forbidden () ? NULL : find_in_environment ();

  g_task_set_source_tag (task, paddock_hub_token_load_async);
  g_task_set_static_name (task, "hub token");
  if (token != NULL || is_forbidden ())
    finish (task, g_steal_pointer (&token), PADDOCK_HUB_TOKEN_ENVIRONMENT);
  else
    paddock_hub_keyring_lookup_async (endpoint, cancellable, on_looked_up, g_steal_pointer (&task));
}

/**
 * paddock_hub_token_load_finish:
 * @result: what the callback was given
 * @origin: (out) (optional): where it was found
 * @error: return location for %PADDOCK_HUB_ERROR_KEYRING or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the token
 */
char *
paddock_hub_token_load_finish (GAsyncResult *result, PaddockHubTokenOrigin *origin, GError **error)
{
  if (origin != NULL)
    *origin = (PaddockHubTokenOrigin) GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));
  return g_task_propagate_pointer (G_TASK (result), error);
}
