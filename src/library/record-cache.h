/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model-record.h"

G_BEGIN_DECLS

/* A record, and the file that it was read from. */
typedef struct
{
  PaddockFileIdentity identity;
  PaddockModelRecord *record;
} PaddockRecordRead;

PaddockRecordRead *paddock_record_read_new  (void);
void               paddock_record_read_free (PaddockRecordRead *self);

/* PaddockRecordRead: none where the cache is missing or makes no sense (transfer full). */
GPtrArray *paddock_record_cache_read  (const char *path);
/* A cache that cannot be written is no loss: the next start takes longer. */
void       paddock_record_cache_write (const char *path, GPtrArray *all);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockRecordRead, paddock_record_read_free)

G_END_DECLS
