/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For what belongs to a file and lies beside it: a dot, the file's name, and the suffix. Of a name that leaves no room for
   them, its hash. */
char *
paddock_hidden_name_make (const char *name, const char *suffix);
/* Whether a name can have been made so. */
gboolean
paddock_hidden_name_has (const char *name, const char *suffix);

G_END_DECLS
