/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "downloads/download-bar.h"

#include <adwaita.h>

#define HEIGHT 6
#define LEAST_WIDTH 60
/* How much of the colour what is received and what is not there yet have. */
#define RECEIVED 0.45f
#define TROUGH 0.15f

struct _PaddockDownloadBar
{
  GtkWidget parent_instance;

  double received, verified; /* of 1 */
};

/* Its value is to be read by whoever cannot see it. */
G_DEFINE_FINAL_TYPE_WITH_CODE (PaddockDownloadBar,
                               paddock_download_bar,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE_RANGE, NULL))

static void
measure (GtkWidget *widget G_GNUC_UNUSED,
         GtkOrientation orientation,
         int for_size G_GNUC_UNUSED,
         int *least,
         int *natural,
         int *least_baseline,
         int *natural_baseline)
{
  *least = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : HEIGHT;
  *least_baseline = *natural_baseline = -1;
}

static void
draw_part (GtkWidget *widget, GtkSnapshot *snapshot, const GdkRGBA *color, double part)
{
  float width = (float) gtk_widget_get_width (widget), length = width * (float) part;
  float left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? width - length : 0;

  if (length > 0)
    gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (left, 0, length, (float) gtk_widget_get_height (widget)));
}

static void
draw (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PaddockDownloadBar *self = PADDOCK_DOWNLOAD_BAR (widget);
  float width = (float) gtk_widget_get_width (widget), height = (float) gtk_widget_get_height (widget);
  GdkRGBA whole, received, trough;
  GskRoundedRect shape;

  gtk_widget_get_color (widget, &whole);
  received = trough = whole;
  received.alpha *= RECEIVED;
  trough.alpha *= TROUGH;
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (0, 0, width, height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  draw_part (widget, snapshot, &trough, 1);
  draw_part (widget, snapshot, &received, self->received);
  draw_part (widget, snapshot, &whole, self->verified);
  gtk_snapshot_pop (snapshot);
}

static void
paddock_download_bar_class_init (PaddockDownloadBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = measure;
  widget_class->snapshot = draw;
  gtk_widget_class_set_css_name (widget_class, "download-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
paddock_download_bar_init (PaddockDownloadBar *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 1.0, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 0.0, -1);
}

void
paddock_download_bar_set (PaddockDownloadBar *self, guint64 received, guint64 verified, gint64 total)
{
  double share = total > 0 ? MIN ((double) received / (double) total, 1) : 0;
  double sure = total > 0 ? MIN ((double) verified / (double) total, share) : 0;

  /* Less than a pixel is not drawn anew. */
  if ((int) (share * 2000) == (int) (self->received * 2000) && (int) (sure * 2000) == (int) (self->verified * 2000))
    return;
  self->received = share;
  self->verified = sure;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, share, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
