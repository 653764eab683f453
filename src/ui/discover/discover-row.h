/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "discover/discover-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockDiscoverRow:
 *
 * A repository in a list. Recycled: its property "item" is what it shows.
 */
#define PADDOCK_TYPE_DISCOVER_ROW (paddock_discover_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockDiscoverRow, paddock_discover_row, PADDOCK, DISCOVER_ROW, AdwBin)

G_END_DECLS
