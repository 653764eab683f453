/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Until when a server wants to be left alone, in seconds since 1970; 0: it may be asked. Every text may be NULL.
   limit: of "RateLimit"; retry_after: seconds or a date. is_refusal: the answer is no other than to wait. */
gint64
paddock_hub_limit_read (const char *limit, const char *retry_after, gboolean is_refusal, gint64 now);

G_END_DECLS
