/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockDiscoverFailure:
 *
 * What is shown in the place of what the hub did not tell: what happened, what to do, and one button. That activates
 * "hub.again", "hub.sign-in" or "hub.open-page", which whatever it is in has.
 */
#define PADDOCK_TYPE_DISCOVER_FAILURE (paddock_discover_failure_get_type ())
G_DECLARE_FINAL_TYPE (PaddockDiscoverFailure, paddock_discover_failure, PADDOCK, DISCOVER_FAILURE, AdwBin)

void paddock_discover_failure_set_error (PaddockDiscoverFailure *self, const GError *error);

G_END_DECLS
