/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/line-plot.h"

#include <math.h>

#define LINE 2.0f
#define RULER 1.0f
#define LIMIT_LINE 1.5f
#define CURVE_STEP 6.0f
#define POINT_RADIUS 3.0f
#define DOT_RADIUS 5.0f
#define SPREAD_ALPHA 0.18f
#define ABOVE_ALPHA 0.1f
#define SLACK 1e-6

/**
 * paddock_line_plot_init:
 * @self: (out caller-allocates): the plot
 * @x: what is from left to right
 * @y: what is from the bottom up
 * @width: of the area in pixels
 * @height: of the area
 */
void
paddock_line_plot_init (PaddockLinePlot *self, const PaddockChartAxis *x, const PaddockChartAxis *y, float width, float height)
{
  *self = (PaddockLinePlot) { .x = *x, .y = *y, .width = width, .height = height };
}

float
paddock_line_plot_get_x (const PaddockLinePlot *self, double value)
{
  return (float) CLAMP (paddock_chart_axis_place (&self->x, value), -1, 2) * self->width;
}

/* What is not on the axis has no place in the picture. */
gboolean
paddock_line_plot_has_place (const PaddockLinePlot *self, double value)
{
  double place = paddock_chart_axis_place (&self->x, value);

  return place >= -SLACK && place <= 1 + SLACK;
}

float
paddock_line_plot_get_y (const PaddockLinePlot *self, double value)
{
  return (1 - (float) CLAMP (paddock_chart_axis_place (&self->y, value), 0, 1)) * self->height;
}

int
paddock_line_plot_find_stop (const PaddockLinePlot *self, const double *stops, guint n_stops, float x)
{
  float best = INFINITY;
  int found = -1;

  for (guint i = 0; i < n_stops; i++)
    {
      float distance = fabsf (paddock_line_plot_get_x (self, stops[i]) - x);

      if (distance < best)
        {
          best = distance;
          found = (int) i;
        }
    }
  return found;
}

static void
add_curve (const PaddockLinePlot *self, GskPathBuilder *builder, gboolean bent, const PaddockChartPoint *from,
           const PaddockChartPoint *to)
{
  float left = paddock_line_plot_get_x (self, from->x);
  float right = paddock_line_plot_get_x (self, to->x);

  for (float x = left + CURVE_STEP; bent && x < right; x += CURVE_STEP)
    {
      double value = paddock_chart_axis_find (&self->x, (double) (x / self->width));
      double part = (value - from->x) / (to->x - from->x);

      gsk_path_builder_line_to (builder, x, paddock_line_plot_get_y (self, from->y + part * (to->y - from->y)));
    }
  gsk_path_builder_line_to (builder, right, paddock_line_plot_get_y (self, to->y));
}

static void
append_spread (const PaddockLinePlot *self, GtkSnapshot *snapshot, PaddockChartSeries *series, GdkRGBA color)
{
  guint count = paddock_chart_series_get_count (series);
  GskPathBuilder *builder = gsk_path_builder_new ();
  GskPath *path;

  for (guint i = 0; i < 2 * count; i++)
    {
      gboolean back = i >= count;
      const PaddockChartPoint *point = paddock_chart_series_get_point (series, back ? 2 * count - 1 - i : i);
      float x = paddock_line_plot_get_x (self, point->x);
      float y = paddock_line_plot_get_y (self, back ? point->low : point->high);

      if (i == 0)
        gsk_path_builder_move_to (builder, x, y);
      else
        gsk_path_builder_line_to (builder, x, y);
    }
  gsk_path_builder_close (builder);
  path = gsk_path_builder_free_to_path (builder);
  color.alpha *= SPREAD_ALPHA;
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, &color);
  gsk_path_unref (path);
}

static void
append_points (const PaddockLinePlot *self, GtkSnapshot *snapshot, PaddockChartSeries *series, const GdkRGBA *color)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  GskPath *path;

  for (guint i = 0; i < paddock_chart_series_get_count (series); i++)
    {
      const PaddockChartPoint *point = paddock_chart_series_get_point (series, i);

      gsk_path_builder_add_circle (builder,
                                   &GRAPHENE_POINT_INIT (paddock_line_plot_get_x (self, point->x),
                                                         paddock_line_plot_get_y (self, point->y)),
                                   POINT_RADIUS);
    }
  path = gsk_path_builder_free_to_path (builder);
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, color);
  gsk_path_unref (path);
}

/* Strokes the path and lets go of it. */
static void
append_stroke (GtkSnapshot *snapshot, GskPathBuilder *builder, float width, gboolean dashed, const GdkRGBA *color)
{
  static const float dashes[] = { 5, 4 };
  GskPath *path = gsk_path_builder_free_to_path (builder);
  GskStroke *stroke = gsk_stroke_new (width);

  gsk_stroke_set_line_join (stroke, GSK_LINE_JOIN_ROUND);
  if (dashed)
    gsk_stroke_set_dash (stroke, dashes, G_N_ELEMENTS (dashes));
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
  gsk_stroke_free (stroke);
  gsk_path_unref (path);
}

/**
 * paddock_line_plot_append_series:
 * @self: the plot
 * @snapshot: where to draw
 * @series: the points
 * @color: of the line
 */
void
paddock_line_plot_append_series (const PaddockLinePlot *self, GtkSnapshot *snapshot, PaddockChartSeries *series,
                                 const GdkRGBA *color)
{
  guint count = paddock_chart_series_get_count (series);
  /* What is computed is right between the points too, where a logarithmic axis bends a line. */
  gboolean bent = self->x.logarithmic && !paddock_chart_series_is_measured (series);
  GskPathBuilder *builder;
  const PaddockChartPoint *first;

  if (count == 0)
    return;
  if (paddock_chart_series_has_spread (series))
    append_spread (self, snapshot, series, *color);
  builder = gsk_path_builder_new ();
  first = paddock_chart_series_get_point (series, 0);
  gsk_path_builder_move_to (builder, paddock_line_plot_get_x (self, first->x), paddock_line_plot_get_y (self, first->y));
  for (guint i = 1; i < count; i++)
    add_curve (self, builder, bent, paddock_chart_series_get_point (series, i - 1),
               paddock_chart_series_get_point (series, i));
  append_stroke (snapshot, builder, LINE, FALSE, color);
  if (paddock_chart_series_is_measured (series))
    append_points (self, snapshot, series, color);
}

/**
 * paddock_line_plot_append_limit:
 * @self: the plot
 * @snapshot: where to draw
 * @limit: what should not be exceeded
 * @color: of the line; what is above has a tint of it
 */
void
paddock_line_plot_append_limit (const PaddockLinePlot *self, GtkSnapshot *snapshot, double limit, const GdkRGBA *color)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  float y = roundf (paddock_line_plot_get_y (self, limit));
  GdkRGBA tint = *color;

  tint.alpha *= ABOVE_ALPHA;
  gtk_snapshot_append_color (snapshot, &tint, &GRAPHENE_RECT_INIT (0, 0, self->width, y));
  gsk_path_builder_move_to (builder, 0, y);
  gsk_path_builder_line_to (builder, self->width, y);
  append_stroke (snapshot, builder, LIMIT_LINE, TRUE, color);
}

void
paddock_line_plot_append_ruler (const PaddockLinePlot *self, GtkSnapshot *snapshot, double x, gboolean dashed,
                                const GdkRGBA *color)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  float middle = floorf (paddock_line_plot_get_x (self, x)) + RULER / 2;

  gsk_path_builder_move_to (builder, middle, 0);
  gsk_path_builder_line_to (builder, middle, self->height);
  append_stroke (snapshot, builder, RULER, dashed, color);
}

/**
 * paddock_line_plot_append_dot:
 * @self: the plot
 * @snapshot: where to draw
 * @x: its place
 * @y: its value
 * @hollow: whether it is a ring
 * @color: what it is drawn in
 */
void
paddock_line_plot_append_dot (const PaddockLinePlot *self, GtkSnapshot *snapshot, double x, double y, gboolean hollow,
                              const GdkRGBA *color)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  graphene_point_t middle = { paddock_line_plot_get_x (self, x), paddock_line_plot_get_y (self, y) };
  GskPath *path;

  gsk_path_builder_add_circle (builder, &middle, DOT_RADIUS);
  if (hollow)
    {
      append_stroke (snapshot, builder, LINE, FALSE, color);
      return;
    }
  path = gsk_path_builder_free_to_path (builder);
  gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, color);
  gsk_path_unref (path);
}
