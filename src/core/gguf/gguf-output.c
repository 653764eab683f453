/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-output.h"

#include <errno.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "base/file-bytes.h"
#include "gguf/gguf-error.h"

/**
 * paddock_gguf_output_write_at:
 * @fd: where to write
 * @offset: the place of the first byte
 * @bytes: (array length=length): what to write
 * @length: how much
 * @path: (type filename): the file's name, for the message
 * @error: return location for an error
 *
 * Returns: whether everything was written
 */
gboolean
paddock_gguf_output_write_at (int fd,
                              guint64 offset,
                              const guint8 *bytes,
                              gsize length,
                              const char *path,
                              GError **error)
{
  if (paddock_file_bytes_write (fd, bytes, length, offset))
    return TRUE;
  paddock_gguf_error_set_from_errno (error, errno, "write", path);
  return FALSE;
}

/**
 * paddock_gguf_output_take_error:
 * @error: (inout) (nullable): an error
 *
 * Atomic files report errors of GIO; who edits a model is told by the codes of this room.
 */
void
paddock_gguf_output_take_error (GError **error)
{
  static const struct
  {
    GIOErrorEnum from;
    PaddockGgufError to;
  } codes[] = {
    { G_IO_ERROR_NO_SPACE, PADDOCK_GGUF_ERROR_NO_SPACE },
    { G_IO_ERROR_PERMISSION_DENIED, PADDOCK_GGUF_ERROR_PERMISSION },
    { G_IO_ERROR_READ_ONLY, PADDOCK_GGUF_ERROR_PERMISSION },
    { G_IO_ERROR_NOT_FOUND, PADDOCK_GGUF_ERROR_NOT_FOUND },
    { G_IO_ERROR_NOT_DIRECTORY, PADDOCK_GGUF_ERROR_NOT_FOUND },
    { G_IO_ERROR_TOO_MANY_LINKS, PADDOCK_GGUF_ERROR_NOT_FOUND },
    { G_IO_ERROR_FILENAME_TOO_LONG, PADDOCK_GGUF_ERROR_NOT_FOUND },
    { G_IO_ERROR_IS_DIRECTORY, PADDOCK_GGUF_ERROR_NOT_REGULAR },
    { G_IO_ERROR_NOT_REGULAR_FILE, PADDOCK_GGUF_ERROR_NOT_REGULAR },
  };
  GError *ours;
  PaddockGgufError code = PADDOCK_GGUF_ERROR_IO;

  if (error == NULL || *error == NULL || (*error)->domain != G_IO_ERROR
      || g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (*error, G_IO_ERROR, (int) codes[i].from))
      code = codes[i].to;
  ours = g_error_new_literal (PADDOCK_GGUF_ERROR, (int) code, (*error)->message);
  g_clear_error (error);
  *error = ours;
}

/**
 * paddock_gguf_output_hold_limit_signal:
 *
 * SIGXFSZ goes to the thread that writes too much. Held back, the write fails with an error that can be told.
 *
 * Returns: whether it was free before
 */
gboolean
paddock_gguf_output_hold_limit_signal (void)
{
  sigset_t limit, before;

  sigemptyset (&limit);
  sigaddset (&limit, SIGXFSZ);
  return pthread_sigmask (SIG_BLOCK, &limit, &before) == 0 && sigismember (&before, SIGXFSZ) == 0;
}

/**
 * paddock_gguf_output_release_limit_signal:
 * @held: what paddock_gguf_output_hold_limit_signal() returned
 *
 * Forgets a signal that came in between.
 */
void
paddock_gguf_output_release_limit_signal (gboolean held)
{
  static const struct timespec no_time = { 0, 0 };
  sigset_t limit;

  if (!held)
    return;
  sigemptyset (&limit);
  sigaddset (&limit, SIGXFSZ);
  while (sigtimedwait (&limit, NULL, &no_time) == SIGXFSZ)
    continue;
  pthread_sigmask (SIG_UNBLOCK, &limit, NULL);
}
