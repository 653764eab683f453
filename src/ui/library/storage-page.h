/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity-list.h"
#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockStoragePage:
 *
 * Where the bytes of the library went, and what can be done about it. Follows the library as long as it is there.
 */
#define PADDOCK_TYPE_STORAGE_PAGE (paddock_storage_page_get_type ())
G_DECLARE_FINAL_TYPE (PaddockStoragePage, paddock_storage_page, PADDOCK, STORAGE_PAGE, AdwNavigationPage)

AdwNavigationPage *paddock_storage_page_new (PaddockLibrary *library, PaddockActivityList *activities);

G_END_DECLS
