/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-file.h"

G_BEGIN_DECLS

/* Whether a file is kept as several names that share one blob: removing it is more than removing its path. */
gboolean   paddock_store_removal_concerns (const PaddockLibraryFile *file);
/* All paths (char *) that have to go so that some files (PaddockLibraryFile) of one root are gone: names first, then the
   blobs that no other name leads to. Where not every name can be read, all blobs stay. */
GPtrArray *paddock_store_removal_collect  (GPtrArray *files);

G_END_DECLS
