/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/bandwidth-store.h"
#include "hardware/bandwidth.h"
#include "hardware/device-bandwidth.h"
#include "hardware/disk-bandwidth.h"
#include "hardware/hardware-probe.h"

#include <glib/gstdio.h>

#include "await.h"
#include "directory.h"

#define MIB (1u << 20)

static void
test_names (void)
{
  for (guint kind = PADDOCK_BANDWIDTH_MEMORY_READ; kind <= PADDOCK_BANDWIDTH_DEVICE; kind++)
    {
      PaddockBandwidthKind parsed;

      g_assert_true (paddock_bandwidth_kind_parse (paddock_bandwidth_kind_get_name ((PaddockBandwidthKind) kind), &parsed));
      g_assert_cmpuint (parsed, ==, kind);
    }
  g_assert_false (paddock_bandwidth_kind_parse ("tape", NULL));
}

/* A file system that holds its files in memory cannot be measured, and says so; all others can. */
static void
check_disk (const char *path)
{
  g_autoptr (GError) error = NULL;
  guint64 speed = 0;

  if (paddock_disk_bandwidth_measure (path, NULL, &speed, &error))
    g_assert_cmpuint (speed, >, 0);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

static void
test_disk (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (17 * MIB), 17 * MIB);
  g_autofree char *file = test_directory_write_bytes (directory, "file", bytes);
  g_autofree char *folder = test_directory_make_folder (directory, "folder");
  g_autoptr (GDir) left = NULL;

  check_disk (file);
  check_disk (folder);
  /* Nothing stays behind. */
  left = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (left));
}

static void
check_refused (const char *path, GCancellable *cancellable, GIOErrorEnum code)
{
  g_autoptr (GError) error = NULL;
  guint64 speed = 0;

  g_assert_false (paddock_disk_bandwidth_measure (path, cancellable, &speed, &error));
  g_assert_error (error, G_IO_ERROR, (int) code);
}

static void
test_disk_refuses (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *small = test_directory_write (directory, "small", "little");
  g_autofree char *missing = test_directory_build_path (directory, "missing");

  check_refused (small, NULL, G_IO_ERROR_INVALID_ARGUMENT);
  check_refused (missing, NULL, G_IO_ERROR_NOT_FOUND);
  check_refused ("/dev/zero", NULL, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_cancelled (void)
{
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  paddock_bandwidth_measure_async (7, NULL, cancellable, NULL, NULL, test_await_callback, await);
  g_assert_null (paddock_bandwidth_measure_finish (test_await_result (await), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
on_progress (guint64 done, guint64 total, gpointer user_data)
{
  g_assert_cmpuint (done, <=, total);
  g_assert_cmpuint (total, ==, 1);
  *(guint64 *) user_data = done;
}

/* What cannot be measured is told as such, and the rest is measured nevertheless. */
static void
test_problem (void)
{
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  const PaddockBandwidth *result;
  guint64 done = 0;

  paddock_bandwidth_measure_async (PADDOCK_BANDWIDTH_OF_DISK, "/there/is/nothing", NULL, on_progress, &done,
                                   test_await_callback, await);
  results = paddock_bandwidth_measure_finish (test_await_result (await), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, 1);
  result = g_ptr_array_index (results, 0);
  g_assert_cmpstr (result->subject, ==, "/there/is/nothing");
  g_assert_cmpuint (result->speed, ==, 0);
  g_assert_nonnull (result->problem);
  g_assert_cmpuint (done, ==, 1);
}

static void
test_memory (void)
{
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (g_getenv ("PADDOCK_TEST_VARIANT"), NULL) != 0 && g_getenv ("PADDOCK_TEST_VARIANT")[0] != 'p')
    {
      g_test_skip ("takes long under a sanitizer");
      return;
    }
  results = paddock_bandwidth_measure (PADDOCK_BANDWIDTH_OF_MEMORY, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, 2);
  for (guint i = 0; i < results->len; i++)
    {
      const PaddockBandwidth *result = g_ptr_array_index (results, i);

      g_assert_true ((result->speed > 0) == (result->problem == NULL));
      g_assert_cmpint (result->measured_at, >, 0);
    }
}

static void
test_device (void)
{
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  const PaddockOpenclDevice *device;
  guint64 speed = 0;

  /* As in the test of OpenCL's kernels. */
  if (g_strcmp0 (g_getenv ("PADDOCK_TEST_VARIANT"), "thread") != 0)
    devices = paddock_opencl_devices_list (NULL, NULL);
  if (devices == NULL)
    {
      g_test_skip ("there is no OpenCL");
      return;
    }
  device = g_ptr_array_index (devices, 0);
  g_assert_true (paddock_device_bandwidth_measure (device, NULL, &speed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (speed, >, 0);
  g_cancellable_cancel (cancellable);
  g_assert_false (paddock_device_bandwidth_measure (device, cancellable, &speed, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_device_too_small (void)
{
  const PaddockOpenclDevice device = { .name = (char *) "Tiny", .memory = 64 * MIB, .max_allocation = 64 * MIB,
                                       .max_group = 256 };
  g_autoptr (GError) error = NULL;
  guint64 speed;

  g_assert_false (paddock_device_bandwidth_measure (&device, NULL, &speed, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

static GPtrArray *
make_results (guint64 memory, guint64 disk, guint64 device)
{
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_bandwidth_free);

  g_ptr_array_add (results, paddock_bandwidth_new (PADDOCK_BANDWIDTH_MEMORY_READ, NULL, memory));
  g_ptr_array_add (results, paddock_bandwidth_new (PADDOCK_BANDWIDTH_MEMORY_COPY, NULL, memory));
  g_ptr_array_add (results, paddock_bandwidth_new (PADDOCK_BANDWIDTH_DISK_READ, "/home/me/models", disk));
  g_ptr_array_add (results, paddock_bandwidth_new (PADDOCK_BANDWIDTH_DEVICE, "pci:0000:03:00.0", device));
  return results;
}

static void
test_apply (void)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  g_autoptr (GPtrArray) results = make_results (80, 7, 900);
  PaddockHardwareDisk *root = paddock_hardware_disk_new ("/");
  PaddockHardwareDisk *home = paddock_hardware_disk_new ("/home/me");
  PaddockHardwareDisk *other = paddock_hardware_disk_new ("/home/me/mod");
  PaddockHardwareDevice *device = paddock_hardware_device_new ("pci:0000:03:00.0", PADDOCK_DEVICE_DISCRETE);

  root->mount = g_strdup ("/");
  home->mount = g_strdup ("/home");
  other->mount = g_strdup ("/home/me/mod");
  g_ptr_array_add (draft->disks, root);
  g_ptr_array_add (draft->disks, home);
  g_ptr_array_add (draft->disks, other);
  paddock_hardware_draft_add_device (draft, device);
  paddock_hardware_number_set (&device->bandwidth, 1000, "what the maker says");
  ((PaddockBandwidth *) g_ptr_array_index (results, 0))->measured_at = 1795262400;
  paddock_bandwidth_apply (results, draft);
  g_assert_cmpuint (draft->memory->bandwidth.value, ==, 80);
  g_assert_true (g_str_has_prefix (draft->memory->bandwidth.source, "measured 2026-11-2"));
  g_assert_false (root->bandwidth.known);
  g_assert_cmpuint (home->bandwidth.value, ==, 7);
  g_assert_false (other->bandwidth.known);
  g_assert_cmpuint (device->bandwidth.value, ==, 900);

  /* The person knows better, and what was not measured says nothing. */
  paddock_hardware_number_override (&device->bandwidth, 5, "set by you");
  g_clear_pointer (&results, g_ptr_array_unref);
  results = make_results (0, 8, 901);
  paddock_bandwidth_apply (results, draft);
  g_assert_cmpuint (draft->memory->bandwidth.value, ==, 80);
  g_assert_cmpuint (device->bandwidth.value, ==, 5);
}

static void
write_store (TestDirectory *directory, const char *text)
{
  g_autofree char *path = test_directory_write (directory, "bandwidth.json", text);

  g_assert_nonnull (path);
}

static void
check_n_kept (guint n)
{
  g_autoptr (GPtrArray) kept = paddock_bandwidth_store_load ();

  g_assert_cmpuint (kept->len, ==, n);
}

static void
test_store (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_build_path (directory, "bandwidth.json");
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  g_autoptr (GPtrArray) first = make_results (80, 7, 900);
  g_autoptr (GPtrArray) second = make_results (0, 9, 900);
  g_autoptr (GPtrArray) kept = NULL;
  g_autofree char *text = NULL;
  g_autofree char *foreign = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_setenv ("PADDOCK_CACHE_DIR", test_directory_get_path (directory), TRUE);
  check_n_kept (0);
  g_assert_true (paddock_bandwidth_store_add (first, &error));
  g_assert_no_error (error);
  g_assert_true (paddock_bandwidth_store_add (second, &error));
  kept = paddock_bandwidth_store_load ();
  g_assert_cmpuint (kept->len, ==, 4);
  for (guint i = 0; i < kept->len; i++)
    {
      const PaddockBandwidth *one = g_ptr_array_index (kept, i);

      if (one->kind == PADDOCK_BANDWIDTH_MEMORY_READ)
        g_assert_cmpuint (one->speed, ==, 80);
      if (one->kind == PADDOCK_BANDWIDTH_DISK_READ)
        {
          g_assert_cmpstr (one->subject, ==, "/home/me/models");
          g_assert_cmpuint (one->speed, ==, 9);
        }
    }

  /* A scan of this computer finds it, and one of another does not. */
  paddock_hardware_probe_measured (test_directory_get_path (directory), draft);
  g_assert_false (draft->memory->bandwidth.known);
  paddock_hardware_probe_measured ("/", draft);
  g_assert_cmpuint (draft->memory->bandwidth.value, ==, 80);

  /* Cut anywhere, it is nothing or something, and no more; and that of another computer is not believed. */
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  foreign = g_strconcat ("{\"machine\": \"another\"", strchr (text, ','), NULL);
  write_store (directory, foreign);
  check_n_kept (0);
  for (gsize i = 0; i < length; i += 7)
    {
      g_autofree char *part = g_strndup (text, i);

      write_store (directory, part);
      check_n_kept (0);
    }
  write_store (directory, "{\"machine\": 5, \"measured\": {\"kind\": []}}");
  check_n_kept (0);
  g_unsetenv ("PADDOCK_CACHE_DIR");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/bandwidth/names", test_names);
  g_test_add_func ("/bandwidth/disk", test_disk);
  g_test_add_func ("/bandwidth/disk-refuses", test_disk_refuses);
  g_test_add_func ("/bandwidth/cancelled", test_cancelled);
  g_test_add_func ("/bandwidth/problem", test_problem);
  g_test_add_func ("/bandwidth/memory", test_memory);
  g_test_add_func ("/bandwidth/device", test_device);
  g_test_add_func ("/bandwidth/device-too-small", test_device_too_small);
  g_test_add_func ("/bandwidth/apply", test_apply);
  g_test_add_func ("/bandwidth/store", test_store);
  return g_test_run ();
}
