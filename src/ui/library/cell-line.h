/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/cell-voices.h"

G_BEGIN_DECLS

/* A text in a cell, and where it is. */
typedef struct
{
  PaddockVoice voice;
  PangoLayout *layout;               /* NULL: it was not laid out yet */
  char *text;                        /* NULL: there is none */
  int lines;                         /* that it may have */
  int natural;                       /* width that it would like to have */
  int x, y, width;
} PaddockCellLine;

void     paddock_cell_line_clear       (PaddockCellLine *self);
void     paddock_cell_line_set_text    (PaddockCellLine *self, const char *text);
/* Fonts are others now. */
void     paddock_cell_line_forget      (PaddockCellLine *self);
int      paddock_cell_line_get_natural (PaddockCellLine *self, PaddockCellVoices *voices);
/* Into a box of that place and width, at its end or at its beginning as the language has it; y is its upper edge. */
void     paddock_cell_line_place       (PaddockCellLine *self, PaddockCellVoices *voices, GtkWidget *cell, int x, int y,
                                        int width, gboolean at_end);
gboolean paddock_cell_line_is_at       (const PaddockCellLine *self, double x, double y);
void     paddock_cell_line_snapshot    (PaddockCellLine *self, PaddockCellVoices *voices, GtkSnapshot *snapshot);

G_END_DECLS
