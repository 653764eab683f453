/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/discover-page.h"

#include "discover/browser-link.h"
#include "discover/discover-view.h"
#include "discover/repository-page.h"
#include "discover/sign-in-dialog.h"
#include "hub-reference.h"
#include "library/problem-words.h"
#include "widgets/lasting-dialog.h"

#include <glib/gi18n.h>

struct _PaddockDiscoverPage
{
  AdwNavigationPage parent_instance;

  /* Owned */
  PaddockHubSession *session;        /* NULL: the address of the hub is none */
  PaddockServices *services;
  PaddockMachineChoice *machines;
  GSettings *settings;
  char *endpoint;                    /* of the hub that is shown */

  gboolean begun;                    /* the hub may be asked */
  gboolean signing_in;               /* what the keyring says is about the token that was just given */

  /* Template */
  AdwNavigationView *navigation;
  AdwNavigationPage *search_page;
  PaddockDiscoverView *view;
};

enum
{
  SHOW_MODEL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockDiscoverPage, paddock_discover_page, ADW_TYPE_NAVIGATION_PAGE)

static void
on_open (PaddockDiscoverPage *self, const char *text)
{
  paddock_discover_page_open (self, text);
}

static void
search_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  paddock_discover_view_search (PADDOCK_DISCOVER_PAGE (widget)->view, NULL);
}

static void
refresh_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  paddock_discover_view_ask_again (PADDOCK_DISCOVER_PAGE (widget)->view);
}

static void
show_owner_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockDiscoverPage *self = PADDOCK_DISCOVER_PAGE (widget);

  g_settings_reset (self->settings, "discover-task");
  g_settings_set_string (self->settings, "discover-author", g_variant_get_string (parameter, NULL));
  adw_navigation_view_pop_to_page (self->navigation, self->search_page);
  paddock_discover_view_search (self->view, "");
}

static void
open_model_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SHOW_MODEL], 0, g_variant_get_bytestring (parameter));
}

static void
follow_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *address = g_variant_get_string (parameter, NULL);

  if (!paddock_discover_page_open (PADDOCK_DISCOVER_PAGE (widget), address))
    paddock_browser_link_ask (widget, address);
}

/* Whatever was refused is asked for again; what another hub has is of no use any more. */
static void
on_renewed (PaddockDiscoverPage *self)
{
  gboolean moved = g_set_str (&self->endpoint, paddock_hub_session_get_endpoint (self->session));
  AdwNavigationPage *page;

  if (moved)
    adw_navigation_view_pop_to_page (self->navigation, self->search_page);
  page = adw_navigation_view_get_visible_page (self->navigation);
  if (moved || !self->begun || page == self->search_page)
    paddock_discover_view_begin (self->view);
  self->begun = TRUE;
  if (page != self->search_page)
    gtk_widget_activate_action (GTK_WIDGET (page), "hub.again", NULL);
}

/* Who signs in wants to stay so, and is told why that is not to be. */
static void
on_sign_in_changed (PaddockDiscoverPage *self)
{
  const GError *error = paddock_sign_in_get_keyring_problem (paddock_services_get_sign_in (self->services));

  if (self->signing_in && error != NULL)
    paddock_problem_words_say (GTK_WIDGET (self->navigation), _("You are signed in only as long as Paddock runs"), error);
  if (error != NULL)
    self->signing_in = FALSE;
}

static void
on_signed_in (PaddockDiscoverPage *self, const char *token)
{
  self->signing_in = TRUE;
  paddock_sign_in_give (paddock_services_get_sign_in (self->services), token);
}

static void
sign_in_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockDiscoverPage *self = PADDOCK_DISCOVER_PAGE (widget);
  AdwDialog *dialog;

  if (self->session == NULL)
    return;
  dialog = paddock_sign_in_dialog_new (paddock_hub_session_get_endpoint (self->session));
  g_signal_connect_object (dialog, "signed-in", G_CALLBACK (on_signed_in), self, G_CONNECT_SWAPPED);
  paddock_lasting_dialog_present (dialog, widget);
}

static void
paddock_discover_page_dispose (GObject *object)
{
  PaddockDiscoverPage *self = PADDOCK_DISCOVER_PAGE (object);

  /* The template would drop its own child, and leave the page with a pointer to where it was. */
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_DISCOVER_PAGE);
  g_clear_object (&self->session);
  g_clear_object (&self->services);
  g_clear_object (&self->machines);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (paddock_discover_page_parent_class)->dispose (object);
}

static void
paddock_discover_page_finalize (GObject *object)
{
  g_free (PADDOCK_DISCOVER_PAGE (object)->endpoint);
  G_OBJECT_CLASS (paddock_discover_page_parent_class)->finalize (object);
}

static void
paddock_discover_page_class_init (PaddockDiscoverPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_discover_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_discover_page_finalize;

  /**
   * PaddockDiscoverPage::show-model:
   * @path: of a file of the library
   *
   * The person wants to see that model.
   */
  signals[SHOW_MODEL] = g_signal_new ("show-model", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (PADDOCK_TYPE_DISCOVER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/discover-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverPage, navigation);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverPage, search_page);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_install_action (widget_class, "discover.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "discover.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "discover.show-owner", "s", show_owner_action);
  gtk_widget_class_install_action (widget_class, "discover.follow", "s", follow_action);
  gtk_widget_class_install_action (widget_class, "hub.sign-in", NULL, sign_in_action);
  gtk_widget_class_install_action (widget_class, "discover.open-model", "ay", open_model_action);
}

static void
paddock_discover_page_init (PaddockDiscoverPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_discover_page_new:
 * @services: the hub, the library and the downloads
 * @machines: the computer that models are judged by
 * @settings: where order and filters are kept
 *
 * Returns: (transfer floating): the page
 */
AdwNavigationPage *
paddock_discover_page_new (PaddockServices *services,
                           PaddockMachineChoice *machines,
                           GSettings *settings)
{
  PaddockDiscoverPage *self = g_object_new (PADDOCK_TYPE_DISCOVER_PAGE, NULL);
  PaddockSignIn *sign_in;

  g_set_object (&self->session, paddock_services_get_hub (services));
  self->services = g_object_ref (services);
  self->machines = g_object_ref (machines);
  self->settings = g_object_ref (settings);
  paddock_discover_view_set_services (self->view, self->session, settings);
  if (self->session == NULL)
    return ADW_NAVIGATION_PAGE (self);
  self->endpoint = g_strdup (paddock_hub_session_get_endpoint (self->session));
  sign_in = paddock_services_get_sign_in (services);
  g_signal_connect_object (sign_in, "changed", G_CALLBACK (on_sign_in_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sign_in, "renewed", G_CALLBACK (on_renewed), self, G_CONNECT_SWAPPED);
  /* The first question is asked by the person, wherever they told who they are. */
  if (paddock_sign_in_is_begun (sign_in))
    on_renewed (self);
  else
    paddock_sign_in_begin (sign_in);
  return ADW_NAVIGATION_PAGE (self);
}

/* What it means, if it has a page here. */
static PaddockHubReference *
read_text (PaddockDiscoverPage *self, const char *text)
{
  return self->session != NULL ? paddock_hub_reference_parse (text, paddock_hub_session_get_endpoint (self->session)) : NULL;
}

/* Whoever opens what is open already stays there. */
static gboolean
is_shown (PaddockDiscoverPage *self, const PaddockHubReference *reference)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);

  return PADDOCK_IS_REPOSITORY_PAGE (page) && reference->quantization == NULL && reference->path == NULL &&
         reference->revision == NULL &&
         g_str_equal (paddock_repository_page_get_id (PADDOCK_REPOSITORY_PAGE (page)), reference->id);
}

/**
 * paddock_discover_page_open:
 * @self: the page
 * @text: what may mean a repository
 *
 * Returns: whether it does, and is shown
 */
gboolean
paddock_discover_page_open (PaddockDiscoverPage *self, const char *text)
{
  g_autoptr (PaddockHubReference) reference = read_text (self, text);

  if (reference == NULL)
    return FALSE;
  if (!is_shown (self, reference))
    adw_navigation_view_push (
        self->navigation,
        paddock_repository_page_new (reference, self->services, self->machines, self->settings));
  return TRUE;
}
