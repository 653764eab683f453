/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows spinners when something takes longer than a moment: one that flashes by only disturbs. Part of a widget. */
typedef struct
{
  /* Borrowed: the widget's */
  GtkWidget *spinner, *large_spinner;

  guint source;                      /* until they are shown; 0: nobody waits, or they are shown */
} PaddockLibraryPatience;

void paddock_library_patience_set_waiting (PaddockLibraryPatience *self, gboolean waiting);
void paddock_library_patience_clear       (PaddockLibraryPatience *self);

G_END_DECLS
