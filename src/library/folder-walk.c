/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder-walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "library-error.h"

#define NAMES_BETWEEN_POLLS 64

/* A directory that is still to be looked into. */
typedef struct
{
  char *path;
  gsize name;                        /* where in path its name begins; 0: the root */
  guint64 device;                    /* of the directory it is in */
  gboolean is_link;                  /* to be followed, as the root is whatever it is */
} Pending;

typedef struct
{
  /* Borrowed */
  const PaddockFolderWalk *rules;
  GCancellable *cancellable;

  /* Owned */
  GHashTable *entered;               /* PaddockFileIdentity of directories */
  GPtrArray *pending;                /* Pending: a stack */
  GPtrArray *links;                  /* Pending: for when the stack is empty */
  gboolean enough;
} Walk;

static Pending *
pending_new (char *path, gsize name, guint64 device, gboolean is_link)
{
  Pending *self = g_new (Pending, 1);

  self->path = path;
  self->name = name;
  self->device = device;
  self->is_link = is_link;
  return self;
}

static void
pending_free (Pending *self)
{
  g_free (self->path);
  g_free (self);
}

/* Step by step where the path is longer than the system takes at once. */
static int
open_directory (const char *path, gboolean follow)
{
  const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK | (follow ? 0 : O_NOFOLLOW);
  int base = AT_FDCWD;
  int fd;

  while (strlen (path) >= PATH_MAX)
    {
      const char *cut = g_strrstr_len (path, PATH_MAX - 1, "/");
      g_autofree char *piece = NULL;

      if (cut == NULL || cut == path)
        break;                       /* a name that no file system has: the system says so */
      piece = g_strndup (path, (gsize) (cut - path));
      fd = openat (base, piece, O_PATH | O_DIRECTORY | O_CLOEXEC);
      if (base != AT_FDCWD)
        close (base);
      if (fd < 0)
        return -1;
      base = fd;
      path = cut + 1;
    }
  fd = openat (base, path, flags);
  if (base != AT_FDCWD)
    {
      int number = errno;

      close (base);
      errno = number;
    }
  return fd;
}

/* What the system tells of itself in the form of files: endless, and none of it is anybody's. */
static gboolean
is_no_storage (int fd)
{
  struct statfs status;

  if (fstatfs (fd, &status) != 0)
    return FALSE;
  switch ((guint64) status.f_type)
    {
    case PROC_SUPER_MAGIC:
    case SYSFS_MAGIC:
    case CGROUP_SUPER_MAGIC:
    case CGROUP2_SUPER_MAGIC:
    case DEBUGFS_MAGIC:
    case TRACEFS_MAGIC:
    case SECURITYFS_MAGIC:
    case BPF_FS_MAGIC:
    case DEVPTS_SUPER_MAGIC:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
wants_folder (Walk *walk, const char *path, const char *name)
{
  if (walk->rules->wants_folder != NULL)
    return walk->rules->wants_folder (path, name, walk->rules->user_data);
  return name[0] != '.';
}

static void
meet_folder (Walk *walk, char *path, gsize name, guint64 device, gboolean is_link)
{
  if (wants_folder (walk, path, path + name))
    g_ptr_array_add (is_link ? walk->links : walk->pending, pending_new (path, name, device, is_link));
  else
    g_free (path);
}

static void
meet_file (Walk *walk, const char *path, gsize name, const struct stat *status, gboolean is_link)
{
  PaddockFolderWalkStep step = { .path = path, .name = path + name, .is_link = is_link };

  paddock_file_identity_set_stat (&step.identity, status);
  if (!walk->rules->visit (&step, walk->rules->user_data))
    walk->enough = TRUE;
}

/* One character of the kind, then the name: nothing is asked of the file system that it has told already. */
static void
meet_name (Walk *walk, int directory, const char *parent, guint64 device, const char *kind_and_name)
{
  char kind = kind_and_name[0];
  const char *name = kind_and_name + 1;
  gsize length = strlen (parent);
  gsize begin = length > 0 && parent[length - 1] == '/' ? length : length + 1;
  g_autofree char *path = g_strconcat (parent, begin > length ? "/" : "", name, NULL);
  struct stat status;
  gboolean is_link = kind == DT_LNK;

  if (kind == DT_DIR)
    {
      meet_folder (walk, g_steal_pointer (&path), begin, device, FALSE);
      return;
    }
  if (kind == DT_UNKNOWN && fstatat (directory, name, &status, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) == 0)
    is_link = S_ISLNK (status.st_mode);
  if (fstatat (directory, name, &status, AT_NO_AUTOMOUNT) != 0)
    return;
  if (S_ISDIR (status.st_mode))
    meet_folder (walk, g_steal_pointer (&path), begin, device, is_link);
  else if (S_ISREG (status.st_mode) &&
           (walk->rules->wants_file == NULL || walk->rules->wants_file (name, walk->rules->user_data)))
    meet_file (walk, path, begin, &status, is_link);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a + 1, *(const char *const *) b + 1);
}

/* What may be worth a look. Without the directory's end where it cannot be read to it. */
static GPtrArray *
read_names (Walk *walk, DIR *directory)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const struct dirent *entry;
  guint n_read = 0;

  while ((entry = readdir (directory)) != NULL)
    {
      const char *name = entry->d_name;
      gsize length = strlen (name);
      char *kept;

      if (++n_read % NAMES_BETWEEN_POLLS == 0 && g_cancellable_is_cancelled (walk->cancellable))
        break;
      if (g_str_equal (name, ".") || g_str_equal (name, "..") ||
          (entry->d_type != DT_DIR && entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN &&
           (entry->d_type != DT_REG ||
            (walk->rules->wants_file != NULL && !walk->rules->wants_file (name, walk->rules->user_data)))))
        continue;
      kept = g_malloc (length + 2);
      kept[0] = (char) entry->d_type;
      memcpy (kept + 1, name, length + 1);
      g_ptr_array_add (names, kept);
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* FALSE: it was looked into before, or the caller has enough. */
static gboolean
tell_directory (Walk *walk, const Pending *pending, int fd, guint64 *device)
{
  PaddockFolderWalkStep step = {
    .path = pending->path,
    .name = pending->path + pending->name,
    .is_directory = TRUE,
    .is_link = pending->is_link && pending->name > 0,
  };
  PaddockFileIdentity *place;
  struct stat status;

  if (fstat (fd, &status) != 0 || (status.st_dev != pending->device && is_no_storage (fd)))
    return FALSE;
  place = g_new0 (PaddockFileIdentity, 1);
  place->device = *device = status.st_dev;
  place->inode = status.st_ino;
  if (!g_hash_table_add (walk->entered, place))
    return FALSE;
  paddock_file_identity_set_stat (&step.identity, &status);
  walk->enough = !walk->rules->visit (&step, walk->rules->user_data);
  return !walk->enough;
}

static void
reverse (GPtrArray *array, guint from)
{
  for (guint to = array->len; from + 1 < to; from++, to--)
    {
      gpointer swapped = array->pdata[from];

      array->pdata[from] = array->pdata[to - 1];
      array->pdata[to - 1] = swapped;
    }
}

/* FALSE with errno: it could not be opened. */
static gboolean
enter (Walk *walk, const Pending *pending)
{
  int fd = open_directory (pending->path, pending->is_link);
  DIR *directory = fd >= 0 ? fdopendir (fd) : NULL;
  guint first = walk->pending->len;
  guint64 device = 0;

  if (directory == NULL)
    {
      int number = errno;

      if (fd >= 0)
        close (fd);
      errno = number;
      return FALSE;
    }
  if (tell_directory (walk, pending, fd, &device))
    {
      g_autoptr (GPtrArray) names = read_names (walk, directory);

      for (guint i = 0; i < names->len && !walk->enough; i++)
        {
          if (i % NAMES_BETWEEN_POLLS == 0 && g_cancellable_is_cancelled (walk->cancellable))
            break;
          meet_name (walk, fd, pending->path, device, g_ptr_array_index (names, i));
        }
      reverse (walk->pending, first);
    }
  closedir (directory);
  return TRUE;
}

/* A folder that only seems empty because nothing more could be opened must not pass for one without models. */
static gboolean
is_out_of_room (int number)
{
  return number == EMFILE || number == ENFILE || number == ENOMEM;
}

static gboolean
walk_all (Walk *walk, GError **error)
{
  guint n_entered = 0;

  while (!walk->enough && walk->pending->len + walk->links->len > 0)
    {
      GPtrArray *next = walk->pending->len > 0 ? walk->pending : walk->links;
      /* Links in the order they were met, so that what they lead to is always found by the same one. */
      Pending *pending = g_ptr_array_steal_index (next, next == walk->links ? 0 : next->len - 1);
      gboolean opened = enter (walk, pending);
      gboolean fatal = !opened && (n_entered == 0 || is_out_of_room (errno));

      if (fatal)
        paddock_library_error_set_errno (error, errno, "cannot read", pending->path);
      n_entered++;
      pending_free (pending);
      if (fatal || g_cancellable_set_error_if_cancelled (walk->cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * paddock_folder_walk_run:
 * @self: what to look for
 * @root: (type filename): a directory
 * @cancellable: (nullable): to stop it
 * @error: return location for an error
 *
 * Looks through a directory and all below it.
 *
 * Returns: whether the root could be read and it was not cancelled
 */
gboolean
paddock_folder_walk_run (const PaddockFolderWalk *self, const char *root, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) entered =
    g_hash_table_new_full (paddock_file_identity_hash, paddock_file_identity_equal, g_free, NULL);
  g_autoptr (GPtrArray) pending = g_ptr_array_new_with_free_func ((GDestroyNotify) pending_free);
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) pending_free);
  Walk walk = { .rules = self, .cancellable = cancellable, .entered = entered, .pending = pending, .links = links };

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  g_ptr_array_add (pending, pending_new (g_strdup (root), 0, 0, TRUE));
  return walk_all (&walk, error);
}
