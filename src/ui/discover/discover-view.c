/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/discover-view.h"

#include "discover/discover-failure.h"
#include "discover/discover-filter.h"
#include "discover/discover-item.h"
#include "discover/discover-list.h"
#include "discover/discover-problem.h"
#include "discover/discover-row.h"
#include "discover/discover-words.h"
#include "hub-error.h"
#include "hub-reference.h"
#include "hub-search.h"
#include "widgets/tile-view.h"

#include <glib/gi18n.h>
#include <string.h>

#define PATIENCE_MS 250              /* a spinner that flashes by only disturbs */

struct _PaddockDiscoverView
{
  AdwBin parent_instance;

  /* Owned */
  PaddockHubSession *session;
  GSettings *settings;
  PaddockDiscoverList *list;
  char *page;                        /* that was asked for last; NULL: none */
  guint patience_source;

  gboolean begun;                    /* questions may be asked */
  gboolean pasted;                   /* what stands there came in one piece */

  /* Template */
  GtkSearchEntry *search_entry;
  GtkWidget *spinner;
  PaddockDiscoverFilter *filter;
  AdwWrapBox *chips;
  GtkWidget *open_button;
  GtkLabel *open_label;
  GtkStack *stack;
  GtkWidget *large_spinner;
  PaddockDiscoverFailure *failure;
  PaddockTileView *list_view;
  GtkWidget *more_spinner;
  AdwBanner *more_banner;
  AdwBanner *said_banner;
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockDiscoverView, paddock_discover_view, ADW_TYPE_BIN)

static guint
count_found (PaddockDiscoverView *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->list));
}

static PaddockHubReference *
read_reference (PaddockDiscoverView *self)
{
  return paddock_hub_reference_parse (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)),
                                      paddock_hub_session_get_endpoint (self->session));
}

/* Which of the four states it is in. */
static void
update_stack (PaddockDiscoverView *self)
{
  g_autoptr (GError) nobody = NULL;
  const GError *error = paddock_discover_list_get_error (self->list);
  gboolean any = count_found (self) > 0;
  const char *name = any                                           ? "list"
                     : error != NULL                               ? "failed"
                     : !self->begun                                ? "loading"
                     : paddock_discover_list_is_asking (self->list) ? "loading"
                                                                   : "nothing";

  if (self->session == NULL)
    {
      nobody = g_error_new_literal (PADDOCK_HUB_ERROR, PADDOCK_HUB_ERROR_INVALID, "HF_ENDPOINT");
      error = nobody;
      name = "failed";
    }
  if (error != NULL && !any)
    paddock_discover_failure_set_error (self->failure, error);
  gtk_stack_set_visible_child_name (self->stack, name);
}

/* The next page could not be had: what is there stays. */
static void
update_banner (PaddockDiscoverView *self)
{
  const GError *error = count_found (self) > 0 ? paddock_discover_list_get_error (self->list) : NULL;
  g_autoptr (PaddockDiscoverProblem) problem = error != NULL ? paddock_discover_problem_new (error) : NULL;

  if (problem != NULL)
    adw_banner_set_title (self->more_banner, problem->title);
  adw_banner_set_revealed (self->more_banner, problem != NULL);
}

/* What is only remembered is better than nothing, as long as the person knows. */
static void
update_said (PaddockDiscoverView *self)
{
  gint64 said_at = paddock_discover_list_get_said_at (self->list);
  g_autofree char *text
      = said_at > 0 ? paddock_discover_words_dup_said (said_at, g_get_real_time () / G_USEC_PER_SEC) : NULL;

  if (text != NULL)
    adw_banner_set_title (self->said_banner, text);
  adw_banner_set_revealed (self->said_banner, text != NULL);
}

static void
show_spinners (gpointer user_data)
{
  PaddockDiscoverView *self = user_data;

  self->patience_source = 0;
  gtk_widget_set_visible (self->spinner, TRUE);
  gtk_widget_set_visible (self->large_spinner, TRUE);
  gtk_widget_set_visible (self->more_spinner, TRUE);
}

static void
update_spinners (PaddockDiscoverView *self)
{
  if (!paddock_discover_list_is_asking (self->list))
    {
      g_clear_handle_id (&self->patience_source, g_source_remove);
      gtk_widget_set_visible (self->spinner, FALSE);
      gtk_widget_set_visible (self->large_spinner, FALSE);
      gtk_widget_set_visible (self->more_spinner, FALSE);
    }
  else if (self->patience_source == 0 && !gtk_widget_get_visible (self->spinner))
    self->patience_source = g_timeout_add_once (PATIENCE_MS, show_spinners, self);
}

static void
on_list_changed (PaddockDiscoverView *self)
{
  update_spinners (self);
  update_stack (self);
  update_banner (self);
  update_said (self);
}

/* Who cannot see that another list is there is told how long it is. */
static void
on_items_changed (PaddockDiscoverView *self, guint position, guint removed, guint added)
{
  g_autofree char *text = NULL;

  if (position > 0)
    return;
  if (added > 0)
    paddock_tile_view_go_to_top (self->list_view);
  text = g_strdup_printf (ngettext ("%u repository found", "%u repositories found", added), added);
  gtk_accessible_announce (GTK_ACCESSIBLE (self->list_view), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static char *
build_page (PaddockDiscoverView *self)
{
  g_autoptr (PaddockHubReference) reference = read_reference (self);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry))));
  g_autofree char *task = g_settings_get_string (self->settings, "discover-task");
  g_autofree char *author = g_settings_get_string (self->settings, "discover-author");
  PaddockHubQuery query = {
    .text = reference != NULL ? reference->id : text,
    .author = author,
    .task = task,
    .order = (PaddockHubOrder) g_settings_get_enum (self->settings, "discover-order"),
  };

  return paddock_hub_search_build_path (&query);
}

/* Nothing is asked before anybody looks, and nothing twice. */
static void
ask (PaddockDiscoverView *self)
{
  g_autofree char *page = NULL;

  if (!self->begun || self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  page = build_page (self);
  if (g_set_str (&self->page, page))
    paddock_discover_list_ask (self->list, page);
}

static void
on_filter_changed (PaddockDiscoverView *self)
{
  paddock_discover_filter_fill_chips (self->chips, self->settings);
  ask (self);
}

static void
open_reference (PaddockDiscoverView *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  g_signal_emit (self, signals[OPEN], 0, text);
}

/* Before the text is there: one that comes in one piece and has a place in the hub was not typed. */
static void
on_text_inserted (GtkEditable *editable, const char *text, int length, int *position, gpointer user_data)
{
  gsize bytes = length < 0 ? strlen (text) : (gsize) length;

  PADDOCK_DISCOVER_VIEW (user_data)->pasted = bytes > 1 && memchr (text, '/', bytes) != NULL;
}

static void
on_text_changed (PaddockDiscoverView *self)
{
  g_autoptr (PaddockHubReference) reference = self->session != NULL ? read_reference (self) : NULL;
  gboolean pasted = self->pasted;

  self->pasted = FALSE;
  if (reference != NULL && pasted)
    {
      open_reference (self);
      return;
    }
  if (reference != NULL)
    gtk_label_set_label (self->open_label, reference->id);
  gtk_widget_set_visible (self->open_button, reference != NULL);
}

/* Only when typing has stopped for a moment; see search-delay. */
static void
on_search_changed (PaddockDiscoverView *self)
{
  ask (self);
}

static void
on_search_activated (PaddockDiscoverView *self)
{
  g_autoptr (PaddockHubReference) reference = self->session != NULL ? read_reference (self) : NULL;

  if (reference != NULL)
    open_reference (self);
  else
    ask (self);
}

static void
on_search_stopped (PaddockDiscoverView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_widget_child_focus (GTK_WIDGET (self->list_view), GTK_DIR_TAB_FORWARD);
}

static void
on_activated (PaddockDiscoverView *self, guint position)
{
  g_autoptr (PaddockDiscoverItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (item != NULL)
    g_signal_emit (self, signals[OPEN], 0, paddock_discover_item_get_repository (item)->id);
}

/* Two screens before the end, what follows is asked for. */
static void
on_scrolled (PaddockDiscoverView *self, GtkAdjustment *adjustment)
{
  double page = gtk_adjustment_get_page_size (adjustment);

  if (self->list != NULL && page > 0 && count_found (self) > 0 &&
      gtk_adjustment_get_value (adjustment) + 3 * page >= gtk_adjustment_get_upper (adjustment))
    paddock_discover_list_ask_more (self->list);
}

static GtkWidget *
make_row (gpointer user_data)
{
  return paddock_discover_row_new ();
}

static guint
find_item (gpointer item, gpointer user_data)
{
  return paddock_discover_list_find (PADDOCK_DISCOVER_VIEW (user_data)->list, item);
}

static void
clear_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockDiscoverView *self = PADDOCK_DISCOVER_VIEW (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  paddock_discover_filter_clear (self->settings);
  ask (self);
}

static void
again_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  paddock_discover_view_ask_again (PADDOCK_DISCOVER_VIEW (widget));
}

static void
paddock_discover_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (paddock_discover_view_parent_class)->map (widget);
  ask (PADDOCK_DISCOVER_VIEW (widget));
}

static void
paddock_discover_view_dispose (GObject *object)
{
  PaddockDiscoverView *self = PADDOCK_DISCOVER_VIEW (object);

  g_clear_handle_id (&self->patience_source, g_source_remove);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_DISCOVER_VIEW);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (paddock_discover_view_parent_class)->dispose (object);
}

static void
paddock_discover_view_finalize (GObject *object)
{
  g_free (PADDOCK_DISCOVER_VIEW (object)->page);
  G_OBJECT_CLASS (paddock_discover_view_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverView, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverView, spinner);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverView, filter);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverView, chips);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverView, open_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverView, open_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverView, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverView, large_spinner);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverView, failure);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverView, list_view);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverView, more_spinner);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverView, more_banner);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverView, said_banner);
  gtk_widget_class_bind_template_callback (widget_class, on_text_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, open_reference);
}

static void
paddock_discover_view_class_init (PaddockDiscoverViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = paddock_discover_view_dispose;
  object_class->finalize = paddock_discover_view_finalize;
  widget_class->map = paddock_discover_view_map;

  /**
   * PaddockDiscoverView::open:
   * @text: of a repository, and perhaps of what in it
   *
   * The person wants to see it.
   */
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);

  g_type_ensure (PADDOCK_TYPE_DISCOVER_FAILURE);
  g_type_ensure (PADDOCK_TYPE_DISCOVER_FILTER);
  g_type_ensure (PADDOCK_TYPE_TILE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/discover-view.ui");
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "discover.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "hub.again", NULL, again_action);
}

static void
set_up_list (PaddockDiscoverView *self)
{
  g_autoptr (GtkSelectionModel) selection
      = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->list))));

  paddock_tile_view_set_makers (self->list_view, make_row, NULL, NULL, find_item, self);
  paddock_tile_view_set_model (self->list_view, selection);
}

static void
watch_scrolling (PaddockDiscoverView *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list_view));

  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_scrolled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_scrolled), self, G_CONNECT_SWAPPED);
}

static void
paddock_discover_view_init (PaddockDiscoverView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->list = paddock_discover_list_new ();
  set_up_list (self);
  g_signal_connect_object (self->list, "changed", G_CALLBACK (on_list_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->search_entry)), "insert-text",
                           G_CALLBACK (on_text_inserted), self, 0);
  watch_scrolling (self);
}

/**
 * paddock_discover_view_set_services:
 * @self: the view
 * @session: who is asked
 * @settings: where order and filters are kept
 */
void
paddock_discover_view_set_services (PaddockDiscoverView *self, PaddockHubSession *session, GSettings *settings)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GAction) order = g_settings_create_action (settings, "discover-order");

  g_set_object (&self->session, session);
  g_set_object (&self->settings, settings);
  g_action_map_add_action (G_ACTION_MAP (actions), order);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "browse", G_ACTION_GROUP (actions));
  paddock_discover_filter_set_settings (self->filter, settings);
  paddock_discover_filter_fill_chips (self->chips, settings);
  g_signal_connect_object (settings, "changed::discover-order", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::discover-task", G_CALLBACK (on_filter_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::discover-author", G_CALLBACK (on_filter_changed), self, G_CONNECT_SWAPPED);
  paddock_discover_list_set_session (self->list, session);
  on_list_changed (self);
}

/**
 * paddock_discover_view_begin:
 * @self: the view
 */
void
paddock_discover_view_begin (PaddockDiscoverView *self)
{
  self->begun = TRUE;
  g_clear_pointer (&self->page, g_free);
  ask (self);
  update_stack (self);
}

/**
 * paddock_discover_view_ask_again:
 * @self: the view
 */
void
paddock_discover_view_ask_again (PaddockDiscoverView *self)
{
  paddock_discover_list_ask_again (self->list);
}

/**
 * paddock_discover_view_search:
 * @self: the view
 * @text: (nullable): what to look for
 */
void
paddock_discover_view_search (PaddockDiscoverView *self, const char *text)
{
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
