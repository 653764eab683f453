/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_CHART_SWATCH_PART,         /* an area of the palette, with its pattern */
  PADDOCK_CHART_SWATCH_LINE,         /* a line of the palette */
  PADDOCK_CHART_SWATCH_TAKEN,        /* hatched: what others use */
  PADDOCK_CHART_SWATCH_EXCESS        /* struck out: what there is no room for */
} PaddockChartSwatchKind;

#define PADDOCK_TYPE_CHART_SWATCH (paddock_chart_swatch_get_type ())
G_DECLARE_FINAL_TYPE (PaddockChartSwatch, paddock_chart_swatch, PADDOCK, CHART_SWATCH, GtkWidget)

GtkWidget *paddock_chart_swatch_new (PaddockChartSwatchKind kind, guint position);

G_END_DECLS
