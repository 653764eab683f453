/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PaddockChartPalette:
 *
 * The colours of a chart's parts, as they are to be drawn now: for light or dark surroundings, and for high contrast.
 * Neighbours differ in lightness as well as in hue, and each has a pattern of its own, so that nobody has to tell two
 * colours apart.
 */
typedef struct
{
  gboolean dark;
  gboolean high_contrast;
} PaddockChartPalette;

#define PADDOCK_CHART_PALETTE_SIZE 6

void paddock_chart_palette_init         (PaddockChartPalette *self, GtkWidget *widget);
void paddock_chart_palette_get_color    (const PaddockChartPalette *self, guint position, GdkRGBA *color);
void paddock_chart_palette_get_error    (const PaddockChartPalette *self, GdkRGBA *color);
/* An area of a part: its colour, and its pattern over it. */
void paddock_chart_palette_append_part  (const PaddockChartPalette *self, GtkSnapshot *snapshot, guint position,
                                         const graphene_rect_t *area);
/* Slanted lines, for what is taken by others or is too much. */
void paddock_chart_palette_append_hatch (GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color);
/* Over parts for which there is no room: they pale behind slanted lines. */
void paddock_chart_palette_append_excess (const PaddockChartPalette *self, GtkSnapshot *snapshot,
                                          const graphene_rect_t *area);
/* The widget is drawn again when the surroundings change. */
void paddock_chart_palette_watch        (GtkWidget *widget);

G_END_DECLS
