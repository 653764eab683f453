/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_DOWNLOAD_BAR (paddock_download_bar_get_type ())

/**
 * PaddockDownloadBar:
 *
 * How much of a file is there, and how much of that is verified: one bar in two colours.
 */
G_DECLARE_FINAL_TYPE (PaddockDownloadBar, paddock_download_bar, PADDOCK, DOWNLOAD_BAR, GtkWidget)

/* In bytes; total -1: unknown. */
void
paddock_download_bar_set (PaddockDownloadBar *self, guint64 received, guint64 verified, gint64 total);

G_END_DECLS
