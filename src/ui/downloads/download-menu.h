/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download-queue.h"

G_BEGIN_DECLS

/* What can be done with one download beyond what its row offers, by the actions of the page. */
GMenuModel *
paddock_download_menu_new (PaddockDownload *download);
/* How fast: of one download, or NULL: of all together. */
GMenuModel *
paddock_download_menu_new_limits (PaddockDownload *download);
/* How many at a time. */
GMenuModel *
paddock_download_menu_new_counts (void);

G_END_DECLS
