/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "preferences/hub-group.h"

#include "base/units.h"
#include "discover/discover-problem.h"
#include "discover/sign-in-dialog.h"
#include "hub-error.h"
#include "widgets/lasting-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#define ENDPOINT "hub-endpoint"
#define NAME_CHARS 60

struct _PaddockHubGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  GSettings *settings;
  PaddockHubSession *session;        /* NULL: the address of the hub is none */
  PaddockSignIn *sign_in;            /* likewise */

  /* Template */
  GtkEditable *endpoint_row;
  AdwActionRow *note_row;
  GtkImage *note_icon;
  AdwActionRow *account_row;
  GtkButton *account_button;
};

G_DEFINE_FINAL_TYPE (PaddockHubGroup, paddock_hub_group, ADW_TYPE_PREFERENCES_GROUP)

/* As it is kept: "" for the hub itself. People leave out what every address begins with. */
static char *
dup_endpoint (PaddockHubGroup *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->endpoint_row)));

  if (*text == '\0' || strstr (text, "://") != NULL)
    return g_steal_pointer (&text);
  return g_strconcat ("https://", text, NULL);
}

static void
show_note (PaddockHubGroup *self, const char *icon, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (self->note_row), text != NULL);
  if (text == NULL)
    return;
  gtk_image_set_from_icon_name (self->note_icon, icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->note_row), text);
}

/* On its way to this computer, nobody can read along. */
static gboolean
is_open (const char *endpoint)
{
  g_autoptr (GUri) uri = g_uri_parse (endpoint, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return host != NULL && g_str_equal (g_uri_get_scheme (uri), "http") && !g_str_equal (host, "localhost") &&
         (address == NULL || !g_inet_address_get_is_loopback (address));
}

static void
update_note (PaddockHubGroup *self)
{
  g_autofree char *endpoint = dup_endpoint (self);

  if (self->session == NULL)
    show_note (self, "dialog-warning-symbolic", _("HF_ENDPOINT in the environment is no address, so there is no hub"));
  else if (paddock_sign_in_is_fixed ())
    show_note (self, "dialog-information-symbolic", _("HF_ENDPOINT in the environment says where the hub is"));
  else if (*endpoint != '\0' && !paddock_hub_session_is_endpoint (endpoint))
    show_note (self, "dialog-warning-symbolic", _("This is no address of a server"));
  else if (is_open (endpoint))
    show_note (self, "channel-insecure-symbolic", _("Without https, others on the network can read what you ask, and your token"));
  else
    show_note (self, NULL, NULL);
}

static const char *
get_origin (PaddockHubGroup *self)
{
  switch (paddock_sign_in_get_origin (self->sign_in))
    {
    case PADDOCK_HUB_TOKEN_ENVIRONMENT:
      return _("With the token of HF_TOKEN in the environment");
    case PADDOCK_HUB_TOKEN_FILE:
      return _("With the token in the file of the hub’s own tools");
    case PADDOCK_HUB_TOKEN_KEYRING:
      if (paddock_sign_in_get_keyring_problem (self->sign_in) != NULL)
        return _("With a token that no keyring keeps: it is forgotten when Paddock ends");
      return _("With the token in your keyring");
    case PADDOCK_HUB_TOKEN_NONE:
    default:
      if (paddock_sign_in_get_keyring_problem (self->sign_in) != NULL)
        return _("The keyring of the desktop does not answer, or there is none");
      return _("Only private models, and those with conditions, ask for it");
    }
}

static char *
dup_state (PaddockHubGroup *self)
{
  const PaddockHubAccount *account = paddock_sign_in_get_account (self->sign_in);
  const GError *error = paddock_sign_in_get_problem (self->sign_in);
  g_autofree char *name = account != NULL ? paddock_units_escape (account->name, -1, NAME_CHARS) : NULL;
  g_autoptr (PaddockDiscoverProblem) problem = NULL;

  if (name != NULL)
    /* Translators: %s is a name on the hub. */
    return g_strdup_printf (_("Signed In as %s"), name);
  if (g_error_matches (error, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_TOKEN) ||
      g_error_matches (error, PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_UNKNOWN))
    return g_strdup (_("The Hub Does Not Know This Token"));
  if (error != NULL)
    {
      problem = paddock_discover_problem_new (error);
      return g_strdup (problem->title);
    }
  if (!paddock_sign_in_is_begun (self->sign_in) || paddock_sign_in_get_origin (self->sign_in) != PADDOCK_HUB_TOKEN_NONE)
    return g_strdup (_("Asking the Hub Who You Are…"));
  return g_strdup (_("Not Signed In"));
}

static void
update_account (PaddockHubGroup *self)
{
  g_autofree char *state = dup_state (self);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->account_row), state);
  adw_action_row_set_subtitle (self->account_row, get_origin (self));
  gtk_button_set_label (self->account_button, paddock_sign_in_can_sign_out (self->sign_in) ? _("Sign _Out") : _("_Sign In…"));
  /* What the environment says comes first, each time. */
  gtk_widget_set_visible (GTK_WIDGET (self->account_button),
                          paddock_sign_in_get_origin (self->sign_in) != PADDOCK_HUB_TOKEN_ENVIRONMENT);
}

static void
on_renewed (PaddockHubGroup *self)
{
  paddock_sign_in_ask (self->sign_in);
}

static void
on_signed_in (PaddockHubGroup *self, const char *token)
{
  paddock_sign_in_give (self->sign_in, token);
}

static void
on_account_clicked (PaddockHubGroup *self)
{
  AdwDialog *dialog;

  if (paddock_sign_in_can_sign_out (self->sign_in))
    {
      paddock_sign_in_sign_out (self->sign_in);
      return;
    }
  dialog = paddock_sign_in_dialog_new (paddock_hub_session_get_endpoint (self->session));
  g_signal_connect_object (dialog, "signed-in", G_CALLBACK (on_signed_in), self, G_CONNECT_SWAPPED);
  paddock_lasting_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_endpoint_applied (PaddockHubGroup *self)
{
  g_autofree char *endpoint = dup_endpoint (self);

  if (*endpoint != '\0' && !paddock_hub_session_is_endpoint (endpoint))
    {
      update_note (self);
      gtk_widget_add_css_class (GTK_WIDGET (self->endpoint_row), "error");
      return;
    }
  g_settings_set_string (self->settings, ENDPOINT, endpoint);
  update_note (self);
}

static void
on_endpoint_edited (PaddockHubGroup *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->endpoint_row), "error");
}

static void
paddock_hub_group_dispose (GObject *object)
{
  PaddockHubGroup *self = PADDOCK_HUB_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_HUB_GROUP);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);
  g_clear_object (&self->sign_in);
  G_OBJECT_CLASS (paddock_hub_group_parent_class)->dispose (object);
}

static void
paddock_hub_group_class_init (PaddockHubGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_hub_group_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/hub-group.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockHubGroup, endpoint_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockHubGroup, note_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockHubGroup, note_icon);
  gtk_widget_class_bind_template_child (widget_class, PaddockHubGroup, account_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockHubGroup, account_button);
  gtk_widget_class_bind_template_callback (widget_class, on_account_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_endpoint_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_endpoint_edited);
}

static void
paddock_hub_group_init (PaddockHubGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_hub_group_set_services:
 * @self: the group
 * @settings: where the address is kept
 * @session: (nullable): what asks the hub
 * @sign_in: (nullable): who asks it
 */
void
paddock_hub_group_set_services (PaddockHubGroup *self, GSettings *settings, PaddockHubSession *session, PaddockSignIn *sign_in)
{
  g_autofree char *endpoint = paddock_sign_in_is_fixed () ? g_strdup (g_getenv ("HF_ENDPOINT"))
                                                          : g_settings_get_string (settings, ENDPOINT);

  self->settings = g_object_ref (settings);
  g_set_object (&self->session, session);
  g_set_object (&self->sign_in, sign_in);
  gtk_editable_set_text (self->endpoint_row, endpoint);
  gtk_editable_set_editable (self->endpoint_row, !paddock_sign_in_is_fixed ());
  update_note (self);
  gtk_widget_set_visible (GTK_WIDGET (self->account_row), sign_in != NULL);
  if (sign_in == NULL)
    return;
  g_signal_connect_object (sign_in, "changed", G_CALLBACK (update_account), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sign_in, "renewed", G_CALLBACK (on_renewed), self, G_CONNECT_SWAPPED);
  if (paddock_sign_in_is_begun (sign_in))
    paddock_sign_in_ask (sign_in);
  else
    paddock_sign_in_begin (sign_in);
  update_account (self);
}
