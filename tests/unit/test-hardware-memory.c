/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-probe.h"

#include "machine-tree.h"

#define MEMINFO                                                                                                \
  "/proc/meminfo:\n  MemTotal:       16000 kB\n  MemFree:         1000 kB\n  MemAvailable:    9000 kB\n  Buffers: 7 kB\n"
#define KIB (G_GUINT64_CONSTANT (1024))

static PaddockHardwareDraft *
probe (const char *text)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GError) error = NULL;
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();

  test_machine_tree_write (test_directory_get_path (directory), text, &error);
  g_assert_no_error (error);
  paddock_hardware_probe_memory (test_directory_get_path (directory), draft);
  return draft;
}

static void
check_usable (const char *text, guint64 expected_total, guint64 expected_available, gboolean expected_limited)
{
  g_autoptr (PaddockHardwareDraft) draft = probe (text);
  guint64 total, available;
  gboolean limited;

  g_assert_true (paddock_hardware_memory_get_usable (draft->memory, &total, &available, &limited));
  g_assert_cmpuint (total, ==, expected_total);
  g_assert_cmpuint (available, ==, expected_available);
  g_assert_cmpint (limited, ==, expected_limited);
}

static void
test_plain (void)
{
  g_autoptr (PaddockHardwareDraft) draft = probe (MEMINFO);

  check_usable (MEMINFO, 16000 * KIB, 9000 * KIB, FALSE);
  g_assert_cmpstr (draft->memory->total.source, ==, "/proc/meminfo MemTotal");
  g_assert_cmpstr (draft->memory->available.source, ==, "/proc/meminfo MemAvailable");
  g_assert_cmpuint (draft->notes->len, ==, 0);
}

static void
test_unified_group (void)
{
  /* What is kept of files in memory gives way. */
  check_usable (MEMINFO "/proc/self/cgroup: 0::/outer/inner\n"
                        "/sys/fs/cgroup/outer/memory.max: 8192000\n"
                        "/sys/fs/cgroup/outer/memory.current: 5000000\n"
                        "/sys/fs/cgroup/outer/memory.stat:\n"
                        "  anon 2000000\n"
                        "  active_file 1000000\n"
                        "  inactive_file 2000000\n"
                        "/sys/fs/cgroup/outer/inner/memory.max: max\n",
                8192000, 8192000 - 2000000, TRUE);
}

static void
test_separate_group (void)
{
  check_usable (MEMINFO "/proc/self/cgroup:\n"
                        "  7:blkio:/\n"
                        "  4:memory:/not/here\n"
                        "/sys/fs/cgroup/memory/memory.limit_in_bytes: 4096000\n"
                        "/sys/fs/cgroup/memory/memory.usage_in_bytes: 9096000\n"
                        "/sys/fs/cgroup/memory/memory.stat: total_inactive_file 1000\n",
                4096000, 0, TRUE);
}

/* The narrowest group sets the limit, and the fullest one what is left. */
static void
test_nested_groups (void)
{
  g_autoptr (PaddockHardwareDraft) draft = probe (MEMINFO "/proc/self/cgroup: 0::/a/b\n"
                                                          "/sys/fs/cgroup/a/memory.max: 8192000\n"
                                                          "/sys/fs/cgroup/a/memory.current: 8000000\n"
                                                          "/sys/fs/cgroup/a/b/memory.max: 4096000\n"
                                                          "/sys/fs/cgroup/a/b/memory.current: 96000\n");

  g_assert_cmpuint (draft->memory->limit.value, ==, 4096000);
  g_assert_cmpstr (draft->memory->limit.source, ==, "/sys/fs/cgroup/a/b/memory.max");
  g_assert_cmpuint (draft->memory->available.value, ==, 192000);
  g_assert_cmpstr (draft->memory->available.source, ==, "/sys/fs/cgroup/a/memory.max - memory.current");
}

static void
test_wide_group (void)
{
  check_usable (MEMINFO "/proc/self/cgroup:\n"
                        "  4:memory:/../../etc\n"
                        "  0::/\n"
                        "  :::\n"
                        "/sys/fs/cgroup/memory.max: 9223372036854771712\n",
                16000 * KIB, 9000 * KIB, FALSE);
}

static void
test_nothing (void)
{
  static const char *const texts[] = {
    "/proc/\n",
    "/proc/meminfo: MemTotal: 5 kB\n",
    "/proc/meminfo:\n  MemTotal: x kB\n  MemAvailable: 1 kB\n",
    "/proc/meminfo:\n  MemTotal: 18446744073709551615 kB\n  MemAvailable: 1 kB\n",
    "/proc/meminfo:\n  MemTotal: 0 kB\n  MemAvailable: 1 kB\n",
    "/proc/meminfo:\n  XMemTotal: 5 kB\n  MemAvailable: 1 kB\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PaddockHardwareDraft) draft = probe (texts[i]);

      g_assert_false (paddock_hardware_memory_get_usable (draft->memory, NULL, NULL, NULL));
      /* The second says what there is, but not what of it is left; that is no mistake. */
      g_assert_cmpint (draft->notes->len > 0, ==, i != 1);
    }
}

static void
test_more_than_all (void)
{
  const char *text = "/proc/meminfo:\n  MemTotal: 5 kB\n  MemAvailable: 9 kB\n";
  g_autoptr (PaddockHardwareDraft) draft = probe (text);
  const PaddockHardwareNote *note;

  check_usable (text, 5 * KIB, 5 * KIB, FALSE);
  g_assert_cmpuint (draft->notes->len, ==, 1);
  note = g_ptr_array_index (draft->notes, 0);
  g_assert_cmpint (note->code, ==, PADDOCK_HARDWARE_NOTE_MORE_THAN_ALL);
}

static void
test_swap (void)
{
  g_autoptr (PaddockHardwareDraft) draft = probe ("/proc/meminfo:\n"
                                                  "  MemTotal: 64 kB\n"
                                                  "  SwapTotal: 30 kB\n"
                                                  "  SwapFree: 20 kB\n"
                                                  "/proc/swaps:\n"
                                                  "  Filename Type Size Used Priority\n"
                                                  "  /dev/zram0   partition\\t8\\t0\\t100\n"
                                                  "  /dev/sda2 partition 16 0 -2\n"
                                                  "  /dev/zram1\\tpartition 6 6 100\n");

  g_assert_cmpuint (draft->memory->swap_total.value, ==, 30 * KIB);
  g_assert_cmpuint (draft->memory->swap_free.value, ==, 20 * KIB);
  g_assert_cmpuint (draft->memory->swap_compressed.value, ==, 14 * KIB);
  g_assert_cmpstr (draft->memory->swap_compressed.source, ==, "/proc/swaps");
}

static void
test_nodes_and_pages (void)
{
  g_autoptr (PaddockHardwareDraft) draft = probe ("include dual-socket\n");
  const PaddockHardwareNode *node = g_ptr_array_index (draft->memory->nodes, 1);
  const PaddockHardwareHugePages *pages = g_ptr_array_index (draft->memory->huge_pages, 0);

  g_assert_cmpuint (draft->memory->nodes->len, ==, 2);
  g_assert_cmpuint (node->id, ==, 1);
  g_assert_cmpuint (node->total.value, ==, 197532512 * KIB);
  g_assert_cmpuint (node->free.value, ==, 161120444 * KIB);
  g_assert_cmpstr (node->cpus, ==, "1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31");
  g_assert_cmpuint (draft->memory->huge_pages->len, ==, 2);
  g_assert_cmpuint (pages->size, ==, 2048 * KIB);
  g_assert_cmpuint (pages->total.value, ==, 1024);
  g_assert_cmpuint (pages->free.value, ==, 512);
  g_assert_cmpstr (draft->memory->transparent_huge_pages, ==, "always");
}

/* A node without processors has an empty list of them; without a list nobody knows. */
static void
test_bare_nodes (void)
{
  g_autoptr (PaddockHardwareDraft) draft = probe ("/sys/devices/system/node/node0/cpulist: 0-3\n"
                                                  "/sys/devices/system/node/node1/cpulist:\n"
                                                  "/sys/devices/system/node/node2/meminfo: Node 2 MemTotal: 1000 kB\n");

  g_assert_cmpuint (draft->memory->nodes->len, ==, 3);
  g_assert_cmpstr (((PaddockHardwareNode *) g_ptr_array_index (draft->memory->nodes, 0))->cpus, ==, "0-3");
  g_assert_cmpstr (((PaddockHardwareNode *) g_ptr_array_index (draft->memory->nodes, 1))->cpus, ==, "");
  g_assert_null (((PaddockHardwareNode *) g_ptr_array_index (draft->memory->nodes, 2))->cpus);
}

static void
test_copy (void)
{
  g_autoptr (PaddockHardwareDraft) draft = probe ("include dual-socket\n");
  g_autoptr (PaddockHardwareMemory) copy = paddock_hardware_memory_copy (draft->memory);
  const PaddockHardwareNode *one = g_ptr_array_index (copy->nodes, 1);
  const PaddockHardwareNode *other = g_ptr_array_index (draft->memory->nodes, 1);

  g_assert_true (paddock_hardware_number_equal (&copy->total, &draft->memory->total));
  g_assert_true (paddock_hardware_number_equal (&one->free, &other->free));
  g_assert_cmpstr (one->cpus, ==, other->cpus);
  g_assert_cmpuint (copy->huge_pages->len, ==, 2);
  g_assert_cmpstr (copy->transparent_huge_pages, ==, "always");
}

static void
test_this_machine (void)
{
  guint64 total, available;

  g_assert_true (paddock_hardware_probe_memory_usable ("/", &total, &available, NULL));
  g_assert_cmpuint (total, >, 0);
  g_assert_cmpuint (available, <=, total);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hardware-memory/plain", test_plain);
  g_test_add_func ("/hardware-memory/unified-group", test_unified_group);
  g_test_add_func ("/hardware-memory/separate-group", test_separate_group);
  g_test_add_func ("/hardware-memory/nested-groups", test_nested_groups);
  g_test_add_func ("/hardware-memory/wide-group", test_wide_group);
  g_test_add_func ("/hardware-memory/nothing", test_nothing);
  g_test_add_func ("/hardware-memory/more-than-all", test_more_than_all);
  g_test_add_func ("/hardware-memory/swap", test_swap);
  g_test_add_func ("/hardware-memory/nodes-and-pages", test_nodes_and_pages);
  g_test_add_func ("/hardware-memory/bare-nodes", test_bare_nodes);
  g_test_add_func ("/hardware-memory/copy", test_copy);
  g_test_add_func ("/hardware-memory/this-machine", test_this_machine);
  return g_test_run ();
}
