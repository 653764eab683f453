/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/color-dot.h"

#define DIAMETER 12

/**
 * PaddockColorDot:
 *
 * A dot of one colour, for the legend of a chart.
 */
struct _PaddockColorDot
{
  GtkWidget parent_instance;

  GdkRGBA color;
};

G_DEFINE_FINAL_TYPE (PaddockColorDot, paddock_color_dot, GTK_TYPE_WIDGET)

static void
paddock_color_dot_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = DIAMETER;
}

static void
paddock_color_dot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PaddockColorDot *self = PADDOCK_COLOR_DOT (widget);
  float left = (float) (gtk_widget_get_width (widget) - DIAMETER) / 2;
  float top = (float) (gtk_widget_get_height (widget) - DIAMETER) / 2;
  GskRoundedRect circle;

  gsk_rounded_rect_init_from_rect (&circle, &GRAPHENE_RECT_INIT (left, top, DIAMETER, DIAMETER), DIAMETER / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &circle);
  gtk_snapshot_append_color (snapshot, &self->color, &circle.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
paddock_color_dot_class_init (PaddockColorDotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = paddock_color_dot_measure;
  widget_class->snapshot = paddock_color_dot_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
paddock_color_dot_init (PaddockColorDot *self)
{
}

GtkWidget *
paddock_color_dot_new (const GdkRGBA *color)
{
  PaddockColorDot *self = g_object_new (PADDOCK_TYPE_COLOR_DOT, NULL);

  self->color = *color;
  return GTK_WIDGET (self);
}
