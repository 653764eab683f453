/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "computer/machine-choice.h"
#include "hub-listing.h"
#include "services.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockRepositoryView:
 *
 * What a repository is, and which models it has. It asks for "discover.show-owner" (its name), "discover.open-model" (path
 * of a file of the library) and "hub.open-page" of what it is in.
 */
#define PADDOCK_TYPE_REPOSITORY_VIEW (paddock_repository_view_get_type ())
G_DECLARE_FINAL_TYPE (PaddockRepositoryView, paddock_repository_view, PADDOCK, REPOSITORY_VIEW, AdwBin)

void paddock_repository_view_set_services (PaddockRepositoryView *self,
                                           PaddockServices *services,
                                           PaddockMachineChoice *machines,
                                           GSettings *settings);
/* Takes the listing. wanted: what of it is meant, a quantization or a file; NULL: nothing in particular. */
void paddock_repository_view_take_listing (PaddockRepositoryView *self, PaddockHubListing *listing, const char *wanted);
/* Whether the person may have what is there may have changed. */
void paddock_repository_view_look_again (PaddockRepositoryView *self);

G_END_DECLS
