/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockDownloadError:
 *
 * Why a transfer stopped, by what a person can do about it. Being cancelled is %G_IO_ERROR_CANCELLED.
 */
typedef enum
{
  PADDOCK_DOWNLOAD_ERROR_INVALID,    /* what was asked for makes no sense */
  PADDOCK_DOWNLOAD_ERROR_OFFLINE,    /* there is no network */
  PADDOCK_DOWNLOAD_ERROR_HOST,       /* nobody knows the server's name */
  PADDOCK_DOWNLOAD_ERROR_CONNECTION, /* the server does not answer, or hangs up */
  PADDOCK_DOWNLOAD_ERROR_TLS,        /* it cannot prove who it is */
  PADDOCK_DOWNLOAD_ERROR_TOKEN,      /* it wants to know who asks, or does not know the token */
  PADDOCK_DOWNLOAD_ERROR_GATED,      /* its owner has to let the person in first */
  PADDOCK_DOWNLOAD_ERROR_DENIED,
  PADDOCK_DOWNLOAD_ERROR_NOT_FOUND,
  PADDOCK_DOWNLOAD_ERROR_GONE,        /* it was there */
  PADDOCK_DOWNLOAD_ERROR_BUSY,        /* too many requests; the message says until when */
  PADDOCK_DOWNLOAD_ERROR_SERVER,      /* the server's own failure */
  PADDOCK_DOWNLOAD_ERROR_PROTOCOL,    /* its answers contradict what was asked, or each other */
  PADDOCK_DOWNLOAD_ERROR_CHANGED,     /* another file than the one that was begun */
  PADDOCK_DOWNLOAD_ERROR_NOT_A_MODEL, /* a page to log in, for instance */
  PADDOCK_DOWNLOAD_ERROR_CHECKSUM,    /* every source sends bytes that are not the published ones */
  PADDOCK_DOWNLOAD_ERROR_NO_SPACE,
  PADDOCK_DOWNLOAD_ERROR_TOO_LARGE, /* for the file system */
  PADDOCK_DOWNLOAD_ERROR_PERMISSION,
  PADDOCK_DOWNLOAD_ERROR_EXISTS, /* another file has the name */
  PADDOCK_DOWNLOAD_ERROR_LOCKED, /* another program is at it */
  PADDOCK_DOWNLOAD_ERROR_DISK    /* the disk fails */
} PaddockDownloadError;

#define PADDOCK_DOWNLOAD_ERROR (paddock_download_error_quark ())
GQuark
paddock_download_error_quark (void);

/* Of what the system said about a file; always FALSE. */
gboolean
paddock_download_error_set_errno (GError **error, int number, const char *doing, const char *path);
/* Of what GIO said about a connection; takes it. */
void
paddock_download_error_translate (GError **error, GError *problem);
/* Whether the same may succeed a little later without anybody doing anything. */
gboolean
paddock_download_error_passes (const GError *error);

/* The word that scripts and records know it by. */
const char *
paddock_download_error_get_name (PaddockDownloadError code);
/* FALSE: no failure is called that. */
gboolean
paddock_download_error_find_name (const char *name, PaddockDownloadError *code);

G_END_DECLS
