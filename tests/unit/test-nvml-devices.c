/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/nvml-devices.h"

#define MIB (G_GUINT64_CONSTANT (1) << 20)

static GPtrArray *
list (const char *kind, GError **error)
{
  g_setenv ("PADDOCK_FAKE_NVML", kind, TRUE);
  return paddock_nvml_devices_list (g_getenv ("PADDOCK_FAKE_NVML_LIBRARY"), error);
}

static void
test_two_cards (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = list ("two", &error);
  const PaddockHardwareDevice *first, *second;

  g_assert_no_error (error);
  g_assert_cmpuint (devices->len, ==, 2);
  first = g_ptr_array_index (devices, 0);
  second = g_ptr_array_index (devices, 1);
  g_assert_cmpstr (first->id, ==, "pci:0000:01:00.0");
  g_assert_cmpstr (first->pci, ==, "0000:01:00.0");
  g_assert_cmpstr (first->name, ==, "NVIDIA GeForce RTX 3090");
  g_assert_cmpstr (first->driver, ==, "nvidia");
  g_assert_cmpstr (first->driver_version, ==, "575.64.05");
  g_assert_cmpint (first->kind, ==, PADDOCK_DEVICE_DISCRETE);
  g_assert_true (paddock_hardware_device_has_backend (first, "cuda"));
  g_assert_cmpuint (first->total.value, ==, 24576 * MIB);
  g_assert_cmpuint (first->free.value, ==, 24076 * MIB);
  g_assert_nonnull (strstr (first->total.source, "nvmlDeviceGetMemoryInfo"));
  /* 384 bits at 9751 MHz, twice each: what the maker writes on the box. */
  g_assert_cmpuint (first->bandwidth.value, ==, G_GUINT64_CONSTANT (936096000000));
  g_assert_false (first->shared.known);
  g_assert_cmpstr (second->pci, ==, "0000:02:00.0");
  g_assert_cmpuint (second->total.value, ==, 16380 * MIB);
}

static void
test_no_cards (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = list ("none", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (devices->len, ==, 0);
}

static void
test_mismatch (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (list ("mismatch", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "version mismatch"));
}

static void
test_unified (void)
{
  g_autoptr (GPtrArray) devices = list ("unified", NULL);
  const PaddockHardwareDevice *device = g_ptr_array_index (devices, 0);

  g_assert_cmpint (device->kind, ==, PADDOCK_DEVICE_INTEGRATED);
  g_assert_false (device->total.known);
  g_assert_false (device->free.known);
  g_assert_cmpint (device->note->code, ==, PADDOCK_HARDWARE_NOTE_DEVICE_SHARES_MEMORY);
}

static void
test_lost (void)
{
  g_autoptr (GPtrArray) devices = list ("lost", NULL);

  g_assert_cmpuint (devices->len, ==, 1);
  g_assert_cmpstr (((PaddockHardwareDevice *) g_ptr_array_index (devices, 0))->pci, ==, "0000:02:00.0");
}

static void
test_lies (void)
{
  g_autoptr (GPtrArray) devices = list ("lies", NULL);
  const PaddockHardwareDevice *device;

  g_assert_cmpuint (devices->len, ==, 2);
  device = g_ptr_array_index (devices, 0);
  g_assert_true (g_utf8_validate (device->name, -1, NULL));
  g_assert_null (device->pci);
  g_assert_cmpstr (device->id, ==, "NVML0");
  g_assert_true (device->total.known);
  g_assert_false (device->free.known);
  g_assert_false (device->bandwidth.known);
}

static void
test_no_library (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (paddock_nvml_devices_list ("libthere-is-no-such.so.1", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* A library, but another one. */
  g_assert_null (paddock_nvml_devices_list (g_getenv ("PADDOCK_FAKE_VULKAN_LIBRARY"), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/nvml-devices/two-cards", test_two_cards);
  g_test_add_func ("/nvml-devices/no-cards", test_no_cards);
  g_test_add_func ("/nvml-devices/mismatch", test_mismatch);
  g_test_add_func ("/nvml-devices/unified", test_unified);
  g_test_add_func ("/nvml-devices/lost", test_lost);
  g_test_add_func ("/nvml-devices/lies", test_lies);
  g_test_add_func ("/nvml-devices/no-library", test_no_library);
  return g_test_run ();
}
