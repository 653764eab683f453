/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download-private.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How a download is kept: one JSON object on one line. Members of newer versions survive. */

/* Stays the download's, until it changes. */
const char *
paddock_download_record_get_text (PaddockDownload *download);
/* NULL: it is none, or nothing could be done with it. */
PaddockDownload *
paddock_download_record_read (JsonNode *node);

/* Of another kind than it should be: then it was not said. */
const char *
paddock_download_record_find_string (JsonObject *object, const char *member); /* NULL: none */
gint64
paddock_download_record_find_number (JsonObject *object, const char *member); /* -1: none, or below 0 */
gboolean
paddock_download_record_find_flag (JsonObject *object, const char *member);

G_END_DECLS
