/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_DOWNLOADS_PAGE (paddock_downloads_page_get_type ())

/**
 * PaddockDownloadsPage:
 *
 * All downloads, in their order.
 */
G_DECLARE_FINAL_TYPE (PaddockDownloadsPage, paddock_downloads_page, PADDOCK, DOWNLOADS_PAGE, AdwNavigationPage)

AdwNavigationPage *
paddock_downloads_page_new (PaddockServices *services);

G_END_DECLS
