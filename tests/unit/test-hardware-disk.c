/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-probe.h"
#include "hardware/mount-table.h"

#include "machine-tree.h"

typedef struct
{
  const char *machine;
  const char *path;
  const char *mount;
  const char *filesystem;
  const char *device;
  PaddockAnswer reflink;
  PaddockAnswer rotational;
} Expected;

#define NO PADDOCK_ANSWER_NO
#define YES PADDOCK_ANSWER_YES
#define UNKNOWN PADDOCK_ANSWER_UNKNOWN

static const Expected disks[] = {
  /* An encrypted file system over several disks, whose number says nothing. */
  { "amd-apu", "/home/ada/models", "/home", "btrfs", "/dev/mapper/luks-5d1c2f0e", YES, NO },
  { "amd-discrete", "/home", "/home", "xfs", "/dev/sda1", UNKNOWN, YES },
  { "amd-discrete", "/homework", "/", "ext4", "/dev/nvme0n1p2", NO, NO },
  /* A volume in a group in an encrypted partition. */
  { "hybrid-laptop", "/home", "/home", "ext4", "/dev/mapper/vg-home", NO, NO },
  /* A stripe over a fast disk and a slow one. */
  { "two-nvidia", "/home", "/home", "xfs", "/dev/md0", UNKNOWN, YES },
  { "dual-socket", "/home", "/home", "nfs4", NULL, UNKNOWN, UNKNOWN },
  { "dual-socket", "/srv", "/", "xfs", "/dev/mapper/rhel-root", UNKNOWN, YES },
  { "container-v2", "/home/models/a", "/home/models", "ext4", "/dev/nvme0n1p2", NO, UNKNOWN },
  { "flatpak", "/home/ada", "/home/ada", "btrfs", "/dev/mapper/luks-1", YES, UNKNOWN },
  { "virtual", "/", "/", "ext4", "/dev/vda1", NO, UNKNOWN },
};

static void
test_machines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (disks); i++)
    {
      const Expected *expected = &disks[i];
      g_autoptr (TestDirectory) directory = test_directory_new ();
      g_autofree char *root = test_machine_tree_unpack (directory, expected->machine);
      g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
      g_autoptr (PaddockHardwareDisk) disk = paddock_hardware_probe_disk_at (root, expected->path, draft);
      g_autoptr (PaddockHardwareDisk) copy = paddock_hardware_disk_copy (disk);

      g_test_message ("%s %s", expected->machine, expected->path);
      g_assert_cmpstr (disk->mount, ==, expected->mount);
      g_assert_cmpstr (disk->filesystem, ==, expected->filesystem);
      g_assert_cmpstr (disk->device, ==, expected->device);
      g_assert_cmpint (disk->reflink, ==, expected->reflink);
      g_assert_cmpint (disk->rotational, ==, expected->rotational);
      g_assert_cmpint (disk->rotational_source != NULL, ==, expected->rotational != UNKNOWN);
      g_assert_false (disk->free.known);
      g_assert_cmpstr (copy->rotational_source, ==, disk->rotational_source);
      g_assert_cmpint (copy->reflink, ==, disk->reflink);
    }
}

static void
test_read_only (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *root = test_machine_tree_unpack (directory, "container-v2");
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  g_autoptr (PaddockHardwareDisk) models = paddock_hardware_probe_disk_at (root, "/home/models", draft);
  g_autoptr (PaddockHardwareDisk) rest = paddock_hardware_probe_disk_at (root, "/home", draft);

  g_assert_true (models->read_only);
  g_assert_false (rest->read_only);
}

static void
test_mount_table (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) mounts = NULL;
  const PaddockMount *mount;

  test_machine_tree_write (test_directory_get_path (directory),
                           "/proc/self/mountinfo:\n"
                           "  1 0 8:1 / / rw - ext4 /dev/sda1 rw\n"
                           "  2 1 8:2 / /with\\\\040blank rw shared:1 master:2 - xfs /dev/sda2 rw\n"
                           "  3 1 8:3 / /a rw - ext4 /dev/sda3 rw\n"
                           "  4 1 8:4 / /a ro,noatime - vfat /dev/sda4 ro\n"
                           "  5 1 8:5 / relative rw - vfat /dev/sda5 rw\n"
                           "  6 1 8:6 / /short rw -\n"
                           "  nothing\n",
                           &error);
  g_assert_no_error (error);
  mounts = paddock_mount_table_read (test_directory_get_path (directory));
  g_assert_cmpuint (mounts->len, ==, 4);
  mount = paddock_mount_table_find (mounts, "/with blank/file");
  g_assert_cmpstr (mount->number, ==, "8:2");
  /* The later one hides the earlier one. */
  mount = paddock_mount_table_find (mounts, "/a/b");
  g_assert_cmpstr (mount->filesystem, ==, "vfat");
  g_assert_true (mount->read_only);
  mount = paddock_mount_table_find (mounts, "/ab");
  g_assert_cmpstr (mount->device, ==, "/dev/sda1");
  g_assert_null (paddock_mount_table_find (mounts, "relative"));
}

static void
test_this_machine (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  g_autoptr (PaddockHardwareDisk) disk = paddock_hardware_probe_disk_at ("/", test_directory_get_path (directory), draft);
  g_autoptr (PaddockHardwareDisk) nowhere = paddock_hardware_probe_disk_at ("/", "/nowhere/at/all", draft);
  g_autoptr (GDir) folder = g_dir_open (test_directory_get_path (directory), 0, NULL);

  g_assert_true (disk->total.known);
  g_assert_cmpuint (disk->free.value, <=, disk->total.value);
  g_assert_cmpstr (disk->free.source, ==, "statvfs");
  g_assert_false (nowhere->free.known);
  g_assert_cmpuint (draft->notes->len, ==, 1);
  /* Looking leaves nothing behind. */
  g_assert_null (g_dir_read_name (folder));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hardware-disk/machines", test_machines);
  g_test_add_func ("/hardware-disk/read-only", test_read_only);
  g_test_add_func ("/hardware-disk/mount-table", test_mount_table);
  g_test_add_func ("/hardware-disk/this-machine", test_this_machine);
  return g_test_run ();
}
