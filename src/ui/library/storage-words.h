/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cleanup-plan.h"
#include "library-storage.h"
#include "library/filter-choices.h"

G_BEGIN_DECLS

/* The words for where the bytes went, and for what would be done about it (transfer full). */

char *paddock_storage_words_dup_share     (PaddockFilterField field, const PaddockStorageShare *share);
char *paddock_storage_words_dup_use       (const PaddockStorageShare *share);   /* of those by use */
char *paddock_storage_words_dup_count     (guint models);
char *paddock_storage_words_dup_duplicate (const PaddockDuplicate *duplicate);
char *paddock_storage_words_dup_leftover  (const PaddockLibraryFile *file);
char *paddock_storage_words_dup_reason    (const PaddockCleanupProposal *proposal);
char *paddock_storage_words_dup_cleanup   (const PaddockCleanupPlan *plan);

G_END_DECLS
