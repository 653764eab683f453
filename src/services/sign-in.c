/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in.h"

#include "hub-keyring.h"

struct _PaddockSignIn
{
  GObject parent_instance;

  /* Owned */
  PaddockHubSession *session;
  GCancellable *looking; /* NULL: no token is looked for */
  GCancellable *asking;  /* NULL: the hub is not asked */
  PaddockHubAccount *account;
  GError *problem, *keyring_problem;

  PaddockHubTokenOrigin origin;
  gboolean begun, given, chosen; /* given: what is used may be in the keyring; chosen: the person chose this hub */
};

enum
{
  CHANGED,
  RENEWED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockSignIn, paddock_sign_in, G_TYPE_OBJECT)

static void
stop (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
forget_account (PaddockSignIn *self)
{
  stop (&self->asking);
  g_clear_pointer (&self->account, paddock_hub_account_free);
  g_clear_error (&self->problem);
}

static void
tell (PaddockSignIn *self, gboolean renewed)
{
  g_signal_emit (self, signals[CHANGED], 0);
  if (renewed)
    g_signal_emit (self, signals[RENEWED], 0);
}

static void
use (PaddockSignIn *self, const char *token, PaddockHubTokenOrigin origin)
{
  forget_account (self);
  self->begun = TRUE;
  self->origin = token != NULL ? origin : PADDOCK_HUB_TOKEN_NONE;
  paddock_hub_session_set_token (self->session, token);
  tell (self, TRUE);
}

/* The keyring's absence is only of interest to whoever wants to know about it. */
static void
take_token (PaddockSignIn *self, const char *token, PaddockHubTokenOrigin origin, GError *taken)
{
  g_autoptr (GError) error = taken;

  /* Another question has taken its place. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->looking);
  g_clear_error (&self->keyring_problem);
  self->keyring_problem = g_steal_pointer (&error);
  self->given = token != NULL && origin == PADDOCK_HUB_TOKEN_KEYRING;
  use (self, token, origin);
}

static void
on_loaded (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockSignIn) self = user_data;
  GError *error = NULL;
  PaddockHubTokenOrigin origin;
  g_autofree char *token = paddock_hub_token_load_finish (result, &origin, &error);

  take_token (self, token, origin, error);
}

static void
on_looked_up (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockSignIn) self = user_data;
  GError *error = NULL;
  g_autofree char *token = paddock_hub_keyring_lookup_finish (result, &error);

  take_token (self, token, PADDOCK_HUB_TOKEN_KEYRING, error);
}

static void
look (PaddockSignIn *self)
{
  const char *endpoint = paddock_hub_session_get_endpoint (self->session);

  stop (&self->looking);
  self->looking = g_cancellable_new ();
  if (self->chosen)
    paddock_hub_keyring_lookup_async (endpoint, self->looking, on_looked_up, g_object_ref (self));
  else
    paddock_hub_token_load_async (endpoint, self->looking, on_loaded, g_object_ref (self));
}

static void
on_stored (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockSignIn) self = user_data;

  g_clear_error (&self->keyring_problem);
  paddock_hub_keyring_store_finish (result, &self->keyring_problem);
  tell (self, FALSE);
}

/* Elsewhere there may still be one. */
static void
on_cleared (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockSignIn) self = user_data;

  g_clear_error (&self->keyring_problem);
  if (paddock_hub_keyring_clear_finish (result, &self->keyring_problem))
    look (self);
  else
    tell (self, FALSE);
}

static void
on_asked (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockSignIn) self = user_data;
  g_autoptr (GError) error = NULL;
  PaddockHubAccount *account = paddock_hub_account_ask_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  forget_account (self);
  self->account = account;
  self->problem = g_steal_pointer (&error);
  tell (self, FALSE);
}

static void
paddock_sign_in_dispose (GObject *object)
{
  PaddockSignIn *self = PADDOCK_SIGN_IN (object);

  stop (&self->looking);
  forget_account (self);
  g_clear_error (&self->keyring_problem);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (paddock_sign_in_parent_class)->dispose (object);
}

static void
paddock_sign_in_class_init (PaddockSignInClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_sign_in_dispose;

  /**
   * PaddockSignIn::changed:
   *
   * What is known of the hub, the token or the person is another now.
   */
  signals[CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PaddockSignIn::renewed:
   *
   * Somebody else asks, or another hub is asked.
   */
  signals[RENEWED]
      = g_signal_new ("renewed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
paddock_sign_in_init (PaddockSignIn *self G_GNUC_UNUSED)
{
}

/**
 * paddock_sign_in_new:
 * @session: what everybody asks
 *
 * Returns: (transfer full): who asks it
 */
PaddockSignIn *
paddock_sign_in_new (PaddockHubSession *session)
{
  PaddockSignIn *self = g_object_new (PADDOCK_TYPE_SIGN_IN, NULL);

  self->session = g_object_ref (session);
  return self;
}

void
paddock_sign_in_begin (PaddockSignIn *self)
{
  if (!self->begun && self->looking == NULL)
    look (self);
}

gboolean
paddock_sign_in_is_begun (PaddockSignIn *self)
{
  return self->begun;
}

gboolean
paddock_sign_in_is_fixed (void)
{
  const char *given = g_getenv ("HF_ENDPOINT");

  return given != NULL && *given != '\0';
}

/**
 * paddock_sign_in_set_endpoint:
 * @self: who asks
 * @endpoint: whom they ask
 *
 * Returns: whether that is an address
 */
gboolean
paddock_sign_in_set_endpoint (PaddockSignIn *self, const char *endpoint)
{
  g_autofree char *before = g_strdup (paddock_hub_session_get_endpoint (self->session));

  if (paddock_sign_in_is_fixed ())
    return TRUE;
  if (!paddock_hub_session_set_endpoint (self->session, *endpoint != '\0' ? endpoint : PADDOCK_HUB_ENDPOINT, NULL))
    return FALSE;
  if (g_str_equal (before, paddock_hub_session_get_endpoint (self->session)))
    return TRUE;
  self->chosen = !g_str_equal (paddock_hub_session_get_endpoint (self->session), PADDOCK_HUB_ENDPOINT);
  self->origin = PADDOCK_HUB_TOKEN_NONE;
  self->given = FALSE;
  forget_account (self);
  if (self->begun || self->looking != NULL)
    {
      self->begun = FALSE;
      look (self);
    }
  tell (self, FALSE);
  return TRUE;
}

/**
 * paddock_sign_in_give:
 * @self: who asks
 * @token: what the person gave
 */
void
paddock_sign_in_give (PaddockSignIn *self, const char *token)
{
  stop (&self->looking);
  g_clear_error (&self->keyring_problem);
  self->given = TRUE;
  paddock_hub_keyring_store_async (paddock_hub_session_get_endpoint (self->session), token, NULL, on_stored, g_object_ref (self));
  use (self, token, PADDOCK_HUB_TOKEN_KEYRING);
}

void
paddock_sign_in_sign_out (PaddockSignIn *self)
{
  stop (&self->looking);
  self->given = FALSE;
  use (self, NULL, PADDOCK_HUB_TOKEN_NONE);
  paddock_hub_keyring_clear_async (paddock_hub_session_get_endpoint (self->session), NULL, on_cleared, g_object_ref (self));
}

gboolean
paddock_sign_in_can_sign_out (PaddockSignIn *self)
{
  return self->given;
}

PaddockHubTokenOrigin
paddock_sign_in_get_origin (PaddockSignIn *self)
{
  return self->origin;
}

const GError *
paddock_sign_in_get_keyring_problem (PaddockSignIn *self)
{
  return self->keyring_problem;
}

void
paddock_sign_in_ask (PaddockSignIn *self)
{
  forget_account (self);
  if (self->origin == PADDOCK_HUB_TOKEN_NONE)
    return;
  self->asking = g_cancellable_new ();
  paddock_hub_account_ask_async (self->session, self->asking, on_asked, g_object_ref (self));
}

const PaddockHubAccount *
paddock_sign_in_get_account (PaddockSignIn *self)
{
  return self->account;
}

const GError *
paddock_sign_in_get_problem (PaddockSignIn *self)
{
  return self->problem;
}
