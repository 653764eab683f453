/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record-store.h"

G_BEGIN_DECLS

/* The newest format of such files that this program writes. */
#define PADDOCK_RECORD_EXCHANGE_VERSION 1

/* All records in one JSON file, to take along: {"format": "paddock-library", "version": 1, "models": [..]}. */
gboolean paddock_record_exchange_export (PaddockRecordStore *store, const char *path, GCancellable *cancellable, GError **error);
/* Merges such a file with what is here: what a person wrote here stays, what is missing here is added. Records of the same
   weights are taken for the same model, whatever their ids are. */
gboolean paddock_record_exchange_import (PaddockRecordStore *store, const char *path, guint *n_new, guint *n_merged,
                                         GCancellable *cancellable, GError **error);

G_END_DECLS
