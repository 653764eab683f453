/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/tile-view.h"

G_BEGIN_DECLS

/* Opens what is clicked, from then on. */
void paddock_tile_pointer_follow (PaddockTileView *view);

G_END_DECLS
