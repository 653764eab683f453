/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download-queue.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_DOWNLOAD_ROW (paddock_download_row_get_type ())

/**
 * PaddockDownloadRow:
 *
 * One download of the list: what it is, how far it is, and what can be done with it, by the actions of the page that it is on.
 */
G_DECLARE_FINAL_TYPE (PaddockDownloadRow, paddock_download_row, PADDOCK, DOWNLOAD_ROW, AdwBin)

GtkWidget *
paddock_download_row_new (PaddockDownloadQueue *queue);
/* NULL: none, for a while. */
void
paddock_download_row_set_download (PaddockDownloadRow *self, PaddockDownload *download);

G_END_DECLS
