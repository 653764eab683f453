/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-comparison.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file-bytes.h"
#include "library-error.h"

#define CHUNK (1024 * 1024)
#define SAMPLE 65536
#define SAMPLES 64

/**
 * paddock_file_comparison_run:
 * @self: two files
 * @worker: (nullable): the worker that does it
 * @error: return location for an error
 *
 * Returns: whether all bytes are the same
 */
gboolean
paddock_file_comparison_run (const PaddockFileComparison *self, PaddockWorker *worker, GError **error)
{
  g_autofree guint8 *first = g_malloc (CHUNK);
  g_autofree guint8 *second = g_malloc (CHUNK);

  for (guint64 at = 0; at < self->size;)
    {
      gsize length = (gsize) MIN (self->size - at, CHUNK);
      gssize got;

      if (!paddock_worker_poll (worker, error))
        return FALSE;
      got = paddock_file_bytes_read (self->first, first, length, at);
      if (got < 0)
        return paddock_library_error_set_errno (error, errno, "cannot read", self->first_path);
      if (got == (gssize) length)
        got = paddock_file_bytes_read (self->second, second, length, at);
      if (got < 0)
        return paddock_library_error_set_errno (error, errno, "cannot read", self->second_path);
      if (got != (gssize) length || memcmp (first, second, length) != 0)
        {
          g_autofree char *name = g_filename_display_name (self->second_path);

          g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_DIFFERENT,
                       "%s: its bytes are not those of the other one, from byte %" G_GUINT64_FORMAT " on", name, at);
          return FALSE;
        }
      at += length;
      paddock_worker_report (worker, self->done_before + at / 2, self->total);
    }
  return TRUE;
}

/**
 * paddock_file_comparison_sample:
 * @first: a file
 * @second: another
 * @size: of both
 *
 * Returns: whether they are the same at the beginning, at the end and at places between
 */
gboolean
paddock_file_comparison_sample (int first, int second, guint64 size)
{
  g_autofree guint8 *one = g_malloc (SAMPLE);
  g_autofree guint8 *other = g_malloc (SAMPLE);
  guint64 last = size > SAMPLE ? size - SAMPLE : 0;

  for (guint i = 0; i <= SAMPLES; i++)
    {
      guint64 at = last / SAMPLES * i + (i == SAMPLES ? last % SAMPLES : 0);
      gssize got = paddock_file_bytes_read (first, one, SAMPLE, at);

      if (got < 0 || (guint64) got != MIN (size, SAMPLE) || paddock_file_bytes_read (second, other, SAMPLE, at) != got ||
          memcmp (one, other, (gsize) got) != 0)
        return FALSE;
    }
  return TRUE;
}
