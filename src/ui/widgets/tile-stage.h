/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/tile-headings.h"
#include "widgets/tile-layout.h"
#include "widgets/tile-strip.h"

G_BEGIN_DECLS

/**
 * PaddockTileStage:
 *
 * What of all tiles and headings is in sight, where it stands.
 */
typedef struct
{
  GtkWidget *view;                   /* borrowed: the parent of all of them */
  PaddockTileLayout *layout;
  PaddockTileStrip strip;
  PaddockTileHeadings headings;
  gboolean with_headings;
} PaddockTileStage;

void paddock_tile_stage_init      (PaddockTileStage *self, GtkWidget *view, GCallback on_asked);
/* Unparents all widgets; then frees the rest. */
void paddock_tile_stage_clear     (PaddockTileStage *self);
void paddock_tile_stage_free      (PaddockTileStage *self);
int  paddock_tile_stage_get_least (PaddockTileStage *self);   /* width of one tile */
/* As many columns as there is room for. */
void paddock_tile_stage_shape     (PaddockTileStage *self, int width, guint max_columns);
/* Shows what there is between two heights, and one position more that is needed unless it is beyond the model. */
void paddock_tile_stage_show      (PaddockTileStage *self, GtkSelectionModel *model, double place, int width, int height,
                                   guint kept);

G_END_DECLS
