/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_BAR_CHART (paddock_bar_chart_get_type ())
G_DECLARE_DERIVABLE_TYPE (PaddockBarChart, paddock_bar_chart, PADDOCK, BAR_CHART, GtkWidget)

struct _PaddockBarChartClass
{
  GtkWidgetClass parent_class;

  /* What one bar stands for, and what it says; (transfer full) */
  char *(*name_bar) (PaddockBarChart *self, guint bar);
  char *(*tell_bar) (PaddockBarChart *self, guint bar);
  /* A label of the vertical axis; (transfer full) */
  char *(*format_value) (PaddockBarChart *self, double value);
};

typedef struct
{
  const double *values;
  const gboolean *marks;             /* nullable: which bars stand out */
  guint count;
  double left;                       /* what the left and the right end of the horizontal axis stand for */
  double right;
  gboolean whole;                    /* only whole numbers are labelled */
} PaddockBarChartData;

void     paddock_bar_chart_set_data        (PaddockBarChart *self, const PaddockBarChartData *data);
void     paddock_bar_chart_set_logarithmic (PaddockBarChart *self, gboolean logarithmic);
void     paddock_bar_chart_set_selected    (PaddockBarChart *self, int bar);   /* -1 for none */
void     paddock_bar_chart_align           (PaddockBarChart *self, GtkSizeGroup *group);   /* of their vertical axes */
/* What it shows, for those who do not see it; the title stands above it as well, while no bar is pointed at. */
void     paddock_bar_chart_set_summary     (PaddockBarChart *self, const char *title, const char *summary);
/* The same as a table, in a dialog. */
void     paddock_bar_chart_show_table      (PaddockBarChart *self, const char *title, const char *bars, const char *values);

G_END_DECLS
