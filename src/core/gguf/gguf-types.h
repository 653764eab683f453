/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The numbers of the format itself. Ids are those that stand in the file. */
typedef enum
{
  PADDOCK_GGUF_UINT8 = 0,
  PADDOCK_GGUF_INT8 = 1,
  PADDOCK_GGUF_UINT16 = 2,
  PADDOCK_GGUF_INT16 = 3,
  PADDOCK_GGUF_UINT32 = 4,
  PADDOCK_GGUF_INT32 = 5,
  PADDOCK_GGUF_FLOAT32 = 6,
  PADDOCK_GGUF_BOOL = 7,
  PADDOCK_GGUF_STRING = 8,
  PADDOCK_GGUF_ARRAY = 9,
  PADDOCK_GGUF_UINT64 = 10,
  PADDOCK_GGUF_INT64 = 11,
  PADDOCK_GGUF_FLOAT64 = 12,
  PADDOCK_GGUF_N_TYPES = 13
} PaddockGgufType;

typedef enum
{
  PADDOCK_GGUF_LITTLE_ENDIAN,
  PADDOCK_GGUF_BIG_ENDIAN
} PaddockGgufByteOrder;

#define PADDOCK_GGUF_MAX_DIMENSIONS 4
#define PADDOCK_GGUF_DEFAULT_ALIGNMENT 32

/* Limits of what Paddock reads. Each is far above what any real file holds and far below what would hurt. */
#define PADDOCK_GGUF_MAX_STRING (G_GUINT64_CONSTANT (64) << 20)
#define PADDOCK_GGUF_MAX_NAME (G_GUINT64_CONSTANT (64) << 10)         /* that is written */
#define PADDOCK_GGUF_MAX_NAME_READ (G_GUINT64_CONSTANT (1) << 20)
#define PADDOCK_GGUF_MAX_NESTING 4
#define PADDOCK_GGUF_MAX_ENTRIES (G_GUINT64_CONSTANT (1) << 20)
#define PADDOCK_GGUF_MAX_TENSORS (G_GUINT64_CONSTANT (1) << 20)
#define PADDOCK_GGUF_MAX_METADATA (G_GUINT64_CONSTANT (1) << 30)

const char *paddock_gguf_type_get_name  (PaddockGgufType type);   /* "u32", "str", "arr" ...; "?" for an unknown id */
gboolean    paddock_gguf_type_from_name (const char *name, PaddockGgufType *type);
gsize       paddock_gguf_type_get_size  (PaddockGgufType type);   /* 0 for strings, arrays and unknown ids */

G_END_DECLS
