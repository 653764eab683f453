/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download-request.h"

G_BEGIN_DECLS

/* What the person said of all that is to be downloaded. */
typedef struct
{
  const char *folder;         /* where it goes; NULL: into Paddock's own */
  const char *sha256;         /* that it has to have; NULL: unknown */
  const char *const *mirrors; /* of it; NULL: none */
} PaddockDownloadWish;

/* The files that are meant by an address, or by a repository of the hub (element-type PaddockDownloadRequest). NULL: that
   has been complained of, or the person wants no more. */
GPtrArray *
paddock_download_choice_find (const char *what, const PaddockDownloadWish *wish);

G_END_DECLS
