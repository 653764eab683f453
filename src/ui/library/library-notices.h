/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-index.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What a person should know of the library, and what helps. */

/* Says on a banner which folders could not be looked into; hides it where there are none. */
void  paddock_library_notices_show_folders (AdwBanner *banner, PaddockLibraryIndex *index);
/* The words alone; NULL: all of them could be. */
char *paddock_library_notices_dup_folders  (PaddockLibraryIndex *index);
/* On a page in the place of a library that could not be had; NULL: nothing is wrong. */
void  paddock_library_notices_describe     (AdwStatusPage *page, const GError *error);

G_END_DECLS
