/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/bar-chart.h"

#include "base/units.h"
#include "charts/bar-area.h"
#include "charts/chart-scale.h"
#include "charts/chart-table-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#define SPACE 6
#define TICK_WIDTH 64                /* that a label below the chart may take */
#define MOST_LINES 4
#define LINE 0.15f                   /* how much of the text's colour the lines have */

/**
 * PaddockBarChart:
 *
 * Bars with two labelled axes. Above them stands what the bar says that is pointed at.
 */
typedef struct
{
  /* Owned */
  GtkWidget *readout;
  GtkWidget *axis;                   /* never seen: as wide as the labels of the vertical axis */
  GtkWidget *area;
  char *title;
  double *values;
  gboolean *marks;

  guint count;
  double left;
  double right;
  double maximum;
  gboolean whole;
  gboolean logarithmic;
} PaddockBarChartPrivate;

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PaddockBarChart, paddock_bar_chart, GTK_TYPE_WIDGET)

#define GET_PRIVATE(self) ((PaddockBarChartPrivate *) paddock_bar_chart_get_instance_private (self))

static char *
format_value (PaddockBarChart *self, double value)
{
  return PADDOCK_BAR_CHART_GET_CLASS (self)->format_value (self, value);
}

/* The values that have a line; they are on the same scale as the bars. */
static guint
list_lines (PaddockBarChart *self, double lines[MOST_LINES])
{
  PaddockBarChartPrivate *priv = GET_PRIVATE (self);
  PaddockChartScale scale;
  guint count = 0;

  if (!(priv->maximum > 0))
    return 0;
  if (priv->logarithmic)
    {
      int decades = (int) floor (log10 (MAX (priv->maximum, 1)));
      int stride = decades / MOST_LINES + 1;

      for (int decade = 0; decade <= decades && count < MOST_LINES; decade += stride)
        lines[count++] = pow (10, decade);
      return count;
    }
  paddock_chart_scale_init (&scale, 0, priv->maximum, MOST_LINES);
  while (count < scale.count)
    {
      lines[count] = paddock_chart_scale_get_tick (&scale, count);
      count++;
    }
  return count;
}

static PangoLayout *
make_label (PaddockBarChart *self, const char *text)
{
  return gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
}

/* A widget holds the place of the labels, so that charts can have theirs in common. */
static int
get_margin (PaddockBarChart *self)
{
  int width;

  gtk_widget_measure (GET_PRIVATE (self)->axis, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width + SPACE;
}

static void
update_axis (PaddockBarChart *self)
{
  double lines[MOST_LINES];
  guint count = list_lines (self, lines);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *value = format_value (self, lines[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", value);
    }
  gtk_label_set_label (GTK_LABEL (GET_PRIVATE (self)->axis), text->str);
}

static int
get_line_height (PaddockBarChart *self)
{
  g_autoptr (PangoLayout) layout = make_label (self, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static void
paddock_bar_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  PaddockBarChart *self = PADDOCK_BAR_CHART (widget);
  PaddockBarChartPrivate *priv = GET_PRIVATE (self);
  int text_minimum, text_natural, area_minimum, area_natural;

  gtk_widget_measure (priv->readout, orientation, -1, &text_minimum, &text_natural, NULL, NULL);
  gtk_widget_measure (priv->area, orientation, -1, &area_minimum, &area_natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = text_minimum + area_minimum + get_line_height (self) + 2 * SPACE;
      *natural = text_natural + area_natural + get_line_height (self) + 2 * SPACE;
      return;
    }
  *minimum = MAX (text_minimum, area_minimum + get_margin (self));
  *natural = MAX (*minimum, area_natural + get_margin (self));
}

static void
paddock_bar_chart_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PaddockBarChart *self = PADDOCK_BAR_CHART (widget);
  PaddockBarChartPrivate *priv = GET_PRIVATE (self);
  int margin = get_margin (self);
  int text_height;
  GtkAllocation place = { 0, 0, width, 0 };

  gtk_widget_measure (priv->readout, GTK_ORIENTATION_VERTICAL, width, NULL, &text_height, NULL, NULL);
  place.height = text_height;
  gtk_widget_size_allocate (priv->readout, &place, -1);
  place.x = margin;
  place.y = text_height + SPACE;
  place.width = MAX (width - margin, 1);
  place.height = MAX (height - place.y - get_line_height (self) - SPACE, 1);
  gtk_widget_size_allocate (priv->area, &place, -1);
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
append_lines (PaddockBarChart *self, GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color)
{
  PaddockBarChartPrivate *priv = GET_PRIVATE (self);
  double lines[MOST_LINES];
  guint count = list_lines (self, lines);
  GdkRGBA faint = *color;

  faint.alpha *= LINE;
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *text = format_value (self, lines[i]);
      g_autoptr (PangoLayout) layout = make_label (self, text);
      float top = SPACE;             /* that the bars leave for their marks */
      float height = (float) paddock_chart_scale_get_height (lines[i], priv->maximum, priv->logarithmic);
      float y = roundf (area->origin.y + area->size.height - height * (area->size.height - top));
      int width, text_height;

      pango_layout_get_pixel_size (layout, &width, &text_height);
      gtk_snapshot_append_color (snapshot, &faint, &GRAPHENE_RECT_INIT (area->origin.x, y, area->size.width, 1));
      append_label (snapshot, layout, area->origin.x - SPACE - (float) width, y - (float) text_height / 2, color);
    }
}

static void
append_positions (PaddockBarChart *self, GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color)
{
  PaddockBarChartPrivate *priv = GET_PRIVATE (self);
  PaddockChartScale scale;
  guint most = MAX ((guint) area->size.width / TICK_WIDTH, 1);
  float end = (float) gtk_widget_get_width (GTK_WIDGET (self));

  if (priv->whole)
    most = MIN (most, (guint) MAX (priv->right - priv->left, 1));
  paddock_chart_scale_init (&scale, priv->left, priv->right, most);
  for (guint i = 0; i < scale.count; i++)
    {
      double value = paddock_chart_scale_get_tick (&scale, i);
      float part = (float) ((value - priv->left) / (priv->right - priv->left));
      g_autofree char *text = paddock_chart_scale_format (&scale, value);
      g_autoptr (PangoLayout) layout = make_label (self, text);
      int width;
      float x;

      pango_layout_get_pixel_size (layout, &width, NULL);
      x = area->origin.x + part * area->size.width - (float) width / 2;
      append_label (snapshot, layout, CLAMP (x, 0, MAX (end - (float) width, 0)),
                    area->origin.y + area->size.height + SPACE, color);
    }
}

static void
paddock_bar_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PaddockBarChart *self = PADDOCK_BAR_CHART (widget);
  PaddockBarChartPrivate *priv = GET_PRIVATE (self);
  graphene_rect_t area;
  GdkRGBA color;

  gtk_widget_get_color (widget, &color);
  if (gtk_widget_compute_bounds (priv->area, widget, &area))
    {
      append_lines (self, snapshot, &area, &color);
      append_positions (self, snapshot, &area, &color);
    }
  GTK_WIDGET_CLASS (paddock_bar_chart_parent_class)->snapshot (widget, snapshot);
}

static char *
describe (PaddockBarChart *self, guint bar)
{
  PaddockBarChartClass *klass = PADDOCK_BAR_CHART_GET_CLASS (self);
  g_autofree char *name = klass->name_bar (self, bar);
  g_autofree char *told = klass->tell_bar (self, bar);

  /* Translators: what a bar of a chart stands for, and what it says: "Layer 3: 12.5 MB". */
  return g_strdup_printf (_("%s: %s"), name, told);
}

static void
show_readout (PaddockBarChart *self)
{
  PaddockBarChartPrivate *priv = GET_PRIVATE (self);
  int bar = paddock_bar_area_get_pointed (PADDOCK_BAR_AREA (priv->area));
  g_autofree char *text = NULL;

  if (bar < 0)
    bar = paddock_bar_area_get_selected (PADDOCK_BAR_AREA (priv->area));
  if (bar >= 0 && (guint) bar < priv->count)
    text = describe (self, (guint) bar);
  gtk_label_set_label (GTK_LABEL (priv->readout), text != NULL ? text : priv->title);
}

static void
on_pointed (PaddockBarChart *self)
{
  PaddockBarChartPrivate *priv = GET_PRIVATE (self);

  show_readout (self);
  /* A screen reader follows the arrow keys, and not the mouse. */
  if (gtk_widget_has_focus (priv->area) && paddock_bar_area_get_pointed (PADDOCK_BAR_AREA (priv->area)) >= 0)
    gtk_accessible_announce (GTK_ACCESSIBLE (priv->area), gtk_label_get_label (GTK_LABEL (priv->readout)),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
on_activated (PaddockBarChart *self, int bar)
{
  g_signal_emit (self, signals[ACTIVATED], 0, bar);
}

static void
show_bars (PaddockBarChart *self)
{
  PaddockBarChartPrivate *priv = GET_PRIVATE (self);
  g_autofree double *heights = g_new0 (double, MAX (priv->count, 1));

  for (guint i = 0; i < priv->count; i++)
    heights[i] = paddock_chart_scale_get_height (priv->values[i], priv->maximum, priv->logarithmic);
  paddock_bar_area_set_bars (PADDOCK_BAR_AREA (priv->area), heights, priv->marks, priv->count);
  update_axis (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static char *
format_count (PaddockBarChart *self, double value)
{
  return paddock_units_format_parameters ((gint64) MIN (value, 1e18));
}

static void
paddock_bar_chart_dispose (GObject *object)
{
  PaddockBarChartPrivate *priv = GET_PRIVATE (PADDOCK_BAR_CHART (object));

  if (priv->area != NULL)
    g_signal_handlers_disconnect_by_data (priv->area, object);
  g_clear_pointer (&priv->readout, gtk_widget_unparent);
  g_clear_pointer (&priv->axis, gtk_widget_unparent);
  g_clear_pointer (&priv->area, gtk_widget_unparent);
  G_OBJECT_CLASS (paddock_bar_chart_parent_class)->dispose (object);
}

static void
paddock_bar_chart_finalize (GObject *object)
{
  PaddockBarChartPrivate *priv = GET_PRIVATE (PADDOCK_BAR_CHART (object));

  g_free (priv->title);
  g_free (priv->values);
  g_free (priv->marks);
  G_OBJECT_CLASS (paddock_bar_chart_parent_class)->finalize (object);
}

static void
paddock_bar_chart_class_init (PaddockBarChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_bar_chart_dispose;
  G_OBJECT_CLASS (klass)->finalize = paddock_bar_chart_finalize;
  widget_class->measure = paddock_bar_chart_measure;
  widget_class->size_allocate = paddock_bar_chart_size_allocate;
  widget_class->snapshot = paddock_bar_chart_snapshot;
  klass->format_value = format_count;
  gtk_widget_class_set_css_name (widget_class, "bar-chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  /**
   * PaddockBarChart::activated:
   * @bar: its position
   *
   * A bar was clicked, or chosen with the keyboard.
   */
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
paddock_bar_chart_init (PaddockBarChart *self)
{
  PaddockBarChartPrivate *priv = GET_PRIVATE (self);

  priv->title = g_strdup ("");
  priv->right = 1;
  priv->readout = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (priv->readout, "numeric");
  gtk_widget_set_parent (priv->readout, GTK_WIDGET (self));
  priv->axis = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_widget_set_child_visible (priv->axis, FALSE);
  gtk_widget_set_parent (priv->axis, GTK_WIDGET (self));
  priv->area = paddock_bar_area_new ();
  gtk_widget_set_parent (priv->area, GTK_WIDGET (self));
  g_signal_connect_swapped (priv->area, "pointed", G_CALLBACK (on_pointed), self);
  g_signal_connect_swapped (priv->area, "activated", G_CALLBACK (on_activated), self);
}

/**
 * paddock_bar_chart_set_data:
 * @self: the chart
 * @data: what it shows; copied
 */
void
paddock_bar_chart_set_data (PaddockBarChart *self, const PaddockBarChartData *data)
{
  PaddockBarChartPrivate *priv = GET_PRIVATE (self);

  g_free (priv->values);
  g_free (priv->marks);
  priv->values = g_memdup2 (data->values, data->count * sizeof (double));
  priv->marks = g_memdup2 (data->marks, data->marks != NULL ? data->count * sizeof (gboolean) : 0);
  priv->count = data->count;
  priv->left = data->left;
  priv->right = data->right;
  priv->whole = data->whole;
  priv->maximum = 0;
  for (guint i = 0; i < data->count; i++)
    if (isfinite (data->values[i]))
      priv->maximum = MAX (priv->maximum, data->values[i]);
  show_bars (self);
  show_readout (self);
}

void
paddock_bar_chart_set_logarithmic (PaddockBarChart *self, gboolean logarithmic)
{
  PaddockBarChartPrivate *priv = GET_PRIVATE (self);

  if (priv->logarithmic == logarithmic)
    return;
  priv->logarithmic = logarithmic;
  show_bars (self);
}

void
paddock_bar_chart_set_selected (PaddockBarChart *self, int bar)
{
  paddock_bar_area_set_selected (PADDOCK_BAR_AREA (GET_PRIVATE (self)->area), bar);
  show_readout (self);
}

/**
 * paddock_bar_chart_align:
 * @self: the chart
 * @group: of the charts that stand below each other
 *
 * Lets the bars begin where those of the other charts do, however wide the labels beside them are.
 */
void
paddock_bar_chart_align (PaddockBarChart *self, GtkSizeGroup *group)
{
  gtk_size_group_add_widget (group, GET_PRIVATE (self)->axis);
}

/**
 * paddock_bar_chart_set_summary:
 * @self: the chart
 * @title: its name
 * @summary: in a sentence or two, what can be seen in it
 */
void
paddock_bar_chart_set_summary (PaddockBarChart *self, const char *title, const char *summary)
{
  PaddockBarChartPrivate *priv = GET_PRIVATE (self);

  g_set_str (&priv->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->area), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
  show_readout (self);
}

/**
 * paddock_bar_chart_show_table:
 * @self: the chart
 * @title: of the dialog
 * @bars: what the bars stand for
 * @values: what they say
 */
void
paddock_bar_chart_show_table (PaddockBarChart *self, const char *title, const char *bars, const char *values)
{
  PaddockBarChartClass *klass = PADDOCK_BAR_CHART_GET_CLASS (self);
  PaddockChartTableDialog *dialog = paddock_chart_table_dialog_new (title, bars, values);

  for (guint i = 0; i < GET_PRIVATE (self)->count; i++)
    {
      g_autofree char *name = klass->name_bar (self, i);
      g_autofree char *told = klass->tell_bar (self, i);

      paddock_chart_table_dialog_add (dialog, name, told);
    }
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}
