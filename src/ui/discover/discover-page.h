/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "computer/machine-choice.h"
#include "services.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockDiscoverPage:
 *
 * What the hub has: a search, and the page of each repository that is opened. Signal "show-model" (path): the person wants
 * to see a model of the library.
 */
#define PADDOCK_TYPE_DISCOVER_PAGE (paddock_discover_page_get_type ())
G_DECLARE_FINAL_TYPE (PaddockDiscoverPage, paddock_discover_page, PADDOCK, DISCOVER_PAGE, AdwNavigationPage)

AdwNavigationPage *paddock_discover_page_new (PaddockServices *services,
                                              PaddockMachineChoice *machines,
                                              GSettings *settings);
/* What a person wrote, pasted or dropped. FALSE: it means nothing on the hub. */
gboolean paddock_discover_page_open (PaddockDiscoverPage *self, const char *text);

G_END_DECLS
