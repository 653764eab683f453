/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_CHART_NUMBER,
  PADDOCK_CHART_BYTES,
  PADDOCK_CHART_TOKENS               /* counted in powers of two: "4k" is 4096 */
} PaddockChartUnit;

/**
 * PaddockChartAxis:
 *
 * What one direction of a chart stands for.
 */
typedef struct
{
  PaddockChartUnit unit;
  double minimum;
  double maximum;
  gboolean logarithmic;              /* equal distances are equal ratios */
} PaddockChartAxis;

#define PADDOCK_CHART_AXIS_MOST_TICKS 16

/* The labelled places of an axis. */
typedef struct
{
  double values[PADDOCK_CHART_AXIS_MOST_TICKS];
  guint count;
  double step;                       /* 0 where the distances differ */
} PaddockChartTicks;

void   paddock_chart_axis_init         (PaddockChartAxis *self, PaddockChartUnit unit, double minimum, double maximum,
                                        gboolean logarithmic);
double paddock_chart_axis_place        (const PaddockChartAxis *self, double value);   /* 0 to 1 between the ends */
double paddock_chart_axis_find         (const PaddockChartAxis *self, double place);   /* the way back */
void   paddock_chart_axis_list_ticks   (const PaddockChartAxis *self, guint most, PaddockChartTicks *ticks);
char  *paddock_chart_axis_format_tick  (const PaddockChartAxis *self, const PaddockChartTicks *ticks, guint position);
char  *paddock_chart_axis_format_value (const PaddockChartAxis *self, double value);   /* one that stands alone */

G_END_DECLS
