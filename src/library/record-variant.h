/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model-record.h"

G_BEGIN_DECLS

/* id; version, strings, numbers and flags in the order of the table of fields; the identity that was hashed; the hashes of
   the shards after the first; tags; free fields; locations; the other members as JSON, "" where there are none. */
#define PADDOCK_RECORD_HASHES_TYPE "a(umsx(tttx)mss)"
#define PADDOCK_RECORD_VARIANT_TYPE "(siamsaxu(tttx)" PADDOCK_RECORD_HASHES_TYPE "asa{ss}a(aymsmayxt)s)"

/* A record as it is in the cache, which is quicker to read than JSON. */
GVariant           *paddock_record_variant_write (const PaddockModelRecord *record);   /* floating */
/* NULL if it makes no sense (transfer full) */
PaddockModelRecord *paddock_record_variant_read  (GVariant *variant);

G_END_DECLS
