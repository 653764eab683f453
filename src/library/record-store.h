/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "model-record.h"

G_BEGIN_DECLS

/**
 * PaddockRecordStore:
 *
 * The folder of records, `models/metadata/`. A record is written whole and atomically; two programs that change
 * different things of the same record at once both succeed. Its functions block and may be called from any thread.
 */
typedef struct _PaddockRecordStore PaddockRecordStore;

/* What a change does to a record that was read afresh under the lock; FALSE: leave it as it is. */
typedef gboolean (*PaddockRecordChange) (PaddockModelRecord *record, gpointer user_data);

/* cache: a file that makes loading quick, and may be deleted at any time; NULL: none. */
PaddockRecordStore *paddock_record_store_new   (const char *folder, const char *cache);
PaddockRecordStore *paddock_record_store_ref   (PaddockRecordStore *self);
void                paddock_record_store_unref (PaddockRecordStore *self);

/* All records that can be read (transfer container: PaddockModelRecord); a broken one is set aside under another name,
   never deleted, and told in problems (char *, may be NULL). */
GPtrArray          *paddock_record_store_load   (PaddockRecordStore *self, GPtrArray *problems, GCancellable *cancellable,
                                                 GError **error);
/* What the cache has, which may be out of date; PaddockModelRecord. */
GPtrArray          *paddock_record_store_recall (PaddockRecordStore *self);
PaddockModelRecord *paddock_record_store_read   (PaddockRecordStore *self, const char *id, GError **error);
/* Reads, changes and writes one, which need not exist. durable: on the disk when it returns (a person's edit). Of a newer
   format: PADDOCK_LIBRARY_ERROR_NEWER. Returns what it is now. */
PaddockModelRecord *paddock_record_store_change (PaddockRecordStore *self, const char *id, gboolean durable,
                                                 PaddockRecordChange change, gpointer user_data, GError **error);
gboolean            paddock_record_store_remove (PaddockRecordStore *self, const char *id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockRecordStore, paddock_record_store_unref)

G_END_DECLS
