/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json-writer.h"
#include "library-index.h"

G_BEGIN_DECLS

/**
 * PaddockLibraryStoreReport:
 *
 * What is in one place where models are kept.
 */
typedef struct
{
  const PaddockScannedRoot *root;    /* Borrowed from the index */
  guint n_models, n_files, n_unfinished, n_orphans;
  guint64 size;                      /* of models, each file once */
  guint64 unfinished_size, orphans_size;
} PaddockLibraryStoreReport;

/* Of all places (transfer container: PaddockLibraryStoreReport); they live as long as the index. */
GPtrArray *paddock_library_store_reports_new (PaddockLibraryIndex *index);
void       paddock_library_store_report_add_json (PaddockJsonWriter *writer, const PaddockLibraryStoreReport *self);

G_END_DECLS
