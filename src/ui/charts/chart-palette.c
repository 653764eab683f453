/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/chart-palette.h"

#include <adwaita.h>
#include <math.h>

#define PATTERN_STEP 5.0f
#define PATTERN_LINE 1.0f
#define PATTERN_DOT 2.0f
#define PATTERN_ALPHA 0.35f
#define HATCH_STEP 6.0f
#define HATCH_LINE 1.5f
#define VEIL_ALPHA 0.55f

typedef enum
{
  PATTERN_PLAIN,
  PATTERN_UPRIGHT,
  PATTERN_DOTS,
  PATTERN_LEVEL,
  PATTERN_GRID,
  PATTERN_DASHES
} Pattern;

typedef struct
{
  const char *light;
  const char *dark;
  Pattern pattern;
} Part;

/* Dark and bright by turns: they stay apart for eyes that mix up red and green, or see no colours. */
static const Part parts[PADDOCK_CHART_PALETTE_SIZE] = {
  { "#1b66b8", "#5a9fe6", PATTERN_PLAIN },  { "#f2a33c", "#ffc578", PATTERN_UPRIGHT },
  { "#0b7a67", "#2aa88f", PATTERN_DOTS },   { "#de8fc3", "#f3bfe0", PATTERN_LEVEL },
  { "#5e5c64", "#8f8d96", PATTERN_GRID },   { "#8b3f9e", "#b878cb", PATTERN_DASHES },
};

/**
 * paddock_chart_palette_init:
 * @self: (out caller-allocates): the palette
 * @widget: what is drawn
 */
void
paddock_chart_palette_init (PaddockChartPalette *self, GtkWidget *widget)
{
  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (widget));

  self->dark = adw_style_manager_get_dark (style);
  self->high_contrast = adw_style_manager_get_high_contrast (style);
}

/**
 * paddock_chart_palette_get_color:
 * @self: the palette
 * @position: of the part; those beyond the palette begin again
 * @color: (out): its colour
 */
void
paddock_chart_palette_get_color (const PaddockChartPalette *self, guint position, GdkRGBA *color)
{
  const Part *part = &parts[position % G_N_ELEMENTS (parts)];

  gdk_rgba_parse (color, self->dark ? part->dark : part->light);
}

void
paddock_chart_palette_get_error (const PaddockChartPalette *self, GdkRGBA *color)
{
  gdk_rgba_parse (color, self->dark ? "#ff938c" : "#c30000");
}

static void
add_lines (GskPathBuilder *builder, const graphene_rect_t *area, gboolean upright)
{
  float length = upright ? area->size.width : area->size.height;

  for (float at = PATTERN_STEP / 2; at < length; at += PATTERN_STEP)
    gsk_path_builder_add_rect (builder, upright ? &GRAPHENE_RECT_INIT (area->origin.x + at, area->origin.y, PATTERN_LINE,
                                                                       area->size.height)
                                                : &GRAPHENE_RECT_INIT (area->origin.x, area->origin.y + at,
                                                                       area->size.width, PATTERN_LINE));
}

static void
add_dots (GskPathBuilder *builder, const graphene_rect_t *area)
{
  for (float y = PATTERN_STEP / 2; y < area->size.height; y += PATTERN_STEP)
    for (float x = PATTERN_STEP / 2; x < area->size.width; x += PATTERN_STEP)
      gsk_path_builder_add_rect (builder, &GRAPHENE_RECT_INIT (area->origin.x + x, area->origin.y + y, PATTERN_DOT,
                                                               PATTERN_DOT));
}

/* Those of one row stand over the gaps of the next. */
static void
add_dashes (GskPathBuilder *builder, const graphene_rect_t *area)
{
  gboolean shifted = FALSE;

  for (float y = PATTERN_STEP / 2; y < area->size.height; y += PATTERN_STEP, shifted = !shifted)
    for (float x = shifted ? PATTERN_STEP : 0; x < area->size.width; x += 2 * PATTERN_STEP)
      gsk_path_builder_add_rect (builder, &GRAPHENE_RECT_INIT (area->origin.x + x, area->origin.y + y, PATTERN_STEP,
                                                               PATTERN_LINE));
}

static void
append_pattern (GtkSnapshot *snapshot, Pattern pattern, const graphene_rect_t *area, const GdkRGBA *color)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  GskPath *path;

  if (pattern == PATTERN_UPRIGHT || pattern == PATTERN_GRID)
    add_lines (builder, area, TRUE);
  if (pattern == PATTERN_LEVEL || pattern == PATTERN_GRID)
    add_lines (builder, area, FALSE);
  if (pattern == PATTERN_DOTS)
    add_dots (builder, area);
  if (pattern == PATTERN_DASHES)
    add_dashes (builder, area);
  path = gsk_path_builder_free_to_path (builder);
  if (!gsk_path_is_empty (path))
    {
      gtk_snapshot_push_clip (snapshot, area);
      gtk_snapshot_append_fill (snapshot, path, GSK_FILL_RULE_WINDING, color);
      gtk_snapshot_pop (snapshot);
    }
  gsk_path_unref (path);
}

/**
 * paddock_chart_palette_append_part:
 * @self: the palette
 * @snapshot: where to draw
 * @position: of the part
 * @area: what is filled
 */
void
paddock_chart_palette_append_part (const PaddockChartPalette *self, GtkSnapshot *snapshot, guint position,
                                   const graphene_rect_t *area)
{
  GdkRGBA line = { 0, 0, 0, PATTERN_ALPHA };
  GdkRGBA color;

  paddock_chart_palette_get_color (self, position, &color);
  gtk_snapshot_append_color (snapshot, &color, area);
  if (self->high_contrast)
    line.alpha = 1;
  append_pattern (snapshot, parts[position % G_N_ELEMENTS (parts)].pattern, area, &line);
}

/**
 * paddock_chart_palette_append_hatch:
 * @snapshot: where to draw
 * @area: what is hatched
 * @color: of the lines
 */
void
paddock_chart_palette_append_hatch (GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *color)
{
  GskPathBuilder *builder = gsk_path_builder_new ();
  GskStroke *stroke = gsk_stroke_new (HATCH_LINE);
  float left = area->origin.x;
  float bottom = area->origin.y + area->size.height;
  /* The lines of two areas that touch meet. */
  float first = HATCH_STEP * floorf ((left - area->size.height) / HATCH_STEP);
  GskPath *path;

  for (float x = first; x < left + area->size.width; x += HATCH_STEP)
    {
      gsk_path_builder_move_to (builder, x, bottom);
      gsk_path_builder_line_to (builder, x + area->size.height, area->origin.y);
    }
  path = gsk_path_builder_free_to_path (builder);
  gtk_snapshot_push_clip (snapshot, area);
  gtk_snapshot_append_stroke (snapshot, path, stroke, color);
  gtk_snapshot_pop (snapshot);
  gsk_path_unref (path);
  gsk_stroke_free (stroke);
}

void
paddock_chart_palette_append_excess (const PaddockChartPalette *self, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  GdkRGBA veil = self->dark ? (GdkRGBA) { 0, 0, 0, VEIL_ALPHA } : (GdkRGBA) { 1, 1, 1, VEIL_ALPHA };
  GdkRGBA color;

  paddock_chart_palette_get_error (self, &color);
  gtk_snapshot_append_color (snapshot, &veil, area);
  paddock_chart_palette_append_hatch (snapshot, area, &color);
}

/**
 * paddock_chart_palette_watch:
 * @widget: what draws with a palette
 */
void
paddock_chart_palette_watch (GtkWidget *widget)
{
  AdwStyleManager *style = adw_style_manager_get_for_display (gtk_widget_get_display (widget));

  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), widget, G_CONNECT_SWAPPED);
}
