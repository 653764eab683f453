/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-variant.h"
#include "library-index.h"

G_BEGIN_DECLS

/* Which variants of a repository the library has already, wherever they came from (variant -> PaddockLibraryEntry, both
   borrowed): by the published hash of their first file, or where nobody has one, by its name and size. */
GHashTable *paddock_library_match_find (PaddockLibraryIndex *index, GPtrArray *variants);

G_END_DECLS
