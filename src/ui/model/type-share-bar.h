/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/type-shares.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_TYPE_SHARE_BAR (paddock_type_share_bar_get_type ())
G_DECLARE_FINAL_TYPE (PaddockTypeShareBar, paddock_type_share_bar, PADDOCK, TYPE_SHARE_BAR, GtkWidget)

void paddock_type_share_bar_set_shares (PaddockTypeShareBar *self, PaddockTypeShares *shares);
/* The colour of one share, for a legend beside the bar. */
void paddock_type_share_bar_get_color  (guint position, GdkRGBA *color);

G_END_DECLS
