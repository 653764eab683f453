/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/line-chart.h"

#include "charts/chart-legend.h"
#include "charts/chart-table-dialog.h"
#include "charts/line-layer.h"

#include <glib/gi18n.h>
#include <math.h>

#define SPACE 6
#define TICK_WIDTH 56                /* that a label below the chart may take */
#define TICK_HEIGHT 36
#define LINE_ALPHA 0.15f

/**
 * PaddockLineChart:
 *
 * One or more lines between two labelled axes, with a caption above, and a legend below where there are several.
 */
struct _PaddockLineChart
{
  GtkWidget parent_instance;

  /* Owned */
  GtkWidget *caption;
  GtkWidget *layer;
  GtkWidget *legend;
  GPtrArray *series;
  char *limit_name;

  PaddockChartAxis x;
  PaddockChartAxis y;
  double limit;
  gboolean has_stops;
  gboolean pickable;
};

enum
{
  PROP_PICKABLE = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockLineChart, paddock_line_chart, GTK_TYPE_WIDGET)

static PangoLayout *
make_label (PaddockLineChart *self, const char *text)
{
  return gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
}

static int
get_line_height (PaddockLineChart *self)
{
  g_autoptr (PangoLayout) layout = make_label (self, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static void
list_heights (PaddockLineChart *self, int height, PaddockChartTicks *ticks)
{
  paddock_chart_axis_list_ticks (&self->y, (guint) CLAMP (height / TICK_HEIGHT, 2, 8), ticks);
}

/* What the labels at the side take. */
static int
get_margin (PaddockLineChart *self, int height)
{
  PaddockChartTicks ticks;
  int widest = 0;

  list_heights (self, height, &ticks);
  for (guint i = 0; i < ticks.count; i++)
    {
      g_autofree char *text = paddock_chart_axis_format_tick (&self->y, &ticks, i);
      g_autoptr (PangoLayout) layout = make_label (self, text);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, width);
    }
  return widest + SPACE;
}

static void
measure_child (GtkWidget *child, GtkOrientation orientation, int for_size, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  if (gtk_widget_should_layout (child))
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

static GtkSizeRequestMode
paddock_line_chart_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
paddock_line_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                            int *minimum_baseline, int *natural_baseline)
{
  PaddockLineChart *self = PADDOCK_LINE_CHART (widget);
  int caption_minimum, caption_natural, layer_minimum, layer_natural, legend_minimum, legend_natural, rest;

  measure_child (self->caption, orientation, -1, &caption_minimum, &caption_natural);
  measure_child (self->layer, orientation, -1, &layer_minimum, &layer_natural);
  measure_child (self->legend, orientation, orientation == GTK_ORIENTATION_VERTICAL ? for_size : -1, &legend_minimum,
                 &legend_natural);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      rest = get_line_height (self) + 2 * SPACE + (legend_natural > 0 ? 2 * SPACE : 0);
      *minimum = caption_minimum + layer_minimum + legend_minimum + rest;
      *natural = caption_natural + layer_natural + legend_natural + rest;
      return;
    }
  rest = get_margin (self, layer_natural);
  *minimum = MAX (MAX (caption_minimum, legend_minimum), layer_minimum + rest);
  *natural = MAX (MAX (caption_natural, legend_natural), layer_natural + rest);
}

static void
paddock_line_chart_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PaddockLineChart *self = PADDOCK_LINE_CHART (widget);
  int caption_minimum, caption_height, legend_minimum, legend_height, margin;
  GtkAllocation place = { 0, 0, width, 0 };

  measure_child (self->caption, GTK_ORIENTATION_VERTICAL, width, &caption_minimum, &caption_height);
  measure_child (self->legend, GTK_ORIENTATION_VERTICAL, width, &legend_minimum, &legend_height);
  place.height = caption_height;
  gtk_widget_size_allocate (self->caption, &place, -1);
  if (legend_height > 0)
    {
      place.y = height - legend_height;
      place.height = legend_height;
      gtk_widget_size_allocate (self->legend, &place, -1);
      height -= legend_height + 2 * SPACE;
    }
  place.y = caption_height + SPACE;
  place.height = MAX (height - place.y - get_line_height (self) - SPACE, 1);
  margin = get_margin (self, place.height);
  place.x = margin;
  place.width = MAX (width - margin, 1);
  gtk_widget_size_allocate (self->layer, &place, -1);
}

static void
append_label (GtkSnapshot *snapshot, PangoLayout *layout, float x, float y, const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
append_heights (PaddockLineChart *self, GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color)
{
  PaddockChartTicks ticks;
  GdkRGBA faint = *color;

  faint.alpha *= LINE_ALPHA;
  list_heights (self, (int) area->size.height, &ticks);
  for (guint i = 0; i < ticks.count; i++)
    {
      g_autofree char *text = paddock_chart_axis_format_tick (&self->y, &ticks, i);
      g_autoptr (PangoLayout) layout = make_label (self, text);
      float part = (float) paddock_chart_axis_place (&self->y, ticks.values[i]);
      float y = roundf (area->origin.y + (1 - part) * area->size.height);
      int width, height;

      pango_layout_get_pixel_size (layout, &width, &height);
      gtk_snapshot_append_color (snapshot, &faint, &GRAPHENE_RECT_INIT (area->origin.x, y, area->size.width, 1));
      append_label (snapshot, layout, area->origin.x - SPACE - (float) width, y - (float) height / 2, color);
    }
}

static void
append_places (PaddockLineChart *self, GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color)
{
  PaddockChartTicks ticks;
  float end = area->origin.x + area->size.width;
  float bottom = area->origin.y + area->size.height;
  GdkRGBA faint = *color;

  faint.alpha *= LINE_ALPHA;
  paddock_chart_axis_list_ticks (&self->x, MAX ((guint) area->size.width / TICK_WIDTH, 2), &ticks);
  for (guint i = 0; i < ticks.count; i++)
    {
      g_autofree char *text = paddock_chart_axis_format_tick (&self->x, &ticks, i);
      g_autoptr (PangoLayout) layout = make_label (self, text);
      float x = area->origin.x + (float) paddock_chart_axis_place (&self->x, ticks.values[i]) * area->size.width;
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      gtk_snapshot_append_color (snapshot, &faint, &GRAPHENE_RECT_INIT (roundf (x), area->origin.y, 1, area->size.height));
      append_label (snapshot, layout, CLAMP (x - (float) width / 2, 0, MAX (end - (float) width, 0)), bottom + SPACE, color);
    }
}

/* The name of the limit stands on its line where lines of text begin, or below it where there is no room above. */
static void
append_limit_name (PaddockLineChart *self, GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color)
{
  g_autoptr (PangoLayout) layout = NULL;
  float y = area->origin.y + (1 - (float) paddock_chart_axis_place (&self->y, self->limit)) * area->size.height;
  int width, height;

  if (isnan (self->limit) || self->limit_name == NULL)
    return;
  layout = make_label (self, self->limit_name);
  pango_layout_get_pixel_size (layout, &width, &height);
  y = y - (float) height - 2 < area->origin.y ? y + 2 : y - (float) height - 2;
  append_label (snapshot, layout, area->origin.x + SPACE, y, color);
}

static void
paddock_line_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PaddockLineChart *self = PADDOCK_LINE_CHART (widget);
  graphene_rect_t area;
  GdkRGBA color;

  gtk_widget_get_color (widget, &color);
  if (gtk_widget_compute_bounds (self->layer, widget, &area))
    {
      append_heights (self, snapshot, &area, &color);
      append_places (self, snapshot, &area, &color);
      append_limit_name (self, snapshot, &area, &color);
    }
  GTK_WIDGET_CLASS (paddock_line_chart_parent_class)->snapshot (widget, snapshot);
}

static void
on_picked (PaddockLineChart *self, double value)
{
  g_signal_emit (self, signals[PICKED], 0, value);
}

static void
paddock_line_chart_constructed (GObject *object)
{
  PaddockLineChart *self = PADDOCK_LINE_CHART (object);

  G_OBJECT_CLASS (paddock_line_chart_parent_class)->constructed (object);
  self->layer = paddock_line_layer_new (self->pickable);
  gtk_widget_insert_after (self->layer, GTK_WIDGET (self), self->caption);
  g_signal_connect_swapped (self->layer, "picked", G_CALLBACK (on_picked), self);
}

static void
paddock_line_chart_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  switch (property)
    {
    case PROP_PICKABLE:
      PADDOCK_LINE_CHART (object)->pickable = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
paddock_line_chart_dispose (GObject *object)
{
  PaddockLineChart *self = PADDOCK_LINE_CHART (object);

  if (self->layer != NULL)
    g_signal_handlers_disconnect_by_data (self->layer, object);
  g_clear_pointer (&self->caption, gtk_widget_unparent);
  g_clear_pointer (&self->layer, gtk_widget_unparent);
  g_clear_pointer (&self->legend, gtk_widget_unparent);
  G_OBJECT_CLASS (paddock_line_chart_parent_class)->dispose (object);
}

static void
paddock_line_chart_finalize (GObject *object)
{
  PaddockLineChart *self = PADDOCK_LINE_CHART (object);

  g_ptr_array_unref (self->series);
  g_free (self->limit_name);
  G_OBJECT_CLASS (paddock_line_chart_parent_class)->finalize (object);
}

static void
paddock_line_chart_class_init (PaddockLineChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = paddock_line_chart_constructed;
  G_OBJECT_CLASS (klass)->set_property = paddock_line_chart_set_property;
  G_OBJECT_CLASS (klass)->dispose = paddock_line_chart_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_line_chart_finalize;
  widget_class->get_request_mode = paddock_line_chart_get_request_mode;
  widget_class->measure = paddock_line_chart_measure;
  widget_class->size_allocate = paddock_line_chart_size_allocate;
  widget_class->snapshot = paddock_line_chart_snapshot;
  gtk_widget_class_set_css_name (widget_class, "line-chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  /**
   * PaddockLineChart:pickable:
   *
   * Whether a place on the horizontal axis can be chosen.
   */
  properties[PROP_PICKABLE] = g_param_spec_boolean ("pickable", NULL, NULL, FALSE,
                                                    G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPERTIES, properties);

  /**
   * PaddockLineChart::picked:
   * @value: a place on the horizontal axis
   *
   * Somebody chose it with the pointer or the keyboard.
   */
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_DOUBLE);
}

static void
paddock_line_chart_init (PaddockLineChart *self)
{
  self->series = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_chart_series_unref);
  self->limit = NAN;
  paddock_chart_axis_init (&self->x, PADDOCK_CHART_NUMBER, 0, 1, FALSE);
  paddock_chart_axis_init (&self->y, PADDOCK_CHART_NUMBER, 0, 1, FALSE);
  self->caption = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (self->caption, "numeric");
  gtk_widget_set_parent (self->caption, GTK_WIDGET (self));
  self->legend = paddock_chart_legend_new ();
  gtk_widget_set_visible (self->legend, FALSE);
  gtk_widget_set_parent (self->legend, GTK_WIDGET (self));
}

/**
 * paddock_line_chart_new:
 * @pickable: whether a place can be chosen
 *
 * Returns: (transfer floating): the chart
 */
GtkWidget *
paddock_line_chart_new (gboolean pickable)
{
  return g_object_new (PADDOCK_TYPE_LINE_CHART, "pickable", pickable, NULL);
}

void
paddock_line_chart_set_axes (PaddockLineChart *self, const PaddockChartAxis *x, const PaddockChartAxis *y)
{
  self->x = *x;
  self->y = *y;
  paddock_line_layer_set_axes (PADDOCK_LINE_LAYER (self->layer), x, y);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return (first > second) - (first < second);
}

/* Every place where one of the series has a point, once, from left to right. */
static GArray *
list_places (PaddockLineChart *self)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < self->series->len; i++)
    {
      PaddockChartSeries *series = g_ptr_array_index (self->series, i);

      for (guint j = 0; j < paddock_chart_series_get_count (series); j++)
        g_array_append_val (places, paddock_chart_series_get_point (series, j)->x);
    }
  g_array_sort (places, compare_numbers);
  for (guint i = places->len; i > 1; i--)
    if (g_array_index (places, double, i - 1) == g_array_index (places, double, i - 2))
      g_array_remove_index (places, i - 1);
  return places;
}

static void
show_series (PaddockLineChart *self)
{
  paddock_line_layer_set_series (PADDOCK_LINE_LAYER (self->layer), self->series);
  if (!self->has_stops)
    {
      g_autoptr (GArray) places = list_places (self);

      paddock_line_layer_set_stops (PADDOCK_LINE_LAYER (self->layer), (const double *) (gpointer) places->data, places->len);
    }
  paddock_chart_legend_clear (PADDOCK_CHART_LEGEND (self->legend));
  for (guint i = 0; i < self->series->len; i++)
    paddock_chart_legend_add (PADDOCK_CHART_LEGEND (self->legend), PADDOCK_CHART_SWATCH_LINE, i,
                              paddock_chart_series_get_name (g_ptr_array_index (self->series, i)));
  gtk_widget_set_visible (self->legend, self->series->len > 1);
}

void
paddock_line_chart_clear (PaddockLineChart *self)
{
  g_ptr_array_set_size (self->series, 0);
  show_series (self);
}

/**
 * paddock_line_chart_add_series:
 * @self: the chart
 * @series: a line; it is not changed any more
 */
void
paddock_line_chart_add_series (PaddockLineChart *self, PaddockChartSeries *series)
{
  g_ptr_array_add (self->series, paddock_chart_series_ref (series));
  show_series (self);
}

/**
 * paddock_line_chart_set_stops:
 * @self: the chart
 * @stops: (array length=n_stops): places from left to right
 * @n_stops: how many, 0 for those of the points
 */
void
paddock_line_chart_set_stops (PaddockLineChart *self, const double *stops, guint n_stops)
{
  self->has_stops = n_stops > 0;
  if (self->has_stops)
    paddock_line_layer_set_stops (PADDOCK_LINE_LAYER (self->layer), stops, n_stops);
  else
    show_series (self);
}

/**
 * paddock_line_chart_set_limit:
 * @self: the chart
 * @limit: a value that should not be exceeded, NAN for none
 * @name: (nullable): what stands beside its line
 */
void
paddock_line_chart_set_limit (PaddockLineChart *self, double limit, const char *name)
{
  self->limit = limit;
  g_set_str (&self->limit_name, name);
  paddock_line_layer_set_limit (PADDOCK_LINE_LAYER (self->layer), limit);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * paddock_line_chart_set_picked:
 * @self: the chart
 * @picked: a place; NAN for none
 * @value: what a line alone says there, NAN for what it says by its points
 */
void
paddock_line_chart_set_picked (PaddockLineChart *self, double picked, double value)
{
  paddock_line_layer_set_picked (PADDOCK_LINE_LAYER (self->layer), picked, value);
}

void
paddock_line_chart_set_best (PaddockLineChart *self, double best)
{
  paddock_line_layer_set_best (PADDOCK_LINE_LAYER (self->layer), best);
}

void
paddock_line_chart_set_caption (PaddockLineChart *self, const char *caption)
{
  gtk_label_set_label (GTK_LABEL (self->caption), caption);
}

void
paddock_line_chart_set_summary (PaddockLineChart *self, const char *title, const char *summary)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->layer), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
}

/* What all lines say at a place. */
static char *
tell_values (PaddockLineChart *self, double place)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  for (guint i = 0; i < self->series->len; i++)
    {
      PaddockChartSeries *series = g_ptr_array_index (self->series, i);
      double y = paddock_chart_series_get_value (series, place);
      g_autofree char *value = paddock_chart_axis_format_value (&self->y, y);

      if (isnan (y))
        continue;
      if (self->series->len == 1)
        g_strv_builder_add (values, value);
      else
        g_strv_builder_take (values, g_strdup_printf (_("%s: %s"), paddock_chart_series_get_name (series), value));
    }
  texts = g_strv_builder_end (values);
  return g_strjoinv (" · ", texts);
}

/**
 * paddock_line_chart_show_table:
 * @self: the chart
 * @title: of the dialog
 * @places: what the horizontal axis stands for
 * @values: what the lines say
 */
void
paddock_line_chart_show_table (PaddockLineChart *self, const char *title, const char *places, const char *values)
{
  PaddockChartTableDialog *dialog = paddock_chart_table_dialog_new (title, places, values);
  g_autoptr (GArray) list = list_places (self);

  for (guint i = 0; i < list->len; i++)
    {
      double place = g_array_index (list, double, i);
      g_autofree char *name = paddock_chart_axis_format_value (&self->x, place);
      g_autofree char *told = tell_values (self, place);

      paddock_chart_table_dialog_add (dialog, name, told);
    }
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}
