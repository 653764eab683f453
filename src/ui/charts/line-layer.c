/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/line-layer.h"

#include "charts/line-plot.h"

#include <glib/gi18n.h>
#include <math.h>

#define RULER_ALPHA 0.45f
#define BUBBLE_PADDING 6.0f
#define BUBBLE_RADIUS 6.0f
#define BUBBLE_SPACE 10.0f
#define PAGE 4                       /* stops that Page Up and Page Down leave behind */

/**
 * PaddockLineLayer:
 *
 * The lines of a chart. What is below the pointer, or at the cursor of the keyboard, is told in a bubble beside it. Where
 * something can be picked, a click, a drag or an arrow key does so. Values grow from left to right in every language.
 */
struct _PaddockLineLayer
{
  GtkWidget parent_instance;

  /* Owned */
  GPtrArray *series;
  GArray *stops;

  PaddockChartAxis x;
  PaddockChartAxis y;
  gboolean pickable;
  double limit;
  double picked;
  double picked_value;               /* what a line alone says there; NAN: what it says by its points */
  double best;
  double hovered;                    /* NAN while nothing is pointed at */
  int cursor;                        /* of the keyboard, where nothing can be picked */
  double pointer_x;
  double pointer_y;
};

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockLineLayer, paddock_line_layer, GTK_TYPE_WIDGET)

static void
lay_out (PaddockLineLayer *self, PaddockLinePlot *plot)
{
  paddock_line_plot_init (plot, &self->x, &self->y, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                          (float) gtk_widget_get_height (GTK_WIDGET (self)));
}

static double
get_stop (PaddockLineLayer *self, int position)
{
  return g_array_index (self->stops, double, position);
}

static int
find_stop (PaddockLineLayer *self, double x)
{
  PaddockLinePlot plot;

  lay_out (self, &plot);
  return paddock_line_plot_find_stop (&plot, (const double *) (gpointer) self->stops->data, self->stops->len,
                                      paddock_line_plot_get_x (&plot, x));
}

static double
get_value (PaddockLineLayer *self, PaddockChartSeries *series, double x)
{
  if (self->series->len == 1 && x == self->picked && !isnan (self->picked_value))
    return self->picked_value;
  return paddock_chart_series_get_value (series, x);
}

/* What the lines say at a place, one below the other. */
static char *
tell (PaddockLineLayer *self, double x)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;
  g_autofree char *place = paddock_chart_axis_format_value (&self->x, x);

  if (self->series->len > 1)
    g_strv_builder_add (lines, place);
  for (guint i = 0; i < self->series->len; i++)
    {
      PaddockChartSeries *series = g_ptr_array_index (self->series, i);
      double y = get_value (self, series, x);
      g_autofree char *value = paddock_chart_axis_format_value (&self->y, y);

      if (!isnan (y))
        g_strv_builder_take (lines, g_strdup_printf (_("%s: %s"),
                                                     self->series->len > 1 ? paddock_chart_series_get_name (series) : place,
                                                     value));
    }
  texts = g_strv_builder_end (lines);
  return g_strjoinv ("\n", texts);
}

/* A screen reader says what the value of a slider becomes; of a picture it has to be told. */
static void
tell_keyboard (PaddockLineLayer *self, double x)
{
  g_autofree char *text = tell (self, x);

  if (self->pickable)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, self->x.minimum,
                                    GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, self->x.maximum, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, x,
                                    GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  else
    gtk_accessible_announce (GTK_ACCESSIBLE (self), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_picked (PaddockLineLayer *self)
{
  if (self->pickable && !isnan (self->picked))
    tell_keyboard (self, self->picked);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pick (PaddockLineLayer *self, int stop)
{
  double value;

  if (!self->pickable || stop < 0 || get_stop (self, stop) == self->picked)
    return;
  value = self->picked = get_stop (self, stop);
  self->picked_value = NAN;
  show_picked (self);
  g_signal_emit (self, signals[PICKED], 0, value);
}

static void
set_hovered (PaddockLineLayer *self, double x)
{
  if (x == self->hovered || (isnan (x) && isnan (self->hovered)))
    return;
  self->hovered = x;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static int
find_stop_at (PaddockLineLayer *self, double x)
{
  PaddockLinePlot plot;

  lay_out (self, &plot);
  return paddock_line_plot_find_stop (&plot, (const double *) (gpointer) self->stops->data, self->stops->len, (float) x);
}

static void
on_motion (PaddockLineLayer *self, double x, double y)
{
  int stop = find_stop_at (self, x);

  /* A pointer that rests is told of again when something around it moves: it must not take over from the keyboard. */
  if (stop < 0 || (x == self->pointer_x && y == self->pointer_y))
    return;
  self->pointer_x = x;
  self->pointer_y = y;
  set_hovered (self, get_stop (self, stop));
}

static void
on_leave (PaddockLineLayer *self)
{
  self->pointer_x = self->pointer_y = NAN;
  set_hovered (self, NAN);
}

static void
on_released (PaddockLineLayer *self, int n_press, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  pick (self, find_stop_at (self, x));
}

static void
on_drag_update (PaddockLineLayer *self, double offset_x, double offset_y, GtkGestureDrag *gesture)
{
  double x, y;

  if (!self->pickable || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  /* A finger that goes up or down moves the page. */
  if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) offset_x, 0) || fabs (offset_x) < fabs (offset_y))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  on_motion (self, x + offset_x, y + offset_y);
  pick (self, find_stop_at (self, x + offset_x));
}

/* From one stop to another, as a key asks; -1 for a key that says nothing here. */
static int
follow_key (guint key, int stop, int last)
{
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return MAX (stop - 1, 0);
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return MIN (stop + 1, last);
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      return MAX (stop - PAGE, 0);
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
      return MIN (stop + PAGE, last);
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      return 0;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      return last;
    default:
      return -1;
    }
}

static gboolean
on_key (PaddockLineLayer *self, guint key, guint code, GdkModifierType modifiers)
{
  int stop = self->pickable && !isnan (self->picked) ? find_stop (self, self->picked) : self->cursor;

  if (self->stops->len == 0 || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  stop = follow_key (key, stop, (int) self->stops->len - 1);
  if (stop < 0)
    return GDK_EVENT_PROPAGATE;
  self->cursor = stop;
  set_hovered (self, get_stop (self, stop));
  if (self->pickable)
    pick (self, stop);
  else
    tell_keyboard (self, get_stop (self, stop));
  return GDK_EVENT_STOP;
}

static void
on_focus (PaddockLineLayer *self)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    set_hovered (self, NAN);
}

static void
paddock_line_layer_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                            int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? 80 : 120;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? 200 : 360;
}

static void
get_color (PaddockLineLayer *self, const PaddockChartPalette *palette, guint position, GdkRGBA *color)
{
  /* A line alone has the colour that bars have. */
  if (self->series->len == 1)
    gtk_widget_get_color (GTK_WIDGET (self), color);
  else
    paddock_chart_palette_get_color (palette, position, color);
}

static void
append_dots (PaddockLineLayer *self, GtkSnapshot *snapshot, const PaddockLinePlot *plot, const PaddockChartPalette *palette,
             double x, gboolean hollow)
{
  for (guint i = 0; i < self->series->len; i++)
    {
      double y = get_value (self, g_ptr_array_index (self->series, i), x);
      GdkRGBA color;

      get_color (self, palette, i, &color);
      if (!isnan (y))
        paddock_line_plot_append_dot (plot, snapshot, x, y, hollow, &color);
    }
}

static void
append_marks (PaddockLineLayer *self, GtkSnapshot *snapshot, const PaddockLinePlot *plot, const PaddockChartPalette *palette)
{
  GdkRGBA text;

  gtk_widget_get_color (gtk_widget_get_parent (GTK_WIDGET (self)), &text);
  text.alpha *= palette->high_contrast ? 1 : RULER_ALPHA;
  if (!isnan (self->best) && paddock_line_plot_has_place (plot, self->best))
    append_dots (self, snapshot, plot, palette, self->best, TRUE);
  if (!isnan (self->hovered) && self->hovered != self->picked)
    {
      paddock_line_plot_append_ruler (plot, snapshot, self->hovered, TRUE, &text);
      append_dots (self, snapshot, plot, palette, self->hovered, FALSE);
    }
  if (!isnan (self->picked) && paddock_line_plot_has_place (plot, self->picked))
    {
      paddock_line_plot_append_ruler (plot, snapshot, self->picked, FALSE, &text);
      append_dots (self, snapshot, plot, palette, self->picked, FALSE);
    }
}

static void
append_bubble (PaddockLineLayer *self, GtkSnapshot *snapshot, const PaddockLinePlot *plot, const PaddockChartPalette *palette)
{
  g_autofree char *text = tell (self, self->hovered);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  GdkRGBA paper = palette->dark ? (GdkRGBA) { 0.95f, 0.95f, 0.95f, 0.95f } : (GdkRGBA) { 0.12f, 0.12f, 0.13f, 0.92f };
  GdkRGBA ink = palette->dark ? (GdkRGBA) { 0, 0, 0, 1 } : (GdkRGBA) { 1, 1, 1, 1 };
  float x = paddock_line_plot_get_x (plot, self->hovered);
  float box_width, left;
  GskRoundedRect box;
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  box_width = (float) width + 2 * BUBBLE_PADDING;
  left = x + BUBBLE_SPACE + box_width <= plot->width ? x + BUBBLE_SPACE : x - BUBBLE_SPACE - box_width;
  left = MAX (left, 0);
  gsk_rounded_rect_init_from_rect (&box, &GRAPHENE_RECT_INIT (left, BUBBLE_PADDING, box_width,
                                                              (float) height + 2 * BUBBLE_PADDING),
                                   BUBBLE_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, &paper, &box.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (left + BUBBLE_PADDING, 2 * BUBBLE_PADDING));
  gtk_snapshot_append_layout (snapshot, layout, &ink);
  gtk_snapshot_restore (snapshot);
}

static void
paddock_line_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PaddockLineLayer *self = PADDOCK_LINE_LAYER (widget);
  PaddockChartPalette palette;
  PaddockLinePlot plot;
  GdkRGBA color;

  lay_out (self, &plot);
  paddock_chart_palette_init (&palette, widget);
  if (!isnan (self->limit))
    {
      paddock_chart_palette_get_error (&palette, &color);
      paddock_line_plot_append_limit (&plot, snapshot, self->limit, &color);
    }
  for (guint i = 0; i < self->series->len; i++)
    {
      get_color (self, &palette, i, &color);
      paddock_line_plot_append_series (&plot, snapshot, g_ptr_array_index (self->series, i), &color);
    }
  append_marks (self, snapshot, &plot, &palette);
  if (!isnan (self->hovered))
    append_bubble (self, snapshot, &plot, &palette);
}

static void
paddock_line_layer_finalize (GObject *object)
{
  PaddockLineLayer *self = PADDOCK_LINE_LAYER (object);

  g_ptr_array_unref (self->series);
  g_array_unref (self->stops);
  G_OBJECT_CLASS (paddock_line_layer_parent_class)->finalize (object);
}

static void
paddock_line_layer_class_init (PaddockLineLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = paddock_line_layer_finalize;
  widget_class->measure = paddock_line_layer_measure;
  widget_class->snapshot = paddock_line_layer_snapshot;
  gtk_widget_class_set_css_name (widget_class, "line-layer");

  /**
   * PaddockLineLayer::picked:
   * @value: one of the stops
   *
   * Somebody chose a place with the pointer or the keyboard.
   */
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_DOUBLE);
}

static void
add_controllers (PaddockLineLayer *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static void
paddock_line_layer_init (PaddockLineLayer *self)
{
  self->series = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_chart_series_unref);
  self->stops = g_array_new (FALSE, FALSE, sizeof (double));
  self->limit = self->picked = self->picked_value = self->best = self->hovered = self->pointer_x = self->pointer_y = NAN;
  self->cursor = -1;
  paddock_chart_axis_init (&self->x, PADDOCK_CHART_NUMBER, 0, 1, FALSE);
  paddock_chart_axis_init (&self->y, PADDOCK_CHART_NUMBER, 0, 1, FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  add_controllers (self);
  paddock_chart_palette_watch (GTK_WIDGET (self));
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (on_focus), NULL);
}

/**
 * paddock_line_layer_new:
 * @pickable: whether a place can be chosen
 *
 * Returns: (transfer floating): the layer
 */
GtkWidget *
paddock_line_layer_new (gboolean pickable)
{
  PaddockLineLayer *self = g_object_new (PADDOCK_TYPE_LINE_LAYER, "accessible-role",
                                         pickable ? GTK_ACCESSIBLE_ROLE_SLIDER : GTK_ACCESSIBLE_ROLE_IMG, NULL);

  self->pickable = pickable;
  return GTK_WIDGET (self);
}

void
paddock_line_layer_set_axes (PaddockLineLayer *self, const PaddockChartAxis *x, const PaddockChartAxis *y)
{
  self->x = *x;
  self->y = *y;
  show_picked (self);
}

/**
 * paddock_line_layer_set_series:
 * @self: the layer
 * @series: (element-type PaddockChartSeries): the lines; referenced, and not changed any more
 */
void
paddock_line_layer_set_series (PaddockLineLayer *self, GPtrArray *series)
{
  g_ptr_array_set_size (self->series, 0);
  for (guint i = 0; i < series->len; i++)
    g_ptr_array_add (self->series, paddock_chart_series_ref (g_ptr_array_index (series, i)));
  self->hovered = NAN;
  show_picked (self);
}

void
paddock_line_layer_set_stops (PaddockLineLayer *self, const double *stops, guint n_stops)
{
  g_array_set_size (self->stops, 0);
  g_array_append_vals (self->stops, stops, n_stops);
  self->hovered = NAN;
  self->cursor = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
paddock_line_layer_set_limit (PaddockLineLayer *self, double limit)
{
  self->limit = limit;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * paddock_line_layer_set_picked:
 * @self: the layer
 * @picked: a place, which need not be a stop; NAN for none
 * @value: what a line alone says there, NAN for what it says by its points
 */
void
paddock_line_layer_set_picked (PaddockLineLayer *self, double picked, double value)
{
  if (picked == self->picked && value == self->picked_value)
    return;
  self->picked = picked;
  self->picked_value = value;
  show_picked (self);
}

void
paddock_line_layer_set_best (PaddockLineLayer *self, double best)
{
  self->best = best;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
