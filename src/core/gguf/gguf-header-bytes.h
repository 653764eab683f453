/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-file.h"

G_BEGIN_DECLS

/* The key that keeps room for later edits, and what it takes besides the room itself: lengths, name and type. */
#define PADDOCK_GGUF_ROOM_KEY "paddock.pad"
#define PADDOCK_GGUF_ROOM_OVERHEAD (8 + sizeof PADDOCK_GGUF_ROOM_KEY - 1 + 4 + 8)

#define PADDOCK_GGUF_NO_ROOM (-1)

/**
 * paddock_gguf_header_bytes_build:
 * @file: a file whose header is whole
 * @changes: (element-type PaddockGgufChange): what becomes different
 * @room: the length of the room that is kept, or %PADDOCK_GGUF_NO_ROOM for none
 * @error: return location for an error
 *
 * Everything that is not changed stays byte for byte as it is, in its order; new keys come last. A file of version 1,
 * which no engine reads any more, becomes one of version 3.
 *
 * Returns: (transfer full) (nullable): the header without the padding before the tensors
 */
GByteArray *paddock_gguf_header_bytes_build (PaddockGgufFile *file, GPtrArray *changes, gint64 room, GError **error);

G_END_DECLS
