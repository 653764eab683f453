/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-repository.h"

G_BEGIN_DECLS

/* The words for what the hub has: everything comes back ready to be shown, escaped and translated. */

char *paddock_discover_words_dup_name (const PaddockHubRepository *repository);   /* without its owner */
char *paddock_discover_words_dup_owner (const PaddockHubRepository *repository);
char *paddock_discover_words_dup_parameters (const PaddockHubRepository *repository);   /* NULL: nobody tells */
char *paddock_discover_words_dup_license (const PaddockHubRepository *repository);      /* NULL: nobody tells */
char *paddock_discover_words_dup_downloads (const PaddockHubRepository *repository);    /* NULL: nobody tells */
char *paddock_discover_words_dup_likes (const PaddockHubRepository *repository);        /* NULL: nobody tells */
/* One line: whose it is, how large, what for. */
char *paddock_discover_words_dup_summary (const PaddockHubRepository *repository);
/* All that a row says, for those who do not see it. */
char *paddock_discover_words_dup_label (const PaddockHubRepository *repository);
/* What it asks of a person before they may have it, in a word or two; NULL: nothing. */
const char *paddock_discover_words_get_gate (const PaddockHubRepository *repository);

/* Of "text-generation": what that is in other words than the hub's, if there are any. */
char *paddock_discover_words_dup_task (const char *task);
/* The tasks worth choosing between; NULL: there are no more. */
const char *paddock_discover_words_get_task (guint position);

/* "Updated 3 days ago"; NULL: nobody knows when. Both in seconds since 1970. */
char *paddock_discover_words_dup_age (gint64 when, gint64 now);
/* How old that is which stands in for an answer of the hub. Both in seconds since 1970. */
char *paddock_discover_words_dup_said (gint64 said_at, gint64 now);

G_END_DECLS
