/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "gguf/gguf-error.h"
#include "gguf/gguf-source.h"
#include "gguf/gguf-types.h"

G_BEGIN_DECLS

/**
 * PaddockGgufCursor:
 *
 * The only code that touches the bytes of a file. It stands at a place, knows how much is left, and never reads beyond:
 * what is asked for is compared with what is left, never added first. It lives on the stack.
 */
typedef struct
{
  /* Borrowed */
  PaddockGgufSource *source;
  GCancellable *cancellable;         /* may be NULL */
  const guint8 *data;                /* the prefix in memory */

  guint64 available;                 /* bytes of it */
  guint64 size;                      /* of the file */
  guint64 position;
  gboolean swapped;                  /* multi-byte values are not in this machine's order */
  gboolean narrow;                   /* version 1: counts and lengths have 32 bits */
} PaddockGgufCursor;

void     paddock_gguf_cursor_init     (PaddockGgufCursor *self, PaddockGgufSource *source, GCancellable *cancellable);
gboolean paddock_gguf_cursor_refill   (PaddockGgufCursor *self, guint64 length, const char *what, GError **error);

gboolean paddock_gguf_cursor_read_u32    (PaddockGgufCursor *self, const char *what, guint32 *value, GError **error);
gboolean paddock_gguf_cursor_read_u64    (PaddockGgufCursor *self, const char *what, guint64 *value, GError **error);
gboolean paddock_gguf_cursor_read_count  (PaddockGgufCursor *self, const char *what, guint64 *value, GError **error);
gboolean paddock_gguf_cursor_read_string (PaddockGgufCursor *self, const char *what, guint64 limit, guint64 *offset,
                                          guint64 *length, GError **error);
gboolean paddock_gguf_cursor_skip        (PaddockGgufCursor *self, const char *what, guint64 length, GError **error);
gboolean paddock_gguf_cursor_skip_strings (PaddockGgufCursor *self, guint64 count, GError **error);
/* The elements of an array whose type and length have been read, arrays of arrays too. */
gboolean paddock_gguf_cursor_skip_elements (PaddockGgufCursor *self, guint32 element_type, guint64 count, guint depth,
                                            GError **error);
/* A scalar as the 64 bits that hold it: integers extended by their sign, floats as a double. */
gboolean paddock_gguf_cursor_read_scalar (PaddockGgufCursor *self, PaddockGgufType type, guint64 *bits, GError **error);

/* Whether length bytes can be read here; asks the source for more when it has not brought them yet. */
static inline gboolean
paddock_gguf_cursor_need (PaddockGgufCursor *self, guint64 length, const char *what, GError **error)
{
  if (G_LIKELY (self->position <= self->available && length <= self->available - self->position))
    return TRUE;
  return paddock_gguf_cursor_refill (self, length, what, error);
}

/* The size of a count or a length in this version. */
static inline guint64
paddock_gguf_cursor_count_size (const PaddockGgufCursor *self)
{
  return self->narrow ? 4 : 8;
}

static inline guint64
paddock_gguf_cursor_get_left (const PaddockGgufCursor *self)
{
  return self->position < self->size ? self->size - self->position : 0;
}

G_END_DECLS
