/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockFoundFile:
 *
 * A model that was found: one file, or one shard that stands for a split set.
 */
typedef struct
{
  char *path;
  char *identity;                    /* equal for two names of the same model */
} PaddockFoundFile;

PaddockFoundFile *paddock_found_file_new  (const char *path);   /* may read links: for a worker */
void              paddock_found_file_free (PaddockFoundFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockFoundFile, paddock_found_file_free)

G_END_DECLS
