/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-cursor.h"

G_BEGIN_DECLS

/* Bytes of a version 2 or 3 file in the given order, appended to an array. */
void paddock_gguf_encode_bits   (GByteArray *out, PaddockGgufByteOrder order, guint64 bits, gsize size);
void paddock_gguf_encode_u32    (GByteArray *out, PaddockGgufByteOrder order, guint32 value);
void paddock_gguf_encode_u64    (GByteArray *out, PaddockGgufByteOrder order, guint64 value);
void paddock_gguf_encode_string (GByteArray *out, PaddockGgufByteOrder order, const char *bytes, gsize length);

/* Values at the cursor, which may be of another version and order. FALSE when they are not whole. */
gboolean paddock_gguf_encode_value    (GByteArray *out, PaddockGgufByteOrder order, PaddockGgufCursor *cursor,
                                       guint32 type);
gboolean paddock_gguf_encode_elements (GByteArray *out, PaddockGgufByteOrder order, PaddockGgufCursor *cursor,
                                       guint32 element_type, guint64 count);

G_END_DECLS
