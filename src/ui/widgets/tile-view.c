/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/tile-view.h"

#include "widgets/tile-keys.h"
#include "widgets/tile-pointer.h"
#include "widgets/tile-stage.h"

#define STEP_PIXELS 60.0

struct _PaddockTileView
{
  GtkWidget parent_instance;

  /* Owned */
  GtkSelectionModel *model;          /* NULL: there is none yet */
  PaddockTileStage stage;
  GtkAdjustment *adjustments[2];     /* by orientation */

  /* Borrowed */
  PaddockTileFinder find;
  gpointer user_data;

  GtkScrollablePolicy policies[2];
  guint max_columns;
  guint focused;                     /* where the keyboard is or was */
  guint mark;                        /* where the keys began to select a range; else GTK_INVALID_LIST_POSITION */
  guint anchor;                      /* the item that stays where it is when others come and go */
  double anchor_offset;              /* how much of it is out of sight */
  gboolean anchoring;                /* the place is set by what is anchored, not the other way round */
};

enum
{
  PROP_MAX_COLUMNS = 1,
  PROP_MODEL,
  N_PROPERTIES,
  PROP_HADJUSTMENT = N_PROPERTIES,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY
};

enum
{
  ACTIVATE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (PaddockTileView, paddock_tile_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static guint
count_items (PaddockTileView *self)
{
  return self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
}

static double
get_place (PaddockTileView *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  return adjustment != NULL ? gtk_adjustment_get_value (adjustment) : 0;
}

static gboolean
has_focus_inside (PaddockTileView *self)
{
  return gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
}

/* At the top it is the top that stays. */
static void
drop_anchor (PaddockTileView *self)
{
  double place = get_place (self);

  self->anchor = 0;
  self->anchor_offset = 0;
  if (place <= 0 || self->stage.layout->n_tiles == 0 || self->stage.layout->tile_height == 0)
    return;
  self->anchor = paddock_tile_layout_find_row (self->stage.layout, (gint64) place);
  self->anchor_offset = place - (double) paddock_tile_layout_get_top (self->stage.layout, self->anchor);
}

static void
on_place_changed (PaddockTileView *self)
{
  if (!self->anchoring)
    drop_anchor (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
configure (PaddockTileView *self, int width, int height)
{
  GtkAdjustment *vertical = self->adjustments[GTK_ORIENTATION_VERTICAL];
  GtkAdjustment *horizontal = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  double total = (double) paddock_tile_layout_get_height (self->stage.layout);
  double place = 0;

  if (self->stage.layout->n_tiles > 0 && (self->anchor > 0 || self->anchor_offset > 0))
    place = (double) paddock_tile_layout_get_top (self->stage.layout, MIN (self->anchor, self->stage.layout->n_tiles - 1)) +
            self->anchor_offset;
  self->anchoring = TRUE;
  if (vertical != NULL)
    gtk_adjustment_configure (vertical, CLAMP (place, 0, MAX (total - height, 0)), 0, MAX (total, height), STEP_PIXELS,
                              height * 0.9, height);
  if (horizontal != NULL)
    gtk_adjustment_configure (horizontal, 0, 0, width, STEP_PIXELS, width, width);
  self->anchoring = FALSE;
}

static void
show_visible (PaddockTileView *self, int width, int height)
{
  guint kept = has_focus_inside (self) ? MIN (self->focused, self->stage.layout->n_tiles - 1) : GTK_INVALID_LIST_POSITION;

  paddock_tile_stage_show (&self->stage, self->model, get_place (self), width, height, kept);
}

/* What the keyboard was at may be gone; then it is at what is there now. */
static void
keep_focus (PaddockTileView *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self));
  PaddockTile *tile;

  if (child == NULL || !PADDOCK_IS_TILE (child) || paddock_tile_get_position (PADDOCK_TILE (child)) == self->focused)
    return;
  tile = paddock_tile_strip_find (&self->stage.strip, MIN (self->focused, self->stage.layout->n_tiles - 1));
  if (tile != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (tile));
}

static void
paddock_tile_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PaddockTileView *self = PADDOCK_TILE_VIEW (widget);

  if (self->stage.strip.make == NULL || self->model == NULL)
    return;
  paddock_tile_stage_shape (&self->stage, width, self->max_columns);
  configure (self, width, height);
  if (self->stage.layout->n_tiles > 0)
    show_visible (self, width, height);
  else
    paddock_tile_strip_hide (&self->stage.strip);
  keep_focus (self);
}

static void
paddock_tile_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  PaddockTileView *self = PADDOCK_TILE_VIEW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL && self->stage.strip.make != NULL)
    {
      *minimum = paddock_tile_stage_get_least (&self->stage);
      *natural = *minimum * (int) self->max_columns;
    }
}

static gboolean
is_known (PaddockTileView *self, guint position)
{
  return position < self->stage.layout->n_tiles;
}

/* Where an item is after a change of the model. */
static guint
follow (PaddockTileView *self, guint position, gpointer item, guint changed, guint removed, guint added)
{
  guint found = GTK_INVALID_LIST_POSITION;

  if (position < changed)
    return position;
  if (position >= changed + removed)
    return position - removed + added;
  if (item != NULL)
    found = self->find (item, self->user_data);
  return found != GTK_INVALID_LIST_POSITION ? found : position;
}

static gpointer
dup_item (PaddockTileView *self, guint position)
{
  PaddockTile *tile = paddock_tile_strip_find (&self->stage.strip, position);
  gpointer item = tile != NULL ? paddock_tile_get_item (tile) : NULL;

  return item != NULL ? g_object_ref (item) : NULL;
}

static GArray *
list_starts (PaddockTileView *self)
{
  guint n_items = count_items (self);
  GArray *starts;

  if (!self->stage.with_headings || !GTK_IS_SECTION_MODEL (self->model))
    return NULL;
  starts = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint start = 0, end; start < n_items; start = end)
    {
      guint begin;

      gtk_section_model_get_section (GTK_SECTION_MODEL (self->model), start, &begin, &end);
      g_array_append_val (starts, start);
    }
  return starts;
}

static void
on_items_changed (PaddockTileView *self, guint position, guint removed, guint added)
{
  g_autoptr (GObject) anchored = dup_item (self, self->anchor);
  g_autoptr (GObject) focused = dup_item (self, self->focused);
  gboolean at_top = self->anchor == 0 && self->anchor_offset <= 0;

  paddock_tile_layout_set_tiles (self->stage.layout, count_items (self), list_starts (self));
  if (!at_top)
    self->anchor = follow (self, self->anchor, anchored, position, removed, added);
  if (has_focus_inside (self))
    self->focused = follow (self, self->focused, focused, position, removed, added);
  if (!is_known (self, self->focused))
    self->focused = MAX (self->stage.layout->n_tiles, 1) - 1;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
on_selection_changed (PaddockTileView *self, guint position, guint n_items)
{
  for (guint i = 0; i < self->stage.strip.tiles->len; i++)
    {
      PaddockTile *tile = g_ptr_array_index (self->stage.strip.tiles, i);
      guint of = paddock_tile_get_position (tile);

      if (of >= position && of - position < n_items && is_known (self, of))
        paddock_tile_set_selected (tile, gtk_selection_model_is_selected (self->model, of));
    }
}

static void
show_position (PaddockTileView *self, guint position)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double top = (double) paddock_tile_layout_get_top (self->stage.layout, position);

  if (adjustment == NULL)
    return;
  /* Under a heading, that one is seen too. */
  if (paddock_tile_layout_move (self->stage.layout, position, -1) == position || self->stage.with_headings)
    gtk_adjustment_clamp_page (adjustment, top - self->stage.layout->heading_height, top);
  gtk_adjustment_clamp_page (adjustment, top, top + self->stage.layout->tile_height);
}

static gboolean
focus_position (PaddockTileView *self, guint position)
{
  GtkWidget *widget = GTK_WIDGET (self);
  PaddockTile *tile;

  if (!is_known (self, position) || self->stage.layout->tile_height == 0)
    return FALSE;
  self->focused = position;
  show_position (self, position);
  show_visible (self, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  tile = paddock_tile_strip_find (&self->stage.strip, position);
  return tile != NULL && gtk_widget_grab_focus (GTK_WIDGET (tile));
}

/* With Tab through all tiles and what is in them; from outside to the first one in sight. */
static gboolean
paddock_tile_view_focus_direction (GtkWidget *widget, GtkDirectionType direction)
{
  PaddockTileView *self = PADDOCK_TILE_VIEW (widget);
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (child == NULL && direction == GTK_DIR_TAB_FORWARD && self->stage.layout->n_tiles > 0 &&
      self->stage.layout->tile_height > 0)
    return focus_position (self, paddock_tile_layout_find_row (self->stage.layout, (gint64) get_place (self)));
  if (child == NULL)
    return focus_position (self, self->focused);
  if (gtk_widget_child_focus (child, direction))
    return TRUE;
  if (direction == GTK_DIR_TAB_FORWARD)
    return focus_position (self, self->focused + 1);
  return direction == GTK_DIR_TAB_BACKWARD && self->focused > 0 && focus_position (self, self->focused - 1);
}

static gboolean
paddock_tile_view_grab_focus (GtkWidget *widget)
{
  return focus_position (PADDOCK_TILE_VIEW (widget), PADDOCK_TILE_VIEW (widget)->focused);
}

static void
paddock_tile_view_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  GTK_WIDGET_CLASS (paddock_tile_view_parent_class)->set_focus_child (widget, child);
  if (child != NULL && PADDOCK_IS_TILE (child) && paddock_tile_get_item (PADDOCK_TILE (child)) != NULL)
    PADDOCK_TILE_VIEW (widget)->focused = paddock_tile_get_position (PADDOCK_TILE (child));
}

static void
on_asked (PaddockTileView *self, int wish, PaddockTile *tile)
{
  guint position = paddock_tile_get_position (tile);

  if (!is_known (self, position))
    return;
  if (wish == PADDOCK_TILE_ACTIVATE)
    g_signal_emit (self, signals[ACTIVATE], 0, position);
  else if (wish == PADDOCK_TILE_SELECT)
    paddock_tile_keys_toggle (self, position);
  else
    show_position (self, position);
}

static void
set_adjustment (PaddockTileView *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  if (adjustment == self->adjustments[orientation])
    return;
  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustments[orientation], self);
  g_set_object (&self->adjustments[orientation], adjustment);
  if (adjustment != NULL)
    g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (on_place_changed), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
paddock_tile_view_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  PaddockTileView *self = PADDOCK_TILE_VIEW (object);

  switch (property)
    {
    case PROP_MAX_COLUMNS:
      g_value_set_uint (value, self->max_columns);
      break;
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[property - PROP_HADJUSTMENT]);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[property - PROP_HSCROLL_POLICY]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_tile_view_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  PaddockTileView *self = PADDOCK_TILE_VIEW (object);

  switch (property)
    {
    case PROP_MAX_COLUMNS:
      self->max_columns = g_value_get_uint (value);
      break;
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      set_adjustment (self, (GtkOrientation) (property - PROP_HADJUSTMENT), g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      self->policies[property - PROP_HSCROLL_POLICY] = (GtkScrollablePolicy) g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_tile_view_dispose (GObject *object)
{
  PaddockTileView *self = PADDOCK_TILE_VIEW (object);

  paddock_tile_view_set_model (self, NULL);
  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  paddock_tile_stage_clear (&self->stage);
  G_OBJECT_CLASS (paddock_tile_view_parent_class)->dispose (object);
}

static void
paddock_tile_view_finalize (GObject *object)
{
  paddock_tile_stage_free (&PADDOCK_TILE_VIEW (object)->stage);
  G_OBJECT_CLASS (paddock_tile_view_parent_class)->finalize (object);
}

static void
paddock_tile_view_class_init (PaddockTileViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = paddock_tile_view_get_property;
  object_class->set_property = paddock_tile_view_set_property;
  object_class->dispose = paddock_tile_view_dispose;
  object_class->finalize = paddock_tile_view_finalize;
  widget_class->measure = paddock_tile_view_measure;
  widget_class->size_allocate = paddock_tile_view_size_allocate;
  widget_class->focus = paddock_tile_view_focus_direction;
  widget_class->grab_focus = paddock_tile_view_grab_focus;
  widget_class->set_focus_child = paddock_tile_view_set_focus_child;

  /**
   * PaddockTileView:max-columns:
   *
   * How many tiles may be side by side.
   */
  properties[PROP_MAX_COLUMNS] =
    g_param_spec_uint ("max-columns", NULL, NULL, 1, G_MAXINT, 1, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  /**
   * PaddockTileView:model:
   *
   * What it shows.
   */
  properties[PROP_MODEL] =
    g_param_spec_object ("model", NULL, NULL, GTK_TYPE_SELECTION_MODEL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  /**
   * PaddockTileView::activate:
   * @position: of an item
   *
   * It is to be opened.
   */
  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  paddock_tile_keys_bind (widget_class);
}

static void
paddock_tile_view_init (PaddockTileView *self)
{
  self->max_columns = 1;
  self->mark = GTK_INVALID_LIST_POSITION;
  paddock_tile_stage_init (&self->stage, GTK_WIDGET (self), G_CALLBACK (on_asked));
  paddock_tile_pointer_follow (self);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * paddock_tile_view_set_makers:
 * @self: a view
 * @make_tile: makes a tile
 * @make_heading: makes a heading
 * @fill_heading: tells a heading what it is above
 * @find: looks for an item in the model
 * @user_data: for all of them, borrowed
 */
void
paddock_tile_view_set_makers (PaddockTileView *self, PaddockTileMaker make_tile, PaddockHeadingMaker make_heading,
                              PaddockHeadingFiller fill_heading, PaddockTileFinder find, gpointer user_data)
{
  self->stage.strip.make = make_tile;
  self->stage.headings.make = make_heading;
  self->stage.headings.fill = fill_heading;
  self->find = find;
  self->stage.strip.user_data = self->stage.headings.user_data = self->user_data = user_data;
}

/**
 * paddock_tile_view_set_model:
 * @self: a view
 * @model: (nullable): what it shows
 */
void
paddock_tile_view_set_model (PaddockTileView *self, GtkSelectionModel *model)
{
  guint before = self->stage.layout->n_tiles;

  if (self->model == model)
    return;
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_set_object (&self->model, model);
  if (model != NULL)
    {
      g_signal_connect_swapped (model, "items-changed", G_CALLBACK (on_items_changed), self);
      g_signal_connect_swapped (model, "selection-changed", G_CALLBACK (on_selection_changed), self);
    }
  else if (self->stage.strip.tiles != NULL)
    paddock_tile_strip_hide (&self->stage.strip);
  on_items_changed (self, 0, before, count_items (self));
}

GtkSelectionModel *
paddock_tile_view_get_model (PaddockTileView *self)
{
  return self->model;
}

/**
 * paddock_tile_view_set_headings:
 * @self: a view
 * @headings: whether there is one above each section
 */
void
paddock_tile_view_set_headings (PaddockTileView *self, gboolean headings)
{
  if (self->stage.with_headings == headings)
    return;
  self->stage.with_headings = headings;
  paddock_tile_layout_set_tiles (self->stage.layout, count_items (self), list_starts (self));
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
paddock_tile_view_go_to_top (PaddockTileView *self)
{
  self->anchor = 0;
  self->anchor_offset = 0;
  if (self->adjustments[GTK_ORIENTATION_VERTICAL] != NULL)
    gtk_adjustment_set_value (self->adjustments[GTK_ORIENTATION_VERTICAL], 0);
}

/**
 * paddock_tile_view_find_tile:
 * @self: a view
 * @position: of an item
 *
 * Returns: (transfer none) (nullable): what shows it
 */
PaddockTile *
paddock_tile_view_find_tile (PaddockTileView *self, guint position)
{
  return paddock_tile_strip_find (&self->stage.strip, position);
}

/**
 * paddock_tile_view_focus:
 * @self: a view
 * @position: of an item
 *
 * Goes there with the keyboard.
 */
void
paddock_tile_view_focus (PaddockTileView *self, guint position)
{
  focus_position (self, position);
}

guint
paddock_tile_view_get_focused (PaddockTileView *self)
{
  return is_known (self, self->focused) ? self->focused : GTK_INVALID_LIST_POSITION;
}

guint
paddock_tile_view_move (PaddockTileView *self, guint position, int rows)
{
  return paddock_tile_layout_move (self->stage.layout, position, rows);
}

int
paddock_tile_view_count_rows (PaddockTileView *self)
{
  return MAX (gtk_widget_get_height (GTK_WIDGET (self)) / MAX (self->stage.layout->tile_height, 1), 1);
}

gboolean
paddock_tile_view_is_grid (PaddockTileView *self)
{
  return self->max_columns > 1;
}

guint
paddock_tile_view_get_mark (PaddockTileView *self)
{
  return self->mark;
}

void
paddock_tile_view_set_mark (PaddockTileView *self, guint mark)
{
  self->mark = mark;
}
