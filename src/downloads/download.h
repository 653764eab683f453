/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download-origin.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_DOWNLOAD_QUEUED,
  PADDOCK_DOWNLOAD_RESOLVING, /* somebody is asked where it is */
  PADDOCK_DOWNLOAD_DOWNLOADING,
  PADDOCK_DOWNLOAD_PAUSED, /* by the person */
  PADDOCK_DOWNLOAD_WAITING,
  PADDOCK_DOWNLOAD_VERIFYING,
  PADDOCK_DOWNLOAD_DONE,
  PADDOCK_DOWNLOAD_FAILED,
  PADDOCK_DOWNLOAD_CANCELLED /* what was received is there until it is discarded */
} PaddockDownloadState;

#define PADDOCK_DOWNLOAD_N_STATES (PADDOCK_DOWNLOAD_CANCELLED + 1)

/* What is waited for. */
typedef enum
{
  PADDOCK_DOWNLOAD_WAIT_NONE,
  PADDOCK_DOWNLOAD_WAIT_RETRY,
  PADDOCK_DOWNLOAD_WAIT_DISK,   /* there is too little space */
  PADDOCK_DOWNLOAD_WAIT_NETWORK /* there is none, or it costs */
} PaddockDownloadWait;

typedef enum
{
  PADDOCK_DOWNLOAD_LOW,
  PADDOCK_DOWNLOAD_NORMAL,
  PADDOCK_DOWNLOAD_HIGH
} PaddockDownloadPriority;

#define PADDOCK_TYPE_DOWNLOAD (paddock_download_get_type ())

/**
 * PaddockDownload:
 *
 * A file on the list of a queue: what it is and how it stands. The queue changes it, and every property tells of that, at
 * most some times a second. Properties: `title`, `state`, `wait`, `received`, `verified`, `total`, `rate`, `seconds-left`,
 * `retry-in`, `shortage`, `error`, `limit`, `priority`.
 */
G_DECLARE_FINAL_TYPE (PaddockDownload, paddock_download, PADDOCK, DOWNLOAD, GObject)

const char *
paddock_download_get_title (PaddockDownload *self);
/* (type filename) */
const char *
paddock_download_get_target (PaddockDownload *self);
PaddockDownloadOrigin *
paddock_download_get_origin (PaddockDownload *self);
PaddockDownloadState
paddock_download_get_state (PaddockDownload *self);
PaddockDownloadWait
paddock_download_get_wait (PaddockDownload *self);

guint64
paddock_download_get_received (PaddockDownload *self);
guint64
paddock_download_get_verified (PaddockDownload *self);
gint64
paddock_download_get_total (PaddockDownload *self); /* -1: unknown */
guint64
paddock_download_get_rate (PaddockDownload *self); /* bytes a second; 0: unknown */
gint64
paddock_download_get_seconds_left (PaddockDownload *self); /* -1: unknown */
guint
paddock_download_get_retry_in (PaddockDownload *self); /* seconds until it is tried again */
guint64
paddock_download_get_shortage (PaddockDownload *self); /* bytes that have to become free on the disk */
/* Of PADDOCK_DOWNLOAD_ERROR: why it failed, or why it is tried again; NULL: nothing went wrong. */
const GError *
paddock_download_get_error (PaddockDownload *self);
guint64
paddock_download_get_limit (PaddockDownload *self); /* bytes a second of this one; 0: none */
PaddockDownloadPriority
paddock_download_get_priority (PaddockDownload *self);
/* Of the file, when it is done; else NULL. */
const char *
paddock_download_get_sha256 (PaddockDownload *self);

/* Something is under way at this moment. */
gboolean
paddock_download_is_active (PaddockDownload *self);
/* Done, failed or cancelled: nothing happens by itself any more. */
gboolean
paddock_download_is_over (PaddockDownload *self);

G_END_DECLS
