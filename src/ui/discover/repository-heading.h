/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-repository.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockRepositoryHeading:
 *
 * What a repository is, at a glance. Its owner's name activates "discover.show-owner" of what it is in.
 */
#define PADDOCK_TYPE_REPOSITORY_HEADING (paddock_repository_heading_get_type ())
G_DECLARE_FINAL_TYPE (PaddockRepositoryHeading, paddock_repository_heading, PADDOCK, REPOSITORY_HEADING, AdwBin)

void paddock_repository_heading_set_repository (PaddockRepositoryHeading *self, const PaddockHubRepository *repository);

G_END_DECLS
