/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-draft.h"
#include "hardware/hardware-monitor.h"
#include "hardware/hardware-override.h"
#include "hardware/hardware-scan.h"

#include "assert-finalize.h"
#include "await.h"
#include "machine-tree.h"

#define GIB (G_GUINT64_CONSTANT (1) << 30)
#define KIB G_GUINT64_CONSTANT (1024)
#define CARD "pci:0000:03:00.0"

static const char machine[] =
  "/proc/meminfo:\n"
  "  MemTotal:       32000000 kB\n"
  "  MemAvailable:   20000000 kB\n"
  "  SwapTotal:      8000000 kB\n"
  "  SwapFree:       8000000 kB\n"
  "/sys/class/drm/card0/device -> ../../../bus/pci/devices/0000:03:00.0\n"
  "/sys/bus/pci/devices/0000:03:00.0/uevent:\n"
  "  DRIVER=amdgpu\n"
  "  PCI_SLOT_NAME=0000:03:00.0\n"
  "/sys/bus/pci/devices/0000:03:00.0/vendor: 0x1002\n"
  "/sys/bus/pci/devices/0000:03:00.0/device: 0x744c\n"
  "/sys/bus/pci/devices/0000:03:00.0/mem_info_vram_total: 25769803776\n"
  "/sys/bus/pci/devices/0000:03:00.0/mem_info_vram_used: 1073741824\n";

#define LESS_MEMORY "/proc/meminfo:\n  MemTotal: 32000000 kB\n  MemAvailable: 10000000 kB\n"
#define MORE_USED "/sys/bus/pci/devices/0000:03:00.0/mem_info_vram_used: 2147483648\n"
#define ASLEEP "/sys/bus/pci/devices/0000:03:00.0/power/runtime_status: suspended\n"

typedef struct
{
  TestDirectory *directory;
  PaddockHardwareMonitor *monitor;
  guint n_changes;
  guint n_wanted;
  gboolean done;                     /* no change may come any more */
} Fixture;

static void
on_changed (PaddockHardwareMonitor *monitor, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_assert_false (fixture->done);
  fixture->n_changes++;
}

static void
write_machine (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;

  test_machine_tree_write (test_directory_get_path (fixture->directory), text, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (PaddockHardwareSnapshot) snapshot = NULL;

  fixture->directory = test_directory_new ();
  write_machine (fixture, machine);
  snapshot = paddock_hardware_scan (test_directory_get_path (fixture->directory), NULL, NULL);
  fixture->monitor = paddock_hardware_monitor_new (test_directory_get_path (fixture->directory), snapshot);
  paddock_hardware_monitor_set_interval (fixture->monitor, 1);
  g_signal_connect (fixture->monitor, "changed", G_CALLBACK (on_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  /* Also waits for a reading that was given up. */
  test_assert_finalize (g_steal_pointer (&fixture->monitor));
  test_directory_free (fixture->directory);
}

static gboolean
has_changed (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->n_changes >= fixture->n_wanted;
}

static void
await_change (Fixture *fixture)
{
  fixture->n_wanted = fixture->n_changes + 1;
  test_await_condition (has_changed, fixture);
}

static const PaddockHardwareDevice *
get_card (Fixture *fixture)
{
  return paddock_hardware_snapshot_find_device (paddock_hardware_monitor_get_snapshot (fixture->monitor), CARD);
}

static guint64
get_available (Fixture *fixture)
{
  return paddock_hardware_monitor_get_snapshot (fixture->monitor)->memory->available.value;
}

static void
test_changes (Fixture *fixture, gconstpointer unused)
{
  g_assert_cmpuint (get_available (fixture), ==, 20000000 * KIB);
  write_machine (fixture, LESS_MEMORY);
  paddock_hardware_monitor_start (fixture->monitor);
  await_change (fixture);
  g_assert_cmpuint (get_available (fixture), ==, 10000000 * KIB);
  g_assert_cmpuint (get_card (fixture)->free.value, ==, 23 * GIB);

  write_machine (fixture, MORE_USED);
  await_change (fixture);
  g_assert_cmpuint (get_card (fixture)->free.value, ==, 22 * GIB);
  g_assert_nonnull (strstr (get_card (fixture)->free.source, "mem_info_vram_used"));
  paddock_hardware_monitor_stop (fixture->monitor);
}

static void
test_asleep (Fixture *fixture, gconstpointer unused)
{
  write_machine (fixture, MORE_USED);
  write_machine (fixture, ASLEEP);
  write_machine (fixture, LESS_MEMORY);
  paddock_hardware_monitor_start (fixture->monitor);
  await_change (fixture);
  g_assert_cmpuint (get_card (fixture)->free.value, ==, 23 * GIB);
  paddock_hardware_monitor_stop (fixture->monitor);
}

static void
test_override_stays (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GPtrArray) overrides = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hardware_override_free);
  g_autoptr (PaddockHardwareSnapshot) snapshot = NULL;

  g_ptr_array_add (overrides, paddock_hardware_override_parse (CARD ".free=5GiB", NULL));
  snapshot = paddock_hardware_override_apply (paddock_hardware_monitor_get_snapshot (fixture->monitor), overrides, NULL);
  paddock_hardware_monitor_set_snapshot (fixture->monitor, snapshot);
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  write_machine (fixture, MORE_USED);
  write_machine (fixture, LESS_MEMORY);
  paddock_hardware_monitor_start (fixture->monitor);
  await_change (fixture);
  g_assert_cmpuint (get_card (fixture)->free.value, ==, 5 * GIB);
  paddock_hardware_monitor_stop (fixture->monitor);
}

/* Two look: it goes on until both look away, and then there is nothing left that could wake the program. */
static void
test_start_and_stop (Fixture *fixture, gconstpointer unused)
{
  paddock_hardware_monitor_start (fixture->monitor);
  paddock_hardware_monitor_start (fixture->monitor);
  paddock_hardware_monitor_stop (fixture->monitor);
  g_assert_true (paddock_hardware_monitor_is_started (fixture->monitor));
  write_machine (fixture, LESS_MEMORY);
  await_change (fixture);
  paddock_hardware_monitor_stop (fixture->monitor);
  g_assert_false (paddock_hardware_monitor_is_started (fixture->monitor));

  write_machine (fixture, MORE_USED);
  g_assert_null (g_main_context_find_source_by_user_data (NULL, fixture->monitor));
  g_assert_cmpuint (get_card (fixture)->free.value, ==, 23 * GIB);
  fixture->done = TRUE;
}

/* What is on its way when nobody looks any more comes to nothing. */
static void
test_stop_while_reading (Fixture *fixture, gconstpointer unused)
{
  write_machine (fixture, LESS_MEMORY);
  paddock_hardware_monitor_start (fixture->monitor);
  paddock_hardware_monitor_stop (fixture->monitor);
  g_assert_cmpuint (fixture->n_changes, ==, 0);
  g_assert_cmpuint (get_available (fixture), ==, 20000000 * KIB);
  fixture->done = TRUE;
}

static void
test_this_machine (void)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  g_autoptr (PaddockHardwareSnapshot) snapshot = paddock_hardware_draft_end (g_steal_pointer (&draft));
  PaddockHardwareMonitor *monitor = paddock_hardware_monitor_new ("/", snapshot);
  Fixture fixture = { .monitor = monitor };

  g_signal_connect (monitor, "changed", G_CALLBACK (on_changed), &fixture);
  paddock_hardware_monitor_start (monitor);
  await_change (&fixture);
  g_assert_cmpuint (get_available (&fixture), >, 0);
  paddock_hardware_monitor_stop (monitor);
  test_assert_finalize (monitor);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/hardware-monitor/changes", Fixture, NULL, set_up, test_changes, tear_down);
  g_test_add ("/hardware-monitor/asleep", Fixture, NULL, set_up, test_asleep, tear_down);
  g_test_add ("/hardware-monitor/override-stays", Fixture, NULL, set_up, test_override_stays, tear_down);
  g_test_add ("/hardware-monitor/start-and-stop", Fixture, NULL, set_up, test_start_and_stop, tear_down);
  g_test_add ("/hardware-monitor/stop-while-reading", Fixture, NULL, set_up, test_stop_while_reading, tear_down);
  g_test_add_func ("/hardware-monitor/this-machine", test_this_machine);
  return g_test_run ();
}
