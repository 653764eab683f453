/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a file can be had. */
typedef struct
{
  char *url;
  char *token; /* NULL: none. It is sent to the origin of the URL, and nowhere else */
} PaddockDownloadSource;

/**
 * PaddockDownloadRequest:
 *
 * What is wanted, and what is known of it beforehand. Counted; nobody changes it once it is in use.
 */
typedef struct
{
  char *target;       /* the file that shall be there */
  GPtrArray *sources; /* PaddockDownloadSource, the best first */
  char *identity;     /* which file it is, whatever its address; NULL: the first source's URL says it */
  char *sha256;       /* as published; NULL: unknown */
  gint64 size;        /* as published; -1: unknown */
  gboolean is_model;  /* has to be a GGUF file */
} PaddockDownloadRequest;

PaddockDownloadRequest *
paddock_download_request_new (const char *target);
PaddockDownloadRequest *
paddock_download_request_ref (PaddockDownloadRequest *self);
void
paddock_download_request_unref (PaddockDownloadRequest *self);
void
paddock_download_request_add_source (PaddockDownloadRequest *self, const char *url, const char *token);
/* What a journal is known by. */
const char *
paddock_download_request_get_identity (const PaddockDownloadRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockDownloadRequest, paddock_download_request_unref)

G_END_DECLS
