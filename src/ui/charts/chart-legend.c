/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/chart-legend.h"

#define SPACE 12
#define LINE_SPACE 6
#define SWATCH_SPACE 6

/**
 * PaddockChartLegend:
 *
 * What the colours and patterns of one or more charts stand for, in as many lines as the width asks for.
 */
struct _PaddockChartLegend
{
  AdwBin parent_instance;

  /* Borrowed */
  AdwWrapBox *box;

  /* Owned */
  char *content;                     /* what it shows, to whoever fills it; NULL: nobody has said */
};

G_DEFINE_FINAL_TYPE (PaddockChartLegend, paddock_chart_legend, ADW_TYPE_BIN)

static void
paddock_chart_legend_finalize (GObject *object)
{
  g_free (PADDOCK_CHART_LEGEND (object)->content);
  G_OBJECT_CLASS (paddock_chart_legend_parent_class)->finalize (object);
}

static void
paddock_chart_legend_class_init (PaddockChartLegendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_chart_legend_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "chart-legend");
}

static void
paddock_chart_legend_init (PaddockChartLegend *self)
{
  self->box = g_object_new (ADW_TYPE_WRAP_BOX, "child-spacing", SPACE, "line-spacing", LINE_SPACE, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

GtkWidget *
paddock_chart_legend_new (void)
{
  return g_object_new (PADDOCK_TYPE_CHART_LEGEND, NULL);
}

void
paddock_chart_legend_clear (PaddockChartLegend *self)
{
  g_clear_pointer (&self->content, g_free);
  adw_wrap_box_remove_all (self->box);
}

/**
 * paddock_chart_legend_begin:
 * @self: the legend
 * @content: anything that is the same text as long as the entries are the same
 *
 * Entries are expensive to make, and seldom other ones than before.
 *
 * Returns: whether the legend is empty now and to be filled; else it shows that content already
 */
gboolean
paddock_chart_legend_begin (PaddockChartLegend *self, const char *content)
{
  if (g_strcmp0 (content, self->content) == 0)
    return FALSE;
  paddock_chart_legend_clear (self);
  self->content = g_strdup (content);
  return TRUE;
}

/**
 * paddock_chart_legend_add:
 * @self: the legend
 * @kind: what the part looks like
 * @position: of the part in the palette, where it is one
 * @name: what it stands for
 */
void
paddock_chart_legend_add (PaddockChartLegend *self, PaddockChartSwatchKind kind, guint position, const char *name)
{
  GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SWATCH_SPACE);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", name, "ellipsize", PANGO_ELLIPSIZE_END, NULL);

  gtk_box_append (GTK_BOX (entry), paddock_chart_swatch_new (kind, position));
  gtk_box_append (GTK_BOX (entry), label);
  adw_wrap_box_append (self->box, entry);
}
