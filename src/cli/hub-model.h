/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate-options.h"
#include "hub-header.h"

G_BEGIN_DECLS

/* Tells of one model on the hub what is told of one that is here. Returns the program's status. */
int
paddock_hub_model_show (const PaddockHubListing *listing,
                        const PaddockHubVariant *variant,
                        const PaddockHubHeader *header,
                        const PaddockEstimateOptions *options,
                        gboolean json);

G_END_DECLS
