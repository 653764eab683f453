/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "surroundings.h"

#include <linux/capability.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOUNT_POINT "/mnt"           /* every system has it, for such a thing */
#define SMALL_DISK "size=256m"

void
test_surroundings_obey_permissions (void)
{
  static const int ruling[] = { CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH };
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

  g_assert_cmpint (syscall (SYS_capget, &header, data), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (ruling); i++)
    {
      const guint32 mask = ~(1u << ruling[i]);

      /* A program that the administrator starts has all that this set allows. */
      if (geteuid () == 0 && prctl (PR_CAPBSET_READ, ruling[i]) == 1)
        g_assert_cmpint (prctl (PR_CAPBSET_DROP, ruling[i]), ==, 0);
      data[0].effective &= mask;
      data[0].permitted &= mask;
      data[0].inheritable &= mask;
    }
  g_assert_cmpint (syscall (SYS_capset, &header, data), ==, 0);
}

static guint64
get_device (const char *path)
{
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  return status.st_dev;
}

static void
write_map (const char *path, guint id)
{
  g_autofree char *text = g_strdup_printf ("%u %u 1", id, id);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

/* As administrator, or as one of a world of our own, which everybody may make. */
static void
mount_disk (const char *path)
{
  const guint user = geteuid (), group = getegid ();

  if (user != 0 || unshare (CLONE_NEWNS) != 0)
    {
      g_assert_cmpint (unshare (CLONE_NEWUSER | CLONE_NEWNS), ==, 0);
      g_assert_true (g_file_set_contents_full ("/proc/self/setgroups", "deny", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      write_map ("/proc/self/uid_map", user);
      write_map ("/proc/self/gid_map", group);
    }
  g_assert_cmpint (mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), ==, 0);
  g_assert_cmpint (mount ("tmpfs", path, "tmpfs", 0, SMALL_DISK), ==, 0);
}

TestDirectory *
test_surroundings_make_apart (TestDirectory *from)
{
  const guint64 device = get_device (test_directory_get_path (from));
  const char *places[] = { "/dev/shm", g_get_user_runtime_dir (), "/var/tmp", "/tmp", g_get_home_dir () };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    if (access (places[i], W_OK | X_OK) == 0 && get_device (places[i]) != device)
      return test_directory_new_in (places[i]);
  mount_disk (MOUNT_POINT);
  return test_directory_new_in (MOUNT_POINT);
}
