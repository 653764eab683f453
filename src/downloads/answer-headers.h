/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What servers say in headers, read strictly: whatever is not exactly what the standards allow was not said. Every text
   may be NULL. */

typedef struct
{
  guint64 first, last; /* both included */
  gint64 total;        /* -1: the server does not know */
} PaddockContentRange;

gboolean
paddock_answer_headers_read_length (const char *text, guint64 *length);
gboolean
paddock_answer_headers_read_range (const char *text, PaddockContentRange *range);
/* Of an answer that there is no such range: how long the file is. */
gboolean
paddock_answer_headers_read_unsatisfied (const char *text, guint64 *total);
/* A tag that only the same bytes have, with its quotes. */
gboolean
paddock_answer_headers_is_strong_tag (const char *text);
/* A tag that is the SHA-256 of the file: in lower case, to be freed; NULL: it is none. */
char *
paddock_answer_headers_dup_sha256 (const char *text);
/* How many seconds a client shall wait: -1 if it is not said. limit: of "RateLimit". now: the time of day in seconds. */
gint64
paddock_answer_headers_read_wait (const char *retry_after, const char *limit, gint64 now);

G_END_DECLS
