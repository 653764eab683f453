/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-cell.h"

G_BEGIN_DECLS

/**
 * PaddockLibraryRow:
 *
 * A model as a row of a list.
 */
#define PADDOCK_TYPE_LIBRARY_ROW (paddock_library_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLibraryRow, paddock_library_row, PADDOCK, LIBRARY_ROW, PaddockLibraryCell)

G_END_DECLS
