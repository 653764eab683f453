/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "removal-plan.h"

G_BEGIN_DECLS

/**
 * PaddockRemovalProposal:
 *
 * What can be offered to somebody who wants something removed: with and without what other programs keep of it. Owned by
 * whoever asked for it.
 */
typedef struct
{
  PaddockRemovalPlan *own;           /* leaves other programs alone */
  PaddockRemovalPlan *all;
} PaddockRemovalProposal;

/* Ids of entries, or else paths of files. Asks the disk: in a worker. */
void                    paddock_removal_proposal_load_async  (PaddockLibraryIndex *index, const char *const *ids,
                                                              const char *const *paths, GAsyncReadyCallback callback,
                                                              gpointer user_data);
PaddockRemovalProposal *paddock_removal_proposal_load_finish (GAsyncResult *result, GError **error);
void                    paddock_removal_proposal_free        (PaddockRemovalProposal *self);
/* Something of other programs would go, or would lead nowhere afterwards: nothing of that without a word. */
gboolean                paddock_removal_proposal_needs_consent (const PaddockRemovalProposal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockRemovalProposal, paddock_removal_proposal_free)

G_END_DECLS
