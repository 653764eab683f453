/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/system-memory.h"

#include "directory.h"

#define MEMINFO "MemTotal:       16000 kB\nMemFree:         1000 kB\nMemAvailable:    9000 kB\nBuffers: 7 kB\n"
#define KIB (G_GUINT64_CONSTANT (1024))

typedef struct
{
  const char *path;
  const char *text;
} FileText;

/* A machine is a tree of files. */
static gboolean
read_machine (const FileText *files, PaddockSystemMemory *memory)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();

  for (; files->path != NULL; files++)
    {
      g_autofree char *folder = g_path_get_dirname (files->path);
      g_autofree char *made = test_directory_make_folder (directory, folder);
      g_autofree char *path = test_directory_write (directory, files->path, files->text);

      g_assert_nonnull (made);
      g_assert_nonnull (path);
    }
  return paddock_system_memory_read (memory, test_directory_get_path (directory));
}

static void
test_plain (void)
{
  PaddockSystemMemory memory;

  g_assert_true (read_machine ((FileText[]) { { "proc/meminfo", MEMINFO }, { 0 } }, &memory));
  g_assert_cmpuint (memory.total, ==, 16000 * KIB);
  g_assert_cmpuint (memory.available, ==, 9000 * KIB);
  g_assert_false (memory.limited);
}

static void
test_unified_group (void)
{
  PaddockSystemMemory memory;
  const FileText machine[] = {
    { "proc/meminfo", MEMINFO },
    { "proc/self/cgroup", "0::/outer/inner\n" },
    { "sys/fs/cgroup/outer/memory.max", "8192000\n" },
    { "sys/fs/cgroup/outer/memory.current", "5000000\n" },
    { "sys/fs/cgroup/outer/memory.stat", "anon 2000000\nactive_file 1000000\ninactive_file 2000000\n" },
    { "sys/fs/cgroup/outer/inner/memory.max", "max\n" },
    { 0 },
  };

  g_assert_true (read_machine (machine, &memory));
  g_assert_true (memory.limited);
  g_assert_cmpuint (memory.total, ==, 8192000);
  /* What is kept of files in memory gives way. */
  g_assert_cmpuint (memory.available, ==, 8192000 - 2000000);
}

static void
test_separate_group (void)
{
  PaddockSystemMemory memory;
  const FileText machine[] = {
    { "proc/meminfo", MEMINFO },
    { "proc/self/cgroup", "7:blkio:/\n4:memory:/not/here\n" },
    { "sys/fs/cgroup/memory/memory.limit_in_bytes", "4096000\n" },
    { "sys/fs/cgroup/memory/memory.usage_in_bytes", "9096000\n" },
    { "sys/fs/cgroup/memory/memory.stat", "total_inactive_file 1000\n" },
    { 0 },
  };

  g_assert_true (read_machine (machine, &memory));
  g_assert_true (memory.limited);
  g_assert_cmpuint (memory.total, ==, 4096000);
  g_assert_cmpuint (memory.available, ==, 0);
}

static void
test_wide_group (void)
{
  PaddockSystemMemory memory;
  const FileText machine[] = {
    { "proc/meminfo", MEMINFO },
    { "proc/self/cgroup", "4:memory:/../../etc\n0::/\n:::\n" },
    { "sys/fs/cgroup/memory.max", "9223372036854771712\n" },
    { 0 },
  };

  g_assert_true (read_machine (machine, &memory));
  g_assert_false (memory.limited);
  g_assert_cmpuint (memory.available, ==, 9000 * KIB);
}

static void
test_nothing (void)
{
  static const char * const texts[] = {
    "",
    "MemTotal: 5 kB\n",
    "MemTotal: x kB\nMemAvailable: 1 kB\n",
    "MemTotal: 18446744073709551615 kB\nMemAvailable: 1 kB\n",
    "XMemTotal: 5 kB\nMemAvailable: 1 kB\n",
  };
  PaddockSystemMemory memory;

  g_assert_false (read_machine ((FileText[]) { { 0 } }, &memory));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (read_machine ((FileText[]) { { "proc/meminfo", texts[i] }, { 0 } }, &memory));
}

static void
test_this_machine (void)
{
  PaddockSystemMemory memory;

  g_assert_true (paddock_system_memory_read (&memory, "/"));
  g_assert_cmpuint (memory.total, >, 0);
  g_assert_cmpuint (memory.available, <=, memory.total);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/system-memory/plain", test_plain);
  g_test_add_func ("/system-memory/unified-group", test_unified_group);
  g_test_add_func ("/system-memory/separate-group", test_separate_group);
  g_test_add_func ("/system-memory/wide-group", test_wide_group);
  g_test_add_func ("/system-memory/nothing", test_nothing);
  g_test_add_func ("/system-memory/this-machine", test_this_machine);
  return g_test_run ();
}
