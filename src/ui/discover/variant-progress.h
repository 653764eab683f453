/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "download.h"

G_BEGIN_DECLS

/* How far the files of one variant are, which are downloaded one by one. */
typedef struct
{
  PaddockDownloadState state;        /* of the set: what a person has to know first */
  double fraction;                   /* below 0: unknown */
} PaddockVariantProgress;

/* downloads: (element-type PaddockDownload), at least one. */
void paddock_variant_progress_read (PaddockVariantProgress *self, GPtrArray *downloads);
/* "Downloading, 45 %" */
char *paddock_variant_progress_dup_text (const PaddockVariantProgress *self);

G_END_DECLS
