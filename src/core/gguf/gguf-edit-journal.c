/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-edit-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file-bytes.h"
#include "gguf/gguf-encode.h"
#include "gguf/gguf-output.h"

#define MAGIC "PADDOCK UNDO 1\n"     /* with the end of the string: sixteen bytes */
#define HEAD (sizeof MAGIC + 3 * 8)  /* and the model's size, the place and the length of the bytes */
#define DIGEST 32
#define SECTOR 512                   /* a disk writes at least so much at once */
#define LONG_NAME 200                /* bytes; longer ones leave no room for what is added */

typedef struct
{
  /* Owned */
  guint8 *bytes;                     /* of the whole journal */

  /* Borrowed, in bytes */
  const guint8 *before;
  const guint8 *after;

  guint64 model_size;
  guint64 first;
  guint64 length;
  gboolean foreign;                  /* made by somebody whom nothing connects with the model */
} Record;

typedef enum
{
  HEADER_WHOLE,                      /* old, new, or of somebody else who came later */
  HEADER_TORN
} HeaderState;

static char *
build_path (const char *model)
{
  g_autofree char *directory = g_path_get_dirname (model);
  g_autofree char *base = g_path_get_basename (model);
  g_autofree char *name = NULL;

  if (strlen (base) > LONG_NAME)
    {
      g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, base, -1);

      name = g_strdup_printf (".%.32s.paddock-undo", digest);
    }
  else
    name = g_strdup_printf (".%s.paddock-undo", base);
  return g_build_filename (directory, name, NULL);
}

/* What is made or removed in a directory is there for good only when the directory is on the disk. */
static void
flush_directory (const char *path)
{
  g_autofree char *directory = g_path_get_dirname (path);
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

static void
compute_digest (const guint8 *bytes, gsize length, guint8 digest[DIGEST])
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = DIGEST;

  for (; length > 0; bytes += MIN (length, G_MAXINT32), length -= MIN (length, G_MAXINT32))
    g_checksum_update (checksum, bytes, (gssize) MIN (length, G_MAXINT32));
  g_checksum_get_digest (checksum, digest, &size);
}

static gboolean
write_journal (const char *path, const guint8 *bytes, gsize length, GError **error)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  gboolean written;

  if (fd < 0)
    {
      paddock_gguf_error_set_from_errno (error, errno, "write", path);
      return FALSE;
    }
  written = paddock_gguf_output_write_at (fd, 0, bytes, length, path, error);
  if (written && fsync (fd) < 0)
    {
      paddock_gguf_error_set_from_errno (error, errno, "write", path);
      written = FALSE;
    }
  close (fd);
  if (!written)
    unlink (path);
  return written;
}

/**
 * paddock_gguf_edit_journal_begin:
 * @model: (type filename): the real path of the file that is going to be changed
 * @model_size: its size
 * @first: the place of the first byte that changes
 * @length: how many may change
 * @before: (array length=length): what they are
 * @after: (array length=length): what they will be
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the journal, which is on the disk now
 */
PaddockGgufEditJournal *
paddock_gguf_edit_journal_begin (const char *model,
                                 guint64 model_size,
                                 guint64 first,
                                 guint64 length,
                                 const guint8 *before,
                                 const guint8 *after,
                                 GError **error)
{
  const PaddockGgufByteOrder order = PADDOCK_GGUF_LITTLE_ENDIAN;
  g_autoptr(PaddockGgufEditJournal) self = g_new0 (PaddockGgufEditJournal, 1);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint8 digest[DIGEST];

  self->model = g_strdup (model);
  self->path = build_path (model);
  g_byte_array_append (bytes, (const guint8 *) MAGIC, sizeof MAGIC);
  paddock_gguf_encode_u64 (bytes, order, model_size);
  paddock_gguf_encode_u64 (bytes, order, first);
  paddock_gguf_encode_u64 (bytes, order, length);
  g_byte_array_append (bytes, before, (guint) length);
  g_byte_array_append (bytes, after, (guint) length);
  compute_digest (bytes->data, bytes->len, digest);
  g_byte_array_append (bytes, digest, DIGEST);
  if (!write_journal (self->path, bytes->data, bytes->len, error))
    return NULL;
  flush_directory (self->path);
  return g_steal_pointer (&self);
}

void
paddock_gguf_edit_journal_free (PaddockGgufEditJournal *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->model);
  g_free (self);
}

/**
 * paddock_gguf_edit_journal_end:
 * @self: (transfer full): the journal of a header that is whole, on the disk too
 */
void
paddock_gguf_edit_journal_end (PaddockGgufEditJournal *self)
{
  unlink (self->path);
  flush_directory (self->path);
  paddock_gguf_edit_journal_free (self);
}

static guint64
read_number (const guint8 *bytes)
{
  guint64 number;

  memcpy (&number, bytes, sizeof number);
  return GUINT64_FROM_LE (number);
}

static gboolean
check_record (Record *self, gsize size)
{
  guint8 digest[DIGEST];

  if (memcmp (self->bytes, MAGIC, sizeof MAGIC) != 0)
    return FALSE;
  self->model_size = read_number (self->bytes + sizeof MAGIC);
  self->first = read_number (self->bytes + sizeof MAGIC + 8);
  self->length = read_number (self->bytes + sizeof MAGIC + 16);
  if (self->length == 0 || self->length > (size - HEAD - DIGEST) / 2 || size != HEAD + 2 * self->length + DIGEST
      || self->first > self->model_size || self->length > self->model_size - self->first)
    return FALSE;
  compute_digest (self->bytes, size - DIGEST, digest);
  self->before = self->bytes + HEAD;
  self->after = self->before + self->length;
  return memcmp (digest, self->bytes + size - DIGEST, DIGEST) == 0;
}

/* FALSE: it was never whole, or is not to be trusted. */
static gboolean
load_record (Record *self, const char *path, const struct stat *model)
{
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  struct stat status;
  gboolean loaded = FALSE;

  self->foreign = fd < 0;
  if (fd < 0)
    return FALSE;
  self->foreign = fstat (fd, &status) < 0 || !S_ISREG (status.st_mode)
                  || (status.st_uid != model->st_uid && status.st_uid != geteuid ());
  if (!self->foreign && status.st_size >= (off_t) (HEAD + DIGEST)
      && (guint64) status.st_size <= 2 * PADDOCK_GGUF_MAX_METADATA + HEAD + DIGEST)
    {
      self->bytes = g_try_malloc ((gsize) status.st_size);
      loaded = self->bytes != NULL && paddock_file_bytes_read (fd, self->bytes, (gsize) status.st_size, 0) == status.st_size
               && check_record (self, (gsize) status.st_size) && self->model_size == (guint64) model->st_size;
    }
  close (fd);
  return loaded;
}

static HeaderState
judge (const Record *record, const guint8 *now)
{
  gboolean any_old = FALSE, any_new = FALSE;

  for (guint64 at = 0; at < record->length;)
    {
      guint64 sector_end = ((record->first + at) / SECTOR + 1) * SECTOR - record->first;
      gsize part = (gsize) (MIN (sector_end, record->length) - at);
      gboolean is_old = memcmp (now + at, record->before + at, part) == 0;
      gboolean is_new = memcmp (now + at, record->after + at, part) == 0;

      if (!is_old && !is_new)
        return HEADER_WHOLE;
      any_old |= is_old && !is_new;
      any_new |= is_new && !is_old;
      at += part;
    }
  return any_old && any_new ? HEADER_TORN : HEADER_WHOLE;
}

static gboolean
put_right (int fd, gboolean writable, const char *model, const Record *record, GError **error)
{
  if (!writable)
    {
      g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_PERMISSION,
                   "“%s” was left half changed by an interrupted edit, and may not be written to put it right", model);
      return FALSE;
    }
  if (!paddock_gguf_output_write_at (fd, record->first, record->before, (gsize) record->length, model, error))
    return FALSE;
  if (fsync (fd) == 0)
    return TRUE;
  paddock_gguf_error_set_from_errno (error, errno, "write", model);
  return FALSE;
}

static gboolean
replay_locked (int fd, gboolean writable, const char *model, const char *path, GError **error)
{
  Record record = { NULL };
  struct stat status;
  gboolean loaded;
  g_autofree guint8 *bytes = NULL;

  if (fstat (fd, &status) < 0)
    return TRUE;
  loaded = load_record (&record, path, &status);
  bytes = record.bytes;
  if (loaded)
    {
      g_autofree guint8 *now = g_malloc ((gsize) record.length);

      if (paddock_file_bytes_read (fd, now, (gsize) record.length, record.first) == (gssize) record.length
          && judge (&record, now) == HEADER_TORN
          && !put_right (fd, writable, model, &record, error))
        return FALSE;
    }
  if (writable && !record.foreign)
    {
      unlink (path);
      flush_directory (path);
    }
  return TRUE;
}

/**
 * paddock_gguf_edit_journal_replay:
 * @model: (type filename): a file
 * @error: return location for an error
 *
 * Puts right what an interrupted edit left, if it left anything.
 *
 * Returns: %FALSE if the file is torn and cannot be put right
 */
gboolean
paddock_gguf_edit_journal_replay (const char *model, GError **error)
{
  char resolved[PATH_MAX];
  g_autofree char *path = NULL;
  gboolean writable = TRUE, done = TRUE;
  int fd;

  if (realpath (model, resolved) == NULL)
    return TRUE;
  path = build_path (resolved);
  if (access (path, F_OK) < 0)
    return TRUE;
  fd = open (resolved, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    {
      writable = FALSE;
      fd = open (resolved, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
    }
  if (fd < 0)
    return TRUE;
  /* Whoever holds the lock is editing right now, and the journal is theirs. */
  if (flock (fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
    done = replay_locked (fd, writable, resolved, path, error);
  close (fd);
  return done;
}
