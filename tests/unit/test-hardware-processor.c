/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-probe.h"
#include "hardware/processor-set.h"

#include "machine-tree.h"

#include <string.h>

#define UNKNOWN G_MAXUINT64

typedef struct
{
  const char *machine;
  const char *name;
  const char *architecture;
  guint64 sockets;
  guint64 cores;
  guint64 performance_cores;
  guint64 efficiency_cores;
  guint64 threads;
  guint64 smt;
  guint usable;
} Expected;

static const Expected machines[] = {
  { "virtual", "Intel Xeon Processor (Skylake, IBRS)", "x86_64", 2, 4, UNKNOWN, UNKNOWN, 4, 1, 4 },
  { "amd-apu", "AMD Ryzen 7 8845HS w/ Radeon 780M Graphics", "x86_64", 1, 8, UNKNOWN, UNKNOWN, 16, 2, 16 },
  { "alder-lake", "12th Gen Intel(R) Core(TM) i9-12900K", "x86_64", 1, 16, 8, 8, 24, 2, 24 },
  { "hybrid-laptop", "13th Gen Intel(R) Core(TM) i7-13700H", "x86_64", 1, 14, 6, 8, 20, 2, 20 },
  { "two-nvidia", "AMD Ryzen Threadripper 1920X 12-Core Processor", "x86_64", 1, 12, UNKNOWN, UNKNOWN, 24, 2, 24 },
  { "dual-socket", "Intel(R) Xeon(R) Gold 6244 CPU @ 3.60GHz", "x86_64", 2, 16, UNKNOWN, UNKNOWN, 32, 2, 32 },
  /* Eight threads are allowed, and the time of three and a half. */
  { "container-v2", "AMD EPYC 7232P 8-Core Processor", "x86_64", 1, 8, UNKNOWN, UNKNOWN, 16, 2, 4 },
  { "container-v1", "Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz", "x86_64", 1, 4, UNKNOWN, UNKNOWN, 8, 2, 2 },
  /* Cores that are a little faster than the others are no other kind. */
  { "strix-halo", "AMD RYZEN AI MAX+ 395 w/ Radeon 8060S", "x86_64", 1, 16, UNKNOWN, UNKNOWN, 32, 2, 32 },
  { "raspberry-pi", "Broadcom BCM2712 (Cortex-A76)", "aarch64", 1, 4, UNKNOWN, UNKNOWN, 4, 1, 4 },
  { "apple-silicon", "Apple M1 Pro (2 × Icestorm, 8 × Firestorm)", "aarch64", 1, 10, 8, 2, 10, 1, 10 },
  { "big-little", "Rockchip RK3588 (4 × Cortex-A55, 4 × Cortex-A76)", "aarch64", UNKNOWN, 8, 4, 4, 8, 1, 8 },
};

static void
check_number (const PaddockHardwareNumber *number, guint64 expected)
{
  g_assert_cmpint (number->known, ==, expected != UNKNOWN);
  if (!number->known)
    return;
  g_assert_cmpuint (number->value, ==, expected);
  g_assert_nonnull (number->source);
  g_assert_cmpint (*number->source, ==, '/');
}

static PaddockHardwareDraft *
probe (TestDirectory *directory, const char *machine)
{
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();
  g_autofree char *root = test_machine_tree_unpack (directory, machine);

  paddock_hardware_probe_cpu (root, draft);
  return draft;
}

static PaddockHardwareDraft *
probe_text (TestDirectory *directory, const char *text)
{
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();
  g_autoptr (GError) error = NULL;

  test_machine_tree_write (test_directory_get_path (directory), text, &error);
  g_assert_no_error (error);
  paddock_hardware_probe_cpu (test_directory_get_path (directory), draft);
  return draft;
}

static void
test_machine (gconstpointer data)
{
  const Expected *expected = data;
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHardwareDraft) draft = probe (directory, expected->machine);
  const PaddockHardwareProcessor *processor = draft->processor;

  g_assert_cmpstr (processor->name, ==, expected->name);
  g_assert_cmpstr (processor->architecture, ==, expected->architecture);
  check_number (&processor->sockets, expected->sockets);
  check_number (&processor->cores, expected->cores);
  check_number (&processor->performance_cores, expected->performance_cores);
  check_number (&processor->efficiency_cores, expected->efficiency_cores);
  check_number (&processor->threads, expected->threads);
  check_number (&processor->smt, expected->smt);
  g_assert_cmpuint (paddock_hardware_processor_get_usable (processor), ==, expected->usable);
}

static void
test_features (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHardwareDraft) intel = probe (directory, "hybrid-laptop");
  g_autoptr (PaddockHardwareDraft) arm = probe (directory, "raspberry-pi");

  g_assert_true (paddock_hardware_processor_has_feature (intel->processor, "avx2"));
  g_assert_false (paddock_hardware_processor_has_feature (intel->processor, "avx512f"));
  g_assert_false (paddock_hardware_processor_has_feature (intel->processor, "avx3"));
  g_assert_true (paddock_hardware_processor_has_feature (arm->processor, "asimddp"));
  g_assert_cmpstr (arm->processor->features_source, ==, "/proc/cpuinfo");
}

static void
check_cache (const PaddockHardwareProcessor *processor, guint position, PaddockHardwareCache expected)
{
  const PaddockHardwareCache *cache = &g_array_index (processor->caches, PaddockHardwareCache, position);

  g_assert_cmpuint (position, <, processor->caches->len);
  g_assert_cmpuint (cache->level, ==, expected.level);
  g_assert_cmpint (cache->kind, ==, expected.kind);
  g_assert_cmpuint (cache->size, ==, expected.size);
  g_assert_cmpuint (cache->shared_by, ==, expected.shared_by);
  g_assert_cmpuint (cache->count, ==, expected.count);
}

static void
test_caches (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHardwareDraft) draft = probe (directory, "hybrid-laptop");

  g_assert_cmpuint (draft->processor->caches->len, ==, 7);
  check_cache (draft->processor, 0, (PaddockHardwareCache) { 1, PADDOCK_HARDWARE_CACHE_DATA, 48 * 1024, 2, 6 });
  check_cache (draft->processor, 1, (PaddockHardwareCache) { 1, PADDOCK_HARDWARE_CACHE_DATA, 32 * 1024, 1, 8 });
  check_cache (draft->processor, 4, (PaddockHardwareCache) { 2, PADDOCK_HARDWARE_CACHE_UNIFIED, 2048 * 1024, 4, 2 });
  check_cache (draft->processor, 6, (PaddockHardwareCache) { 3, PADDOCK_HARDWARE_CACHE_UNIFIED, 24576 * 1024, 20, 1 });
}

static void
test_limits (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHardwareDraft) newer = probe (directory, "container-v2");
  g_autoptr (PaddockHardwareDraft) older = probe (directory, "container-v1");
  g_autoptr (PaddockHardwareDraft) free_one = probe (directory, "virtual");

  check_number (&newer->processor->allowed, 8);
  check_number (&newer->processor->quota, 3500);
  g_assert_cmpstr (newer->processor->quota.source, ==, "/sys/fs/cgroup/cpu.max");
  check_number (&older->processor->allowed, 6);
  check_number (&older->processor->quota, 2000);
  g_assert_cmpstr (older->processor->allowed.source, ==, "/sys/fs/cgroup/cpuset/cpuset.effective_cpus");
  g_assert_cmpuint (older->notes->len, ==, 2);
  g_assert_false (free_one->processor->quota.known);
  g_assert_cmpuint (free_one->notes->len, ==, 0);
}

/* A container may hide /sys; what /proc says is less, and enough. */
static void
test_without_sys (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHardwareDraft) draft = probe_text (directory, "/proc/cpuinfo {0-7}:\n"
                                                                  "  processor: {}\n"
                                                                  "  model name: X\n"
                                                                  "  physical id: 0\n"
                                                                  "  core id: {/2}\n");

  check_number (&draft->processor->threads, 8);
  check_number (&draft->processor->cores, 4);
  check_number (&draft->processor->sockets, 1);
  check_number (&draft->processor->smt, 2);
}

/* The threads of a core that are switched off do not count. */
static void
test_switched_off (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHardwareDraft) draft =
    probe_text (directory, "/proc/cpuinfo: model name: X\n"
                           "/sys/devices/system/cpu/online: 0-1,3\n"
                           "/sys/devices/system/cpu/cpu{0-1}/topology/core_cpus_list: 0-1\n"
                           "/sys/devices/system/cpu/cpu{2-3}/topology/core_cpus_list: 2-3\n"
                           "/sys/devices/system/cpu/cpu{0-3}/cpufreq/cpuinfo_max_freq: 40{}0000\n"
                           "/sys/devices/system/cpu/cpu3/cpufreq/cpuinfo_max_freq: 2500000\n");

  check_number (&draft->processor->threads, 3);
  check_number (&draft->processor->cores, 2);
  check_number (&draft->processor->smt, 2);
  check_number (&draft->processor->performance_cores, 1);
  check_number (&draft->processor->efficiency_cores, 1);
}

static void
test_nonsense (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHardwareDraft) draft = probe (directory, "lying-sysfs");

  g_assert_true (g_utf8_validate (draft->processor->name, -1, NULL));
  g_assert_null (strchr (draft->processor->name, '\x1b'));
  g_assert_false (draft->processor->sockets.known);
  g_assert_cmpuint (draft->notes->len, >, 0);
  g_assert_cmpuint (paddock_hardware_processor_get_usable (draft->processor), ==, 1);
}

static void
test_copy (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHardwareDraft) draft = probe (directory, "container-v2");
  g_autoptr (PaddockHardwareProcessor) copy = paddock_hardware_processor_copy (draft->processor);

  g_assert_cmpstr (copy->name, ==, draft->processor->name);
  g_assert_true (g_strv_equal ((const char *const *) copy->features, (const char *const *) draft->processor->features));
  g_assert_true (paddock_hardware_number_equal (&copy->quota, &draft->processor->quota));
  g_assert_cmpuint (copy->caches->len, ==, draft->processor->caches->len);
}

static void
test_set (void)
{
  static const char *const wrong[] = { "", "x", "1-", "-1", "3-1", "1,,2", "1,", "8192", "0-99999999999999999999", "1;2" };
  PaddockProcessorSet set, other;

  g_assert_true (paddock_processor_set_parse (&set, "0-3,8,8190-8191\n"));
  g_assert_cmpuint (paddock_processor_set_count (&set), ==, 7);
  g_assert_true (paddock_processor_set_contains (&set, 8));
  g_assert_false (paddock_processor_set_contains (&set, 9));
  g_assert_false (paddock_processor_set_contains (&set, G_MAXUINT));
  g_assert_cmpuint (paddock_processor_set_next (&set, 9), ==, 8190);
  g_assert_cmpuint (paddock_processor_set_next (&set, 8192), ==, PADDOCK_PROCESSOR_SET_MAX);
  g_assert_true (paddock_processor_set_parse (&other, "2-8"));
  paddock_processor_set_intersect (&set, &other);
  g_assert_cmpuint (paddock_processor_set_count (&set), ==, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (paddock_processor_set_parse (&set, wrong[i]));
      g_assert_cmpuint (paddock_processor_set_count (&set), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (machines); i++)
    {
      g_autofree char *path = g_strconcat ("/hardware-processor/machine/", machines[i].machine, NULL);

      g_test_add_data_func (path, &machines[i], test_machine);
    }
  g_test_add_func ("/hardware-processor/features", test_features);
  g_test_add_func ("/hardware-processor/caches", test_caches);
  g_test_add_func ("/hardware-processor/limits", test_limits);
  g_test_add_func ("/hardware-processor/without-sys", test_without_sys);
  g_test_add_func ("/hardware-processor/switched-off", test_switched_off);
  g_test_add_func ("/hardware-processor/nonsense", test_nonsense);
  g_test_add_func ("/hardware-processor/copy", test_copy);
  g_test_add_func ("/hardware-processor/set", test_set);
  return g_test_run ();
}
