/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download-queue.h"

G_BEGIN_DECLS

/* What people are told of a download. */

/* How it stands, and what happens next. */
char *
paddock_download_words_dup_state (PaddockDownload *download, PaddockQueueBlock block);
/* What went wrong, and what the person can do about it. */
char *
paddock_download_words_dup_problem (const GError *error);
/* For whoever cannot see the bar: "a.gguf, 40 %, 1 GB of 4 GB". */
char *
paddock_download_words_dup_label (PaddockDownload *download, PaddockQueueBlock block);
/* "5 MB/s", "No limit" */
char *
paddock_download_words_dup_limit (guint64 bytes_per_second);

G_END_DECLS
