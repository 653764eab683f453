/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "file-identity.h"

G_BEGIN_DECLS

/* Where a file lies that was put in the Trash: in that of the home, or in one of the file system it was on. It is known by
   what it is, not by its name there, which may have been taken. NULL: it is in none that can be seen. */
char    *paddock_trash_place_find    (const char *original, const PaddockFileIdentity *identity);
/* Out of the Trash, to a name that nothing has; the folder is made again where it is gone. */
gboolean paddock_trash_place_restore (const char *trashed, const char *original, const PaddockFileIdentity *identity,
                                      GError **error);

G_END_DECLS
