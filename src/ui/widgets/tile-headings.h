/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef GtkWidget *(*PaddockHeadingMaker) (gpointer user_data);
/* What a heading is to say: about the items from first to before end. */
typedef void (*PaddockHeadingFiller) (GtkWidget *heading, guint first, guint end, gpointer user_data);

/**
 * PaddockTileHeadings:
 *
 * The headings that a view shows now, and some that it showed before.
 */
typedef struct
{
  GtkWidget *view;                   /* borrowed: their parent */
  PaddockHeadingMaker make;
  PaddockHeadingFiller fill;
  gpointer user_data;
  GPtrArray *widgets;                /* children of the view; those that are shown come first */
  guint n_shown;
} PaddockTileHeadings;

void       paddock_tile_headings_init       (PaddockTileHeadings *self, GtkWidget *view);
/* Unparents all of them. */
void       paddock_tile_headings_clear      (PaddockTileHeadings *self);
/* Any heading, so as to measure it. */
GtkWidget *paddock_tile_headings_get_sample (PaddockTileHeadings *self);
/* From none on: one more, about the items from first to before end; then no more. */
void       paddock_tile_headings_begin      (PaddockTileHeadings *self);
GtkWidget *paddock_tile_headings_add        (PaddockTileHeadings *self, guint first, guint end);
void       paddock_tile_headings_end        (PaddockTileHeadings *self);

G_END_DECLS
