/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download-queue.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_DOWNLOAD_ACTIONS (paddock_download_actions_get_type ())

/**
 * PaddockDownloadActions:
 *
 * What a person can do on the page of downloads, as actions: of all, and of one that is named by its target.
 *
 * Signal: `hidden`: some download was cancelled, or that was taken back.
 */
G_DECLARE_FINAL_TYPE (PaddockDownloadActions, paddock_download_actions, PADDOCK, DOWNLOAD_ACTIONS, GObject)

/* near: a widget, for what is said and for the clipboard; it outlives this. */
PaddockDownloadActions *
paddock_download_actions_new (PaddockDownloadQueue *queue, GtkWidget *near);
GActionGroup *
paddock_download_actions_get_group (PaddockDownloadActions *self);
/* By so many places among those that are shown. */
void
paddock_download_actions_move (PaddockDownloadActions *self, PaddockDownload *download, int by);
/* Can be taken back for a while. */
void
paddock_download_actions_cancel (PaddockDownloadActions *self, PaddockDownload *download);

G_END_DECLS
