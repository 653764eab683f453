/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/bar-chart.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_LAYER_BYTES,
  PADDOCK_LAYER_NUMBER
} PaddockLayerUnit;

#define PADDOCK_TYPE_LAYER_CHART (paddock_layer_chart_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLayerChart, paddock_layer_chart, PADDOCK, LAYER_CHART, PaddockBarChart)

/* One value for each layer; NAN where there is none. Layers far from the others are marked. Notes may be NULL. Returns
 * what can be seen, in a sentence or two. */
char *paddock_layer_chart_set_values (PaddockLayerChart *self, const char *title, PaddockLayerUnit unit,
                                      const double *values, const char * const *notes, guint n_layers);

/* Which values are far from what most are: TRUE in @odd; returns how many. */
guint paddock_layer_chart_find_odd   (const double *values, guint count, gboolean *odd);

G_END_DECLS
