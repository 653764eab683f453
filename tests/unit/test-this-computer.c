/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "computer/this-computer.h"
#include "machine-tree.h"

#define GB G_GUINT64_CONSTANT (1000000000)
#define KIB G_GUINT64_CONSTANT (1024)
#define TOTAL "memory.total"

static const char machine[] =
  "/proc/meminfo:\n"
  "  MemTotal:       32000000 kB\n"
  "  MemAvailable:   20000000 kB\n";

typedef struct
{
  TestDirectory *directory;
  GSettings *settings;
  PaddockThisComputer *computer;
  guint n_changes;
} Fixture;

static void
on_changed (Fixture *fixture)
{
  fixture->n_changes++;
}

static gboolean
has_changed (gpointer user_data)
{
  return ((Fixture *) user_data)->n_changes > 0;
}

static void
start (Fixture *fixture)
{
  fixture->n_changes = 0;
  fixture->computer = paddock_this_computer_new (fixture->settings, test_directory_get_path (fixture->directory));
  g_signal_connect_swapped (fixture->computer, "changed", G_CALLBACK (on_changed), fixture);
  paddock_this_computer_scan (fixture->computer);
  g_assert_true (paddock_this_computer_is_scanning (fixture->computer));
  g_assert_null (paddock_this_computer_get_snapshot (fixture->computer));
  test_await_condition (has_changed, fixture);
  g_assert_false (paddock_this_computer_is_scanning (fixture->computer));
  g_assert_null (paddock_this_computer_get_problem (fixture->computer));
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = test_directory_new ();
  test_machine_tree_write (test_directory_get_path (fixture->directory), machine, &error);
  g_assert_no_error (error);
  fixture->settings = g_settings_new ("io.github.paddockapp.Paddock");
  g_settings_reset (fixture->settings, "hardware-overrides");
  g_settings_reset (fixture->settings, "remote-workers");
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_object_unref (fixture->computer);
  g_object_unref (fixture->settings);
  test_directory_free (fixture->directory);
}

static guint64
get_total (Fixture *fixture)
{
  return paddock_this_computer_get_snapshot (fixture->computer)->memory->total.value;
}

static gboolean
override (Fixture *fixture, const char *path, guint64 value, GError **error)
{
  return paddock_this_computer_override (fixture->computer, path, value, error);
}

static void
test_override (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (get_total (fixture), ==, 32000000 * KIB);
  fixture->n_changes = 0;
  g_assert_true (override (fixture, TOTAL, 64 * GB, &error));
  g_assert_cmpuint (fixture->n_changes, ==, 1);
  g_assert_cmpuint (get_total (fixture), ==, 64 * GB);
  /* Another word on the same takes the place of the first one. */
  g_assert_true (override (fixture, TOTAL, 48 * GB, &error));
  g_assert_true (override (fixture, "memory.available", 8 * GB, &error));
  g_assert_cmpuint (get_total (fixture), ==, 48 * GB);
  /* It is kept. */
  g_object_unref (fixture->computer);
  start (fixture);
  g_assert_cmpuint (get_total (fixture), ==, 48 * GB);
  paddock_this_computer_reset (fixture->computer, TOTAL);
  g_assert_cmpuint (get_total (fixture), ==, 32000000 * KIB);
  g_assert_cmpuint (paddock_this_computer_get_snapshot (fixture->computer)->memory->available.value, ==, 8 * GB);
}

static void
test_override_refuses (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  fixture->n_changes = 0;
  g_assert_false (override (fixture, "memory.nonsense", GB, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_cmpuint (fixture->n_changes, ==, 0);
}

/* A card that is not plugged in now, or a line that somebody wrote by hand. */
static void
test_override_of_nothing (Fixture *fixture, gconstpointer unused)
{
  const char *const overrides[] = { "CUDA7.total=24000000000", "nonsense", TOTAL "=48000000000", NULL };

  g_settings_set_strv (fixture->settings, "hardware-overrides", overrides);
  g_assert_cmpuint (get_total (fixture), ==, 48 * GB);
  paddock_this_computer_reset (fixture->computer, TOTAL);
  g_assert_cmpuint (get_total (fixture), ==, 32000000 * KIB);
}

static void
assert_workers (Fixture *fixture, const char *expected)
{
  g_autoptr (GVariant) workers = paddock_this_computer_dup_workers (fixture->computer);
  g_autofree char *text = g_variant_print (workers, FALSE);

  g_assert_cmpstr (text, ==, expected);
}

static guint
count_remote (Fixture *fixture)
{
  GPtrArray *devices = paddock_this_computer_get_snapshot (fixture->computer)->devices;
  guint n = 0;

  for (guint i = 0; i < devices->len; i++)
    n += ((const PaddockHardwareDevice *) g_ptr_array_index (devices, i))->kind == PADDOCK_DEVICE_REMOTE;
  return n;
}

static void
test_workers (Fixture *fixture, gconstpointer unused)
{
  PaddockThisComputer *computer = fixture->computer;

  g_assert_cmpuint (paddock_this_computer_get_worker (computer, "10.0.0.1:50052"), ==, 0);
  paddock_this_computer_set_worker (computer, "10.0.0.1:50052", 24);
  paddock_this_computer_set_worker (computer, "10.0.0.2:50052", 16);
  assert_workers (fixture, "[('10.0.0.1:50052', 24), ('10.0.0.2:50052', 16)]");
  g_assert_cmpuint (paddock_this_computer_get_worker (computer, "10.0.0.2:50052"), ==, 16);
  g_assert_cmpuint (count_remote (fixture), ==, 2);
  /* Each keeps its place. */
  paddock_this_computer_set_worker (computer, "10.0.0.1:50052", 32);
  assert_workers (fixture, "[('10.0.0.1:50052', 32), ('10.0.0.2:50052', 16)]");
  paddock_this_computer_change_worker (computer, "10.0.0.1:50052", "10.0.0.3:50052", 48);
  assert_workers (fixture, "[('10.0.0.3:50052', 48), ('10.0.0.2:50052', 16)]");
  paddock_this_computer_remove_worker (computer, "10.0.0.3:50052");
  paddock_this_computer_remove_worker (computer, "10.0.0.9:50052");
  assert_workers (fixture, "[('10.0.0.2:50052', 16)]");
  g_assert_cmpuint (count_remote (fixture), ==, 1);
  /* It was removed elsewhere while it was changed here. */
  paddock_this_computer_change_worker (computer, "10.0.0.9:50052", "10.0.0.4:50052", 8);
  assert_workers (fixture, "[('10.0.0.2:50052', 16), ('10.0.0.4:50052', 8)]");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/this-computer/override", Fixture, NULL, set_up, test_override, tear_down);
  g_test_add ("/this-computer/override-refuses", Fixture, NULL, set_up, test_override_refuses, tear_down);
  g_test_add ("/this-computer/override-of-nothing", Fixture, NULL, set_up, test_override_of_nothing, tear_down);
  g_test_add ("/this-computer/workers", Fixture, NULL, set_up, test_workers, tear_down);
  return g_test_run ();
}
