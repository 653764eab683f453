/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/repository-page.h"

#include "base/units.h"
#include "discover/browser-link.h"
#include "discover/discover-failure.h"
#include "discover/discover-words.h"
#include "discover/repository-view.h"
#include "hub-listing.h"

#define PATIENCE_MS 250              /* a spinner that flashes by only disturbs */

struct _PaddockRepositoryPage
{
  AdwNavigationPage parent_instance;

  /* Owned */
  PaddockServices *services;
  PaddockMachineChoice *machines;
  GSettings *settings;
  PaddockHubSession *session;
  GCancellable *asking;              /* NULL: nothing is on its way */
  char *id;
  char *revision;                    /* NULL: the newest */
  char *wanted;                      /* quantization or file; NULL: none in particular */
  guint patience_source;

  /* Borrowed */
  PaddockRepositoryView *view;       /* NULL: there is nothing to show yet */

  /* Template */
  GtkStack *stack;
  GtkWidget *spinner;
  PaddockDiscoverFailure *failure;
  AdwBanner *said_banner;
};

G_DEFINE_FINAL_TYPE (PaddockRepositoryPage, paddock_repository_page, ADW_TYPE_NAVIGATION_PAGE)

static void
show_spinner (gpointer user_data)
{
  PaddockRepositoryPage *self = user_data;

  self->patience_source = 0;
  gtk_widget_set_visible (self->spinner, TRUE);
}

/* A view shows one listing: another takes another. */
static void
show_listing (PaddockRepositoryPage *self, PaddockHubListing *listing)
{
  if (self->view != NULL)
    gtk_stack_remove (self->stack, GTK_WIDGET (self->view));
  self->view = g_object_new (PADDOCK_TYPE_REPOSITORY_VIEW, NULL);
  paddock_repository_view_set_services (self->view, self->services, self->machines, self->settings);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->view), "full");
  paddock_repository_view_take_listing (self->view, listing, self->wanted);
  gtk_stack_set_visible_child_name (self->stack, "full");
}

/* 0: it is as new as can be. */
static void
show_said (PaddockRepositoryPage *self, gint64 said_at)
{
  g_autofree char *text
      = said_at > 0 ? paddock_discover_words_dup_said (said_at, g_get_real_time () / G_USEC_PER_SEC) : NULL;

  if (text != NULL)
    adw_banner_set_title (self->said_banner, text);
  adw_banner_set_revealed (self->said_banner, text != NULL);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockRepositoryPage) self = user_data;
  g_autoptr (GError) error = NULL;
  PaddockHubListing *listing = paddock_hub_listing_load_finish (result, &error);

  /* The page is gone, or it asks again. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  g_clear_handle_id (&self->patience_source, g_source_remove);
  if (listing == NULL)
    {
      show_said (self, 0);
      paddock_discover_failure_set_error (self->failure, error);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      gtk_widget_grab_focus (GTK_WIDGET (self->failure));
      return;
    }
  /* It may have moved. */
  g_set_str (&self->id, listing->repository->id);
  show_said (self, listing->from_cache ? listing->said_at : 0);
  show_listing (self, listing);
}

static void
ask (PaddockRepositoryPage *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_handle_id (&self->patience_source, g_source_remove);
  self->asking = g_cancellable_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  self->patience_source = g_timeout_add_once (PATIENCE_MS, show_spinner, self);
  paddock_hub_listing_load_async (self->session, self->id, self->revision, self->asking, on_listed, g_object_ref (self));
}

static void
again_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockRepositoryPage *self = PADDOCK_REPOSITORY_PAGE (widget);

  if (self->asking != NULL)
    return;
  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "failed") || adw_banner_get_revealed (self->said_banner))
    ask (self);
  else if (self->view != NULL)
    paddock_repository_view_look_again (self->view);
}

static void
open_page_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockRepositoryPage *self = PADDOCK_REPOSITORY_PAGE (widget);
  g_autofree char *address = g_strdup_printf ("%s/%s", paddock_hub_session_get_endpoint (self->session), self->id);

  paddock_browser_link_open (widget, address);
}

static void
paddock_repository_page_dispose (GObject *object)
{
  PaddockRepositoryPage *self = PADDOCK_REPOSITORY_PAGE (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_handle_id (&self->patience_source, g_source_remove);
  /* The template would drop its own child, and leave the page with a pointer to where it was. */
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_REPOSITORY_PAGE);
  self->view = NULL;
  g_clear_object (&self->session);
  g_clear_object (&self->services);
  g_clear_object (&self->machines);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (paddock_repository_page_parent_class)->dispose (object);
}

static void
paddock_repository_page_finalize (GObject *object)
{
  PaddockRepositoryPage *self = PADDOCK_REPOSITORY_PAGE (object);

  g_free (self->id);
  g_free (self->revision);
  g_free (self->wanted);
  G_OBJECT_CLASS (paddock_repository_page_parent_class)->finalize (object);
}

static void
paddock_repository_page_class_init (PaddockRepositoryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = paddock_repository_page_dispose;
  object_class->finalize = paddock_repository_page_finalize;
  g_type_ensure (PADDOCK_TYPE_DISCOVER_FAILURE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/repository-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryPage, failure);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryPage, said_banner);
  gtk_widget_class_install_action (widget_class, "hub.again", NULL, again_action);
  gtk_widget_class_install_action (widget_class, "hub.open-page", NULL, open_page_action);
}

static void
paddock_repository_page_init (PaddockRepositoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_repository_page_new:
 * @reference: what is meant
 * @services: the hub, the library and the downloads
 * @machines: the computer that models are judged by
 * @settings: what the person prefers
 *
 * Returns: (transfer floating): its page
 */
AdwNavigationPage *
paddock_repository_page_new (const PaddockHubReference *reference,
                             PaddockServices *services,
                             PaddockMachineChoice *machines,
                             GSettings *settings)
{
  g_autofree char *title = paddock_units_escape (reference->id, -1, 0);
  PaddockRepositoryPage *self = g_object_new (PADDOCK_TYPE_REPOSITORY_PAGE, "title", title, NULL);

  self->session = g_object_ref (paddock_services_get_hub (services));
  self->id = g_strdup (reference->id);
  self->revision = g_strdup (reference->revision);
  self->wanted = g_strdup (reference->path != NULL ? reference->path : reference->quantization);
  self->services = g_object_ref (services);
  self->machines = g_object_ref (machines);
  self->settings = g_object_ref (settings);
  ask (self);
  return ADW_NAVIGATION_PAGE (self);
}

const char *
paddock_repository_page_get_id (PaddockRepositoryPage *self)
{
  return self->id;
}
