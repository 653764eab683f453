/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "file-identity.h"

G_BEGIN_DECLS

/**
 * PaddockFilePlace:
 *
 * A name in a folder that is held open: whatever is renamed above it meanwhile, it stays the same place. Functions that
 * fail set errno.
 */
typedef struct
{
  int folder;                        /* -1: not open */
  char *name;
} PaddockFilePlace;

#define PADDOCK_FILE_PLACE_INIT { -1, NULL }

gboolean paddock_file_place_open      (PaddockFilePlace *self, const char *path);
void     paddock_file_place_clear     (PaddockFilePlace *self);
/* The regular file of that name, for reading; -1: there is none, a link among others. */
int      paddock_file_place_open_file (const PaddockFilePlace *self, PaddockFileIdentity *identity);
/* Whether the name still leads to that file, with nothing written to it. */
gboolean paddock_file_place_holds     (const PaddockFilePlace *self, const PaddockFileIdentity *identity);
/* Hands the file over to a name that nothing has. */
gboolean paddock_file_place_rename    (const PaddockFilePlace *self, const PaddockFilePlace *to);
gboolean paddock_file_place_unlink    (const PaddockFilePlace *self);
/* The folder's names are on the disk. */
gboolean paddock_file_place_sync      (const PaddockFilePlace *self);

gboolean paddock_file_place_can_share     (const char *source, const char *folder);
gboolean paddock_file_place_is_below_link (const char *root, const char *path);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PaddockFilePlace, paddock_file_place_clear)

G_END_DECLS
