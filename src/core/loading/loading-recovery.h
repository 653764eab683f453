/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "loading/loading-plan.h"

G_BEGIN_DECLS

/**
 * PaddockLoadingSkip:
 *
 * A tensor that could not be read, or not to its end.
 */
typedef struct
{
  guint item;                        /* of the plan */
  guint64 offset;                    /* in the file: what could not be read begins here */
  GError *error;
} PaddockLoadingSkip;

/**
 * PaddockLoadingRecovery:
 *
 * What is done when a tensor cannot be read: try again, then leave it out and remember why, or give up. Used by many
 * threads at once; the list is read when they are done.
 */
typedef struct _PaddockLoadingRecovery PaddockLoadingRecovery;

PaddockLoadingRecovery *paddock_loading_recovery_new_stop (guint retries);
PaddockLoadingRecovery *paddock_loading_recovery_new_skip (guint retries);
void                    paddock_loading_recovery_free     (PaddockLoadingRecovery *self);

/* Whether it may go better the next time: n_tried is how often it went wrong. */
gboolean paddock_loading_recovery_may_retry (PaddockLoadingRecovery *self, guint n_tried, const GError *error);
/* TRUE: go on without it, and error has been taken. FALSE: give up. */
gboolean paddock_loading_recovery_skip      (PaddockLoadingRecovery *self, guint item, guint64 offset, GError **error);

guint                     paddock_loading_recovery_get_n_skipped (PaddockLoadingRecovery *self);
/* In the order of the plan. */
const PaddockLoadingSkip *paddock_loading_recovery_get_skip      (PaddockLoadingRecovery *self, guint position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockLoadingRecovery, paddock_loading_recovery_free)

G_END_DECLS
