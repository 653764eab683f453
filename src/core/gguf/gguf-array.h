/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-metadata.h"

G_BEGIN_DECLS

/**
 * PaddockGgufArray:
 *
 * Random access to one array value. Strings and nested arrays get a sparse index of checkpoints, made while it is
 * walked, so that a vocabulary of a million tokens costs kilobytes. Not thread safe; the metadata must outlive it.
 */
typedef struct _PaddockGgufArray PaddockGgufArray;

/* NULL if not an array */
PaddockGgufArray *paddock_gguf_array_new  (const PaddockGgufMetadata *metadata, const PaddockGgufEntry *entry);
void              paddock_gguf_array_free (PaddockGgufArray *self);

guint64         paddock_gguf_array_get_length       (const PaddockGgufArray *self);
PaddockGgufType paddock_gguf_array_get_element_type (const PaddockGgufArray *self);

gboolean          paddock_gguf_array_read_uint   (PaddockGgufArray *self, guint64 position, guint64 *value);
gboolean          paddock_gguf_array_read_int    (PaddockGgufArray *self, guint64 position, gint64 *value);
gboolean          paddock_gguf_array_read_bool   (PaddockGgufArray *self, guint64 position, gboolean *value);
gboolean          paddock_gguf_array_read_double (PaddockGgufArray *self, guint64 position, double *value);
const char       *paddock_gguf_array_get_string_bytes (PaddockGgufArray *self, guint64 position, gsize *length);
char             *paddock_gguf_array_dup_string  (PaddockGgufArray *self, guint64 position);
PaddockGgufArray *paddock_gguf_array_get_nested  (PaddockGgufArray *self, guint64 position);   /* (transfer full) */
/* one element, for people */
char             *paddock_gguf_array_format      (PaddockGgufArray *self, guint64 position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockGgufArray, paddock_gguf_array_free)

G_END_DECLS
