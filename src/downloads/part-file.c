/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "part-file.h"

#include "base/file-bytes.h"
#include "base/hidden-name.h"
#include "base/running-digest.h"
#include "download-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define PART_SUFFIX ".part"
#define JOURNAL_SUFFIX ".part.journal"
#define LOCK_ATTEMPTS 8
/* So much is written at once. The system takes as much memory in one stretch to keep it: of this length it has some that was
   used just now, longer ones are often memory that a virtual machine's host has to give back first. */
#define PIECE (32u * 1024)

/* The journal: a head of fixed length, then one claim for each block. */
#define MAGIC "PADDOCKP"
#define VERSION 1u
#define HEAD_BYTES 16384
/* identity, hash, size, tag, host, block size */
#define HEAD_TYPE "(sstssu)"
#define PROVED 0x564f5250u /* what a claim holds beside the checksum, so that nothing else is one by chance */
#define CLAIMS_AT_ONCE 2048

typedef struct
{
  char magic[8];
  guint32 version, length, checksum; /* of what follows */
} Head;

typedef struct
{
  guint32 checksum, mark;
} Claim;

struct _PaddockPartFile
{
  /* Owned */
  PaddockDownloadRequest *request;
  char *folder_path, *name, *part_name, *journal_name;
  int folder, part, journal;
  char *tag, *host;

  guint64 size;
  gboolean begun;
};

static gboolean
fail (PaddockPartFile *self, int number, const char *doing, GError **error)
{
  return paddock_download_error_set_errno (error, number, doing, self->request->target);
}

static gboolean
is_named (PaddockPartFile *self, const char *name, int fd)
{
  struct stat held, named;

  return fstat (fd, &held) == 0 && fstatat (self->folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 && held.st_ino == named.st_ino &&
         held.st_dev == named.st_dev;
}

/* Whoever finishes removes the journal: then the one that was locked is nobody's. */
static gboolean
lock_journal (PaddockPartFile *self, GError **error)
{
  for (guint i = 0; i < LOCK_ATTEMPTS; i++)
    {
      int number;

      self->journal = openat (self->folder, self->journal_name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
      if (self->journal < 0)
        return fail (self, errno, "cannot write beside", error);
      number = flock (self->journal, LOCK_EX | LOCK_NB) != 0 ? errno : 0;
      /* A file system without locks has no second writer that would respect them. */
      if (number == EWOULDBLOCK)
        {
          close (g_steal_fd (&self->journal));
          return fail (self, number, "cannot write", error);
        }
      if (is_named (self, self->journal_name, self->journal))
        return TRUE;
      close (g_steal_fd (&self->journal));
    }
  return fail (self, EWOULDBLOCK, "cannot write", error);
}

/* A file that ends before its bytes do is as bad as a disk that does not give them. */
static gboolean
read_fully (int fd, void *bytes, gsize length, guint64 offset)
{
  gssize got = paddock_file_bytes_read (fd, bytes, length, offset);

  if (got >= 0 && got < (gssize) length)
    errno = EIO;
  return got == (gssize) length;
}

static guint32
checksum_of (const void *bytes, gsize length)
{
  g_autoptr (PaddockRunningDigest) digest = paddock_running_digest_new (PADDOCK_DIGEST_CRC32);

  paddock_running_digest_add (digest, bytes, length);
  return paddock_running_digest_finish_crc32 (digest);
}

/* NULL: it is none of ours, of another version, or was cut off. */
static GVariant *
read_head (PaddockPartFile *self)
{
  g_autofree guint8 *bytes = g_malloc (HEAD_BYTES);
  g_autoptr (GBytes) text = NULL;
  Head head;

  if (!read_fully (self->journal, bytes, HEAD_BYTES, 0))
    return NULL;
  memcpy (&head, bytes, sizeof head);
  if (memcmp (head.magic, MAGIC, sizeof head.magic) != 0 || head.version != VERSION || head.length > HEAD_BYTES - sizeof head ||
      head.checksum != checksum_of (bytes + sizeof head, head.length))
    return NULL;
  text = g_bytes_new (bytes + sizeof head, head.length);
  return g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (HEAD_TYPE), text, FALSE));
}

/* Where the hash is published it says which file it is; else the address does. */
static gboolean
is_same_file (const PaddockDownloadRequest *request, const char *identity, const char *sha256)
{
  if (request->sha256 != NULL && *sha256 != '\0')
    return g_str_equal (request->sha256, sha256);
  return g_str_equal (paddock_download_request_get_identity (request), identity);
}

static void
take_up (PaddockPartFile *self)
{
  g_autoptr (GVariant) head = read_head (self);
  const char *identity, *sha256, *tag, *host;
  guint32 block_size;
  guint64 size;

  if (head == NULL)
    return;
  g_variant_get (head, "(&s&st&s&su)", &identity, &sha256, &size, &tag, &host, &block_size);
  if (block_size != PADDOCK_BLOCK_SIZE || size > G_MAXINT64 || !is_same_file (self->request, identity, sha256))
    return;
  self->part = openat (self->folder, self->part_name, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (self->part < 0)
    return;
  self->size = size;
  self->tag = *tag != '\0' ? g_strdup (tag) : NULL;
  self->host = *host != '\0' ? g_strdup (host) : NULL;
  self->begun = TRUE;
}

/**
 * paddock_part_file_open:
 * @request: what is wanted
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Makes the target's folder if need be.
 *
 * Returns: (transfer full) (nullable): what there is of it, locked
 */
PaddockPartFile *
paddock_part_file_open (const PaddockDownloadRequest *request, GError **error)
{
  g_autoptr (PaddockPartFile) self = g_new0 (PaddockPartFile, 1);

  self->request = paddock_download_request_ref ((PaddockDownloadRequest *) request);
  self->folder = self->part = self->journal = -1;
  self->folder_path = g_path_get_dirname (request->target);
  self->name = g_path_get_basename (request->target);
  self->part_name = paddock_hidden_name_make (self->name, PART_SUFFIX);
  self->journal_name = paddock_hidden_name_make (self->name, JOURNAL_SUFFIX);
  if (g_mkdir_with_parents (self->folder_path, 0755) != 0)
    {
      fail (self, errno, "cannot make the folder of", error);
      return NULL;
    }
  self->folder = open (self->folder_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->folder < 0)
    {
      fail (self, errno, "cannot look into the folder of", error);
      return NULL;
    }
  if (!lock_journal (self, error))
    return NULL;
  take_up (self);
  return g_steal_pointer (&self);
}

/**
 * paddock_part_file_free:
 * @self: (transfer full): a part
 */
void
paddock_part_file_free (PaddockPartFile *self)
{
  /* An empty journal is nothing to be continued. */
  if (self->journal >= 0 && !self->begun)
    unlinkat (self->folder, self->journal_name, 0);
  g_clear_fd (&self->part, NULL);
  g_clear_fd (&self->journal, NULL);
  g_clear_fd (&self->folder, NULL);
  paddock_download_request_unref (self->request);
  g_free (self->folder_path);
  g_free (self->name);
  g_free (self->part_name);
  g_free (self->journal_name);
  g_free (self->tag);
  g_free (self->host);
  g_free (self);
}

/**
 * paddock_part_file_get_begun:
 * @self: a part
 * @validators: (out): of what was begun
 *
 * Returns: whether there is something to continue
 */
gboolean
paddock_part_file_get_begun (PaddockPartFile *self, PaddockPartValidators *validators)
{
  *validators = (PaddockPartValidators){ self->size, self->tag, self->host };
  return self->begun;
}

static guint64
count_blocks (PaddockPartFile *self)
{
  return self->size / PADDOCK_BLOCK_SIZE + (self->size % PADDOCK_BLOCK_SIZE != 0);
}

static gboolean
write_head (PaddockPartFile *self, GError **error)
{
  g_autoptr (GVariant) text = g_variant_ref_sink (g_variant_new (
      HEAD_TYPE, paddock_download_request_get_identity (self->request), self->request->sha256 != NULL ? self->request->sha256 : "",
      self->size, self->tag != NULL ? self->tag : "", self->host != NULL ? self->host : "", PADDOCK_BLOCK_SIZE));
  gsize length = g_variant_get_size (text);
  g_autofree guint8 *bytes = g_malloc0 (HEAD_BYTES);
  Head head = { .version = VERSION };

  if (length > HEAD_BYTES - sizeof head)
    return fail (self, ENAMETOOLONG, "cannot keep a journal of", error);
  memcpy (head.magic, MAGIC, sizeof head.magic);
  head.length = (guint32) length;
  head.checksum = checksum_of (g_variant_get_data (text), length);
  memcpy (bytes, &head, sizeof head);
  memcpy (bytes + sizeof head, g_variant_get_data (text), length);
  /* Claims of zeros claim nothing. */
  if (ftruncate (self->journal, 0) != 0 ||
      ftruncate (self->journal, (off_t) (HEAD_BYTES + count_blocks (self) * sizeof (Claim))) != 0 ||
      !paddock_file_bytes_write (self->journal, bytes, HEAD_BYTES, 0) || fdatasync (self->journal) != 0)
    return fail (self, errno, "cannot keep a journal of", error);
  return TRUE;
}

/**
 * paddock_part_file_begin:
 * @self: a part
 * @validators: of the file that is going to come
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Returns: whether there is an empty part and a journal that claims nothing
 */
gboolean
paddock_part_file_begin (PaddockPartFile *self, const PaddockPartValidators *validators, GError **error)
{
  g_clear_fd (&self->part, NULL);
  self->size = validators->size;
  g_set_str (&self->tag, validators->tag);
  g_set_str (&self->host, validators->host);
  self->part = openat (self->folder, self->part_name, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0644);
  if (self->part < 0)
    return fail (self, errno, "cannot write", error);
  self->begun = write_head (self, error);
  return self->begun;
}

/* Bytes that have no place on the disk yet. */
static guint64
count_unallocated (PaddockPartFile *self)
{
  struct stat status;
  guint64 there = fstat (self->part, &status) == 0 ? (guint64) status.st_blocks * 512 : 0;

  return self->size > there ? self->size - there : 0;
}

/**
 * paddock_part_file_reserve:
 * @self: a part that was begun
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Returns: whether there is room for all of it
 */
gboolean
paddock_part_file_reserve (PaddockPartFile *self, GError **error)
{
  struct statvfs space;

  if (self->size == 0)
    return TRUE;
  if (fstatvfs (self->part, &space) == 0 && space.f_blocks > 0 &&
      count_unallocated (self) / MAX (space.f_frsize, 1) > space.f_bavail)
    return fail (self, ENOSPC, "there is no room for", error);
  if (fallocate (self->part, 0, 0, (off_t) self->size) == 0)
    return TRUE;
  if (errno != EOPNOTSUPP && errno != ENOSYS)
    return fail (self, errno, "there is no room for", error);
  return ftruncate (self->part, (off_t) self->size) == 0 || fail (self, errno, "there is no room for", error);
}

/**
 * paddock_part_file_make_map:
 * @self: a part that was begun
 *
 * Returns: (transfer full): which blocks are claimed to be there, as far as the file is long enough
 */
PaddockBlockMap *
paddock_part_file_make_map (PaddockPartFile *self)
{
  PaddockBlockMap *map = paddock_block_map_new (self->size);
  g_autofree Claim *claims = g_new (Claim, CLAIMS_AT_ONCE);
  guint64 n_blocks = paddock_block_map_get_n_blocks (map);
  struct stat status;
  guint64 length = fstat (self->part, &status) == 0 ? (guint64) status.st_size : 0;

  for (guint64 first = 0; first < n_blocks; first += CLAIMS_AT_ONCE)
    {
      guint64 count = MIN (n_blocks - first, CLAIMS_AT_ONCE);

      if (!read_fully (self->journal, claims, count * sizeof (Claim), HEAD_BYTES + first * sizeof (Claim)))
        return map;
      for (guint64 i = 0; i < count; i++)
        if (claims[i].mark == PROVED && paddock_block_map_get_end (map, first + i) <= length)
          paddock_block_map_add (map, first + i);
    }
  return map;
}

/**
 * paddock_part_file_write:
 * @self: a part that was begun
 * @bytes: (array length=length): what came
 * @length: how much
 * @offset: where it belongs
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Returns: whether all of it was written
 */
gboolean
paddock_part_file_write (PaddockPartFile *self, const guint8 *bytes, gsize length, guint64 offset, GError **error)
{
  for (gsize done = 0; done < length; done += MIN (PIECE, length - done))
    if (!paddock_file_bytes_write (self->part, bytes + done, MIN (PIECE, length - done), offset + done))
      return fail (self, errno, "cannot write", error);
  return TRUE;
}

static gboolean
claim (PaddockPartFile *self, guint64 block, Claim said, GError **error)
{
  return paddock_file_bytes_write (self->journal, &said, sizeof said, HEAD_BYTES + block * sizeof said) ||
         fail (self, errno, "cannot keep a journal of", error);
}

gboolean
paddock_part_file_prove (PaddockPartFile *self, guint64 block, guint32 checksum, GError **error)
{
  return claim (self, block, (Claim){ checksum, PROVED }, error);
}

gboolean
paddock_part_file_disprove (PaddockPartFile *self, guint64 block, GError **error)
{
  return claim (self, block, (Claim){ 0, 0 }, error);
}

gboolean
paddock_part_file_get_checksum (PaddockPartFile *self, guint64 block, guint32 *checksum)
{
  Claim said = { 0, 0 };

  if (!read_fully (self->journal, &said, sizeof said, HEAD_BYTES + block * sizeof said) || said.mark != PROVED)
    return FALSE;
  *checksum = said.checksum;
  return TRUE;
}

gboolean
paddock_part_file_read (PaddockPartFile *self, guint8 *bytes, gsize length, guint64 offset, GError **error)
{
  return read_fully (self->part, bytes, length, offset) || fail (self, errno, "cannot read what there is of", error);
}

/**
 * paddock_part_file_sync:
 * @self: a part that was begun
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Returns: whether the data, and then what is claimed of it, are on the disk
 */
gboolean
paddock_part_file_sync (PaddockPartFile *self, GError **error)
{
  return (fdatasync (self->part) == 0 && fdatasync (self->journal) == 0) || fail (self, errno, "cannot write", error);
}

/**
 * paddock_part_file_push:
 * @self: a part that was begun
 *
 * Begins to put what is there on the disk, so that less of it is left when that has to be done. Whoever needs to know
 * that it is there asks paddock_part_file_sync(), which also tells what went wrong.
 */
void
paddock_part_file_push (PaddockPartFile *self)
{
  sync_file_range (self->part, 0, 0, SYNC_FILE_RANGE_WRITE);
}

/* Nothing that has the name is replaced. */
static gboolean
take_name (PaddockPartFile *self)
{
  if (renameat2 (self->folder, self->part_name, self->folder, self->name, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  return linkat (self->folder, self->part_name, self->folder, self->name, 0) == 0 &&
         unlinkat (self->folder, self->part_name, 0) == 0;
}

/**
 * paddock_part_file_finish:
 * @self: a part with every byte in its place
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Returns: whether the file has its name, on the disk as well
 */
gboolean
paddock_part_file_finish (PaddockPartFile *self, GError **error)
{
  if (ftruncate (self->part, (off_t) self->size) != 0 || fsync (self->part) != 0)
    return fail (self, errno, "cannot write", error);
  if (!is_named (self, self->part_name, self->part))
    return fail (self, ENOENT, "somebody took away what there was of", error);
  if (!take_name (self))
    return fail (self, errno, "cannot name", error);
  /* From here on the file is there. A journal that stays behind claims a part that is not there, and is ignored. */
  self->begun = FALSE;
  return fsync (self->folder) == 0 || fail (self, errno, "cannot write", error);
}

/**
 * paddock_part_file_discard:
 * @self: a part
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Returns: whether nothing of it is left
 */
gboolean
paddock_part_file_discard (PaddockPartFile *self, GError **error)
{
  self->begun = FALSE;
  return unlinkat (self->folder, self->part_name, 0) == 0 || errno == ENOENT ||
         fail (self, errno, "cannot delete what there was of", error);
}

/**
 * paddock_part_file_measure:
 * @target: (type filename): a file that shall be there
 *
 * Returns: how many bytes its part takes on the disk, those that are only reserved included; 0: there is none
 */
guint64
paddock_part_file_measure (const char *target)
{
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *base = g_path_get_basename (target);
  g_autofree char *name = paddock_hidden_name_make (base, PART_SUFFIX);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat status;

  return lstat (path, &status) == 0 && S_ISREG (status.st_mode) ? (guint64) status.st_blocks * 512 : 0;
}

/**
 * paddock_part_file_remove:
 * @target: (type filename): a file that is not wanted any more
 * @error: return location for %PADDOCK_DOWNLOAD_ERROR
 *
 * Removes what was received of it. A file that has the name stays.
 *
 * Returns: whether nothing of it is left
 */
gboolean
paddock_part_file_remove (const char *target, GError **error)
{
  g_autoptr (PaddockDownloadRequest) request = paddock_download_request_new (target);
  g_autofree char *folder = g_path_get_dirname (target);
  g_autoptr (PaddockPartFile) self = NULL;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  request->identity = g_strdup ("");
  self = paddock_part_file_open (request, error);
  if (self == NULL)
    return FALSE;
  return paddock_part_file_discard (self, error);
}
