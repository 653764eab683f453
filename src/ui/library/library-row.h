/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_LIBRARY_ROW (paddock_library_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLibraryRow, paddock_library_row, PADDOCK, LIBRARY_ROW, AdwBin)

PaddockLibraryItem *paddock_library_row_get_item (PaddockLibraryRow *self);   /* NULL while it is not in use */

G_END_DECLS
