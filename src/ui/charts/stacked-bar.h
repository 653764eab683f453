/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/chart-legend.h"
#include "charts/memory-bar.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_STACKED_BAR (paddock_stacked_bar_get_type ())
G_DECLARE_FINAL_TYPE (PaddockStackedBar, paddock_stacked_bar, PADDOCK, STACKED_BAR, GtkWidget)

GtkWidget *paddock_stacked_bar_new         (void);
void       paddock_stacked_bar_set_memory  (PaddockStackedBar *self, PaddockMemoryBar *memory);   /* nullable */
/* The same as a table, in a dialog. */
void       paddock_stacked_bar_show_table  (PaddockStackedBar *self);
/* What the colours of these bars stand for; parts that none of them has are left out. */
void       paddock_stacked_bar_fill_legend (PaddockChartLegend *legend, PaddockMemoryBar * const *bars, guint n_bars);

G_END_DECLS
