/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-account.h"

#include "hub-error.h"
#include "hub-json.h"

/**
 * paddock_hub_account_free:
 * @self: (transfer full): an account
 */
void
paddock_hub_account_free (PaddockHubAccount *self)
{
  g_free (self->name);
  g_free (self->full_name);
  g_free (self->role);
  g_free (self);
}

static const char *
find_role (JsonObject *object)
{
  JsonObject *how = paddock_hub_json_get_object (object, "auth");
  JsonObject *token = how != NULL ? paddock_hub_json_get_object (how, "accessToken") : NULL;

  return token != NULL ? paddock_hub_json_get_string (token, "role") : NULL;
}

/**
 * paddock_hub_account_read:
 * @root: (nullable): what the hub said
 *
 * Returns: (transfer full) (nullable): the account
 */
PaddockHubAccount *
paddock_hub_account_read (JsonNode *root)
{
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *name = object != NULL ? paddock_hub_json_get_string (object, "name") : NULL;
  PaddockHubAccount *self;

  if (name == NULL || *name == '\0')
    return NULL;
  self = g_new0 (PaddockHubAccount, 1);
  self->name = g_strdup (name);
  self->full_name = g_strdup (paddock_hub_json_get_string (object, "fullname"));
  self->role = g_strdup (find_role (object));
  return self;
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (PaddockHubAnswer) answer = paddock_hub_session_ask_finish (PADDOCK_HUB_SESSION (source), result, &error);
  PaddockHubAccount *account = answer != NULL ? paddock_hub_account_read (answer->root) : NULL;

  if (answer == NULL)
    g_task_return_error (task, error);
  else if (account == NULL)
    g_task_return_new_error (task, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_ANSWER, "%s: the hub does not tell who it is",
                             answer->url);
  else
    {
      account->from_cache = answer->from_cache;
      g_task_return_pointer (task, account, (GDestroyNotify) paddock_hub_account_free);
    }
}

/**
 * paddock_hub_account_ask_async:
 * @session: a session
 * @cancellable: (nullable): to stop
 * @callback: called with the account
 * @user_data: for @callback
 */
void
paddock_hub_account_ask_async (PaddockHubSession *session,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);

  g_task_set_source_tag (task, paddock_hub_account_ask_async);
  g_task_set_static_name (task, "hub account");
  paddock_hub_session_ask_async (session, "/api/whoami-v2", cancellable, on_answer, g_steal_pointer (&task));
}

/**
 * paddock_hub_account_ask_finish:
 * @result: what the callback was given
 * @error: return location for %PADDOCK_HUB_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the account
 */
PaddockHubAccount *
paddock_hub_account_ask_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
