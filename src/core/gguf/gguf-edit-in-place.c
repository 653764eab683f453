/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-edit-in-place.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file-bytes.h"
#include "gguf/gguf-edit-journal.h"
#include "gguf/gguf-output.h"

#define BLOCK PADDOCK_GGUF_EDIT_BLOCK

typedef struct
{
  /* Borrowed */
  const char *path;                  /* real */
  const PaddockGgufEditLayout *layout;
  const guint8 *before;
  const guint8 *after;

  guint64 size;
  int fd;
} Edit;

static gboolean
refuse_changed (const char *path, const char *why, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_CHANGED, "“%s” %s", shown, why);
  return FALSE;
}

/* The very file that was read, and not a byte of its header is another. */
static gboolean
check_same (Edit *self, const PaddockGgufIdentity *identity, GError **error)
{
  gsize length = g_bytes_get_size (self->layout->before);
  g_autofree guint8 *now = g_malloc (length);
  struct stat status;
  gint64 modified_ns;
  gssize got;

  if (fstat (self->fd, &status) < 0)
    {
      paddock_gguf_error_set_from_errno (error, errno, "read", self->path);
      return FALSE;
    }
  modified_ns = (gint64) status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
  got = paddock_file_bytes_read (self->fd, now, length, 0);
  self->size = (guint64) status.st_size;
  if (identity->device == (guint64) status.st_dev && identity->inode == (guint64) status.st_ino
      && identity->size == self->size && identity->modified_ns == modified_ns && got == (gssize) length
      && memcmp (now, self->before, length) == 0)
    return TRUE;
  return refuse_changed (self->path, "was changed by another program since it was opened", error);
}

/* One call, one page of ours: nothing can come in between. */
static gboolean
write_block (Edit *self, GError **error)
{
  guint64 first = self->layout->first;
  gsize length = (gsize) (self->layout->last - first + 1);
  guint8 *block = aligned_alloc (BLOCK, BLOCK);
  gboolean written;

  memcpy (block + first % BLOCK, self->after + first, length);
  written = paddock_gguf_output_write_at (self->fd, first, block + first % BLOCK, length, self->path, error);
  free (block);
  return written;
}

/* Whole blocks at once, around the page cache. FALSE without an error: it cannot be done so, and nothing was done. */
static gboolean
write_direct (Edit *self)
{
  guint64 start = self->layout->first / BLOCK * BLOCK;
  guint64 end = (self->layout->last / BLOCK + 1) * BLOCK;
  gsize length = (gsize) (end - start);
  g_autofree char *fd_path = g_strdup_printf ("/proc/self/fd/%d", self->fd);
  guint8 *blocks = NULL;
  int fd = -1;
  gboolean written = FALSE;

  if (end <= self->size)
    fd = open (fd_path, O_WRONLY | O_DIRECT | O_CLOEXEC);
  if (fd >= 0)
    blocks = aligned_alloc (BLOCK, length);
  if (blocks != NULL && pread (self->fd, blocks, length, (off_t) start) == (ssize_t) length)
    {
      memcpy (blocks + (self->layout->first - start), self->after + self->layout->first,
              (gsize) (self->layout->last - self->layout->first + 1));
      written = pwrite (fd, blocks, length, (off_t) start) == (ssize_t) length;
    }
  free (blocks);
  if (fd >= 0)
    close (fd);
  return written;
}

static gboolean
write_header (Edit *self, GError **error)
{
  guint64 first = self->layout->first;

  if (first / BLOCK == self->layout->last / BLOCK)
    return write_block (self, error);
  return write_direct (self)
         || paddock_gguf_output_write_at (self->fd, first, self->after + first, (gsize) (self->layout->last - first + 1),
                                          self->path, error);
}

static gboolean
flush (Edit *self, GError **error)
{
  if (fsync (self->fd) == 0)
    return TRUE;
  paddock_gguf_error_set_from_errno (error, errno, "write", self->path);
  return FALSE;
}

/* After a failure: what was overwritten had its place on the disk already, so this can hardly fail as well. */
static gboolean
write_back (Edit *self)
{
  guint64 first = self->layout->first;

  return paddock_gguf_output_write_at (self->fd, first, self->before + first, (gsize) (self->layout->last - first + 1),
                                       self->path, NULL)
         && flush (self, NULL);
}

static gboolean
edit_locked (Edit *self, GError **error)
{
  const PaddockGgufEditLayout *layout = self->layout;
  PaddockGgufEditJournal *journal = NULL;
  g_autoptr(GError) problem = NULL;

  if (layout->journal)
    {
      journal = paddock_gguf_edit_journal_begin (self->path, self->size, layout->first, layout->last - layout->first + 1,
                                                 self->before + layout->first, self->after + layout->first, &problem);
      /* Within one page nobody but a failing disk could tell; so a folder that may not be written is no obstacle. */
      if (journal == NULL && (layout->first / BLOCK != layout->last / BLOCK
                              || !g_error_matches (problem, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_PERMISSION)))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
    }
  if (write_header (self, error) && flush (self, error))
    {
      if (journal != NULL)
        paddock_gguf_edit_journal_end (journal);
      return TRUE;
    }
  if (write_back (self) && journal != NULL)
    paddock_gguf_edit_journal_end (journal);
  else
    paddock_gguf_edit_journal_free (journal);
  return FALSE;
}

gboolean
paddock_gguf_edit_in_place (const char *path,
                            const PaddockGgufIdentity *identity,
                            const PaddockGgufEditLayout *layout,
                            GError **error)
{
  char real[PATH_MAX];
  Edit self = { .path = real,
                .layout = layout,
                .before = g_bytes_get_data (layout->before, NULL),
                .after = g_bytes_get_data (layout->header, NULL) };
  gboolean done;

  if (realpath (path, real) == NULL)
    {
      paddock_gguf_error_set_from_errno (error, errno, "open", path);
      return FALSE;
    }
  self.fd = open (real, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (self.fd < 0)
    {
      paddock_gguf_error_set_from_errno (error, errno, "write", path);
      return FALSE;
    }
  if (flock (self.fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK)
    done = refuse_changed (path, "is being edited by another program", error);
  else
    done = check_same (&self, identity, error) && edit_locked (&self, error);
  close (self.fd);
  return done;
}
