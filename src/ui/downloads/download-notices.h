/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download-queue.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_DOWNLOAD_NOTICES (paddock_download_notices_get_type ())

/**
 * PaddockDownloadNotices:
 *
 * Tells a person who is elsewhere that a download is done, or that it is not, with what can be done about it.
 */
G_DECLARE_FINAL_TYPE (PaddockDownloadNotices, paddock_download_notices, PADDOCK, DOWNLOAD_NOTICES, GObject)

/* Adds its action to the application, which outlives this. */
PaddockDownloadNotices *
paddock_download_notices_new (GtkApplication *application, PaddockDownloadQueue *queue);

G_END_DECLS
