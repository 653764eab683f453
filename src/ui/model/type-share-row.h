/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/type-shares.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_TYPE_SHARE_ROW (paddock_type_share_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockTypeShareRow, paddock_type_share_row, PADDOCK, TYPE_SHARE_ROW, AdwActionRow)

GtkWidget *paddock_type_share_row_new (PaddockTypeShares *shares, guint position);

G_END_DECLS
