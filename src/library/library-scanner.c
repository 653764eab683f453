/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-scanner.h"

#include <stdlib.h>
#include <string.h>

#include "base/worker-pool.h"
#include "library-error.h"

/* Few enough that what was met is shown soon, and enough that lanes have something to share. */
#define HEADERS_AT_ONCE 128
/* A frame in microseconds: more often than that nobody sees anything new. */
#define BATCH_INTERVAL (G_USEC_PER_SEC / 60)

/* What one header says, whatever its file is called. */
typedef struct
{
  PaddockFileIdentity identity;
  char *path;                        /* under which it was read, or is going to be */
  PaddockModelFacts *facts;          /* NULL until it was read */
} Reading;

typedef struct
{
  /* Borrowed */
  PaddockScanBatch batch;
  gpointer batch_data;
  PaddockWorker *worker;
  PaddockScannedRoot *root;          /* that is being listed */
  PaddockScan *scan;

  /* Owned */
  GHashTable *known;                 /* PaddockFileIdentity -> PaddockLibraryFile, borrowed from the caller */
  GHashTable *readings;              /* the identity in a Reading -> it */
  GHashTable *paths;                 /* char *, borrowed from the scan's files: overlapping roots tell a file twice */
  GHashTable *directories;           /* char *, of the root */
  GPtrArray *unread;                 /* Reading */
  GPtrArray *waiting;                /* PaddockLibraryFile: they come into the batch when their facts are there */
  char *last_directory;
  guint n_sent;                      /* files of the scan that were in a batch */
  gint64 sent_at;
  gboolean stopped;
} Scanner;

static void
reading_free (Reading *self)
{
  g_free (self->path);
  g_clear_pointer (&self->facts, paddock_model_facts_unref);
  g_free (self);
}

/**
 * paddock_scan_root_new:
 * @store: a store
 * @path: (type filename): one of its places
 *
 * Returns: (transfer full): a place to look in
 */
PaddockScanRoot *
paddock_scan_root_new (const PaddockModelStore *store, const char *path)
{
  PaddockScanRoot *self = g_new (PaddockScanRoot, 1);

  self->store = store;
  self->path = g_strdup (path);
  return self;
}

/**
 * paddock_scan_root_free:
 * @self: (transfer full): a place to look in
 */
void
paddock_scan_root_free (PaddockScanRoot *self)
{
  g_free (self->path);
  g_free (self);
}

static void
scanned_root_free (PaddockScannedRoot *self)
{
  g_free (self->path);
  g_free (self->problem);
  g_clear_pointer (&self->directories, g_ptr_array_unref);
  g_free (self);
}

static PaddockScan *
scan_new (void)
{
  PaddockScan *self = g_new0 (PaddockScan, 1);

  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_file_unref);
  self->roots = g_ptr_array_new_with_free_func ((GDestroyNotify) scanned_root_free);
  return self;
}

/**
 * paddock_scan_free:
 * @self: (transfer full): what was found
 */
void
paddock_scan_free (PaddockScan *self)
{
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->roots);
  g_free (self);
}

static void
scanner_clear (Scanner *self)
{
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->readings);
  g_hash_table_unref (self->paths);
  g_clear_pointer (&self->directories, g_hash_table_unref);
  g_ptr_array_unref (self->unread);
  g_ptr_array_unref (self->waiting);
  g_free (self->last_directory);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scanner, scanner_clear)

static void
scanner_init (Scanner *self, GPtrArray *known)
{
  self->known = g_hash_table_new (paddock_file_identity_hash, paddock_file_identity_equal);
  self->readings = g_hash_table_new_full (paddock_file_identity_hash, paddock_file_identity_equal, NULL,
                                          (GDestroyNotify) reading_free);
  self->paths = g_hash_table_new (g_str_hash, g_str_equal);
  self->unread = g_ptr_array_new ();
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_file_unref);
  for (guint i = 0; known != NULL && i < known->len; i++)
    {
      PaddockLibraryFile *file = g_ptr_array_index (known, i);

      if (file->facts != NULL)
        g_hash_table_insert (self->known, &file->identity, file);
    }
}

/* Whether what is known of a file still holds under this path. What could not be opened may be readable by now: that
   changes nothing that an identity holds. And a name can say that a file is not done. */
static gboolean
is_reusable (const PaddockLibraryFile *known, const char *path)
{
  const PaddockModelFacts *facts = known->facts;
  g_autofree char *old_name = NULL, *new_name = NULL;

  if (facts->state == PADDOCK_FACTS_WHOLE)
    return TRUE;
  if (facts->unread)
    return FALSE;
  old_name = g_path_get_basename (known->path);
  new_name = g_path_get_basename (path);
  return g_str_equal (old_name, new_name);
}

/* Of the file's bytes, whoever else has them: each is read once. */
static void
want_facts (Scanner *self, PaddockLibraryFile *file)
{
  Reading *reading = g_hash_table_lookup (self->readings, &file->identity);
  const PaddockLibraryFile *known;

  if (reading != NULL)
    return;
  reading = g_new0 (Reading, 1);
  reading->identity = file->identity;
  known = g_hash_table_lookup (self->known, &file->identity);
  if (known != NULL && is_reusable (known, file->path))
    {
      reading->facts = paddock_model_facts_ref (known->facts);
      reading->path = g_strdup (known->path);
    }
  else
    {
      reading->path = g_strdup (file->path);
      g_ptr_array_add (self->unread, reading);
    }
  g_hash_table_insert (self->readings, &reading->identity, reading);
}

static gboolean
read_header (guint64 piece, guint lane, gpointer user_data)
{
  Scanner *self = user_data;
  Reading *reading = g_ptr_array_index (self->unread, piece);
  GCancellable *cancellable = paddock_worker_get_cancellable (self->worker);

  (void) lane;
  reading->facts = paddock_model_facts_read (reading->path, cancellable);
  return !g_cancellable_is_cancelled (cancellable);
}

/* What was known of a file that did not change stays the same object: it is not kept twice, nor compared again. */
static PaddockLibraryFile *
settle_file (Scanner *self, PaddockLibraryFile *taken)
{
  g_autoptr (PaddockLibraryFile) file = taken;
  PaddockLibraryFile *known = g_hash_table_lookup (self->known, &file->identity);

  if (known == NULL || known->facts != file->facts || !paddock_library_file_equal (known, file))
    return g_steal_pointer (&file);
  g_hash_table_replace (self->paths, known->path, known->path);
  return paddock_library_file_ref (known);
}

/* Takes the file. */
static void
finish_file (Scanner *self, PaddockLibraryFile *file)
{
  const Reading *reading;

  if (file->role != PADDOCK_FILE_ROLE_PARTIAL && file->role != PADDOCK_FILE_ROLE_ORPHAN)
    {
      reading = g_hash_table_lookup (self->readings, &file->identity);
      file->facts = paddock_model_facts_rename (reading->facts, reading->path, file->path);
    }
  g_ptr_array_add (self->scan->files, settle_file (self, file));
  paddock_worker_report (self->worker, self->scan->files->len, 0);
}

static void
send_batch (Scanner *self, gboolean last)
{
  g_autoptr (GPtrArray) files = NULL;
  gint64 now = g_get_monotonic_time ();

  if (self->batch == NULL || self->n_sent == self->scan->files->len || (!last && now - self->sent_at < BATCH_INTERVAL))
    return;
  files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_library_file_unref);
  for (; self->n_sent < self->scan->files->len; self->n_sent++)
    g_ptr_array_add (files, paddock_library_file_ref (g_ptr_array_index (self->scan->files, self->n_sent)));
  self->sent_at = now;
  self->batch (g_steal_pointer (&files), self->batch_data);
}

/* Reads all headers that are due, and lets the files that waited for them go on. */
static void
read_headers (Scanner *self)
{
  if (!paddock_worker_pool_run (0, self->unread->len, read_header, self))
    {
      self->stopped = TRUE;
      return;
    }
  self->scan->n_read += self->unread->len;
  g_ptr_array_set_size (self->unread, 0);
  for (guint i = 0; i < self->waiting->len; i++)
    finish_file (self, paddock_library_file_ref (g_ptr_array_index (self->waiting, i)));
  g_ptr_array_set_size (self->waiting, 0);
  send_batch (self, FALSE);
}

/* FALSE: it is gone, or no file at all. */
static gboolean
look_at_file (PaddockLibraryFile *file)
{
  struct stat status;

  if (lstat (file->path, &status) != 0)
    return FALSE;
  if (S_ISLNK (status.st_mode))
    {
      if (stat (file->path, &status) != 0)
        return FALSE;
      g_free (file->target);
      file->target = realpath (file->path, NULL);
    }
  paddock_file_identity_set_stat (&file->identity, &status);
  return S_ISREG (status.st_mode);
}

/* The directory and those above it, up to the root. */
static void
add_directories (Scanner *self, const char *path)
{
  g_autofree char *directory = g_strdup (path);
  gsize shortest = strlen (self->root->path);

  while (strlen (directory) >= shortest && g_hash_table_add (self->directories, g_strdup (directory)))
    {
      char *slash = strrchr (directory, '/');

      if (slash == NULL || slash == directory)
        return;
      *slash = '\0';
    }
}

static void
add_directory_of (Scanner *self, const char *path)
{
  const char *slash = strrchr (path, '/');
  gsize length = slash != NULL ? (gsize) (slash - path) : 0;

  if (length == 0 || (self->last_directory != NULL && strncmp (self->last_directory, path, length) == 0 &&
                      self->last_directory[length] == '\0'))
    return;
  g_free (self->last_directory);
  self->last_directory = g_strndup (path, length);
  add_directories (self, self->last_directory);
}

static void
meet_file (Scanner *self, PaddockLibraryFile *file)
{
  if (g_hash_table_contains (self->paths, file->path) || (file->identity.inode == 0 && !look_at_file (file)))
    {
      paddock_library_file_unref (file);
      return;
    }
  g_hash_table_add (self->paths, file->path);
  add_directory_of (self, file->path);
  if (file->role != PADDOCK_FILE_ROLE_PARTIAL && file->role != PADDOCK_FILE_ROLE_ORPHAN)
    want_facts (self, file);
  g_ptr_array_add (self->waiting, file);
  if (self->unread->len >= HEADERS_AT_ONCE ||
      (self->batch != NULL && g_get_monotonic_time () - self->sent_at >= BATCH_INTERVAL))
    read_headers (self);
}

static gboolean
visit_file (PaddockLibraryFile *file, gpointer user_data)
{
  Scanner *self = user_data;

  if (file->role == PADDOCK_FILE_ROLE_DIRECTORY)
    {
      add_directories (self, file->path);
      paddock_library_file_unref (file);
    }
  else
    meet_file (self, file);
  return !self->stopped;
}

static gboolean
is_missing (const GError *error)
{
  return g_error_matches (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
         g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

/* What remains of a drive that is mounted by hand when it is not: an empty directory on another file system than all that
   was known below it. */
static gboolean
is_bare_mount_point (Scanner *self, const char *path)
{
  GHashTableIter iter;
  gpointer value;
  gboolean elsewhere = FALSE;
  struct stat status;

  if (stat (path, &status) != 0)
    return FALSE;
  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const PaddockLibraryFile *file = value;

      if (!g_str_equal (file->root, path))
        continue;
      if (file->identity.device == status.st_dev)
        return FALSE;
      elsewhere = TRUE;
    }
  return elsewhere;
}

static void
finish_root (Scanner *self, guint n_before, GError *error)
{
  PaddockScannedRoot *root = self->root;

  if (error != NULL)
    {
      root->state = is_missing (error) ? PADDOCK_ROOT_OFFLINE : PADDOCK_ROOT_UNREADABLE;
      root->problem = g_utf8_make_valid (error->message, -1);
    }
  else if (self->scan->files->len == n_before && is_bare_mount_point (self, root->path))
    {
      root->state = PADDOCK_ROOT_OFFLINE;
      root->problem = g_strdup ("the drive that was there is not mounted");
    }
  else
    {
      root->state = PADDOCK_ROOT_LISTED;
      root->filesystem = paddock_file_identity_find_filesystem (root->path);
      root->directories = g_hash_table_steal_all_keys (self->directories);
      g_ptr_array_set_free_func (root->directories, g_free);
    }
}

/* FALSE only when it was cancelled. */
static gboolean
scan_root (Scanner *self, const PaddockScanRoot *wanted, GError **error)
{
  GCancellable *cancellable = paddock_worker_get_cancellable (self->worker);
  guint n_before = self->scan->files->len;
  g_autoptr (GError) problem = NULL;

  self->root = g_new0 (PaddockScannedRoot, 1);
  self->root->path = g_strdup (wanted->path);
  self->root->store = wanted->store->id;
  g_ptr_array_add (self->scan->roots, self->root);
  g_clear_pointer (&self->directories, g_hash_table_unref);
  self->directories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_clear_pointer (&self->last_directory, g_free);
  if (wanted->store->list (wanted->path, visit_file, self, cancellable, &problem))
    add_directories (self, wanted->path);
  if (!self->stopped)
    read_headers (self);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  finish_root (self, n_before, problem);
  return TRUE;
}

/**
 * paddock_library_scan:
 * @roots: (element-type PaddockScanRoot): where to look
 * @known: (nullable) (element-type PaddockLibraryFile): what was found earlier
 * @batch: (nullable): is told of files while it goes on
 * @user_data: for @batch
 * @worker: (nullable): where to report progress, and what to poll
 * @error: return location for an error
 *
 * Looks at the disk.
 *
 * Returns: (transfer full) (nullable): what is there, or %NULL when cancelled
 */
PaddockScan *
paddock_library_scan (GPtrArray *roots, GPtrArray *known, PaddockScanBatch batch, gpointer user_data,
                      PaddockWorker *worker, GError **error)
{
  g_autoptr (PaddockScan) scan = scan_new ();
  g_auto (Scanner) scanner = { .batch = batch, .batch_data = user_data, .worker = worker, .scan = scan };

  scanner_init (&scanner, known);
  scanner.sent_at = g_get_monotonic_time ();
  for (guint i = 0; i < roots->len; i++)
    if (!scan_root (&scanner, g_ptr_array_index (roots, i), error))
      return NULL;
  send_batch (&scanner, TRUE);
  return g_steal_pointer (&scan);
}
