/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/repository-view.h"

#include "base/units.h"
#include "discover/browser-link.h"
#include "discover/card-view.h"
#include "discover/companion-choice.h"
#include "discover/repository-gate.h"
#include "discover/repository-heading.h"
#include "discover/variant-group.h"
#include "library/problem-words.h"
#include "model/fact-row.h"

#include <glib/gi18n.h>

#define REVISION_CHARS 60

struct _PaddockRepositoryView
{
  AdwBin parent_instance;

  /* Owned */
  PaddockServices *services;
  PaddockHubSession *session;
  GPtrArray *projectors;             /* borrowed PaddockHubVariant: what the row offers, in its order */
  PaddockHubListing *listing;        /* NULL: nothing is shown yet */
  GCancellable *cancellable;         /* of what is asked for the page */

  /* Template */
  GtkScrolledWindow *scroller;
  PaddockRepositoryHeading *heading;
  PaddockRepositoryGate *gate;
  PaddockVariantGroup *variants;
  AdwComboRow *projector_row;
  GtkWidget *projector_group;
  AdwPreferencesGroup *facts_group;
  GtkWidget *card_group;
  PaddockCardView *card_view;
};

G_DEFINE_FINAL_TYPE (PaddockRepositoryView, paddock_repository_view, ADW_TYPE_BIN)

static void
add_fact (PaddockRepositoryView *self, const char *title, char *value)
{
  if (value != NULL)
    adw_preferences_group_add (self->facts_group, paddock_fact_row_new (title, value));
  g_free (value);
}

static char *
dup_day (gint64 when)
{
  g_autoptr (GDateTime) time = when >= 0 ? g_date_time_new_from_unix_local (when) : NULL;

  return time != NULL ? g_date_time_format (time, "%x") : NULL;
}

static void
show_facts (PaddockRepositoryView *self, const PaddockHubRepository *repository)
{
  g_autofree char *bases = g_strjoinv (", ", repository->base_models);

  add_fact (self, _("Made From"), *bases != '\0' ? paddock_units_escape (bases, -1, 0) : NULL);
  add_fact (self, _("Changed Last"), dup_day (repository->modified));
  add_fact (self, _("Published"), dup_day (repository->created));
  add_fact (self, _("Revision"), repository->sha != NULL ? paddock_units_escape (repository->sha, -1, REVISION_CHARS) : NULL);
}

static void
add_files (GPtrArray *files, const PaddockHubVariant *variant)
{
  for (guint i = 0; i < variant->files->len; i++)
    g_ptr_array_add (files, g_ptr_array_index (variant->files, i));
}

static void
tell_queued (PaddockRepositoryView *self)
{
  AdwToast *toast = adw_toast_new (_("In the queue"));
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  adw_toast_set_button_label (toast, _("_Show"));
  adw_toast_set_action_name (toast, "win.show-page");
  adw_toast_set_action_target (toast, "s", "downloads");
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

static void
on_download (PaddockRepositoryView *self, const PaddockHubVariant *variant)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  guint projector = adw_combo_row_get_selected (self->projector_row);

  add_files (files, variant);
  if (projector < self->projectors->len)
    add_files (files, g_ptr_array_index (self->projectors, projector));
  if (paddock_services_download_files (self->services, self->listing->repository, files, &error))
    tell_queued (self);
  else
    paddock_problem_words_say (GTK_WIDGET (self), _("It cannot be downloaded"), error);
}

/* The best one is meant, unless the person wants another or none. */
static void
show_projectors (PaddockRepositoryView *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->projectors = paddock_companion_choice_list (self->listing->variants);
  for (guint i = 0; i < self->projectors->len; i++)
    {
      const PaddockHubVariant *variant = g_ptr_array_index (self->projectors, i);
      g_autofree char *size = variant->size >= 0 ? paddock_units_format_size ((guint64) variant->size) : NULL;
      g_autofree char *label = paddock_units_escape (variant->label, -1, REVISION_CHARS);
      g_autofree char *text = g_strjoin (" · ", label, size, NULL);

      gtk_string_list_append (names, text);
    }
  gtk_string_list_append (names, C_("projector", "None"));
  adw_combo_row_set_model (self->projector_row, G_LIST_MODEL (names));
  gtk_widget_set_visible (self->projector_group, self->projectors->len > 0);
}

static void
on_judged (PaddockRepositoryView *self)
{
  paddock_repository_gate_update (self->gate, paddock_variant_group_get_fits (self->variants));
}

/* A link to another repository is one of ours. */
static void
on_link (PaddockRepositoryView *self, const char *address)
{
  if (!gtk_widget_activate_action (GTK_WIDGET (self), "discover.follow", "s", address))
    paddock_browser_link_ask (GTK_WIDGET (self), address);
}

static void
on_card (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockRepositoryView) self = user_data;
  g_autoptr (GError) error = NULL;
  PaddockHubCard *card = paddock_hub_card_load_finish (result, &error);

  /* Many have none, and without it everything else is there all the same. */
  if (card == NULL)
    return;
  if (self->card_view == NULL || card->blocks->len == 0)
    {
      paddock_hub_card_free (card);
      return;
    }
  paddock_card_view_take_card (self->card_view, card);
  gtk_widget_set_visible (self->card_group, TRUE);
}

static void
paddock_repository_view_dispose (GObject *object)
{
  PaddockRepositoryView *self = PADDOCK_REPOSITORY_VIEW (object);

  if (self->variants != NULL)
    paddock_variant_group_stop (self->variants);
  g_cancellable_cancel (self->cancellable);
  /* The template would drop its own child, and leave the bin with a pointer to where it was. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_REPOSITORY_VIEW);
  g_clear_pointer (&self->listing, paddock_hub_listing_free);
  g_clear_pointer (&self->projectors, g_ptr_array_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->services);
  G_OBJECT_CLASS (paddock_repository_view_parent_class)->dispose (object);
}

static void
paddock_repository_view_finalize (GObject *object)
{
  g_clear_object (&PADDOCK_REPOSITORY_VIEW (object)->cancellable);
  G_OBJECT_CLASS (paddock_repository_view_parent_class)->finalize (object);
}

static void
paddock_repository_view_class_init (PaddockRepositoryViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = paddock_repository_view_dispose;
  object_class->finalize = paddock_repository_view_finalize;
  g_type_ensure (PADDOCK_TYPE_CARD_VIEW);
  g_type_ensure (PADDOCK_TYPE_REPOSITORY_GATE);
  g_type_ensure (PADDOCK_TYPE_REPOSITORY_HEADING);
  g_type_ensure (PADDOCK_TYPE_VARIANT_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/repository-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, scroller);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, heading);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, gate);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, card_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, card_view);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, variants);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, projector_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, projector_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, facts_group);
  gtk_widget_class_bind_template_callback (widget_class, on_download);
  gtk_widget_class_bind_template_callback (widget_class, on_judged);
  gtk_widget_class_bind_template_callback (widget_class, on_link);
}

static void
paddock_repository_view_init (PaddockRepositoryView *self)
{
  GtkAdjustment *adjustment;

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (paddock_variant_group_look), self->variants, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (paddock_variant_group_look), self->variants, G_CONNECT_SWAPPED);
}

/**
 * paddock_repository_view_set_services:
 * @self: the view
 * @services: the hub, the library and the downloads
 * @machines: the computer that models are judged by
 * @settings: what the person prefers
 */
void
paddock_repository_view_set_services (PaddockRepositoryView *self,
                                      PaddockServices *services,
                                      PaddockMachineChoice *machines,
                                      GSettings *settings)
{
  self->services = g_object_ref (services);
  self->session = g_object_ref (paddock_services_get_hub (services));
  paddock_variant_group_set_services (self->variants, services, machines, settings);
}

/**
 * paddock_repository_view_take_listing:
 * @self: the view
 * @listing: (transfer full): what the hub says of a repository
 * @wanted: (nullable): what of it is meant
 */
void
paddock_repository_view_take_listing (PaddockRepositoryView *self, PaddockHubListing *listing, const char *wanted)
{
  const PaddockHubRepository *repository = listing->repository;

  g_return_if_fail (self->listing == NULL);
  self->listing = listing;
  paddock_repository_heading_set_repository (self->heading, repository);
  paddock_repository_gate_set_repository (self->gate, repository);
  show_projectors (self);
  paddock_variant_group_set_listing (self->variants, listing, wanted);
  show_facts (self, repository);
  paddock_hub_card_load_async (self->session, repository->id, repository->sha, self->cancellable, on_card, g_object_ref (self));
}

/**
 * paddock_repository_view_look_again:
 * @self: the view
 */
void
paddock_repository_view_look_again (PaddockRepositoryView *self)
{
  if (self->listing == NULL)
    return;
  paddock_repository_gate_set_repository (self->gate, self->listing->repository);
  paddock_variant_group_look_again (self->variants);
}
