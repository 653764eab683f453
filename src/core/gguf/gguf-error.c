/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-error.h"

#include <errno.h>

/* The place of an error travels with it, so that nobody has to find it in the message. */
typedef struct
{
  guint64 offset;
  gboolean has_offset;
} PaddockGgufErrorPrivate;

static void
paddock_gguf_error_private_init (PaddockGgufErrorPrivate *self)
{
}

static void
paddock_gguf_error_private_copy (const PaddockGgufErrorPrivate *source, PaddockGgufErrorPrivate *target)
{
  *target = *source;
}

static void
paddock_gguf_error_private_clear (PaddockGgufErrorPrivate *self)
{
}

G_DEFINE_EXTENDED_ERROR (PaddockGgufError, paddock_gguf_error)

/**
 * paddock_gguf_error_set_from_errno:
 * @error: (out) (optional): return location for the error
 * @saved_errno: what errno was
 * @doing: a verb: "read", "open", "write"
 * @path: the file that it happened to
 *
 * Sets an error that names the path and the cause.
 */
void
paddock_gguf_error_set_from_errno (GError **error, int saved_errno, const char *doing, const char *path)
{
  static const struct
  {
    int number;
    PaddockGgufError code;
  } codes[] = {
    { ENOENT, PADDOCK_GGUF_ERROR_NOT_FOUND },   { ENOTDIR, PADDOCK_GGUF_ERROR_NOT_FOUND },
    { ELOOP, PADDOCK_GGUF_ERROR_NOT_FOUND },    { ENAMETOOLONG, PADDOCK_GGUF_ERROR_NOT_FOUND },
    { EACCES, PADDOCK_GGUF_ERROR_PERMISSION },  { EPERM, PADDOCK_GGUF_ERROR_PERMISSION },
    { EROFS, PADDOCK_GGUF_ERROR_PERMISSION },   { ENOSPC, PADDOCK_GGUF_ERROR_NO_SPACE },
    { EDQUOT, PADDOCK_GGUF_ERROR_NO_SPACE },    { EFBIG, PADDOCK_GGUF_ERROR_NO_SPACE },
    { EISDIR, PADDOCK_GGUF_ERROR_NOT_REGULAR }, { ENXIO, PADDOCK_GGUF_ERROR_NOT_REGULAR },
  };
  PaddockGgufError code = PADDOCK_GGUF_ERROR_IO;
  g_autofree char *shown = g_filename_display_name (path);

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].number == saved_errno)
      code = codes[i].code;

  g_set_error (error, PADDOCK_GGUF_ERROR, code, "cannot %s “%s”: %s", doing, shown, g_strerror (saved_errno));
}

/**
 * paddock_gguf_error_set_at:
 * @error: (out) (optional): return location for the error
 * @code: why
 * @offset: where in the file
 * @format: the message, without the place
 *
 * Sets an error that lies at a byte of the file. The message ends with the place.
 */
void
paddock_gguf_error_set_at (GError **error, PaddockGgufError code, guint64 offset, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  if (error == NULL)
    return;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_set_error (error, PADDOCK_GGUF_ERROR, code, "%s (at byte %" G_GUINT64_FORMAT ")", message, offset);

  PaddockGgufErrorPrivate *private = paddock_gguf_error_get_private (*error);
  private->offset = offset;
  private->has_offset = TRUE;
}

/**
 * paddock_gguf_error_get_offset:
 * @error: an error, of any domain
 * @offset: (out): where in the file it lies
 *
 * Returns: whether that is known
 */
gboolean
paddock_gguf_error_get_offset (const GError *error, guint64 *offset)
{
  if (error == NULL || error->domain != PADDOCK_GGUF_ERROR)
    return FALSE;

  const PaddockGgufErrorPrivate *private = paddock_gguf_error_get_private (error);
  if (private->has_offset)
    *offset = private->offset;
  return private->has_offset;
}
