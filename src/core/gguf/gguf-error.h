/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockGgufError:
 *
 * Why a file could not be read or written. Each code has one thing that a caller can do about it.
 */
typedef enum
{
  PADDOCK_GGUF_ERROR_NOT_FOUND,        /* no such path */
  PADDOCK_GGUF_ERROR_PERMISSION,       /* may not be read or written */
  PADDOCK_GGUF_ERROR_NOT_REGULAR,      /* a directory, FIFO, socket or device */
  PADDOCK_GGUF_ERROR_IO,               /* the system failed to read or write */
  PADDOCK_GGUF_ERROR_NO_SPACE,         /* the disk is full */
  PADDOCK_GGUF_ERROR_CHANGED,          /* shrank, grew or was rewritten while it was read */
  PADDOCK_GGUF_ERROR_NOT_GGUF,         /* another kind of file */
  PADDOCK_GGUF_ERROR_VERSION,          /* a version nobody knows */
  PADDOCK_GGUF_ERROR_TRUNCATED,        /* the header ends before it is complete */
  PADDOCK_GGUF_ERROR_COUNT,            /* a count that the file cannot hold */
  PADDOCK_GGUF_ERROR_LENGTH,           /* a string or array longer than the file or the limit */
  PADDOCK_GGUF_ERROR_VALUE_TYPE,       /* a value type that does not exist */
  PADDOCK_GGUF_ERROR_NESTING,          /* arrays nested too deep */
  PADDOCK_GGUF_ERROR_DIMENSIONS,       /* more than four dimensions, or a product that overflows */
  PADDOCK_GGUF_ERROR_ALIGNMENT,        /* general.alignment is not a power of two or not a u32 */
  PADDOCK_GGUF_ERROR_TENSOR_TYPE,      /* a tensor type that cannot be one */
  PADDOCK_GGUF_ERROR_LAYOUT,           /* tensors outside the file, overlapping or unaligned */
  PADDOCK_GGUF_ERROR_KEY,              /* no such key, or a key that cannot be one */
  PADDOCK_GGUF_ERROR_VALUE,            /* a value that does not fit its type */
  PADDOCK_GGUF_ERROR_INCOMPLETE_SET    /* shards are missing */
} PaddockGgufError;

#define PADDOCK_GGUF_ERROR (paddock_gguf_error_quark ())
GQuark paddock_gguf_error_quark (void);

/* An error for what errno says about path; doing is "read", "open", "write" ... */
void paddock_gguf_error_set_from_errno (GError **error, int saved_errno, const char *doing, const char *path);

/* An error at a byte of the file; the place is added to the message. */
void paddock_gguf_error_set_at (GError **error, PaddockGgufError code, guint64 offset, const char *format, ...)
  G_GNUC_PRINTF (4, 5);

/* Where in the file the error lies, as far as it is known. The message says it too. */
gboolean paddock_gguf_error_get_offset (const GError *error, guint64 *offset);

G_END_DECLS
