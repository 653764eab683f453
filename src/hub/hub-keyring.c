/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-keyring.h"

#include <libsecret/secret.h>

#include "hub-error.h"
#include "hub-token.h"
#include "paddock-config.h"

static const SecretSchema schema = {
  .name = PADDOCK_APPLICATION_ID ".Hub",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "endpoint", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

/* Takes the error. What is not the person's own wish is the keyring's absence, in one of many ways. */
static GError *
translate (GError *problem)
{
  GError *error;

  if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return problem;
  g_dbus_error_strip_remote_error (problem);
  error
      = g_error_new (PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_KEYRING, "the desktop’s keyring does not answer: %s", problem->message);
  g_error_free (problem);
  return error;
}

static GTask *
make_task (gpointer tag, const char *name, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_static_name (task, name);
  return task;
}

static void
on_found (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *password = secret_password_lookup_finish (result, &error);
  char *token = paddock_hub_token_clean (password);

  secret_password_free (password);
  if (error != NULL)
    g_task_return_error (task, translate (error));
  else
    g_task_return_pointer (task, token, g_free);
}

/**
 * paddock_hub_keyring_lookup_async:
 * @endpoint: a hub
 * @cancellable: (nullable): to stop
 * @callback: called with the token
 * @user_data: for @callback
 */
void
paddock_hub_keyring_lookup_async (const char *endpoint,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = make_task (paddock_hub_keyring_lookup_async, "keyring lookup", cancellable, callback, user_data);

  secret_password_lookup (&schema, cancellable, on_found, task, "endpoint", endpoint, NULL);
}

/**
 * paddock_hub_keyring_lookup_finish:
 * @result: what the callback was given
 * @error: return location for %PADDOCK_HUB_ERROR_KEYRING or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the token
 */
char *
paddock_hub_keyring_lookup_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_stored (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, translate (error));
}

/**
 * paddock_hub_keyring_store_async:
 * @endpoint: a hub
 * @token: for it
 * @cancellable: (nullable): to stop
 * @callback: called when it is kept
 * @user_data: for @callback
 */
void
paddock_hub_keyring_store_async (
    const char *endpoint, const char *token, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = make_task (paddock_hub_keyring_store_async, "keyring store", cancellable, callback, user_data);
  g_autofree char *label = g_strdup_printf ("Paddock: %s", endpoint);

  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, token, cancellable, on_stored, task, "endpoint", endpoint,
                         NULL);
}

/**
 * paddock_hub_keyring_store_finish:
 * @result: what the callback was given
 * @error: return location for %PADDOCK_HUB_ERROR_KEYRING or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it is kept
 */
gboolean
paddock_hub_keyring_store_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_cleared (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, translate (error));
}

/**
 * paddock_hub_keyring_clear_async:
 * @endpoint: a hub
 * @cancellable: (nullable): to stop
 * @callback: called when no token for it is kept any more
 * @user_data: for @callback
 */
void
paddock_hub_keyring_clear_async (const char *endpoint, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = make_task (paddock_hub_keyring_clear_async, "keyring clear", cancellable, callback, user_data);

  secret_password_clear (&schema, cancellable, on_cleared, task, "endpoint", endpoint, NULL);
}

/**
 * paddock_hub_keyring_clear_finish:
 * @result: what the callback was given
 * @error: return location for %PADDOCK_HUB_ERROR_KEYRING or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it is forgotten
 */
gboolean
paddock_hub_keyring_clear_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
