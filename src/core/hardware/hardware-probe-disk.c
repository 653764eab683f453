/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-probe.h"

#include "hardware/hardware-file.h"
#include "hardware/mount-table.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define MOUNTS "/proc/self/mountinfo"
#define BLOCKS "/sys/class/block/"
#define MAX_DEPTH 8                  /* of disks that are made of disks */
#define MAX_SLAVES 64
#define CLONE_BYTES 65536            /* at least one block, whatever its size */

typedef struct
{
  const char *filesystem;
  PaddockAnswer reflink;
} FilesystemRow;

/* What is not here depends on how it was made, or on what lies below. */
static const FilesystemRow filesystems[] = {
  { "btrfs", PADDOCK_ANSWER_YES },  { "bcachefs", PADDOCK_ANSWER_YES }, { "ext2", PADDOCK_ANSWER_NO },
  { "ext3", PADDOCK_ANSWER_NO },    { "ext4", PADDOCK_ANSWER_NO },      { "exfat", PADDOCK_ANSWER_NO },
  { "f2fs", PADDOCK_ANSWER_NO },    { "iso9660", PADDOCK_ANSWER_NO },   { "jfs", PADDOCK_ANSWER_NO },
  { "ntfs3", PADDOCK_ANSWER_NO },   { "ramfs", PADDOCK_ANSWER_NO },     { "squashfs", PADDOCK_ANSWER_NO },
  { "tmpfs", PADDOCK_ANSWER_NO },   { "vfat", PADDOCK_ANSWER_NO },
};

/* Local ones of which only trying tells. */
static const char *const trial_filesystems[] = { "xfs", "overlay", "zfs", NULL };

static int
open_unnamed (const char *directory)
{
  return open (directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

/* With two files that never have a name, so that nothing is left behind. */
static PaddockAnswer
try_reflink (const char *directory)
{
  static const char zeros[CLONE_BYTES];
  PaddockAnswer answer = PADDOCK_ANSWER_UNKNOWN;
  int from = open_unnamed (directory);
  int to = from >= 0 ? open_unnamed (directory) : -1;

  if (to >= 0 && write (from, zeros, sizeof zeros) == (gssize) sizeof zeros)
    {
      if (ioctl (to, FICLONE, from) == 0)
        answer = PADDOCK_ANSWER_YES;
      else if (errno == EOPNOTSUPP || errno == ENOTTY || errno == EINVAL)
        answer = PADDOCK_ANSWER_NO;
    }
  if (to >= 0)
    close (to);
  if (from >= 0)
    close (from);
  return answer;
}

static void
find_reflink (const char *root, PaddockHardwareDisk *disk)
{
  for (gsize i = 0; i < G_N_ELEMENTS (filesystems); i++)
    if (g_str_equal (filesystems[i].filesystem, disk->filesystem))
      {
        disk->reflink = filesystems[i].reflink;
        disk->reflink_source = g_strdup_printf (MOUNTS " (%s)", disk->filesystem);
        return;
      }
  if (!paddock_hardware_root_is_live (root) || disk->read_only || !g_strv_contains (trial_filesystems, disk->filesystem))
    return;
  disk->reflink = try_reflink (disk->path);
  if (disk->reflink != PADDOCK_ANSWER_UNKNOWN)
    disk->reflink_source = g_strdup ("FICLONE");
}

/* The directory of a disk with such a name in the device mapper. */
static char *
find_mapped (const char *root, const char *name)
{
  g_auto (GStrv) disks = paddock_hardware_file_list (root, BLOCKS, "dm-");

  for (char **disk = disks; *disk != NULL; disk++)
    {
      g_autofree char *path = g_strconcat (BLOCKS, *disk, "/dm/name", NULL);
      g_autofree char *found = paddock_hardware_file_read_line (root, path);

      if (g_strcmp0 (found, name) == 0)
        return g_strconcat (BLOCKS, *disk, NULL);
    }
  return NULL;
}

/* Where /sys tells about the disk below a mount; NULL: there is none, or several. */
static char *
find_block (const char *root, const PaddockMount *mount)
{
  g_autofree char *by_number = g_strconcat ("/sys/dev/block/", mount->number, NULL);
  g_autofree char *name = g_path_get_basename (mount->device);
  g_autofree char *by_name = g_strconcat (BLOCKS, name, NULL);

  if (strchr (mount->number, '/') == NULL && !g_str_has_prefix (mount->number, "0:") &&
      paddock_hardware_file_exists (root, by_number))
    return g_steal_pointer (&by_number);
  if (!g_str_has_prefix (mount->device, "/dev/"))
    return NULL;
  if (paddock_hardware_file_exists (root, by_name))
    return g_steal_pointer (&by_name);
  return find_mapped (root, name);
}

static PaddockAnswer
read_rotational (const char *root, const char *block, guint depth, char **source);

/* One slow disk among several makes all of it slow. */
static PaddockAnswer
read_slaves (const char *root, const char *block, guint depth, char **source)
{
  g_autofree char *folder = g_build_filename (block, "slaves", NULL);
  g_auto (GStrv) slaves = paddock_hardware_file_list (root, folder, "");
  PaddockAnswer answer = PADDOCK_ANSWER_UNKNOWN;

  for (guint i = 0; slaves[i] != NULL && i < MAX_SLAVES && depth < MAX_DEPTH; i++)
    {
      g_autofree char *below = g_build_filename (folder, slaves[i], NULL);
      g_autofree char *says = NULL;
      PaddockAnswer found = read_rotational (root, below, depth + 1, &says);

      if (found > answer)
        {
          answer = found;
          g_set_str (source, says);
        }
    }
  return answer;
}

static PaddockAnswer
read_rotational (const char *root, const char *block, guint depth, char **source)
{
  g_autofree char *partition = g_build_filename (block, "partition", NULL);
  gboolean is_partition = paddock_hardware_file_exists (root, partition);
  g_autofree char *path = g_build_filename (block, is_partition ? "../queue" : "queue", "rotational", NULL);
  g_autofree char *text = NULL;
  PaddockAnswer answer = read_slaves (root, block, depth, source);

  if (answer != PADDOCK_ANSWER_UNKNOWN)
    return answer;
  text = paddock_hardware_file_read_line (root, path);
  if (g_strcmp0 (text, "0") != 0 && g_strcmp0 (text, "1") != 0)
    return PADDOCK_ANSWER_UNKNOWN;
  *source = g_steal_pointer (&path);
  return *text == '1' ? PADDOCK_ANSWER_YES : PADDOCK_ANSWER_NO;
}

/* Virtual disks say that they turn, whatever their host keeps them on. */
static gboolean
is_virtual (const PaddockMount *mount)
{
  return g_str_has_prefix (mount->device, "/dev/vd") || g_str_has_prefix (mount->device, "/dev/xvd");
}

static void
find_rotational (const char *root, const PaddockMount *mount, PaddockHardwareDisk *disk)
{
  g_autofree char *block = find_block (root, mount);

  if (block != NULL && !is_virtual (mount))
    disk->rotational = read_rotational (root, block, 0, &disk->rotational_source);
}

static void
read_space (PaddockHardwareDisk *disk, PaddockHardwareDraft *draft)
{
  struct statvfs status;
  guint64 total, left;

  if (statvfs (disk->path, &status) != 0)
    {
      paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_UNREADABLE, disk->path, NULL);
      return;
    }
  if (__builtin_mul_overflow ((guint64) status.f_blocks, (guint64) status.f_frsize, &total) ||
      __builtin_mul_overflow ((guint64) status.f_bavail, (guint64) status.f_frsize, &left))
    return;
  paddock_hardware_number_set (&disk->total, total, "statvfs");
  paddock_hardware_number_set (&disk->free, left, "statvfs");
}

static PaddockHardwareDisk *
read_disk (const char *root, GPtrArray *mounts, const char *path, PaddockHardwareDraft *draft)
{
  g_autofree char *real = paddock_hardware_root_is_live (root) ? realpath (path, NULL) : NULL;
  const PaddockMount *mount = paddock_mount_table_find (mounts, real != NULL ? real : path);
  PaddockHardwareDisk *disk = paddock_hardware_disk_new (path);

  if (mount != NULL)
    {
      disk->mount = g_strdup (mount->point);
      disk->filesystem = g_strdup (mount->filesystem);
      disk->device = g_str_has_prefix (mount->device, "/dev/") ? g_strdup (mount->device) : NULL;
      disk->mount_source = g_strdup (MOUNTS);
      disk->read_only = mount->read_only;
      find_reflink (root, disk);
      find_rotational (root, mount, disk);
    }
  if (paddock_hardware_root_is_live (root))
    read_space (disk, draft);
  return disk;
}

/**
 * paddock_hardware_probe_disk_at:
 * @root: what stands for a computer
 * @path: an absolute path on that computer
 * @draft: is told what is wrong
 *
 * Returns: (transfer full): what is known of where the path lies
 */
PaddockHardwareDisk *
paddock_hardware_probe_disk_at (const char *root, const char *path, PaddockHardwareDraft *draft)
{
  g_autoptr (GPtrArray) mounts = paddock_mount_table_read (root);

  return read_disk (root, mounts, path, draft);
}

static gboolean
is_listed (PaddockHardwareDraft *draft, const char *mount)
{
  for (guint i = 0; i < draft->disks->len; i++)
    {
      const PaddockHardwareDisk *disk = g_ptr_array_index (draft->disks, i);

      if (g_strcmp0 (disk->mount, mount) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Where models lie most often; another computer's people are unknown. */
void
paddock_hardware_probe_disk (const char *root, PaddockHardwareDraft *draft)
{
  g_autoptr (GPtrArray) mounts = paddock_mount_table_read (root);
  const char *const places[] = { paddock_hardware_root_is_live (root) ? g_get_home_dir () : "/home", "/" };

  if (mounts->len == 0)
    {
      paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_UNREADABLE, MOUNTS, NULL);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (PaddockHardwareDisk) disk = read_disk (root, mounts, places[i], draft);

      if (disk->mount != NULL && !is_listed (draft, disk->mount))
        g_ptr_array_add (draft->disks, g_steal_pointer (&disk));
    }
}
