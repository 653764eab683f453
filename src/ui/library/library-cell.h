/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockLibraryCell:
 *
 * A model in one place of a list, whichever its shape is: what derives from it has a template with the parts that it
 * fills. Recycled. A list makes far more cells than it shows, so a cell has its parts only when it is shown. Properties:
 * "item"; "label" (string): what it says, once it was shown; "selecting" (boolean): whether there is a box to check;
 * "selected" (boolean).
 */
#define PADDOCK_TYPE_LIBRARY_CELL (paddock_library_cell_get_type ())
G_DECLARE_DERIVABLE_TYPE (PaddockLibraryCell, paddock_library_cell, PADDOCK, LIBRARY_CELL, AdwBin)

struct _PaddockLibraryCellClass
{
  AdwBinClass parent_class;

  int height;                        /* of a cell with all its parts; 0: none was made yet */
};

PaddockLibraryItem *paddock_library_cell_get_item        (PaddockLibraryCell *self);   /* NULL while it is not in use */
GtkWidget          *paddock_library_cell_get_menu_button (PaddockLibraryCell *self);

/* For what derives from it, in class_init and in init. */
void paddock_library_cell_class_set_template (GtkWidgetClass *widget_class, const char *resource);
void paddock_library_cell_init_parts         (PaddockLibraryCell *self);

G_END_DECLS
