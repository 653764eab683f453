/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/cell-line.h"
#include "library/library-item.h"
#include "library/library-selection.h"
#include "widgets/tile.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_CELL_TITLE,
  PADDOCK_CELL_TAGS,
  PADDOCK_CELL_SUMMARY,
  PADDOCK_CELL_SIZE,
  PADDOCK_CELL_PLACES,
  PADDOCK_CELL_N_LINES
} PaddockCellPart;

/* What a cell consists of. Texts are drawn; what is more than a text, or somebody can press, is a widget. */
typedef struct
{
  PaddockCellVoices *voices;         /* borrowed: it lives as long as the window */
  PaddockCellLine lines[PADDOCK_CELL_N_LINES];
  GtkWidget *menu_button;
  GtkWidget *badge;                  /* NULL: it was never needed; likewise those below */
  GtkWidget *check;
  GtkWidget *favourite;
  GtkWidget *state;
} PaddockCellParts;

/**
 * PaddockLibraryCell:
 *
 * A model in one place of a list, whichever its shape is: what derives from it says where its parts are. Recycled.
 */
#define PADDOCK_TYPE_LIBRARY_CELL (paddock_library_cell_get_type ())
G_DECLARE_DERIVABLE_TYPE (PaddockLibraryCell, paddock_library_cell, PADDOCK, LIBRARY_CELL, PaddockTile)

struct _PaddockLibraryCellClass
{
  PaddockTileClass parent_class;
};

/* Must be called once. */
void                paddock_library_cell_set_services    (PaddockLibraryCell *self, PaddockCellVoices *voices,
                                                          PaddockLibrarySelection *selection);
PaddockLibraryItem *paddock_library_cell_get_item        (PaddockLibraryCell *self);   /* NULL while it is not in use */
GtkWidget          *paddock_library_cell_get_menu_button (PaddockLibraryCell *self);

/* For what derives from it. */
PaddockCellParts   *paddock_library_cell_get_parts       (PaddockLibraryCell *self);
/* The parts that are there only at times; 0 where it is not. */
int                 paddock_cell_parts_get_width         (GtkWidget *part);
int                 paddock_cell_parts_get_height        (GtkWidget *part);
/* From where lines begin; in the middle of a height. NULL is no part. */
void                paddock_cell_parts_place             (GtkWidget *cell, GtkWidget *part, int x, int y, int width, int height);

G_END_DECLS
