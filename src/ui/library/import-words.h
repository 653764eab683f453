/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import-plan.h"

G_BEGIN_DECLS

/* The words for what an import would do, and has done: ready to be shown, escaped and translated. */

char    *paddock_import_words_dup_count     (guint count, guint64 size);                /* "3 models · 12 GB" */
char    *paddock_import_words_dup_way       (const PaddockImportPlan *plan);            /* what it takes, a sentence */
char    *paddock_import_words_dup_item      (const PaddockImportItem *item);            /* "7.2 GB", and its parts */
char    *paddock_import_words_dup_reason    (const PaddockImportItem *item);            /* of its problem */
char    *paddock_import_words_dup_duplicate (const PaddockImportItem *item, PaddockLibraryIndex *index);
gboolean paddock_import_words_has_health    (const PaddockImportItem *item);            /* its page tells more */
/* How it ended: failed are PaddockImportItems that were to come in. */
char    *paddock_import_words_dup_end       (guint imported, GPtrArray *failed);

G_END_DECLS
