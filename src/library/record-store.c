/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/atomic-file.h"
#include "base/file-bytes.h"
#include "base/strict-parser.h"
#include "library-error.h"
#include "record-cache.h"
#include "record-json.h"

#define SUFFIX ".json"
#define LOCK ".lock"
#define BROKEN ".broken"
/* glib writes beside the file, under its name and six letters of chance. */
#define TEMPORARY_LETTERS 6
#define MAX_BYTES (8u << 20)         /* of a record */
#define MAX_ID 80

struct _PaddockRecordStore
{
  char *folder;
  char *cache;
};

/**
 * paddock_record_store_new:
 * @folder: where records are; it is made when the first one is written
 * @cache: (nullable): a file to load them from quickly
 *
 * Returns: (transfer full): the records there
 */
PaddockRecordStore *
paddock_record_store_new (const char *folder, const char *cache)
{
  PaddockRecordStore *self = g_atomic_rc_box_new0 (PaddockRecordStore);

  self->folder = g_strdup (folder);
  self->cache = g_strdup (cache);
  return self;
}

/**
 * paddock_record_store_ref:
 * @self: a store of records
 *
 * Returns: (transfer full): @self
 */
PaddockRecordStore *
paddock_record_store_ref (PaddockRecordStore *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_store (gpointer data)
{
  PaddockRecordStore *self = data;

  g_free (self->folder);
  g_free (self->cache);
}

/**
 * paddock_record_store_unref:
 * @self: (transfer full): a store of records
 */
void
paddock_record_store_unref (PaddockRecordStore *self)
{
  g_atomic_rc_box_release_full (self, clear_store);
}

static gboolean
is_id (const char *id)
{
  gsize length = strlen (id);

  return length > 0 && length <= MAX_ID && *id != '-' && strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

static char *
make_path (PaddockRecordStore *self, const char *id, GError **error)
{
  g_autofree char *name = NULL;

  if (!is_id (id))
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID, "no model can be called “%s”", id);
      return NULL;
    }
  name = g_strconcat (id, SUFFIX, NULL);
  return g_build_filename (self->folder, name, NULL);
}

/* Held by whoever writes: of this program or another one. -1 with an error. */
static int
lock_folder (PaddockRecordStore *self, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, LOCK, NULL);
  int fd, status;

  if (g_mkdir_with_parents (self->folder, 0700) < 0)
    {
      paddock_library_error_set_errno (error, errno, "cannot make", self->folder);
      return -1;
    }
  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      paddock_library_error_set_errno (error, errno, "cannot write", path);
      return -1;
    }
  do
    status = flock (fd, LOCK_EX);
  while (status < 0 && errno == EINTR);
  /* A file system without locks has no second writer that would respect them either. */
  return fd;
}

static gboolean
read_file (const char *path, char **text, gsize *length, PaddockFileIdentity *identity, GError **error)
{
  g_autofd int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  g_autofree char *bytes = NULL;
  struct stat status;
  gssize got;

  if (fd < 0 || fstat (fd, &status) < 0)
    return paddock_library_error_set_errno (error, errno, "cannot read", path);
  if (!S_ISREG (status.st_mode) || status.st_size > MAX_BYTES)
    return paddock_library_error_set_errno (error, EFBIG, "cannot read", path);
  paddock_file_identity_set_stat (identity, &status);
  bytes = g_malloc ((gsize) status.st_size + 1);
  got = paddock_file_bytes_read (fd, bytes, (gsize) status.st_size, 0);
  if (got < 0)
    return paddock_library_error_set_errno (error, errno, "cannot read", path);
  bytes[got] = '\0';
  *length = (gsize) got;
  *text = g_steal_pointer (&bytes);
  return TRUE;
}

static PaddockModelRecord *
read_record (const char *path, const char *id, PaddockFileIdentity *identity, GError **error)
{
  g_autoptr (JsonParser) parser = paddock_strict_parser_new ();
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!read_file (path, &text, &length, identity, error))
    return NULL;
  if (!json_parser_load_from_data (parser, text, (gssize) length, &problem))
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID, "%s: %s", path, problem->message);
      return NULL;
    }
  return paddock_record_json_read (id, json_parser_get_root (parser), error);
}

/**
 * paddock_record_store_read:
 * @self: a store of records
 * @id: whose
 * @error: return location for %PADDOCK_LIBRARY_ERROR
 *
 * Returns: (transfer full) (nullable): the record as it is on disk
 */
PaddockModelRecord *
paddock_record_store_read (PaddockRecordStore *self, const char *id, GError **error)
{
  g_autofree char *path = make_path (self, id, error);
  PaddockFileIdentity identity;

  return path != NULL ? read_record (path, id, &identity, error) : NULL;
}

static gboolean
write_record (const char *path, const PaddockModelRecord *record, gboolean durable, GError **error)
{
  g_autoptr (JsonNode) node = paddock_record_json_write (record);
  g_autofree char *text = json_to_string (node, TRUE);
  g_autoptr (GError) problem = NULL;
  GFileSetContentsFlags flags = G_FILE_SET_CONTENTS_CONSISTENT | (durable ? G_FILE_SET_CONTENTS_DURABLE : 0);

  if (g_file_set_contents_full (path, text, -1, flags, 0600, &problem))
    return TRUE;
  g_set_error (error, PADDOCK_LIBRARY_ERROR,
               g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOSPC)    ? PADDOCK_LIBRARY_ERROR_NO_SPACE
               : g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_ACCES) ? PADDOCK_LIBRARY_ERROR_PERMISSION
               : g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_ROFS)  ? PADDOCK_LIBRARY_ERROR_READ_ONLY
                                                                             : PADDOCK_LIBRARY_ERROR_FAILED,
               "%s", problem->message);
  return FALSE;
}

/* A person may have edited it by hand: what cannot be understood is theirs to mend. */
static gboolean
set_aside (const char *path, GPtrArray *problems)
{
  g_autofree char *base = g_strdup_printf ("%s" BROKEN, path);
  g_autofree char *name = g_strdup (base);

  for (guint i = 2; g_file_test (name, G_FILE_TEST_EXISTS); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u", base, i);
    }
  if (g_rename (path, name) < 0)
    return FALSE;
  if (problems != NULL)
    g_ptr_array_add (problems, g_strdup (name));
  return TRUE;
}

static PaddockModelRecord *
read_or_begin (const char *path, const char *id, GError **error)
{
  g_autoptr (GError) problem = NULL;
  PaddockFileIdentity identity;
  PaddockModelRecord *record = read_record (path, id, &identity, &problem);

  if (record != NULL)
    return record;
  if (g_error_matches (problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND) ||
      (g_error_matches (problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID) && set_aside (path, NULL)))
    return paddock_model_record_new (id);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

static PaddockModelRecord *
change_locked (const char *path, const char *id, gboolean durable, PaddockRecordChange change, gpointer user_data,
               GError **error)
{
  g_autoptr (PaddockModelRecord) record = read_or_begin (path, id, error);

  if (record == NULL)
    return NULL;
  if (record->version > PADDOCK_MODEL_RECORD_VERSION)
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NEWER,
                   "%s was written by a newer version of Paddock, and is left as it is", path);
      return NULL;
    }
  if (change (record, user_data) && !write_record (path, record, durable, error))
    return NULL;
  return g_steal_pointer (&record);
}

/**
 * paddock_record_store_change:
 * @self: a store of records
 * @id: whose
 * @durable: whether it has to be on the disk when this returns
 * @change: (scope call): what is to be done with it
 * @user_data: for @change
 * @error: return location for %PADDOCK_LIBRARY_ERROR
 *
 * Returns: (transfer full) (nullable): the record as it is now
 */
PaddockModelRecord *
paddock_record_store_change (PaddockRecordStore *self, const char *id, gboolean durable, PaddockRecordChange change,
                             gpointer user_data, GError **error)
{
  g_autofree char *path = make_path (self, id, error);
  g_autofd int lock = path != NULL ? lock_folder (self, error) : -1;

  return lock >= 0 ? change_locked (path, id, durable, change, user_data, error) : NULL;
}

/**
 * paddock_record_store_remove:
 * @self: a store of records
 * @id: whose
 * @error: return location for %PADDOCK_LIBRARY_ERROR
 *
 * Returns: whether there is none any more
 */
gboolean
paddock_record_store_remove (PaddockRecordStore *self, const char *id, GError **error)
{
  g_autofree char *path = make_path (self, id, error);
  g_autofd int lock = path != NULL ? lock_folder (self, error) : -1;

  if (lock < 0)
    return FALSE;
  if (g_unlink (path) < 0 && errno != ENOENT)
    return paddock_library_error_set_errno (error, errno, "cannot remove", path);
  return TRUE;
}

/* id -> PaddockRecordRead */
static GHashTable *
load_cache (PaddockRecordStore *self)
{
  GHashTable *cached = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) paddock_record_read_free);
  g_autoptr (GPtrArray) all = self->cache != NULL ? paddock_record_cache_read (self->cache) : NULL;

  for (guint i = all != NULL ? all->len : 0; i > 0; i--)
    {
      PaddockRecordRead *one = g_ptr_array_steal_index_fast (all, i - 1);

      if (is_id (one->record->id))
        g_hash_table_replace (cached, one->record->id, one);
      else
        paddock_record_read_free (one);
    }
  return cached;
}

static gboolean
is_current (const PaddockRecordRead *cached, const PaddockFileIdentity *identity)
{
  return cached != NULL && cached->identity.inode == identity->inode && cached->identity.size == identity->size &&
         cached->identity.modified == identity->modified;
}

static PaddockRecordRead *
load_one (PaddockRecordStore *self, const char *name, GHashTable *cache, gboolean *is_new, GPtrArray *problems)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *id = g_strndup (name, strlen (name) - strlen (SUFFIX));
  g_autoptr (GError) error = NULL;
  PaddockRecordRead *known = g_hash_table_lookup (cache, id);
  PaddockRecordRead *one = paddock_record_read_new ();
  struct stat status;

  if (lstat (path, &status) == 0)
    paddock_file_identity_set_stat (&one->identity, &status);
  if (is_current (known, &one->identity))
    {
      one->record = paddock_model_record_ref (known->record);
      return one;
    }
  *is_new = TRUE;
  one->record = read_record (path, id, &one->identity, &error);
  if (one->record != NULL)
    return one;
  if (g_error_matches (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_INVALID))
    set_aside (path, problems);
  else if (!g_error_matches (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NOT_FOUND) && problems != NULL)
    g_ptr_array_add (problems, g_strdup (path));
  paddock_record_read_free (one);
  return NULL;
}

/* Whether a program that was killed left it: "ID.json" and six letters. */
static gboolean
is_temporary (const char *name)
{
  const char *dot = strstr (name, SUFFIX ".");

  return dot != NULL && strlen (dot) == strlen (SUFFIX ".") + TEMPORARY_LETTERS &&
         !g_str_equal (dot + strlen (SUFFIX), BROKEN);
}

static GPtrArray *
list_names (PaddockRecordStore *self, GPtrArray *temporary, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GDir) directory = g_dir_open (self->folder, 0, &problem);
  const char *name;

  if (directory == NULL && !g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_PERMISSION, "%s", problem->message);
      return NULL;
    }
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    if (is_temporary (name))
      g_ptr_array_add (temporary, g_build_filename (self->folder, name, NULL));
    else if (g_str_has_suffix (name, SUFFIX))
      {
        g_autofree char *id = g_strndup (name, strlen (name) - strlen (SUFFIX));

        if (is_id (id))
          g_ptr_array_add (names, g_strdup (name));
      }
  return g_steal_pointer (&names);
}

/* Under the lock, nobody is writing them. */
static void
sweep (PaddockRecordStore *self, GPtrArray *temporary)
{
  g_autofd int lock = temporary->len > 0 ? lock_folder (self, NULL) : -1;

  for (guint i = 0; lock >= 0 && i < temporary->len; i++)
    g_unlink (g_ptr_array_index (temporary, i));
}

/**
 * paddock_record_store_load:
 * @self: a store of records
 * @problems: (nullable) (element-type filename): takes the names of what cannot be understood
 * @cancellable: (nullable): a cancellable
 * @error: return location for %PADDOCK_LIBRARY_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer container) (nullable) (element-type PaddockModelRecord): all of them
 */
GPtrArray *
paddock_record_store_load (PaddockRecordStore *self, GPtrArray *problems, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) temporary = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) names = list_names (self, temporary, error);
  g_autoptr (GPtrArray) loaded = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_record_read_free);
  g_autoptr (GHashTable) cache = NULL;
  GPtrArray *records;
  gboolean is_new = FALSE;

  if (names == NULL)
    return NULL;
  cache = load_cache (self);
  for (guint i = 0; i < names->len; i++)
    {
      PaddockRecordRead *one;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      one = load_one (self, g_ptr_array_index (names, i), cache, &is_new, problems);
      if (one != NULL)
        g_ptr_array_add (loaded, one);
    }
  sweep (self, temporary);
  if (self->cache != NULL && (is_new || loaded->len != g_hash_table_size (cache)))
    paddock_record_cache_write (self->cache, loaded);
  records = g_ptr_array_new_full (loaded->len, (GDestroyNotify) paddock_model_record_unref);
  for (guint i = 0; i < loaded->len; i++)
    g_ptr_array_add (records, paddock_model_record_ref (((PaddockRecordRead *) g_ptr_array_index (loaded, i))->record));
  return records;
}

/**
 * paddock_record_store_recall:
 * @self: a store of records
 *
 * Returns: (transfer container) (element-type PaddockModelRecord): the records as they were when they were loaded last,
 * without a look at the folder; none where nobody remembers
 */
GPtrArray *
paddock_record_store_recall (PaddockRecordStore *self)
{
  g_autoptr (GPtrArray) all = self->cache != NULL ? paddock_record_cache_read (self->cache) : g_ptr_array_new ();
  GPtrArray *records = g_ptr_array_new_full (all->len, (GDestroyNotify) paddock_model_record_unref);

  for (guint i = 0; i < all->len; i++)
    {
      PaddockModelRecord *record = ((PaddockRecordRead *) g_ptr_array_index (all, i))->record;

      if (is_id (record->id))
        g_ptr_array_add (records, paddock_model_record_ref (record));
    }
  return records;
}
