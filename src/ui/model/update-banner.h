/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockUpdateBanner:
 *
 * Tells of a model from the hub that the hub has another upload of it now, and downloads that beside it.
 */
#define PADDOCK_TYPE_UPDATE_BANNER (paddock_update_banner_get_type ())
G_DECLARE_FINAL_TYPE (PaddockUpdateBanner, paddock_update_banner, PADDOCK, UPDATE_BANNER, AdwBin)

/* Asks the hub once for each model that is from there. */
void paddock_update_banner_look (PaddockUpdateBanner *self, PaddockServices *services, const PaddockLibraryEntry *entry);

G_END_DECLS
