/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity.h"
#include "library-verifier.h"

G_BEGIN_DECLS

/**
 * PaddockSweepActivity:
 *
 * The reading of many models in the background, as the list of activities shows it.
 */
#define PADDOCK_TYPE_SWEEP_ACTIVITY (paddock_sweep_activity_get_type ())
G_DECLARE_FINAL_TYPE (PaddockSweepActivity, paddock_sweep_activity, PADDOCK, SWEEP_ACTIVITY, PaddockActivity)

/* since: as paddock_library_verifier_start() takes it. */
PaddockActivity *paddock_sweep_activity_new (PaddockLibrary *library, PaddockLibraryVerifier *verifier, gint64 since);

G_END_DECLS
