/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How many at a time, for who never said anything. */
#define PADDOCK_QUEUE_CONCURRENCY 2
#define PADDOCK_QUEUE_MAX_CONCURRENCY 16

/* What a person said of all downloads. */
typedef struct
{
  guint concurrency;
  guint64 limit;    /* bytes a second of all together; 0: none */
  gboolean metered; /* also where the network costs */
  char *others;     /* members of newer versions, as JSON; NULL: none */
} PaddockQueueSettings;

/**
 * PaddockDownloadStore:
 *
 * The file that a queue survives in, and the lock that only one program has. Written whole and atomically, by whichever
 * thread; the rest by one.
 */
typedef struct _PaddockDownloadStore PaddockDownloadStore;

/* With PADDOCK_DOWNLOAD_ERROR_LOCKED another program has it. */
PaddockDownloadStore *
paddock_download_store_open (const char *folder, GError **error);
PaddockDownloadStore *
paddock_download_store_ref (PaddockDownloadStore *self);
void
paddock_download_store_unref (PaddockDownloadStore *self);

/* PaddockDownload, in their order. What cannot be read is set aside under another name, never deleted; then there are none.
   The settings begin as zeros. */
GPtrArray *
paddock_download_store_load (PaddockDownloadStore *self, PaddockQueueSettings *settings, GError **error);
/* What is to be written (element-type PaddockDownload). */
GBytes *
paddock_download_store_make_text (const PaddockQueueSettings *settings, GSequence *downloads);
gboolean
paddock_download_store_save (PaddockDownloadStore *self, GBytes *text, GError **error);

void
paddock_queue_settings_clear (PaddockQueueSettings *settings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockDownloadStore, paddock_download_store_unref)

G_END_DECLS
