/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/type-share-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define BAR_HEIGHT 20
#define BAR_RADIUS 6.0f
#define GAP 2.0f
#define NARROWEST 3.0f               /* so that the smallest share is still there to be seen */

/**
 * PaddockTypeShareBar:
 *
 * How a model's bytes are spread over tensor types, as one bar. The legend beside it is the same data as a table.
 */
struct _PaddockTypeShareBar
{
  GtkWidget parent_instance;

  /* Owned */
  PaddockTypeShares *shares;
};

G_DEFINE_FINAL_TYPE (PaddockTypeShareBar, paddock_type_share_bar, GTK_TYPE_WIDGET)

static const AdwAccentColor palette[] = {
  ADW_ACCENT_COLOR_BLUE, ADW_ACCENT_COLOR_ORANGE, ADW_ACCENT_COLOR_GREEN,  ADW_ACCENT_COLOR_PURPLE,
  ADW_ACCENT_COLOR_TEAL, ADW_ACCENT_COLOR_PINK,   ADW_ACCENT_COLOR_YELLOW, ADW_ACCENT_COLOR_RED,
};

/**
 * paddock_type_share_bar_get_color:
 * @position: of a share
 * @color: (out): its colour; all beyond the palette share one
 */
void
paddock_type_share_bar_get_color (guint position, GdkRGBA *color)
{
  adw_accent_color_to_rgba (position < G_N_ELEMENTS (palette) ? palette[position] : ADW_ACCENT_COLOR_SLATE, color);
}

static void
paddock_type_share_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                                int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT : 80;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT : 320;
}

/* Widths by bytes, none narrower than can be seen; what that takes is taken from all in proportion. */
static void
compute_widths (PaddockTypeShares *shares, guint count, float available, float *widths)
{
  double total = (double) paddock_type_shares_get_bytes (shares);
  float sum = 0;

  for (guint i = 0; i < count; i++)
    {
      double part = total > 0 ? (double) paddock_type_shares_get_share (shares, i)->bytes / total : 0;

      widths[i] = MAX (NARROWEST, (float) part * available);
      sum += widths[i];
    }
  for (guint i = 0; i < count && sum > 0; i++)
    widths[i] *= available / sum;
}

static void
paddock_type_share_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PaddockTypeShareBar *self = PADDOCK_TYPE_SHARE_BAR (widget);
  gboolean reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  guint count = self->shares != NULL ? paddock_type_shares_get_count (self->shares) : 0;
  g_autofree float *widths = g_new0 (float, MAX (count, 1));
  GskRoundedRect outline;
  float x = 0;

  if (count == 0 || width < 1)
    return;
  /* More slivers than fit are left to the legend. */
  count = MIN (count, (guint) (width / (NARROWEST + GAP)));
  compute_widths (self->shares, count, width - GAP * (float) (count - 1), widths);
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, width, height), BAR_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  for (guint i = 0; i < count; i++)
    {
      GdkRGBA color;
      float left = reversed ? width - x - widths[i] : x;

      paddock_type_share_bar_get_color (i, &color);
      gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (left, 0, widths[i], height));
      x += widths[i] + GAP;
    }
  gtk_snapshot_pop (snapshot);
}

static void
paddock_type_share_bar_finalize (GObject *object)
{
  PaddockTypeShareBar *self = PADDOCK_TYPE_SHARE_BAR (object);

  g_clear_pointer (&self->shares, paddock_type_shares_unref);
  G_OBJECT_CLASS (paddock_type_share_bar_parent_class)->finalize (object);
}

static void
paddock_type_share_bar_class_init (PaddockTypeShareBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = paddock_type_share_bar_finalize;
  widget_class->measure = paddock_type_share_bar_measure;
  widget_class->snapshot = paddock_type_share_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "share-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
paddock_type_share_bar_init (PaddockTypeShareBar *self)
{
}

static char *
summarize (PaddockTypeShares *shares)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  double total = MAX (1.0, (double) paddock_type_shares_get_bytes (shares));

  for (guint i = 0; i < paddock_type_shares_get_count (shares); i++)
    {
      const PaddockTypeShare *share = paddock_type_shares_get_share (shares, i);

      /* Translators: a tensor type and its share of a model's bytes, as "Q4_K 82.5 %". */
      g_strv_builder_take (parts, g_strdup_printf (_("%s %.1f %%"), share->name, 100.0 * (double) share->bytes / total));
    }
  words = g_strv_builder_end (parts);
  return g_strjoinv (", ", words);
}

/**
 * paddock_type_share_bar_set_shares:
 * @self: the bar
 * @shares: (nullable): what it shows
 */
void
paddock_type_share_bar_set_shares (PaddockTypeShareBar *self, PaddockTypeShares *shares)
{
  g_autofree char *summary = NULL;

  if (shares != NULL)
    paddock_type_shares_ref (shares);
  g_clear_pointer (&self->shares, paddock_type_shares_unref);
  self->shares = shares;
  summary = shares != NULL ? summarize (shares) : g_strdup ("");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Bytes by Tensor Type"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
