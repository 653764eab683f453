/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "discover/variant-fits.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockRepositoryGate:
 *
 * What the owner of a repository asks of a person, and how they stand with each other. It is hidden where nothing is asked.
 */
#define PADDOCK_TYPE_REPOSITORY_GATE (paddock_repository_gate_get_type ())
G_DECLARE_FINAL_TYPE (PaddockRepositoryGate, paddock_repository_gate, PADDOCK, REPOSITORY_GATE, AdwPreferencesGroup)

void paddock_repository_gate_set_repository (PaddockRepositoryGate *self, const PaddockHubRepository *repository);
/* Only who asks for a file learns how they stand with its owner. */
void paddock_repository_gate_update (PaddockRepositoryGate *self, PaddockVariantFits *fits);

G_END_DECLS
