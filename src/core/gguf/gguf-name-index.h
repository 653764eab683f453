/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockGgufNameIndex:
 *
 * Finds a name among many without copying any: a table of numbers, hashed with a seed that no file can know.
 */
typedef struct _PaddockGgufNameIndex PaddockGgufNameIndex;

/* The bytes of the name with that number. */
typedef const char *(*PaddockGgufNameFunc) (gconstpointer owner, guint position, gsize *length);

PaddockGgufNameIndex *paddock_gguf_name_index_new  (guint count, PaddockGgufNameFunc get_name, gconstpointer owner);
void                  paddock_gguf_name_index_free (PaddockGgufNameIndex *self);

/* FALSE if there is none; the first one where there are several. */
gboolean paddock_gguf_name_index_find (const PaddockGgufNameIndex *self, const char *name, gsize length,
                                       guint *position);
/* The first name that stands twice, by its second place. */
gboolean paddock_gguf_name_index_get_duplicate (const PaddockGgufNameIndex *self, guint *position);

G_END_DECLS
