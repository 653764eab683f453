/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "import-plan.h"

G_BEGIN_DECLS

/* Names in a folder for what an item has, which nothing has and no other item takes (char *, taken): or those of parts of it
   that came there before an earlier import was interrupted. EXISTS: all of it is there. */
void     paddock_import_names_choose (PaddockImportItem *item, const char *folder, GHashTable *taken);
/* The same file, or as far as samples tell one with the same bytes. */
gboolean paddock_import_names_alike  (const char *first, const char *second);

G_END_DECLS
