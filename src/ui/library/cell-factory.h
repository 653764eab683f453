/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-selection.h"

G_BEGIN_DECLS

/* Makes the cells of a list or a grid (transfer full); the type is one that derives from PaddockLibraryCell. */
GtkListItemFactory *paddock_cell_factory_new (GType cell_type, PaddockLibrarySelection *selection);

G_END_DECLS
