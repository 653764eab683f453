/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-source.h"
#include "gguf/gguf-types.h"

G_BEGIN_DECLS

/**
 * PaddockGgufEntry:
 *
 * One key of a file: where its value lies, not what it is. Ids of types are as they stand in the file.
 */
typedef struct
{
  guint64 key_offset;
  guint64 value_offset;              /* the scalar, the string's first byte or the array's first element */
  guint64 value_end;                 /* the first byte after the value */
  guint64 length;                    /* bytes of a string, elements of an array, else 1 */
  guint32 key_length;
  guint8 type;                       /* PaddockGgufType */
  guint8 element_type;               /* of an array */
} PaddockGgufEntry;

/**
 * PaddockGgufMetadata:
 *
 * The keys and values of one file in the file's order. Owned by a #PaddockGgufFile, immutable. Values are read from
 * the source when they are asked for.
 */
typedef struct _PaddockGgufMetadata PaddockGgufMetadata;

guint                   paddock_gguf_metadata_get_count  (const PaddockGgufMetadata *self);
const PaddockGgufEntry *paddock_gguf_metadata_get_entry  (const PaddockGgufMetadata *self, guint position);
const PaddockGgufEntry *paddock_gguf_metadata_find       (const PaddockGgufMetadata *self, const char *key);
const PaddockGgufEntry *paddock_gguf_metadata_find_first_duplicate (const PaddockGgufMetadata *self);
PaddockGgufByteOrder    paddock_gguf_metadata_get_byte_order (const PaddockGgufMetadata *self);

/* Bytes as they stand in the file: neither ended by NUL nor sure to be UTF-8. */
const char *paddock_gguf_metadata_get_key_bytes    (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry,
                                                    gsize *length);
const char *paddock_gguf_metadata_get_string_bytes (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry,
                                                    gsize *length);

/* Text for people and programs: always valid UTF-8 without NUL (what is not is replaced). */
char *paddock_gguf_metadata_dup_key     (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry);
/* NULL: absent or not a string */
char *paddock_gguf_metadata_dup_string  (const PaddockGgufMetadata *self, const char *key);
/* One line: numbers as they are, strings quoted if in arrays, control characters escaped, cut after about max_chars. */
char *paddock_gguf_metadata_format      (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry,
                                         gsize max_chars);

/* By value, whatever the width it is stored in. FALSE: absent, another kind, or it does not fit. */
gboolean paddock_gguf_metadata_get_uint   (const PaddockGgufMetadata *self, const char *key, guint64 *value);
gboolean paddock_gguf_metadata_get_int    (const PaddockGgufMetadata *self, const char *key, gint64 *value);
gboolean paddock_gguf_metadata_get_double (const PaddockGgufMetadata *self, const char *key, double *value);
gboolean paddock_gguf_metadata_get_bool   (const PaddockGgufMetadata *self, const char *key, gboolean *value);
gboolean paddock_gguf_metadata_read_uint  (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry,
                                           guint64 *value);
gboolean paddock_gguf_metadata_read_int   (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry,
                                           gint64 *value);
gboolean paddock_gguf_metadata_read_double(const PaddockGgufMetadata *self, const PaddockGgufEntry *entry,
                                           double *value);
gboolean paddock_gguf_metadata_read_bool  (const PaddockGgufMetadata *self, const PaddockGgufEntry *entry,
                                           gboolean *value);

G_END_DECLS
