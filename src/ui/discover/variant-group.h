/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "computer/machine-choice.h"
#include "discover/variant-fits.h"
#include "services.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockVariantGroup:
 *
 * The models that a repository has to choose from: how each fits, which is recommended, how far it is downloaded. Signals:
 * "download" (PaddockHubVariant), the person wants to have it; "judged", of some more it is known how they fit.
 */
#define PADDOCK_TYPE_VARIANT_GROUP (paddock_variant_group_get_type ())
G_DECLARE_FINAL_TYPE (PaddockVariantGroup, paddock_variant_group, PADDOCK, VARIANT_GROUP, AdwPreferencesGroup)

void paddock_variant_group_set_services (PaddockVariantGroup *self,
                                         PaddockServices *services,
                                         PaddockMachineChoice *machines,
                                         GSettings *settings);
/* Once; the listing has to last until it is told to stop. wanted: what of it is meant, a quantization or a file; NULL: nothing
   in particular. */
void paddock_variant_group_set_listing (PaddockVariantGroup *self, const PaddockHubListing *listing, const char *wanted);
/* NULL: there is no listing. */
PaddockVariantFits *paddock_variant_group_get_fits (PaddockVariantGroup *self);
/* What is in sight may be something else now. */
void paddock_variant_group_look (PaddockVariantGroup *self);
/* Whether the person may have what is there may have changed. */
void paddock_variant_group_look_again (PaddockVariantGroup *self);
void paddock_variant_group_stop (PaddockVariantGroup *self);

G_END_DECLS
