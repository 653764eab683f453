/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sign-in.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockHubGroup:
 *
 * Where the model hub is, and who the person is there. Every change counts at once.
 */
#define PADDOCK_TYPE_HUB_GROUP (paddock_hub_group_get_type ())
G_DECLARE_FINAL_TYPE (PaddockHubGroup, paddock_hub_group, PADDOCK, HUB_GROUP, AdwPreferencesGroup)

/* session, sign_in: NULL where HF_ENDPOINT is no address. */
void paddock_hub_group_set_services (PaddockHubGroup *self, GSettings *settings, PaddockHubSession *session, PaddockSignIn *sign_in);

G_END_DECLS
