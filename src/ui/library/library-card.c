/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-card.h"

struct _PaddockLibraryCard
{
  PaddockLibraryCell parent_instance;
};

G_DEFINE_FINAL_TYPE (PaddockLibraryCard, paddock_library_card, PADDOCK_TYPE_LIBRARY_CELL)

static void
paddock_library_card_class_init (PaddockLibraryCardClass *klass)
{
  paddock_library_cell_class_set_template (GTK_WIDGET_CLASS (klass),
                                           "/io/github/paddockapp/Paddock/ui/library-card.ui");
}

static void
paddock_library_card_init (PaddockLibraryCard *self)
{
  paddock_library_cell_init_parts (PADDOCK_LIBRARY_CELL (self));
}
