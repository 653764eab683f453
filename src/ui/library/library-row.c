/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-row.h"

struct _PaddockLibraryRow
{
  PaddockLibraryCell parent_instance;
};

G_DEFINE_FINAL_TYPE (PaddockLibraryRow, paddock_library_row, PADDOCK_TYPE_LIBRARY_CELL)

static void
paddock_library_row_class_init (PaddockLibraryRowClass *klass)
{
  paddock_library_cell_class_set_template (GTK_WIDGET_CLASS (klass),
                                           "/io/github/paddockapp/Paddock/ui/library-row.ui");
}

static void
paddock_library_row_init (PaddockLibraryRow *self)
{
  paddock_library_cell_init_parts (PADDOCK_LIBRARY_CELL (self));
}
