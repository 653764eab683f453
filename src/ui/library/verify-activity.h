/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "activity/activity.h"
#include "library.h"

G_BEGIN_DECLS

/**
 * PaddockVerifyActivity:
 *
 * Computes the hash of a model of the library and writes it into its record, beside what its source published.
 */
#define PADDOCK_TYPE_VERIFY_ACTIVITY (paddock_verify_activity_get_type ())
G_DECLARE_FINAL_TYPE (PaddockVerifyActivity, paddock_verify_activity, PADDOCK, VERIFY_ACTIVITY, PaddockActivity)

PaddockActivity *paddock_verify_activity_new (PaddockLibrary *library, PaddockLibraryEntry *entry);

G_END_DECLS
