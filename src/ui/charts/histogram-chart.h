/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/bar-chart.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_HISTOGRAM_CHART (paddock_histogram_chart_get_type ())
G_DECLARE_FINAL_TYPE (PaddockHistogramChart, paddock_histogram_chart, PADDOCK, HISTOGRAM_CHART, PaddockBarChart)

/* Bins of equal width between two numbers. */
void paddock_histogram_chart_set_bins (PaddockHistogramChart *self, double minimum, double maximum,
                                       const guint64 *counts, guint n_bins);

G_END_DECLS
