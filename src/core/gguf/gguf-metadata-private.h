/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-cursor.h"
#include "gguf/gguf-metadata.h"
#include "gguf/gguf-name-index.h"

G_BEGIN_DECLS

/* For the parser, which fills it, and for those that read values. */
struct _PaddockGgufMetadata
{
  /* Owned */
  GArray *entries;                   /* of PaddockGgufEntry */
  PaddockGgufNameIndex *index;

  /* Borrowed */
  PaddockGgufSource *source;

  PaddockGgufByteOrder byte_order;
  gboolean narrow;                   /* version 1 */
};

void paddock_gguf_metadata_init  (PaddockGgufMetadata *self, PaddockGgufSource *source);
void paddock_gguf_metadata_index (PaddockGgufMetadata *self);
void paddock_gguf_metadata_clear (PaddockGgufMetadata *self);

/* A cursor over the file that stands at the value. */
void paddock_gguf_metadata_seek (const PaddockGgufMetadata *self, guint64 offset, PaddockGgufCursor *cursor);

/* One value or element at the cursor as text, appended; strings are quoted where quoted is set. */
gboolean paddock_gguf_metadata_append_element (const PaddockGgufMetadata *self, PaddockGgufCursor *cursor, guint32 type,
                                               gsize max_chars, GString *text);

G_END_DECLS
