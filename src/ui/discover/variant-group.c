/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/variant-group.h"

#include "discover/library-match.h"
#include "discover/variant-choice.h"
#include "discover/variant-row.h"

#include <glib/gi18n.h>

#define PREFERENCE "quantization-preference"
#define ROWS_AT_ONCE 24              /* of a repository with hundreds, the rest comes when it is asked for */
#define ROWS_IN_A_TURN 4             /* each has some dozens of widgets */
#define REST_MS 200                  /* what is scrolled past is not asked for */

struct _PaddockVariantGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  PaddockServices *services;
  PaddockMachineChoice *machines;
  GSettings *settings;
  PaddockVariantFits *fits;          /* NULL: nothing is shown yet, or no more */
  GHashTable *owned;                 /* borrowed PaddockHubVariant -> PaddockLibraryEntry: what the library has; NULL likewise */
  GPtrArray *rows;                   /* borrowed PaddockVariantRow */
  guint rest_source, rows_source;

  /* Borrowed */
  const PaddockHubListing *listing;  /* NULL likewise */
  const PaddockHubVariant *wanted;   /* what the person asked for; NULL: nothing in particular */

  guint n_models;                    /* variants that run by themselves: they come first */
  guint n_due;                       /* rows that there are to be */

  /* Template */
  AdwToggleGroup *preferences;
  GtkListBox *variants_list;
  AdwButtonRow *more_row;
  GtkWidget *none_row;
  GtkWidget *none_fits_label;
};

enum
{
  DOWNLOAD,
  JUDGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockVariantGroup, paddock_variant_group, ADW_TYPE_PREFERENCES_GROUP)

static PaddockVariantRow *
get_row (PaddockVariantGroup *self, guint position)
{
  return g_ptr_array_index (self->rows, position);
}

static void
show_entry (PaddockVariantGroup *self, PaddockVariantRow *row)
{
  paddock_variant_row_set_entry (row, g_hash_table_lookup (self->owned, paddock_variant_row_get_variant (row)));
}

static void
find_owned (PaddockVariantGroup *self)
{
  PaddockLibrary *library = paddock_services_get_library (self->services);

  g_clear_pointer (&self->owned, g_hash_table_unref);
  self->owned = paddock_library_match_find (paddock_library_get_index (library), self->listing->variants);
}

/* What the library has changes while a page is open. */
static void
on_library_changed (PaddockVariantGroup *self)
{
  if (self->listing == NULL)
    return;
  find_owned (self);
  for (guint i = 0; i < self->rows->len; i++)
    show_entry (self, get_row (self, i));
}

static GHashTable *
list_too_large (PaddockVariantGroup *self)
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
find_advised (PaddockVariantGroup *self)
{
  g_autoptr (GHashTable) too_large = list_too_large (self);

  return paddock_variant_choice_find (self->listing->variants, self->listing->repository->parameters,
                                      paddock_variant_choice_count_memory (paddock_machine_choice_get_snapshot (self->machines)),
                                      (PaddockQuantPreference) g_settings_get_enum (self->settings, PREFERENCE), too_large);
}

static gboolean
is_memory_known (PaddockVariantGroup *self)
{
  return paddock_variant_choice_count_memory (paddock_machine_choice_get_snapshot (self->machines)) > 0;
}

static void
show_advice (PaddockVariantGroup *self)
{
  const PaddockHubVariant *advised = self->listing != NULL ? find_advised (self) : NULL;

  for (guint i = 0; i < self->rows->len; i++)
    paddock_variant_row_set_advised (get_row (self, i),
                                     advised != NULL && paddock_variant_row_get_variant (get_row (self, i)) == advised);
  gtk_widget_set_visible (self->none_fits_label, self->rows->len > 0 && advised == NULL && is_memory_known (self));
}

static gboolean
is_in_sight (GtkWidget *row)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  return scroller != NULL && gtk_widget_get_mapped (row) && gtk_widget_compute_bounds (row, scroller, &bounds) &&
         bounds.origin.y + bounds.size.height > 0 && bounds.origin.y < gtk_widget_get_height (scroller);
}

/* The recommended one first, then what the person looks at. */
static void
ask_fits (gpointer user_data)
{
  PaddockVariantGroup *self = user_data;
  const PaddockHubVariant *advised = find_advised (self);

  self->rest_source = 0;
  if (advised != NULL)
    paddock_variant_fits_ask (self->fits, advised);
  for (guint i = 0; i < self->rows->len; i++)
    if (is_in_sight (GTK_WIDGET (get_row (self, i))))
      paddock_variant_fits_ask (self->fits, paddock_variant_row_get_variant (get_row (self, i)));
}

static void
show_fit (PaddockVariantGroup *self, PaddockVariantRow *row)
{
  paddock_variant_row_set_fit (row, paddock_variant_fits_look (self->fits, paddock_variant_row_get_variant (row)));
}

static void
show_fits (PaddockVariantGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    show_fit (self, get_row (self, i));
  show_advice (self);
}

static void
on_judged (PaddockVariantGroup *self)
{
  show_fits (self);
  g_signal_emit (self, signals[JUDGED], 0);
}

/* What is on the list of downloads is so for all who look. */
static void
show_downloads (PaddockVariantGroup *self, PaddockVariantRow *row)
{
  GPtrArray *files = paddock_variant_row_get_variant (row)->files;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < files->len; i++)
    {
      PaddockDownload *download
          = paddock_services_find_download (self->services, self->listing->repository, g_ptr_array_index (files, i));

      if (download != NULL)
        g_ptr_array_add (found, g_object_ref (download));
    }
  paddock_variant_row_set_downloads (row, found->len > 0 ? found : NULL);
}

static void
on_queue_changed (PaddockVariantGroup *self)
{
  for (guint i = 0; self->listing != NULL && i < self->rows->len; i++)
    show_downloads (self, get_row (self, i));
}

static void
on_download (PaddockVariantGroup *self, PaddockVariantRow *row)
{
  g_signal_emit (self, signals[DOWNLOAD], 0, paddock_variant_row_get_variant (row));
}

static void
on_show_model (PaddockVariantGroup *self, PaddockVariantRow *row)
{
  PaddockLibraryEntry *entry = paddock_variant_row_get_entry (row);

  if (entry != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "discover.open-model", "^ay", paddock_library_entry_get_path (entry));
}

static void
add_row (PaddockVariantGroup *self)
{
  const PaddockHubVariant *variant = g_ptr_array_index (self->listing->variants, self->rows->len);
  PaddockVariantRow *row = paddock_variant_row_new (variant);

  g_signal_connect_object (row, "download", G_CALLBACK (on_download), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "show-model", G_CALLBACK (on_show_model), self, G_CONNECT_SWAPPED);
  gtk_list_box_insert (self->variants_list, GTK_WIDGET (row), (int) self->rows->len);
  g_ptr_array_add (self->rows, row);
  show_entry (self, row);
  show_downloads (self, row);
  paddock_variant_row_set_offered (row, !self->listing->repository->is_disabled);
  show_fit (self, row);
  if (variant == self->wanted)
    paddock_variant_row_set_wanted (row);
}

static gboolean
add_some_rows (gpointer user_data)
{
  PaddockVariantGroup *self = user_data;

  for (guint i = 0; i < ROWS_IN_A_TURN && self->rows->len < self->n_due; i++)
    add_row (self);
  show_advice (self);
  paddock_variant_group_look (self);
  if (self->rows->len < self->n_due)
    return G_SOURCE_CONTINUE;
  self->rows_source = 0;
  return G_SOURCE_REMOVE;
}

/* What is seen first is there at once, the rest between frames. */
static void
show_rows (PaddockVariantGroup *self, guint count)
{
  guint rest;

  self->n_due = MIN (count, self->n_models);
  rest = self->n_models - self->n_due;
  if (rest > 0)
    {
      g_autofree char *title = g_strdup_printf (ngettext ("Show %u More", "Show %u More", rest), rest);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->more_row), title);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->more_row), rest > 0);
  if (self->rows_source == 0 && add_some_rows (self) == G_SOURCE_CONTINUE)
    self->rows_source = g_idle_add (add_some_rows, self);
}

static void
on_row_activated (PaddockVariantGroup *self, GtkListBoxRow *row)
{
  if (row == GTK_LIST_BOX_ROW (self->more_row))
    show_rows (self, self->n_due + ROWS_AT_ONCE);
}

static void
begin_fits (PaddockVariantGroup *self)
{
  self->fits = paddock_variant_fits_new (paddock_services_get_hub (self->services), self->listing, self->machines);
  g_signal_connect_object (self->fits, "judged", G_CALLBACK (on_judged), self, G_CONNECT_SWAPPED);
}

static void
end_fits (PaddockVariantGroup *self)
{
  g_clear_handle_id (&self->rest_source, g_source_remove);
  if (self->fits == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->fits, self);
  paddock_variant_fits_stop (self->fits);
  g_clear_object (&self->fits);
}

static void
paddock_variant_group_dispose (GObject *object)
{
  PaddockVariantGroup *self = PADDOCK_VARIANT_GROUP (object);

  paddock_variant_group_stop (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_VARIANT_GROUP);
  g_clear_object (&self->services);
  g_clear_object (&self->machines);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (paddock_variant_group_parent_class)->dispose (object);
}

static void
paddock_variant_group_finalize (GObject *object)
{
  g_ptr_array_unref (PADDOCK_VARIANT_GROUP (object)->rows);
  G_OBJECT_CLASS (paddock_variant_group_parent_class)->finalize (object);
}

static void
paddock_variant_group_class_init (PaddockVariantGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = paddock_variant_group_dispose;
  object_class->finalize = paddock_variant_group_finalize;

  /**
   * PaddockVariantGroup::download:
   * @variant: a PaddockHubVariant
   *
   * The person wants to have it.
   */
  signals[DOWNLOAD] = g_signal_new ("download", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_POINTER);

  /**
   * PaddockVariantGroup::judged:
   *
   * Of some more it is known how they fit, or that the hub does not tell.
   */
  signals[JUDGED] = g_signal_new ("judged", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/variant-group.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockVariantGroup, preferences);
  gtk_widget_class_bind_template_child (widget_class, PaddockVariantGroup, variants_list);
  gtk_widget_class_bind_template_child (widget_class, PaddockVariantGroup, more_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockVariantGroup, none_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockVariantGroup, none_fits_label);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
paddock_variant_group_init (PaddockVariantGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_variant_group_set_services:
 * @self: the group
 * @services: the hub, the library and the downloads
 * @machines: the computer that models are judged by
 * @settings: what the person prefers
 */
void
paddock_variant_group_set_services (PaddockVariantGroup *self,
                                    PaddockServices *services,
                                    PaddockMachineChoice *machines,
                                    GSettings *settings)
{
  self->services = g_object_ref (services);
  self->machines = g_object_ref (machines);
  self->settings = g_object_ref (settings);
  g_settings_bind (settings, PREFERENCE, self->preferences, "active-name", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (paddock_services_get_library (services), "changed", G_CALLBACK (on_library_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (paddock_services_get_downloads (services), "items-changed", G_CALLBACK (on_queue_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (machines, "notify::snapshot", G_CALLBACK (show_advice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" PREFERENCE, G_CALLBACK (show_advice), self, G_CONNECT_SWAPPED);
}

static guint
count_models (const PaddockHubListing *listing)
{
  guint count = 0;

  while (count < listing->variants->len && !((PaddockHubVariant *) g_ptr_array_index (listing->variants, count))->is_companion)
    count++;
  return count;
}

/* What a link means is marked, wherever in the list it is. Returns how many rows that takes. */
static guint
find_wanted (PaddockVariantGroup *self, const char *wanted)
{
  const PaddockHubVariant *named = paddock_hub_variant_find (self->listing->variants, wanted);

  for (guint i = 0; i < self->n_models; i++)
    {
      const PaddockHubVariant *variant = g_ptr_array_index (self->listing->variants, i);

      if (variant != named && !paddock_hub_variant_has_file (variant, wanted))
        continue;
      self->wanted = variant;
      return i + 1;
    }
  return 0;
}

/* Whoever lists models tells which of them fit. */
static void
look_at_computer (PaddockVariantGroup *self)
{
  PaddockThisComputer *computer = paddock_machine_choice_get_computer (self->machines);

  if (paddock_this_computer_get_snapshot (computer) == NULL && paddock_this_computer_get_problem (computer) == NULL &&
      !paddock_this_computer_is_scanning (computer))
    paddock_this_computer_scan (computer);
}

/**
 * paddock_variant_group_set_listing:
 * @self: the group
 * @listing: what the hub says of a repository
 * @wanted: (nullable): what of it is meant
 */
void
paddock_variant_group_set_listing (PaddockVariantGroup *self, const PaddockHubListing *listing, const char *wanted)
{
  guint count;

  g_return_if_fail (self->listing == NULL);
  self->listing = listing;
  self->n_models = count_models (listing);
  count = wanted != NULL ? find_wanted (self, wanted) : 0;
  begin_fits (self);
  look_at_computer (self);
  find_owned (self);
  gtk_widget_set_visible (self->none_row, self->n_models == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->preferences), self->n_models > 1);
  show_rows (self, MAX (count, ROWS_AT_ONCE));
}

PaddockVariantFits *
paddock_variant_group_get_fits (PaddockVariantGroup *self)
{
  return self->fits;
}

void
paddock_variant_group_look (PaddockVariantGroup *self)
{
  g_clear_handle_id (&self->rest_source, g_source_remove);
  if (self->fits != NULL)
    self->rest_source = g_timeout_add_once (REST_MS, ask_fits, self);
}

void
paddock_variant_group_look_again (PaddockVariantGroup *self)
{
  if (self->listing == NULL)
    return;
  end_fits (self);
  begin_fits (self);
  show_fits (self);
  paddock_variant_group_look (self);
}

/**
 * paddock_variant_group_stop:
 * @self: the group
 *
 * Forgets the listing.
 */
void
paddock_variant_group_stop (PaddockVariantGroup *self)
{
  g_clear_handle_id (&self->rows_source, g_source_remove);
  end_fits (self);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->owned, g_hash_table_unref);
  self->listing = NULL;
  self->wanted = NULL;
}
