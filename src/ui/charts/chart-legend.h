/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/chart-swatch.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_CHART_LEGEND (paddock_chart_legend_get_type ())
G_DECLARE_FINAL_TYPE (PaddockChartLegend, paddock_chart_legend, PADDOCK, CHART_LEGEND, AdwBin)

GtkWidget *paddock_chart_legend_new   (void);
void       paddock_chart_legend_clear (PaddockChartLegend *self);
/* FALSE: it shows that already. */
gboolean   paddock_chart_legend_begin (PaddockChartLegend *self, const char *content);
void       paddock_chart_legend_add   (PaddockChartLegend *self, PaddockChartSwatchKind kind, guint position,
                                       const char *name);

G_END_DECLS
