/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How a text of a cell looks. */
typedef enum
{
  PADDOCK_VOICE_TITLE,
  PADDOCK_VOICE_NUMBER,
  PADDOCK_VOICE_NOTE,
  PADDOCK_VOICE_TAG,
  PADDOCK_N_VOICES
} PaddockVoice;

/**
 * PaddockCellVoices:
 *
 * What the style sheet says of the texts of cells, which draw them themselves: hundreds of labels that change with each letter
 * of a search would take longer than the eye does. It is a widget that nobody sees, anywhere in the same window. Signal
 * "changed": texts have to be laid out anew.
 */
#define PADDOCK_TYPE_CELL_VOICES (paddock_cell_voices_get_type ())
G_DECLARE_FINAL_TYPE (PaddockCellVoices, paddock_cell_voices, PADDOCK, CELL_VOICES, GtkWidget)

GtkWidget   *paddock_cell_voices_new             (void);
/* Of one line that ends in dots where there is no room (transfer full). */
PangoLayout *paddock_cell_voices_create_layout   (PaddockCellVoices *self, PaddockVoice voice);
int          paddock_cell_voices_get_line_height (PaddockCellVoices *self, PaddockVoice voice);
void         paddock_cell_voices_get_color       (PaddockCellVoices *self, PaddockVoice voice, GdkRGBA *color);
/* Of the badge of fit, which cells leave room for before they have one. */
int          paddock_cell_voices_get_badge_height (PaddockCellVoices *self);

G_END_DECLS
