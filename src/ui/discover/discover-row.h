/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/tile.h"

G_BEGIN_DECLS

/**
 * PaddockDiscoverRow:
 *
 * A repository in a list, as a tile of #PaddockDiscoverItem.
 */
#define PADDOCK_TYPE_DISCOVER_ROW (paddock_discover_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockDiscoverRow, paddock_discover_row, PADDOCK, DISCOVER_ROW, PaddockTile)

GtkWidget *paddock_discover_row_new (void);

G_END_DECLS
