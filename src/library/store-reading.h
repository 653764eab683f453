/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "library-file.h"
#include "store-places.h"

G_BEGIN_DECLS

/* What the readers of other programs' stores have in common. None of them believes what it reads: sizes are bounded, and
   what makes no sense is as good as missing. */

/* A small regular file, with a zero byte at its end. NULL: there is none, or it is no such file. */
char       *paddock_store_read_text      (const char *path, gsize *length);
JsonObject *paddock_store_read_json      (const char *path);
/* NULL: it is not there, or no text. */
const char *paddock_store_get_string     (JsonObject *object, const char *member);
/* The value of "key: value" or "key=value" at the beginning of a line, without quotes (transfer full) */
char       *paddock_store_find_line      (const char *text, const char *key);

/* "https://HOST/owner/name/resolve/REVISION/path": what it says goes into the file. */
gboolean    paddock_store_take_address   (PaddockLibraryFile *file, const char *address);

/* Appends a folder that is there, or one that a person named and that cannot be read. */
void        paddock_store_add_root       (GPtrArray *roots, const char *first, ...) G_GNUC_NULL_TERMINATED;
void        paddock_store_add_named_root (GPtrArray *roots, const char *path);

G_END_DECLS
