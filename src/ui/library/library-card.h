/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-cell.h"

G_BEGIN_DECLS

/**
 * PaddockLibraryCard:
 *
 * A model as a card of a grid, with the same facts as a row.
 */
#define PADDOCK_TYPE_LIBRARY_CARD (paddock_library_card_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLibraryCard, paddock_library_card, PADDOCK, LIBRARY_CARD, PaddockLibraryCell)

G_END_DECLS
