/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file-bytes.h"

#include <errno.h>
#include <unistd.h>

/**
 * paddock_file_bytes_read:
 * @fd: a file
 * @bytes: (array length=length) (out caller-allocates): where they go
 * @length: how many are wanted
 * @offset: from where on
 *
 * Returns: how many there are, or -1
 */
gssize
paddock_file_bytes_read (int fd, void *bytes, gsize length, guint64 offset)
{
  gsize done = 0;

  while (done < length)
    {
      ssize_t got = pread (fd, (guint8 *) bytes + done, length - done, (off_t) (offset + done));

      if (got < 0 && errno != EINTR)
        return -1;
      if (got == 0)
        break;
      done += (gsize) MAX (got, 0);
    }
  return (gssize) done;
}

/* A system that takes nothing and says no reason would be asked for ever. */
static gboolean
is_taken (ssize_t put, gsize *done)
{
  if (put == 0)
    errno = EIO;
  *done += (gsize) MAX (put, 0);
  return put > 0 || (put < 0 && errno == EINTR);
}

/**
 * paddock_file_bytes_write:
 * @fd: a file
 * @bytes: (array length=length): what is written
 * @length: how many
 * @offset: from where on
 *
 * One system call, unless the system itself stops early.
 *
 * Returns: whether all are written
 */
gboolean
paddock_file_bytes_write (int fd, const void *bytes, gsize length, guint64 offset)
{
  for (gsize done = 0; done < length;)
    if (!is_taken (pwrite (fd, (const guint8 *) bytes + done, length - done, (off_t) (offset + done)), &done))
      return FALSE;
  return TRUE;
}

/**
 * paddock_file_bytes_append:
 * @fd: a file or a pipe
 * @bytes: (array length=length): what is written
 * @length: how many
 *
 * Returns: whether all are written
 */
gboolean
paddock_file_bytes_append (int fd, const void *bytes, gsize length)
{
  for (gsize done = 0; done < length;)
    if (!is_taken (write (fd, (const guint8 *) bytes + done, length - done), &done))
      return FALSE;
  return TRUE;
}
