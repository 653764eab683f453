/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-block.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A part of a model card as a widget (transfer floating). Links call the handler (swapped, with the data and an address),
   which returns TRUE. */
GtkWidget *paddock_card_block_widget_new (const PaddockCardBlock *block, GCallback link_handler, gpointer data);

G_END_DECLS
