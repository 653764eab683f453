/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-metadata.h"

G_BEGIN_DECLS

/**
 * PaddockGgufValue:
 *
 * A value on its own, to be written. Reference counted and immutable. Its bytes are those of a version 3 file of the
 * given byte order, without the type.
 */
typedef struct _PaddockGgufValue PaddockGgufValue;

PaddockGgufValue *paddock_gguf_value_new_uint    (PaddockGgufType type, guint64 value, GError **error);
PaddockGgufValue *paddock_gguf_value_new_int     (PaddockGgufType type, gint64 value, GError **error);
PaddockGgufValue *paddock_gguf_value_new_double  (PaddockGgufType type, double value, GError **error);
PaddockGgufValue *paddock_gguf_value_new_bool    (gboolean value);
PaddockGgufValue *paddock_gguf_value_new_string  (const char *text, gssize length);
PaddockGgufValue *paddock_gguf_value_new_array   (PaddockGgufType element_type, PaddockGgufValue **elements,
                                                  gsize n_elements, GError **error);
PaddockGgufValue *paddock_gguf_value_new_for_entry (const PaddockGgufMetadata *metadata, const PaddockGgufEntry *entry);
/* From what a person types: "u32:4096", "str:a b", "[str]:[\"a\",\"b\"]", or without a type, when existing (nullable)
 * tells it: the new text must then be of the existing type. Without either: bool, integer, number, JSON array or
 * string, by look. */
PaddockGgufValue *paddock_gguf_value_parse       (const char *text, const PaddockGgufValue *existing, GError **error);

PaddockGgufValue *paddock_gguf_value_ref         (PaddockGgufValue *self);
void              paddock_gguf_value_unref       (PaddockGgufValue *self);
PaddockGgufType   paddock_gguf_value_get_type_id (const PaddockGgufValue *self);
PaddockGgufType   paddock_gguf_value_get_element_type (const PaddockGgufValue *self);
guint64           paddock_gguf_value_get_length  (const PaddockGgufValue *self);
/* (transfer none), little endian, version 3 */
GBytes           *paddock_gguf_value_get_bytes   (const PaddockGgufValue *self);
gboolean          paddock_gguf_value_equal       (const PaddockGgufValue *a, const PaddockGgufValue *b);
/* one line, for people */
char             *paddock_gguf_value_format      (const PaddockGgufValue *self, gsize max_chars);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockGgufValue, paddock_gguf_value_unref)

G_END_DECLS
