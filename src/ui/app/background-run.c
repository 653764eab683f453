/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/background-run.h"

#include <glib/gi18n.h>

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define NOTICE "background"

struct _PaddockBackgroundRun
{
  GObject parent_instance;

  /* Owned */
  GDBusConnection *connection;       /* on which the portal is asked; NULL: nobody is */
  GCancellable *cancellable;         /* likewise */

  /* Borrowed */
  GApplication *application;

  guint subscription;                /* to the answer */
  guint n_asked;
  gboolean told;                     /* the person can read of it */
};

enum
{
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockBackgroundRun, paddock_background_run, G_TYPE_OBJECT)

static void
forget_question (PaddockBackgroundRun *self)
{
  if (self->connection == NULL)
    return;
  g_dbus_connection_signal_unsubscribe (self->connection, self->subscription);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->connection);
}

static void
tell (PaddockBackgroundRun *self, const char *title, const char *body, const char *button)
{
  g_autoptr (GNotification) notice = g_notification_new (title);

  g_notification_set_body (notice, body);
  g_notification_set_default_action (notice, "app.show-downloads");
  if (button != NULL)
    g_notification_add_button (notice, button, "app.quit");
  g_application_send_notification (self->application, NOTICE, notice);
}

static void
refuse (PaddockBackgroundRun *self)
{
  forget_question (self);
  self->told = FALSE;
  tell (self, _("Downloads Have Stopped"),
        _("This desktop lets no program go on without a window. They go on when Paddock is opened."), NULL);
  g_signal_emit (self, signals[REFUSED], 0);
}

static void
on_response (GDBusConnection *connection G_GNUC_UNUSED,
             const char *sender G_GNUC_UNUSED,
             const char *path G_GNUC_UNUSED,
             const char *interface G_GNUC_UNUSED,
             const char *signal G_GNUC_UNUSED,
             GVariant *parameters,
             gpointer user_data)
{
  PaddockBackgroundRun *self = user_data;
  g_autoptr (GVariant) results = NULL;
  gboolean allowed = FALSE;
  guint response;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    return;
  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  g_variant_lookup (results, "background", "b", &allowed);
  if (response != 0 || !allowed)
    refuse (self);
  else
    forget_question (self);
}

/* Where there is no portal, nobody keeps a program from going on. */
static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockBackgroundRun) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    forget_question (self);
}

/* The answer may come before the question has returned. */
static void
ask (PaddockBackgroundRun *self, GDBusConnection *connection)
{
  g_autofree char *token = g_strdup_printf ("paddock%u", ++self->n_asked);
  g_autofree char *sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (connection) + 1), ".", '_');
  g_autofree char *request = g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
  GVariantBuilder options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason", g_variant_new_string (_("Models are being downloaded")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (FALSE));
  self->connection = g_object_ref (connection);
  self->cancellable = g_cancellable_new ();
  self->subscription = g_dbus_connection_signal_subscribe (connection, PORTAL, "org.freedesktop.portal.Request", "Response",
                                                           request, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_response, self, NULL);
  g_dbus_connection_call (connection, PORTAL, PORTAL_PATH, "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(sa{sv})", "", &options), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          self->cancellable, on_asked, g_object_ref (self));
}

static void
paddock_background_run_dispose (GObject *object)
{
  forget_question (PADDOCK_BACKGROUND_RUN (object));
  G_OBJECT_CLASS (paddock_background_run_parent_class)->dispose (object);
}

static void
paddock_background_run_class_init (PaddockBackgroundRunClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_background_run_dispose;

  /**
   * PaddockBackgroundRun::refused:
   *
   * The desktop does not want it.
   */
  signals[REFUSED] = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
paddock_background_run_init (PaddockBackgroundRun *self G_GNUC_UNUSED)
{
}

/**
 * paddock_background_run_new:
 * @application: which goes on
 *
 * Returns: (transfer full): nothing that is under way
 */
PaddockBackgroundRun *
paddock_background_run_new (GApplication *application)
{
  PaddockBackgroundRun *self = g_object_new (PADDOCK_TYPE_BACKGROUND_RUN, NULL);

  self->application = application;
  return self;
}

void
paddock_background_run_begin (PaddockBackgroundRun *self)
{
  GDBusConnection *connection = g_application_get_dbus_connection (self->application);

  forget_question (self);
  tell (self, _("Downloads Go On"), _("Paddock goes on without a window until they are done."), _("Stop and Quit"));
  self->told = TRUE;
  if (connection != NULL)
    ask (self, connection);
}

void
paddock_background_run_end (PaddockBackgroundRun *self)
{
  forget_question (self);
  if (self->told)
    g_application_withdraw_notification (self->application, NOTICE);
  self->told = FALSE;
}
