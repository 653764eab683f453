/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mapping-guard.h"
#include "gguf/gguf-edit-journal.h"
#include "gguf/gguf-error.h"

/* Nearly every header is smaller; mapping costs address space only. */
#define FIRST_MAPPING (64 * 1024 * 1024)
/* What a reader, perhaps a slow one, is asked for first. */
#define FIRST_READ (64 * 1024)

struct _PaddockGgufSource
{
  gatomicrefcount references;

  /* Owned */
  char *name;
  GBytes *bytes;
  guint8 *buffer;                    /* the prefix of a reader */
  void *mapping;                     /* the prefix of a file */
  PaddockMappingGuard *guard;
  int fd;

  /* Borrowed: the prefix, wherever it lies */
  const guint8 *prefix;
  gsize prefix_length;

  guint64 size;
  gboolean frozen;
  PaddockGgufIdentity identity;

  PaddockGgufReadFunc read;
  gpointer read_data;
  GDestroyNotify read_destroy;
};

static PaddockGgufSource *
source_new (const char *name, guint64 size)
{
  PaddockGgufSource *self = g_new0 (PaddockGgufSource, 1);

  g_atomic_ref_count_init (&self->references);
  self->name = g_strdup (name);
  self->size = size;
  self->fd = -1;
  return self;
}

static void
identity_from_stat (PaddockGgufIdentity *identity, const struct stat *status)
{
  identity->device = (guint64) status->st_dev;
  identity->inode = (guint64) status->st_ino;
  identity->size = (guint64) status->st_size;
  identity->modified_ns = (gint64) status->st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + status->st_mtim.tv_nsec;
  identity->changed_ns = (gint64) status->st_ctim.tv_sec * G_GINT64_CONSTANT (1000000000) + status->st_ctim.tv_nsec;
}

static gboolean
check_regular (const struct stat *status, const char *path, GError **error)
{
  static const struct
  {
    mode_t kind;
    const char *name;
  } kinds[] = {
    { S_IFDIR, "a folder" },          { S_IFIFO, "a pipe" },  { S_IFCHR, "a device" },
    { S_IFBLK, "a storage device" },  { S_IFSOCK, "a socket" },
  };
  g_autofree char *shown = NULL;
  const char *what = "not a regular file";

  if (S_ISREG (status->st_mode))
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if ((status->st_mode & S_IFMT) == kinds[i].kind)
      what = kinds[i].name;

  shown = g_filename_display_name (path);
  g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_NOT_REGULAR, "“%s” is %s, not a file", shown, what);
  return FALSE;
}

/**
 * paddock_gguf_source_new_for_path:
 * @path: (type filename): a file
 * @error: return location for an error
 *
 * Opens a regular file. Pipes, devices and folders are refused without waiting for them. What a crash of the system
 * left of an edit is put right first.
 *
 * Returns: (transfer full) (nullable): a source, or %NULL with @error set
 */
PaddockGgufSource *
paddock_gguf_source_new_for_path (const char *path, GError **error)
{
  g_autoptr (PaddockGgufSource) self = NULL;
  struct stat status;

  /* Asked before it is opened, because opening some devices does something. */
  if (stat (path, &status) != 0)
    {
      paddock_gguf_error_set_from_errno (error, errno, "open", path);
      return NULL;
    }
  if (!check_regular (&status, path, error) || !paddock_gguf_edit_journal_replay (path, error))
    return NULL;

  self = source_new (path, 0);
  self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    {
      paddock_gguf_error_set_from_errno (error, errno, "open", path);
      return NULL;
    }
  if (!check_regular (&status, path, error))
    return NULL;

  identity_from_stat (&self->identity, &status);
  self->size = self->identity.size;
  return g_steal_pointer (&self);
}

/**
 * paddock_gguf_source_new_for_bytes:
 * @bytes: the whole file
 * @name: what to call it
 *
 * Returns: (transfer full): a source
 */
PaddockGgufSource *
paddock_gguf_source_new_for_bytes (GBytes *bytes, const char *name)
{
  return paddock_gguf_source_new_for_head (bytes, g_bytes_get_size (bytes), name);
}

/**
 * paddock_gguf_source_new_for_head:
 * @head: the first bytes of a file
 * @size: the size of the whole file, not less than that
 * @name: what to call it
 *
 * Returns: (transfer full): a source
 */
PaddockGgufSource *
paddock_gguf_source_new_for_head (GBytes *head, guint64 size, const char *name)
{
  PaddockGgufSource *self = source_new (name, size);

  self->bytes = g_bytes_ref (head);
  self->prefix = g_bytes_get_data (head, &self->prefix_length);
  return self;
}

/**
 * paddock_gguf_source_new_for_reader:
 * @size: the size of the whole file
 * @name: what to call it
 * @read: (scope notified): reads a range
 * @user_data: for @read
 * @destroy: for @user_data
 *
 * Returns: (transfer full): a source
 */
PaddockGgufSource *
paddock_gguf_source_new_for_reader (guint64 size,
                                    const char *name,
                                    PaddockGgufReadFunc read,
                                    gpointer user_data,
                                    GDestroyNotify destroy)
{
  PaddockGgufSource *self = source_new (name, size);

  self->read = read;
  self->read_data = user_data;
  self->read_destroy = destroy;
  return self;
}

static void
unmap (PaddockGgufSource *self)
{
  g_clear_pointer (&self->guard, paddock_mapping_guard_free);
  if (self->mapping != NULL)
    munmap (self->mapping, self->prefix_length);
  self->mapping = NULL;
  self->prefix = NULL;
  self->prefix_length = 0;
}

/**
 * paddock_gguf_source_ref:
 * @self: a source
 *
 * Returns: (transfer full): @self
 */
PaddockGgufSource *
paddock_gguf_source_ref (PaddockGgufSource *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * paddock_gguf_source_unref:
 * @self: (transfer full): a source
 */
void
paddock_gguf_source_unref (PaddockGgufSource *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  if (self->fd >= 0)
    {
      unmap (self);
      close (self->fd);
    }
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->buffer);
  if (self->read_destroy != NULL)
    self->read_destroy (self->read_data);
  g_free (self->name);
  g_free (self);
}

/**
 * paddock_gguf_source_get_name:
 * @self: a source
 *
 * Returns: (transfer none) (type filename): the path, or the name that a source without one was given
 */
const char *
paddock_gguf_source_get_name (PaddockGgufSource *self)
{
  return self->name;
}

/**
 * paddock_gguf_source_get_size:
 * @self: a source
 *
 * Returns: the size of the whole file in bytes
 */
guint64
paddock_gguf_source_get_size (PaddockGgufSource *self)
{
  return self->size;
}

/**
 * paddock_gguf_source_get_identity:
 * @self: a source
 *
 * Returns: (transfer none) (nullable): what the file was when it was opened; %NULL if it is not a file
 */
const PaddockGgufIdentity *
paddock_gguf_source_get_identity (PaddockGgufSource *self)
{
  return self->fd >= 0 ? &self->identity : NULL;
}

/**
 * paddock_gguf_source_get_fd:
 * @self: a source
 *
 * Returns: the open file, which stays the source's own, or -1 if it is not a file
 */
int
paddock_gguf_source_get_fd (PaddockGgufSource *self)
{
  return self->fd;
}

/**
 * paddock_gguf_source_get_prefix:
 * @self: a source
 * @length: (out): how much of it is in memory
 *
 * Returns: (transfer none) (nullable) (array length=length): the first bytes of the file
 */
const guint8 *
paddock_gguf_source_get_prefix (PaddockGgufSource *self, gsize *length)
{
  *length = self->prefix_length;
  return self->prefix;
}

static gboolean
fail_beyond_head (PaddockGgufSource *self, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "only the first %" G_GSIZE_FORMAT " bytes of “%s” are here",
               self->prefix_length, self->name);
  return FALSE;
}

static gboolean
extend_mapping (PaddockGgufSource *self, gsize length, GError **error)
{
  void *mapping;

  unmap (self);
  mapping = mmap (NULL, length, PROT_READ, MAP_SHARED, self->fd, 0);
  if (mapping == MAP_FAILED)
    {
      paddock_gguf_error_set_from_errno (error, errno, "map", self->name);
      return FALSE;
    }

  self->guard = paddock_mapping_guard_new (mapping, length);
  if (self->guard == NULL)
    {
      munmap (mapping, length);
      paddock_gguf_error_set_from_errno (error, EMFILE, "map", self->name);
      return FALSE;
    }

  self->mapping = mapping;
  self->prefix = mapping;
  self->prefix_length = length;
  return TRUE;
}

static gboolean
extend_buffer (PaddockGgufSource *self, gsize length, GCancellable *cancellable, GError **error)
{
  guint8 *buffer = g_try_realloc (self->buffer, length);

  if (buffer == NULL)
    {
      g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_IO, "no memory for the header of “%s”", self->name);
      return FALSE;
    }
  self->buffer = buffer;
  self->prefix = buffer;
  if (!self->read (self->read_data, self->prefix_length, buffer + self->prefix_length, length - self->prefix_length,
                   cancellable, error))
    return FALSE;
  self->prefix_length = length;
  return TRUE;
}

/**
 * paddock_gguf_source_extend_prefix:
 * @self: a source
 * @wanted: how many bytes from the front are needed
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Brings at least @wanted bytes into memory, or all if the file is shorter. The prefix may move: only the parser may
 * call this.
 *
 * Returns: whether it worked
 */
gboolean
paddock_gguf_source_extend_prefix (PaddockGgufSource *self, guint64 wanted, GCancellable *cancellable, GError **error)
{
  guint64 first = self->fd >= 0 ? FIRST_MAPPING : FIRST_READ;
  guint64 length = MAX (first, self->prefix_length);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->prefix_length >= MIN (wanted, self->size))
    return TRUE;

  if (self->frozen)
    {
      paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_CHANGED, self->prefix_length,
                                 "a value reaches beyond the header: the file was changed after it was read");
      return FALSE;
    }
  if (self->bytes != NULL)
    return fail_beyond_head (self, error);

  while (length < wanted && length < self->size)
    length *= 4;
  length = MIN (length, self->size);

  return self->fd >= 0 ? extend_mapping (self, (gsize) length, error)
                       : extend_buffer (self, (gsize) length, cancellable, error);
}

/**
 * paddock_gguf_source_freeze:
 * @self: a source
 *
 * Keeps the prefix where it is. A value that reaches beyond it now can only come from a file that was written to.
 */
void
paddock_gguf_source_freeze (PaddockGgufSource *self)
{
  self->frozen = TRUE;
}

static gboolean
read_file (PaddockGgufSource *self, guint64 offset, guint8 *buffer, gsize length, GCancellable *cancellable,
           GError **error)
{
  while (length > 0)
    {
      ssize_t got = pread (self->fd, buffer, MIN (length, 1024 * 1024), (off_t) offset);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          paddock_gguf_error_set_from_errno (error, errno, "read", self->name);
          return FALSE;
        }
      if (got == 0)
        {
          paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_CHANGED, offset,
                                     "the file became shorter while it was read");
          return FALSE;
        }
      buffer += got;
      offset += (guint64) got;
      length -= (gsize) got;
    }
  return TRUE;
}

/**
 * paddock_gguf_source_read:
 * @self: a source
 * @offset: the first byte
 * @buffer: (out caller-allocates) (array length=length): where the bytes go
 * @length: how many
 * @cancellable: (nullable): a cancellable
 * @error: return location for an error
 *
 * Copies bytes from anywhere in the file.
 *
 * Returns: whether all of them could be read
 */
gboolean
paddock_gguf_source_read (PaddockGgufSource *self,
                          guint64 offset,
                          guint8 *buffer,
                          gsize length,
                          GCancellable *cancellable,
                          GError **error)
{
  if (offset > self->size || length > self->size - offset)
    {
      paddock_gguf_error_set_at (error, PADDOCK_GGUF_ERROR_TRUNCATED, offset,
                                 "%" G_GSIZE_FORMAT " bytes were wanted, and the file ends before them", length);
      return FALSE;
    }
  if (self->fd >= 0)
    return read_file (self, offset, buffer, length, cancellable, error);
  if (self->bytes != NULL)
    {
      if (offset > self->prefix_length || length > self->prefix_length - offset)
        return fail_beyond_head (self, error);
      if (length > 0)
        memcpy (buffer, self->prefix + offset, length);
      return TRUE;
    }
  return self->read (self->read_data, offset, buffer, length, cancellable, error);
}

/**
 * paddock_gguf_source_check:
 * @self: a source
 * @error: return location for an error
 *
 * Whether the file is still what it was when it was opened: the same length, not written to.
 *
 * Returns: %FALSE with %PADDOCK_GGUF_ERROR_CHANGED if it is not
 */
gboolean
paddock_gguf_source_check (PaddockGgufSource *self, GError **error)
{
  PaddockGgufIdentity now;
  struct stat status;

  if (self->fd < 0)
    return TRUE;
  if (fstat (self->fd, &status) != 0)
    {
      paddock_gguf_error_set_from_errno (error, errno, "read", self->name);
      return FALSE;
    }

  identity_from_stat (&now, &status);
  if (now.size == self->identity.size && now.modified_ns == self->identity.modified_ns
      && (self->guard == NULL || !paddock_mapping_guard_was_hit (self->guard)))
    return TRUE;

  g_autofree char *shown = g_filename_display_name (self->name);
  g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_CHANGED,
               "“%s” was changed by another program while it was read (%" G_GUINT64_FORMAT
               " bytes before, %" G_GUINT64_FORMAT " now)",
               shown, self->identity.size, now.size);
  return FALSE;
}
