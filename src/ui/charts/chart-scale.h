/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockChartScale:
 *
 * Where the labels of an axis stand: at round numbers, evenly spaced.
 */
typedef struct
{
  double first;
  double step;
  guint count;                       /* 0 where there is nothing to label */
} PaddockChartScale;

void   paddock_chart_scale_init     (PaddockChartScale *self, double minimum, double maximum, guint most);
double paddock_chart_scale_get_tick (const PaddockChartScale *self, guint position);
/* As exact as the distance between two labels asks for, by the locale. */
char  *paddock_chart_scale_format   (const PaddockChartScale *self, double value);

/* A number that stands alone: four digits that matter, by the locale. */
char  *paddock_chart_scale_format_number (double value);

/* How high a bar is, from 0 to 1; a logarithmic one shows 1 beside a million. */
double paddock_chart_scale_get_height (double value, double maximum, gboolean logarithmic);

G_END_DECLS
