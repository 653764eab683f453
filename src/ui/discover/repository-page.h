/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "computer/machine-choice.h"
#include "hub-reference.h"
#include "services.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockRepositoryPage:
 *
 * A repository of the hub, as it is now.
 */
#define PADDOCK_TYPE_REPOSITORY_PAGE (paddock_repository_page_get_type ())
G_DECLARE_FINAL_TYPE (PaddockRepositoryPage, paddock_repository_page, PADDOCK, REPOSITORY_PAGE, AdwNavigationPage)

AdwNavigationPage *paddock_repository_page_new (const PaddockHubReference *reference,
                                                PaddockServices *services,
                                                PaddockMachineChoice *machines,
                                                GSettings *settings);
/* "owner/name" */
const char *paddock_repository_page_get_id (PaddockRepositoryPage *self);

G_END_DECLS
