/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/repository-view.h"

#include "base/units.h"
#include "discover/browser-link.h"
#include "discover/card-view.h"
#include "discover/companion-choice.h"
#include "discover/library-match.h"
#include "discover/repository-gate.h"
#include "discover/repository-heading.h"
#include "discover/variant-choice.h"
#include "discover/variant-fits.h"
#include "discover/variant-row.h"
#include "hub-variant.h"
#include "library/problem-words.h"
#include "model/fact-row.h"

#include <glib/gi18n.h>

#define PREFERENCE "quantization-preference"
#define ROWS_AT_ONCE 24              /* of a repository with hundreds, the rest comes when it is asked for */
#define REVISION_CHARS 60
#define REST_MS 200                  /* what is scrolled past is not asked for */

struct _PaddockRepositoryView
{
  AdwBin parent_instance;

  /* Owned */
  PaddockServices *services;
  PaddockHubSession *session;
  PaddockLibrary *library;
  GPtrArray *projectors;             /* borrowed PaddockHubVariant: what the row offers, in its order */
  PaddockMachineChoice *machines;
  GSettings *settings;
  PaddockHubListing *listing;        /* NULL: nothing is shown yet */
  PaddockVariantFits *fits;          /* likewise */
  GPtrArray *rows;                   /* borrowed PaddockVariantRow */
  GCancellable *cancellable;         /* of what is asked for the page */
  guint rest_source;

  guint n_shown;                     /* of the variants */

  /* Template */
  GtkScrolledWindow *scroller;
  PaddockRepositoryHeading *heading;
  PaddockRepositoryGate *gate;
  AdwPreferencesGroup *variants_group;
  AdwToggleGroup *preferences;
  GtkListBox *variants_list;
  AdwButtonRow *more_row;
  GtkWidget *none_row;
  GtkWidget *none_fits_label;
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

/* What the library has changes while a page is open. */
static void
show_owned (PaddockRepositoryView *self)
{
  g_autoptr (GHashTable) owned = NULL;

  if (self->listing == NULL)
    return;
  owned = paddock_library_match_find (paddock_library_get_index (self->library), self->listing->variants);
  for (guint i = 0; i < self->rows->len; i++)
    {
      PaddockVariantRow *row = g_ptr_array_index (self->rows, i);

      paddock_variant_row_set_entry (row, g_hash_table_lookup (owned, paddock_variant_row_get_variant (row)));
    }
}

static GHashTable *
list_too_large (PaddockRepositoryView *self)
{
  GHashTable *found = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->listing->variants->len; i++)
    {
      const PaddockHubVariant *variant = g_ptr_array_index (self->listing->variants, i);
      const PaddockVariantFit *fit = paddock_variant_fits_look (self->fits, variant);

      if (fit != NULL && fit->fit == PADDOCK_FIT_TOO_LARGE)
        g_hash_table_add (found, (gpointer) variant);
    }
  return found;
}

static const PaddockHubVariant *
find_advised (PaddockRepositoryView *self)
{
  g_autoptr (GHashTable) too_large = list_too_large (self);

  return paddock_variant_choice_find (self->listing->variants, self->listing->repository->parameters,
                                      paddock_variant_choice_count_memory (paddock_machine_choice_get_snapshot (self->machines)),
                                      (PaddockQuantPreference) g_settings_get_enum (self->settings, PREFERENCE), too_large);
}

static gboolean
is_memory_known (PaddockRepositoryView *self)
{
  return paddock_variant_choice_count_memory (paddock_machine_choice_get_snapshot (self->machines)) > 0;
}

static void
show_advice (PaddockRepositoryView *self)
{
  const PaddockHubVariant *advised = self->listing != NULL ? find_advised (self) : NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      PaddockVariantRow *row = g_ptr_array_index (self->rows, i);

      paddock_variant_row_set_advised (row, advised != NULL && paddock_variant_row_get_variant (row) == advised);
    }
  gtk_widget_set_visible (self->none_fits_label, self->rows->len > 0 && advised == NULL && is_memory_known (self));
}

static gboolean
is_in_sight (PaddockRepositoryView *self, GtkWidget *row)
{
  graphene_rect_t bounds;

  return gtk_widget_get_mapped (row) && gtk_widget_compute_bounds (row, GTK_WIDGET (self->scroller), &bounds) &&
         bounds.origin.y + bounds.size.height > 0 && bounds.origin.y < gtk_widget_get_height (GTK_WIDGET (self->scroller));
}

/* The recommended one first, then what the person looks at. */
static void
ask_fits (gpointer user_data)
{
  PaddockRepositoryView *self = user_data;
  const PaddockHubVariant *advised = find_advised (self);

  self->rest_source = 0;
  if (advised != NULL)
    paddock_variant_fits_ask (self->fits, advised);
  for (guint i = 0; i < self->rows->len; i++)
    {
      PaddockVariantRow *row = g_ptr_array_index (self->rows, i);

      if (is_in_sight (self, GTK_WIDGET (row)))
        paddock_variant_fits_ask (self->fits, paddock_variant_row_get_variant (row));
    }
}

static void
on_moved (PaddockRepositoryView *self)
{
  g_clear_handle_id (&self->rest_source, g_source_remove);
  if (self->fits != NULL)
    self->rest_source = g_timeout_add_once (REST_MS, ask_fits, self);
}

static void
show_fits (PaddockRepositoryView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      PaddockVariantRow *row = g_ptr_array_index (self->rows, i);

      paddock_variant_row_set_fit (row, paddock_variant_fits_look (self->fits, paddock_variant_row_get_variant (row)));
    }
  show_advice (self);
  paddock_repository_gate_update (self->gate, self->fits);
}

/* What is on the list of downloads is so for all who look. */
static void
show_downloads (PaddockRepositoryView *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      PaddockVariantRow *row = g_ptr_array_index (self->rows, i);
      GPtrArray *files = paddock_variant_row_get_variant (row)->files;
      g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint j = 0; j < files->len; j++)
        {
          PaddockDownload *download
              = paddock_services_find_download (self->services, self->listing->repository, g_ptr_array_index (files, j));

          if (download != NULL)
            g_ptr_array_add (found, g_object_ref (download));
        }
      paddock_variant_row_set_downloads (row, found->len > 0 ? found : NULL);
      paddock_variant_row_set_offered (row, !self->listing->repository->is_disabled);
    }
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
on_download (PaddockRepositoryView *self, PaddockVariantRow *row)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  guint projector = adw_combo_row_get_selected (self->projector_row);

  add_files (files, paddock_variant_row_get_variant (row));
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
on_show_model (PaddockRepositoryView *self, PaddockVariantRow *row)
{
  PaddockLibraryEntry *entry = paddock_variant_row_get_entry (row);

  if (entry != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "discover.open-model", "^ay", paddock_library_entry_get_path (entry));
}

/* Those that run by themselves come first. */
static guint
count_models (PaddockRepositoryView *self)
{
  guint count = 0;

  while (count < self->listing->variants->len &&
         !((PaddockHubVariant *) g_ptr_array_index (self->listing->variants, count))->is_companion)
    count++;
  return count;
}

static void
show_rows (PaddockRepositoryView *self)
{
  guint total = count_models (self);
  guint end = MIN (self->n_shown + ROWS_AT_ONCE, total);
  guint rest;

  for (; self->n_shown < end; self->n_shown++)
    {
      PaddockVariantRow *row = paddock_variant_row_new (g_ptr_array_index (self->listing->variants, self->n_shown));

      g_signal_connect_object (row, "download", G_CALLBACK (on_download), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "show-model", G_CALLBACK (on_show_model), self, G_CONNECT_SWAPPED);
      gtk_list_box_insert (self->variants_list, GTK_WIDGET (row), (int) self->n_shown);
      g_ptr_array_add (self->rows, row);
    }
  rest = total - self->n_shown;
  if (rest > 0)
    {
      g_autofree char *title = g_strdup_printf (ngettext ("Show %u More", "Show %u More", rest), rest);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->more_row), title);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->more_row), rest > 0);
  gtk_widget_set_visible (self->none_row, total == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->preferences), total > 1);
  show_owned (self);
  show_downloads (self);
  show_fits (self);
  on_moved (self);
}

static void
on_row_activated (PaddockRepositoryView *self, GtkListBoxRow *row)
{
  if (row == GTK_LIST_BOX_ROW (self->more_row))
    show_rows (self);
}

static void
begin_fits (PaddockRepositoryView *self)
{
  self->fits = paddock_variant_fits_new (self->session, self->listing, self->machines);
  g_signal_connect_object (self->fits, "judged", G_CALLBACK (show_fits), self, G_CONNECT_SWAPPED);
}

static void
end_fits (PaddockRepositoryView *self)
{
  g_clear_handle_id (&self->rest_source, g_source_remove);
  if (self->fits == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->fits, self);
  paddock_variant_fits_stop (self->fits);
  g_clear_object (&self->fits);
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

  g_ptr_array_set_size (self->rows, 0);
  end_fits (self);
  g_cancellable_cancel (self->cancellable);
  /* The template would drop its own child, and leave the bin with a pointer to where it was. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_REPOSITORY_VIEW);
  g_clear_pointer (&self->listing, paddock_hub_listing_free);
  g_clear_pointer (&self->projectors, g_ptr_array_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->services);
  g_clear_object (&self->library);
  g_clear_object (&self->machines);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (paddock_repository_view_parent_class)->dispose (object);
}

static void
paddock_repository_view_finalize (GObject *object)
{
  g_ptr_array_unref (PADDOCK_REPOSITORY_VIEW (object)->rows);
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
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/repository-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, scroller);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, heading);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, gate);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, card_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, card_view);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, variants_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, preferences);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, variants_list);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, more_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, none_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, none_fits_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, projector_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, projector_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockRepositoryView, facts_group);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_link);
}

static void
paddock_repository_view_init (PaddockRepositoryView *self)
{
  GtkAdjustment *adjustment;

  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED);
}

static void
on_queue_changed (PaddockRepositoryView *self)
{
  if (self->listing != NULL)
    show_downloads (self);
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
  self->library = g_object_ref (paddock_services_get_library (services));
  self->machines = g_object_ref (machines);
  self->settings = g_object_ref (settings);
  g_settings_bind (settings, PREFERENCE, self->preferences, "active-name", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->library, "changed", G_CALLBACK (show_owned), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (paddock_services_get_downloads (services), "items-changed", G_CALLBACK (on_queue_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (machines, "notify::snapshot", G_CALLBACK (show_advice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" PREFERENCE, G_CALLBACK (show_advice), self, G_CONNECT_SWAPPED);
}

static gboolean
has_file (const PaddockHubVariant *variant, const char *path)
{
  for (guint i = 0; i < variant->files->len; i++)
    if (g_str_equal (((PaddockHubFile *) g_ptr_array_index (variant->files, i))->path, path))
      return TRUE;
  return FALSE;
}

/* What a link means is marked, wherever in the list it is. */
static void
show_wanted (PaddockRepositoryView *self, const char *wanted)
{
  const PaddockHubVariant *named = wanted != NULL ? paddock_hub_variant_find (self->listing->variants, wanted) : NULL;

  for (guint i = 0; wanted != NULL && i < self->listing->variants->len; i++)
    {
      const PaddockHubVariant *variant = g_ptr_array_index (self->listing->variants, i);

      if (variant->is_companion || (variant != named && !has_file (variant, wanted)))
        continue;
      while (i >= self->rows->len)
        show_rows (self);
      paddock_variant_row_set_wanted (g_ptr_array_index (self->rows, i));
      return;
    }
}

/* Whoever lists models tells which of them fit. */
static void
look_at_computer (PaddockRepositoryView *self)
{
  PaddockThisComputer *computer = paddock_machine_choice_get_computer (self->machines);

  if (paddock_this_computer_get_snapshot (computer) == NULL && paddock_this_computer_get_problem (computer) == NULL &&
      !paddock_this_computer_is_scanning (computer))
    paddock_this_computer_scan (computer);
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
  begin_fits (self);
  look_at_computer (self);
  paddock_repository_heading_set_repository (self->heading, repository);
  paddock_repository_gate_set_repository (self->gate, repository);
  show_projectors (self);
  show_rows (self);
  show_wanted (self, wanted);
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
  end_fits (self);
  begin_fits (self);
  paddock_repository_gate_set_repository (self->gate, self->listing->repository);
  show_fits (self);
  on_moved (self);
}
