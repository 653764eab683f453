/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/device-helper.h"
#include "hardware/device-report.h"
#include "hardware/hardware-device.h"
#include "hardware/vulkan-devices.h"

#define GIB (G_GUINT64_CONSTANT (1) << 30)
#define MIB (G_GUINT64_CONSTANT (1) << 20)

static const char *
fake (const char *kind)
{
  g_setenv ("PADDOCK_FAKE_VULKAN", kind, TRUE);
  return g_getenv ("PADDOCK_FAKE_VULKAN_LIBRARY");
}

static void
check_devices (GPtrArray *devices)
{
  const PaddockHardwareDevice *card, *graphics;

  /* Software and what is virtual are not counted. */
  g_assert_cmpuint (devices->len, ==, 2);
  card = g_ptr_array_index (devices, 0);
  graphics = g_ptr_array_index (devices, 1);
  g_assert_cmpstr (card->id, ==, "pci:0000:03:00.0");
  g_assert_cmpstr (card->name, ==, "AMD Radeon RX 7900 XTX (RADV NAVI31)");
  g_assert_cmpstr (card->driver, ==, "radv");
  g_assert_cmpstr (card->driver_version, ==, "Mesa 25.1.3");
  g_assert_cmpint (card->kind, ==, PADDOCK_DEVICE_DISCRETE);
  g_assert_true (paddock_hardware_device_has_backend (card, "vulkan"));
  g_assert_cmpuint (card->total.value, ==, 24 * GIB - 256 * MIB);
  g_assert_cmpuint (card->free.value, ==, 19 * GIB);
  g_assert_cmpstr (card->free.source, ==, "Vulkan VK_EXT_memory_budget");
  g_assert_false (card->shared.known);

  g_assert_cmpstr (graphics->pci, ==, "0000:00:02.0");
  g_assert_cmpint (graphics->kind, ==, PADDOCK_DEVICE_INTEGRATED);
  g_assert_false (graphics->total.known);
  g_assert_false (graphics->free.known);
  g_assert_cmpuint (graphics->shared.value, ==, 24 * GIB);
}

static void
test_devices (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) devices = paddock_vulkan_devices_list (fake ("sound"), &error);

  g_assert_no_error (error);
  check_devices (devices);
}

static void
test_plain (void)
{
  g_autoptr (GPtrArray) devices = paddock_vulkan_devices_list (fake ("plain"), NULL);
  const PaddockHardwareDevice *card;

  g_assert_cmpuint (devices->len, ==, 2);
  card = g_ptr_array_index (devices, 0);
  g_assert_cmpstr (card->id, ==, "Vulkan0");
  g_assert_null (card->pci);
  g_assert_null (card->driver);
  g_assert_true (card->total.known);
  g_assert_false (card->free.known);
}

static void
test_lies (void)
{
  g_autoptr (GPtrArray) devices = paddock_vulkan_devices_list (fake ("lies"), NULL);

  g_assert_cmpuint (devices->len, ==, 2);
  for (guint i = 0; i < devices->len; i++)
    {
      const PaddockHardwareDevice *device = g_ptr_array_index (devices, i);

      g_assert_null (device->pci);
      g_assert_false (device->total.known);
      g_assert_false (device->shared.known);
      g_assert_false (device->free.known);
    }
}

static void
check_error (const char *kind, GIOErrorEnum code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (paddock_vulkan_devices_list (fake (kind), &error));
  g_assert_error (error, G_IO_ERROR, (int) code);
}

static void
test_unusable (void)
{
  g_autoptr (GError) error = NULL;

  check_error ("refuse", G_IO_ERROR_FAILED);
  check_error ("empty", G_IO_ERROR_NOT_FOUND);
  check_error ("old", G_IO_ERROR_NOT_SUPPORTED);
  g_assert_null (paddock_vulkan_devices_list ("libthere-is-no-such.so.1", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (paddock_vulkan_devices_list (g_getenv ("PADDOCK_FAKE_NVML_LIBRARY"), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

/* From here on in a process of its own. */
static void
test_helper (void)
{
  static const char *const sound[] = { "sound", "chatter" };

  for (gsize i = 0; i < G_N_ELEMENTS (sound); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) devices = paddock_device_helper_ask ("vulkan", fake (sound[i]), 60, &error);

      g_assert_no_error (error);
      check_devices (devices);
    }
}

static void
test_helper_fails (void)
{
  static const struct
  {
    const char *kind;
    guint seconds;
    GIOErrorEnum code;
  } cases[] = {
    { "crash", 60, G_IO_ERROR_FAILED },
    { "hang", 1, G_IO_ERROR_TIMED_OUT },
    { "refuse", 60, G_IO_ERROR_FAILED },
    { "old", 60, G_IO_ERROR_NOT_SUPPORTED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (paddock_device_helper_ask ("vulkan", fake (cases[i].kind), cases[i].seconds, &error));
      g_assert_error (error, G_IO_ERROR, (int) cases[i].code);
    }
}

static void
test_helper_missing (void)
{
  g_autofree char *helper = g_strdup (g_getenv ("PADDOCK_DEVICE_HELPER"));
  g_autoptr (GError) error = NULL;

  g_assert_null (paddock_device_helper_ask ("vulkan", "libthere-is-no-such.so.1", 60, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (paddock_device_helper_ask ("tea leaves", "library", 60, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_setenv ("PADDOCK_DEVICE_HELPER", "/nowhere/helper", TRUE);
  g_assert_null (paddock_device_helper_ask ("vulkan", fake ("sound"), 60, &error));
  g_assert_nonnull (error);
  g_setenv ("PADDOCK_DEVICE_HELPER", helper, TRUE);
}

static void
test_report (void)
{
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hardware_device_free);
  g_autoptr (GPtrArray) back = NULL;
  g_autoptr (GBytes) report = NULL;
  PaddockHardwareDevice *device = paddock_hardware_device_new ("id", PADDOCK_DEVICE_INTEGRATED);
  gsize length;

  device->note = paddock_hardware_note_new (PADDOCK_HARDWARE_NOTE_DEVICE_CARVE_OUT, "1 GiB", "2 GiB");
  paddock_hardware_device_add_backend (device, "vulkan");
  paddock_hardware_number_set (&device->total, 1, "one");
  paddock_hardware_number_set (&device->free, 2, "two");
  paddock_hardware_number_set (&device->bandwidth, 3, NULL);
  g_ptr_array_add (devices, device);
  report = paddock_device_report_write (devices, NULL);
  back = paddock_device_report_read (report, NULL);
  g_assert_cmpuint (back->len, ==, 1);
  device = g_ptr_array_index (back, 0);
  g_assert_cmpstr (device->id, ==, "id");
  g_assert_null (device->name);
  g_assert_cmpint (device->kind, ==, PADDOCK_DEVICE_INTEGRATED);
  g_assert_cmpstr (device->note->value, ==, "2 GiB");
  g_assert_cmpuint (device->total.value, ==, 1);
  g_assert_cmpstr (device->free.source, ==, "two");
  g_assert_cmpuint (device->bandwidth.value, ==, 3);
  g_assert_false (device->shared.known);

  /* Cut anywhere it is an error or a shorter list, and nothing worse. */
  g_bytes_get_data (report, &length);
  for (gsize i = 0; i < length; i++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (report, 0, i);
      g_autoptr (GPtrArray) some = paddock_device_report_read (part, NULL);

      g_assert_true (some == NULL || some->len <= 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/vulkan-devices/devices", test_devices);
  g_test_add_func ("/vulkan-devices/plain", test_plain);
  g_test_add_func ("/vulkan-devices/lies", test_lies);
  g_test_add_func ("/vulkan-devices/unusable", test_unusable);
  g_test_add_func ("/vulkan-devices/helper", test_helper);
  g_test_add_func ("/vulkan-devices/helper-fails", test_helper_fails);
  g_test_add_func ("/vulkan-devices/helper-missing", test_helper_missing);
  g_test_add_func ("/vulkan-devices/report", test_report);
  return g_test_run ();
}
