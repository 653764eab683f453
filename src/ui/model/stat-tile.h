/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_STAT_TILE (paddock_stat_tile_get_type ())
G_DECLARE_FINAL_TYPE (PaddockStatTile, paddock_stat_tile, PADDOCK, STAT_TILE, AdwBin)

GtkWidget *paddock_stat_tile_new (const char *value, const char *caption);

G_END_DECLS
