/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-browser.h"

#include "library/cell-finding.h"
#include "library/entry-actions.h"
#include "library/library-card.h"
#include "library/library-row.h"
#include "library/section-header.h"
#include "widgets/late-child.h"
#include "widgets/tile-view.h"

struct _PaddockLibraryBrowser
{
  AdwBin parent_instance;

  /* Owned */
  PaddockLibrarySelection *selection;

  gboolean grid;

  /* Template */
  GtkStack *stack;
  PaddockTileView *list_view;
  PaddockLateChild *grid_place;

  /* Owned: children */
  GtkPopoverMenu *entry_menu;        /* NULL: nobody has opened it yet */
  GtkWidget *voices;

  /* Borrowed */
  PaddockTileView *grid_view;        /* NULL: nobody has seen it yet */
};

enum
{
  OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockLibraryBrowser, paddock_library_browser, ADW_TYPE_BIN)

static PaddockTileView *
get_view (PaddockLibraryBrowser *self)
{
  return self->grid ? self->grid_view : self->list_view;
}

static PaddockLibraryEntry *
get_entry (PaddockLibraryCell *cell)
{
  return paddock_library_item_get_entry (paddock_library_cell_get_item (cell));
}

static void
on_activated (PaddockLibraryBrowser *self, guint position)
{
  g_autoptr (PaddockLibraryItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (item == NULL)
    return;
  if (paddock_library_selection_get_active (self->selection))
    paddock_library_selection_toggle (self->selection, position);
  else
    g_signal_emit (self, signals[OPEN], 0, paddock_library_item_get_entry (item)->id);
}

static void
open_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[OPEN], 0, g_variant_get_string (parameter, NULL));
}

static void
make_menu (PaddockLibraryBrowser *self)
{
  self->entry_menu = GTK_POPOVER_MENU (gtk_popover_menu_new_from_model (NULL));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->entry_menu), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->entry_menu), GTK_WIDGET (self));
}

static void
pop_up_menu (PaddockLibraryBrowser *self, PaddockLibraryCell *cell, const GdkRectangle *place)
{
  g_autoptr (GMenuModel) menu = NULL;

  /* While many are meant, a menu of one would mislead. */
  if (paddock_library_selection_get_active (self->selection))
    return;
  menu = paddock_entry_actions_new_menu (get_entry (cell));
  if (self->entry_menu == NULL)
    make_menu (self);
  gtk_popover_menu_set_menu_model (self->entry_menu, menu);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->entry_menu), place);
  gtk_popover_popup (GTK_POPOVER (self->entry_menu));
}

static void
menu_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryBrowser *self = PADDOCK_LIBRARY_BROWSER (widget);
  PaddockLibraryCell *cell = paddock_cell_finding_by_id (GTK_WIDGET (get_view (self)), g_variant_get_string (parameter, NULL));
  graphene_rect_t bounds;

  if (cell != NULL && gtk_widget_compute_bounds (paddock_library_cell_get_menu_button (cell), widget, &bounds))
    pop_up_menu (self, cell,
                 &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y, (int) bounds.size.width,
                                   (int) bounds.size.height });
}

static void
on_pressed_at (PaddockLibraryBrowser *self, double x, double y)
{
  PaddockLibraryCell *cell = paddock_cell_finding_at (GTK_WIDGET (self), x, y);

  if (cell != NULL)
    pop_up_menu (self, cell, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
}

static void
on_secondary_pressed (PaddockLibraryBrowser *self, int n_press, double x, double y)
{
  on_pressed_at (self, x, y);
}

/* Before the list itself, which opens what is clicked: with one of these keys held, it is selected. */
static void
on_primary_pressed (PaddockLibraryBrowser *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  PaddockLibraryCell *cell = paddock_cell_finding_at (GTK_WIDGET (self), x, y);
  guint position;

  if ((state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0 || cell == NULL ||
      !paddock_library_selection_find (self->selection, get_entry (cell)->id, &position))
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  /* The keys that go on from here belong to the list. */
  gtk_widget_grab_focus (GTK_WIDGET (cell));
  if ((state & GDK_SHIFT_MASK) != 0)
    paddock_library_selection_extend (self->selection, position);
  else
    paddock_library_selection_toggle (self->selection, position);
}

/* What keys do to one model, and what they do to those that are selected; NULL: nothing. */
static const char *
find_selected_action (const char *entry_action)
{
  static const char *const pairs[][2] = {
    { "entry.copy-file", "selected.copy-files" },
    { "entry.favourite", "selected.favourite" },
    { "entry.notes", "selected.tags" },
    { "entry.remove", "selected.remove" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (g_str_equal (entry_action, pairs[i][0]))
      return pairs[i][1];
  return NULL;
}

/* The cell that the keyboard is at is meant, unless some are selected; parameter is the action's name. */
static gboolean
do_to_focused (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  PaddockLibraryBrowser *self = PADDOCK_LIBRARY_BROWSER (widget);
  PaddockLibraryCell *cell = paddock_cell_finding_focused (GTK_WIDGET (get_view (self)));
  const char *action = g_variant_get_string (parameter, NULL);

  if (paddock_library_selection_get_active (self->selection))
    {
      action = find_selected_action (action);
      return action != NULL && gtk_widget_activate_action (widget, action, NULL);
    }
  if (cell == NULL)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_activate_action (widget, action, "s", paddock_cell_finding_get_id (cell));
}

/* With one of those that are selected, all of them are dragged. */
static GdkContentProvider *
new_content (PaddockLibraryBrowser *self, PaddockLibraryEntry *dragged)
{
  g_autoptr (GPtrArray) entries = paddock_library_selection_list_entries (self->selection);
  guint position;

  if (!g_ptr_array_find (entries, dragged, &position))
    {
      g_ptr_array_set_size (entries, 0);
      g_ptr_array_add (entries, paddock_library_entry_ref (dragged));
    }
  return paddock_entry_actions_new_content (entries);
}

static GdkContentProvider *
on_drag_prepare (PaddockLibraryBrowser *self, double x, double y, GtkDragSource *source)
{
  PaddockLibraryCell *cell = paddock_cell_finding_at (GTK_WIDGET (self), x, y);
  g_autoptr (GdkPaintable) picture = NULL;

  if (cell == NULL)
    return NULL;
  picture = gtk_widget_paintable_new (GTK_WIDGET (cell));
  gtk_drag_source_set_icon (source, picture, 0, 0);
  return new_content (self, get_entry (cell));
}

static gboolean
paddock_library_browser_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (get_view (PADDOCK_LIBRARY_BROWSER (widget))));
}

static void
paddock_library_browser_dispose (GObject *object)
{
  PaddockLibraryBrowser *self = PADDOCK_LIBRARY_BROWSER (object);

  if (self->entry_menu != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->entry_menu));
  self->entry_menu = NULL;
  g_clear_pointer (&self->voices, gtk_widget_unparent);
  /* The template would drop its own child, and leave the bin with a pointer to where it was. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_LIBRARY_BROWSER);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (paddock_library_browser_parent_class)->dispose (object);
}

static void
paddock_library_browser_class_init (PaddockLibraryBrowserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = paddock_library_browser_dispose;
  widget_class->grab_focus = paddock_library_browser_grab_focus;

  /**
   * PaddockLibraryBrowser::open:
   * @id: of a model
   *
   * The person wants to see it.
   */
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  g_type_ensure (PADDOCK_TYPE_LATE_CHILD);
  g_type_ensure (PADDOCK_TYPE_TILE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/library-browser.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryBrowser, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryBrowser, list_view);
  gtk_widget_class_bind_template_child (widget_class, PaddockLibraryBrowser, grid_place);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_prepare);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed_at);
  gtk_widget_class_bind_template_callback (widget_class, on_primary_pressed);
  gtk_widget_class_bind_template_callback (widget_class, on_secondary_pressed);
  gtk_widget_class_install_action (widget_class, "entry.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "entry.menu", "s", menu_action);
  paddock_entry_actions_bind_keys (widget_class, do_to_focused);
}

static void
paddock_library_browser_init (PaddockLibraryBrowser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->voices = paddock_cell_voices_new ();
  gtk_widget_set_parent (self->voices, GTK_WIDGET (self));
}

static GtkWidget *
make_cell (PaddockLibraryBrowser *self, GType type)
{
  GtkWidget *cell = g_object_new (type, NULL);

  paddock_library_cell_set_services (PADDOCK_LIBRARY_CELL (cell), PADDOCK_CELL_VOICES (self->voices), self->selection);
  return cell;
}

static GtkWidget *
make_row (gpointer self)
{
  return make_cell (self, PADDOCK_TYPE_LIBRARY_ROW);
}

static GtkWidget *
make_card (gpointer self)
{
  return make_cell (self, PADDOCK_TYPE_LIBRARY_CARD);
}

static GtkWidget *
make_heading (gpointer self)
{
  return paddock_section_header_new ();
}

static void
fill_heading (GtkWidget *heading, guint first, guint end, gpointer user_data)
{
  PaddockLibraryBrowser *self = user_data;

  paddock_section_header_show (heading, paddock_library_selection_get_list (self->selection), first, end);
}

static guint
find_item (gpointer item, gpointer user_data)
{
  PaddockLibraryBrowser *self = user_data;
  guint position = GTK_INVALID_LIST_POSITION;

  paddock_library_selection_find (self->selection, paddock_library_item_get_entry (item)->id, &position);
  return position;
}

static void
make_grid (PaddockLibraryBrowser *self)
{
  self->grid_view = paddock_late_child_get_object (self->grid_place, "grid_view");
  g_signal_connect_object (self->grid_view, "activate", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
  paddock_tile_view_set_makers (self->grid_view, make_card, make_heading, fill_heading, find_item, self);
}

/* What nobody sees has nothing to show. */
static void
show (PaddockLibraryBrowser *self)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);

  paddock_tile_view_set_model (self->list_view, self->grid ? NULL : model);
  if (self->grid_view != NULL)
    paddock_tile_view_set_model (self->grid_view, self->grid ? model : NULL);
  gtk_stack_set_visible_child_name (self->stack, self->grid ? "grid" : "list");
}

/**
 * paddock_library_browser_set_selection:
 * @self: the browser
 * @selection: what it shows, and what of it is selected
 */
void
paddock_library_browser_set_selection (PaddockLibraryBrowser *self, PaddockLibrarySelection *selection)
{
  self->selection = g_object_ref (selection);
  paddock_tile_view_set_makers (self->list_view, make_row, make_heading, fill_heading, find_item, self);
  show (self);
}

/**
 * paddock_library_browser_set_grid:
 * @self: the browser
 * @grid: whether there are cards, else there are rows
 */
void
paddock_library_browser_set_grid (PaddockLibraryBrowser *self, gboolean grid)
{
  if (self->grid == grid)
    return;
  self->grid = grid;
  if (grid && self->grid_view == NULL)
    make_grid (self);
  show (self);
}

void
paddock_library_browser_set_headings (PaddockLibraryBrowser *self, gboolean headings)
{
  paddock_tile_view_set_headings (self->list_view, headings);
}

void
paddock_library_browser_go_to_top (PaddockLibraryBrowser *self)
{
  paddock_tile_view_go_to_top (get_view (self));
}
