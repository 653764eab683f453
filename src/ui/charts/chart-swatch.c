/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/chart-swatch.h"

#include "charts/chart-palette.h"

#define SIDE 14
#define RADIUS 3.0f
#define LINE 3.0f
#define TAKEN_ALPHA 0.6f

/**
 * PaddockChartSwatch:
 *
 * How one part of a chart looks, beside its name in a legend.
 */
struct _PaddockChartSwatch
{
  GtkWidget parent_instance;

  PaddockChartSwatchKind kind;
  guint position;
};

G_DEFINE_FINAL_TYPE (PaddockChartSwatch, paddock_chart_swatch, GTK_TYPE_WIDGET)

static void
paddock_chart_swatch_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                              int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SIDE;
}

static void
append_inside (PaddockChartSwatch *self, GtkSnapshot *snapshot, const graphene_rect_t *square)
{
  PaddockChartPalette palette;
  float middle_y = square->origin.y + square->size.height / 2;
  GdkRGBA color;

  paddock_chart_palette_init (&palette, GTK_WIDGET (self));
  gtk_widget_get_color (GTK_WIDGET (self), &color);
  switch (self->kind)
    {
    case PADDOCK_CHART_SWATCH_LINE:
      paddock_chart_palette_get_color (&palette, self->position, &color);
      gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (square->origin.x, middle_y - LINE / 2,
                                                                        square->size.width, LINE));
      break;
    case PADDOCK_CHART_SWATCH_TAKEN:
      color.alpha *= TAKEN_ALPHA;
      paddock_chart_palette_append_hatch (snapshot, square, &color);
      break;
    case PADDOCK_CHART_SWATCH_EXCESS:
      paddock_chart_palette_append_part (&palette, snapshot, self->position, square);
      paddock_chart_palette_append_excess (&palette, snapshot, square);
      break;
    case PADDOCK_CHART_SWATCH_PART:
    default:
      paddock_chart_palette_append_part (&palette, snapshot, self->position, square);
      break;
    }
}

static void
paddock_chart_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  float left = (float) (gtk_widget_get_width (widget) - SIDE) / 2;
  float top = (float) (gtk_widget_get_height (widget) - SIDE) / 2;
  GskRoundedRect square;

  gsk_rounded_rect_init_from_rect (&square, &GRAPHENE_RECT_INIT (left, top, SIDE, SIDE), RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &square);
  append_inside (PADDOCK_CHART_SWATCH (widget), snapshot, &square.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
paddock_chart_swatch_class_init (PaddockChartSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = paddock_chart_swatch_measure;
  widget_class->snapshot = paddock_chart_swatch_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
paddock_chart_swatch_init (PaddockChartSwatch *self)
{
  paddock_chart_palette_watch (GTK_WIDGET (self));
}

/**
 * paddock_chart_swatch_new:
 * @kind: what it looks like
 * @position: of the part in the palette, where it is one
 *
 * Returns: (transfer floating): the swatch
 */
GtkWidget *
paddock_chart_swatch_new (PaddockChartSwatchKind kind, guint position)
{
  PaddockChartSwatch *self = g_object_new (PADDOCK_TYPE_CHART_SWATCH, NULL);

  self->kind = kind;
  self->position = position;
  return GTK_WIDGET (self);
}
