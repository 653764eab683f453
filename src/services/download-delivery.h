/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download-queue.h"
#include "library.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_DOWNLOAD_DELIVERY (paddock_download_delivery_get_type ())

/**
 * PaddockDownloadDelivery:
 *
 * Brings what was downloaded into the library, as long as it lives: with where it is from, what was published of it, and
 * the hash that was computed on the way.
 */
G_DECLARE_FINAL_TYPE (PaddockDownloadDelivery, paddock_download_delivery, PADDOCK, DOWNLOAD_DELIVERY, GObject)

PaddockDownloadDelivery *
paddock_download_delivery_new (PaddockLibrary *library, PaddockDownloadQueue *queue);
/* Those that were done when the program ended, and that nobody may have brought yet. */
void
paddock_download_delivery_catch_up (PaddockDownloadDelivery *self);

G_END_DECLS
