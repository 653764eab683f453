/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-storage.h"
#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockOwnLimitGroup:
 *
 * How much Paddock's own folder holds, and how much it may hold. Nothing is removed because of that: what exceeds it is
 * said, and proposed by the clean-up.
 */
#define PADDOCK_TYPE_OWN_LIMIT_GROUP (paddock_own_limit_group_get_type ())
G_DECLARE_FINAL_TYPE (PaddockOwnLimitGroup, paddock_own_limit_group, PADDOCK, OWN_LIMIT_GROUP, AdwPreferencesGroup)

/* Once, before anything is shown. */
void paddock_own_limit_group_set_library (PaddockOwnLimitGroup *self, PaddockLibrary *library);
void paddock_own_limit_group_show        (PaddockOwnLimitGroup *self, const PaddockLibraryStorage *storage);

G_END_DECLS
