/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-block.h"
#include "hub-session.h"

G_BEGIN_DECLS

/**
 * PaddockHubCard:
 *
 * What the owner of a repository wrote about it.
 */
typedef struct
{
  GPtrArray *blocks; /* PaddockCardBlock */
  gboolean is_cut;   /* it is longer than anybody reads */
} PaddockHubCard;

void
paddock_hub_card_free (PaddockHubCard *self);
/* revision: a commit; of a branch it is asked for each time. NOT_FOUND: nothing was written. */
void
paddock_hub_card_load_async (PaddockHubSession *session,
                             const char *id,
                             const char *revision,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
PaddockHubCard *
paddock_hub_card_load_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHubCard, paddock_hub_card_free)

G_END_DECLS
