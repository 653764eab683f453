/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-view.h"

#include "library/entry-actions.h"
#include "library/filter-chips.h"
#include "library/filter-choices.h"
#include "library/library-browser.h"
#include "library/library-filter.h"
#include "library/library-layout.h"
#include "library/library-list.h"
#include "library/library-notices.h"
#include "library/library-order.h"
#include "library/library-patience.h"
#include "library/library-words.h"
#include "library/saved-filter-bar.h"
#include "library/selection-actions.h"
#include "library/selection-bar.h"
#include "widgets/late-child.h"
#include "base/late-release.h"
#include "library-query.h"

struct _PaddockLibraryView
{
  AdwBin parent_instance;

  /* Owned */
  PaddockLibrary *library;
  PaddockActivityList *activities;
  GSettings *settings;
  PaddockLibraryFits *fits;
  PaddockLibraryList *list;
  PaddockLibrarySelection *selection;
  PaddockLibraryQuery *query;
  PaddockLibraryIndex *shown;        /* what the list is from; NULL: nothing yet */
  PaddockLibraryOrder *order;
  GError *error;                     /* why the library could not be looked at; NULL: it could */
  guint fits_source;
  PaddockLibraryPatience patience;

  guint64 size_shown;
  guint n_starts;                    /* looks at the disk that were asked for and are not over */
  gboolean looked;                   /* there was one */

  /* Template */
  GtkStack *stack;
  GtkSearchEntry *search_entry;
  GtkPopover *filter_popover;
  AdwWrapBox *chips;
  PaddockSavedFilterBar *saved;
  GtkWidget *tools;
  GtkLabel *status;
  PaddockLateChild *failed;
  PaddockLateChild *nothing;
  PaddockLibraryBrowser *browser;
  AdwBanner *notice;
};

enum
{
  PROP_SELECTING = 1,
  PROP_HEADING,
  N_PROPERTIES
};

enum
{
  OPEN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockLibraryView, paddock_library_view, ADW_TYPE_BIN)

static gboolean
is_looking (PaddockLibraryView *self)
{
  return !self->looked || self->n_starts > 0 || paddock_library_get_scanning (self->library);
}

static guint
count_found (PaddockLibraryView *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

/* Which of the four states it is in; a search without a result is a fifth one. */
static void
update_stack (PaddockLibraryView *self)
{
  PaddockLibraryIndex *index = paddock_library_get_index (self->library);
  gboolean filtered = paddock_library_query_is_filtered (self->query);
  const char *name = "empty";

  if (count_found (self) > 0)
    name = "list";
  else if (filtered && index->entries->len > 0)
    name = "nothing";
  else if (self->error != NULL)
    name = "failed";
  else if (is_looking (self) || !paddock_library_get_loaded (self->library))
    name = "loading";
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->tools, g_str_equal (name, "list") || g_str_equal (name, "nothing"));
  if (g_str_equal (name, "failed"))
    paddock_library_notices_describe (paddock_late_child_get_object (self->failed, "child"), self->error);
}

static void
update_status (PaddockLibraryView *self)
{
  guint total = paddock_library_get_index (self->library)->entries->len;
  gboolean filtered = paddock_library_query_is_filtered (self->query);
  g_autofree char *text =
    paddock_library_words_dup_status (count_found (self), filtered ? &total : NULL, self->size_shown);

  gtk_label_set_label (self->status, text);
}

static PaddockFit
get_fit (const PaddockLibraryEntry *entry, gpointer user_data)
{
  PaddockLibraryFit fit;

  paddock_library_fits_look (user_data, entry, &fit);
  return fit.fit;
}

static void
take_index (PaddockLibraryView *self, PaddockLibraryIndex *index)
{
  paddock_late_release (self->shown, (GDestroyNotify) paddock_library_index_unref);
  self->shown = paddock_library_index_ref (index);
  update_stack (self);
  paddock_library_notices_show_folders (self->notice, index);
}

static void
refresh (PaddockLibraryView *self)
{
  PaddockLibraryIndex *index = paddock_library_get_index (self->library);
  g_autoptr (GPtrArray) found = paddock_library_query_run (self->query, index, get_fit, self->fits);

  self->size_shown = 0;
  for (guint i = 0; i < found->len; i++)
    self->size_shown += ((PaddockLibraryEntry *) g_ptr_array_index (found, i))->size;
  if (self->shown == index)
    paddock_library_list_filter (self->list, found);
  else
    paddock_library_list_set_entries (self->list, found, index);
  take_index (self, index);
  update_status (self);
}

/* A look at the disk mostly finds what is shown already. */
static void
on_library_changed (PaddockLibraryView *self, PaddockLibraryIndex *index)
{
  if (self->shown != NULL && paddock_library_index_has_same_entries (self->shown, index))
    take_index (self, index);
  else
    refresh (self);
}

static void
refresh_fits (gpointer user_data)
{
  PaddockLibraryView *self = user_data;

  self->fits_source = 0;
  refresh (self);
}

static void
on_judged (PaddockLibraryView *self)
{
  if (self->query->fits != 0 && self->fits_source == 0)
    self->fits_source = g_idle_add_once (refresh_fits, self);
}

static void
on_looking_changed (PaddockLibraryView *self)
{
  paddock_library_patience_set_waiting (&self->patience, is_looking (self));
  update_stack (self);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockLibraryView) self = g_steal_pointer (&user_data);

  self->n_starts--;
  g_clear_error (&self->error);
  if (!paddock_library_start_finish (PADDOCK_LIBRARY (source), result, &self->error) &&
      g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_error (&self->error);
  if (self->browser != NULL)
    on_looking_changed (self);
}

/* What kept it from being read is mended. */
static void
on_loaded (PaddockLibraryView *self)
{
  g_clear_error (&self->error);
  on_looking_changed (self);
}

static void
remember_query (PaddockLibraryView *self)
{
  g_autoptr (PaddockLibraryQuery) kept = paddock_library_query_copy (self->query);
  g_autofree char *json = NULL;

  g_clear_pointer (&kept->text, g_free);
  json = paddock_library_query_to_json (kept);
  g_settings_set_string (self->settings, "library-filter", json);
}

static void show_chips (PaddockLibraryView *self);

static void
on_filter_changed (PaddockLibraryView *self)
{
  remember_query (self);
  show_chips (self);
  refresh (self);
}

static void
on_chip_clicked (PaddockLibraryView *self, GtkButton *button)
{
  paddock_filter_chips_drop (button, self->query);
  on_filter_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
show_chips (PaddockLibraryView *self)
{
  paddock_filter_chips_fill (self->chips, self->query, G_CALLBACK (on_chip_clicked), self);
  paddock_saved_filter_bar_show (self->saved, self->query);
}

static void
on_filter_shown (PaddockLibraryView *self)
{
  GtkWidget *filter = gtk_popover_get_child (self->filter_popover);

  if (filter == NULL)
    {
      filter = paddock_library_filter_new ();
      g_signal_connect_object (filter, "changed", G_CALLBACK (on_filter_changed), self, G_CONNECT_SWAPPED);
      gtk_popover_set_child (self->filter_popover, filter);
    }
  paddock_library_filter_show (PADDOCK_LIBRARY_FILTER (filter), self->query, paddock_library_get_index (self->library));
}

static void
on_search_changed (PaddockLibraryView *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  /* No text and an empty one are the same. */
  if (self->library == NULL || g_str_equal (self->query->text != NULL ? self->query->text : "", text))
    return;
  g_set_str (&self->query->text, text);
  paddock_saved_filter_bar_show (self->saved, self->query);
  refresh (self);
  paddock_library_browser_go_to_top (self->browser);
}

static void
on_search_stopped (PaddockLibraryView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->browser));
}

static void
on_open (PaddockLibraryView *self, const char *id)
{
  g_signal_emit (self, signals[OPEN], 0, id);
}

static void
on_selecting_changed (PaddockLibraryView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEADING]);
  paddock_selection_actions_update (self);
}

static void
clear_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryView *self = PADDOCK_LIBRARY_VIEW (widget);

  paddock_filter_choices_clear (self->query);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  g_set_str (&self->query->text, "");
  on_filter_changed (self);
}

/* What there was is let go of last: the parts that know it are told of the new one first. */
static void
take_query (PaddockLibraryView *self, PaddockLibraryQuery *query)
{
  g_autoptr (PaddockLibraryQuery) before = self->query;

  self->query = query;
  paddock_library_order_show (self->order, query);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), query->text != NULL ? query->text : "");
}

/* A saved filter that is left leaves the order that it had. */
static void
on_saved_chosen (PaddockLibraryView *self, const char *json)
{
  PaddockLibraryQuery *query = NULL;

  if (*json != '\0')
    query = paddock_library_query_from_json (json, NULL);
  if (query != NULL)
    {
      take_query (self, query);
      on_filter_changed (self);
      paddock_library_browser_go_to_top (self->browser);
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "library.clear-filters", NULL);
}

static void
on_layout_changed (PaddockLibraryView *self)
{
  paddock_library_list_set_sectioning (self->list, paddock_library_layout_apply (self->browser, self->settings));
  refresh (self);
}

static void
paddock_library_view_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  PaddockLibraryView *self = PADDOCK_LIBRARY_VIEW (object);
  gboolean selecting = self->selection != NULL && paddock_library_selection_get_active (self->selection);

  switch (property)
    {
    case PROP_SELECTING:
      g_value_set_boolean (value, selecting);
      break;
    case PROP_HEADING:
      g_value_take_string (value, paddock_library_words_dup_heading (selecting, selecting
                                    ? paddock_library_selection_count (self->selection) : 0));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_library_view_dispose (GObject *object)
{
  PaddockLibraryView *self = PADDOCK_LIBRARY_VIEW (object);

  paddock_library_patience_clear (&self->patience);
  g_clear_handle_id (&self->fits_source, g_source_remove);
  if (self->library != NULL)
    g_signal_handlers_disconnect_by_data (self->library, self);
  if (self->fits != NULL)
    g_signal_handlers_disconnect_by_data (self->fits, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_LIBRARY_VIEW);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->fits);
  g_clear_object (&self->library);
  g_clear_object (&self->activities);
  g_clear_object (&self->settings);
  g_clear_object (&self->order);
  G_OBJECT_CLASS (paddock_library_view_parent_class)->dispose (object);
}

static void
paddock_library_view_finalize (GObject *object)
{
  PaddockLibraryView *self = PADDOCK_LIBRARY_VIEW (object);

  g_clear_pointer (&self->query, paddock_library_query_free);
  g_clear_pointer (&self->shown, paddock_library_index_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (paddock_library_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryView, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryView, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryView, filter_popover);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryView, chips);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryView, saved);
  gtk_widget_class_bind_template_callback (widget_class, on_saved_chosen);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryView, tools);
  gtk_widget_class_bind_template_child_full (widget_class, "spinner", FALSE,
                                             G_STRUCT_OFFSET (PaddockLibraryView, patience.spinner));
  gtk_widget_class_bind_template_child_full (widget_class, "large_spinner", FALSE,
                                             G_STRUCT_OFFSET (PaddockLibraryView, patience.large_spinner));
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryView, status);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryView, failed);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryView, nothing);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryView, browser);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryView, notice);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
}

static void
paddock_library_view_class_init (PaddockLibraryViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = paddock_library_view_get_property;
  object_class->dispose = paddock_library_view_dispose;
  object_class->finalize = paddock_library_view_finalize;

  /**
   * PaddockLibraryView:selecting:
   *
   * Whether the person is selecting models.
   */
  properties[PROP_SELECTING] =
    g_param_spec_boolean ("selecting", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * PaddockLibraryView:heading:
   *
   * What is shown, or how many models are selected.
   */
  properties[PROP_HEADING] = g_param_spec_string ("heading", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  /**
   * PaddockLibraryView::open:
   * @id: of a model
   *
   * The person wants to see it.
   */
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (PADDOCK_TYPE_LIBRARY_BROWSER);
  g_type_ensure (PADDOCK_TYPE_LATE_CHILD);
  g_type_ensure (PADDOCK_TYPE_SAVED_FILTER_BAR);
  g_type_ensure (PADDOCK_TYPE_SELECTION_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/library-view.ui");
  bind_template (widget_class);
  paddock_entry_actions_install (widget_class);
  paddock_selection_actions_install (widget_class);
  gtk_widget_class_install_action (widget_class, "library.clear-filters", NULL, clear_action);
}

static void
paddock_library_view_init (PaddockLibraryView *self)
{
  self->query = paddock_library_query_new ();
  self->order = paddock_library_order_new ();
  g_signal_connect_object (self->order, "changed", G_CALLBACK (on_filter_changed), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "list", paddock_library_order_get_actions (self->order));
}

static void
restore_query (PaddockLibraryView *self)
{
  g_autofree char *json = g_settings_get_string (self->settings, "library-filter");
  PaddockLibraryQuery *query = paddock_library_query_from_json (json, NULL);
  g_autoptr (PaddockSavedFilters) filters = paddock_saved_filters_new (self->settings);

  paddock_saved_filter_bar_set_filters (self->saved, filters);
  if (query != NULL)
    take_query (self, query);
  else
    paddock_library_order_show (self->order, self->query);
  show_chips (self);
}

/**
 * paddock_library_view_set_services:
 * @self: the view
 * @library: what it shows
 * @activities: where what takes a while is done
 * @machines: the computer that models are judged by
 * @settings: where order and filters are kept
 */
void
paddock_library_view_set_services (PaddockLibraryView *self, PaddockLibrary *library, PaddockActivityList *activities,
                                   PaddockMachineChoice *machines, GSettings *settings)
{
  self->library = g_object_ref (library);
  self->activities = g_object_ref (activities);
  self->settings = g_object_ref (settings);
  self->fits = paddock_library_fits_new (machines);
  self->list = paddock_library_list_new (self->fits);
  self->selection = paddock_library_selection_new (self->list);
  g_signal_connect_object (self->selection, "notify", G_CALLBACK (on_selecting_changed), self, G_CONNECT_SWAPPED);
  paddock_library_browser_set_selection (self->browser, self->selection);
  restore_query (self);
  paddock_library_layout_install (GTK_WIDGET (self), settings);
  g_signal_connect_object (settings, "changed::library-grid", G_CALLBACK (on_layout_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::library-sections", G_CALLBACK (on_layout_changed), self, G_CONNECT_SWAPPED);
  on_selecting_changed (self);
  g_signal_connect_object (self->fits, "judged", G_CALLBACK (on_judged), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "changed", G_CALLBACK (on_library_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "notify::loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "notify::scanning", G_CALLBACK (on_looking_changed), self, G_CONNECT_SWAPPED);
  on_layout_changed (self);
  on_looking_changed (self);
}

PaddockLibrary *
paddock_library_view_get_library (PaddockLibraryView *self)
{
  return self->library;
}

PaddockActivityList *
paddock_library_view_get_activities (PaddockLibraryView *self)
{
  return self->activities;
}

GSettings *
paddock_library_view_get_settings (PaddockLibraryView *self)
{
  return self->settings;
}

/**
 * paddock_library_view_look_again:
 * @self: the view
 *
 * Looks at all places on the disk, and follows them from then on.
 */
void
paddock_library_view_look_again (PaddockLibraryView *self)
{
  self->looked = TRUE;
  paddock_late_child_prepare (self->nothing);
  self->n_starts++;
  paddock_library_start_async (self->library, TRUE, NULL, on_started, g_object_ref (self));
  on_looking_changed (self);
}

/**
 * paddock_library_view_search:
 * @self: the view
 * @text: (nullable): what to look for; %NULL to leave that to the person
 */
void
paddock_library_view_search (PaddockLibraryView *self, const char *text)
{
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  if (gtk_widget_get_visible (self->tools))
    gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

PaddockLibraryEntry *
paddock_library_view_find (PaddockLibraryView *self, const char *id)
{
  return paddock_library_index_find (paddock_library_get_index (self->library), id);
}

PaddockLibrarySelection *
paddock_library_view_get_selection (PaddockLibraryView *self)
{
  return self->selection;
}

/**
 * paddock_library_view_set_selecting:
 * @self: the view
 * @selecting: whether the person selects from now on
 */
void
paddock_library_view_set_selecting (PaddockLibraryView *self, gboolean selecting)
{
  paddock_library_selection_set_active (self->selection, selecting);
  gtk_widget_grab_focus (GTK_WIDGET (self->browser));
}
