/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model-record.h"

G_BEGIN_DECLS

/* A record as it is on disk, and back. What has the wrong type is taken for missing, and kept as it is among the others:
   only a document that is no record at all fails. */
JsonNode           *paddock_record_json_write (const PaddockModelRecord *record);
PaddockModelRecord *paddock_record_json_read  (const char *id, JsonNode *node, GError **error);

G_END_DECLS
