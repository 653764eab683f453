/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-draft.h"
#include "placement-case.h"

static GPtrArray *
list_devices (guint total, guint available, const TestPlacementDevice *list, const char *const *excluded)
{
  g_autoptr (PaddockHardwareSnapshot) machine = test_placement_machine (total, available, list);

  return paddock_placement_devices_new (machine, excluded);
}

static const PaddockPlacementDevice *
get (GPtrArray *devices, guint index)
{
  g_assert_cmpuint (index, <, devices->len);
  return g_ptr_array_index (devices, index);
}

static void
test_host (void)
{
  g_autoptr (GPtrArray) devices = list_devices (32768, 20000, NULL, NULL);
  g_autoptr (GPtrArray) unknown = list_devices (0, 0, NULL, NULL);
  g_autoptr (GPtrArray) total = list_devices (2048, 0, NULL, NULL);
  const PaddockPlacementDevice *host = get (devices, PADDOCK_PLACEMENT_HOST);

  g_assert_cmpstr (host->id, ==, "cpu");
  g_assert_cmpint (host->kind, ==, PADDOCK_DEVICE_PROCESSOR);
  g_assert_cmpuint (host->reserve, ==, 2048 * TEST_MIB);
  g_assert_cmpuint (host->own, ==, (20000 - 2048) * TEST_MIB);
  g_assert_cmpuint (paddock_placement_device_get_capacity (host), ==, (32768 - 2048) * TEST_MIB);
  g_assert_cmpuint (paddock_placement_device_get_occupied (host), ==, (32768 - 20000) * TEST_MIB);
  g_assert_false (get (unknown, 0)->known);
  g_assert_true (get (total, 0)->known);
  g_assert_false (get (total, 0)->free_known);
  g_assert_cmpuint (get (total, 0)->own, ==, (2048 - 256) * TEST_MIB);
}

static void
test_reserve (void)
{
  static const TestPlacementDevice list[] = {
    { "CUDA0", PADDOCK_DEVICE_DISCRETE, 24576, 24000, 0, 0 },
    { "CUDA1", PADDOCK_DEVICE_DISCRETE, 4096, 4000, 0, 0 },
    { "CUDA2", PADDOCK_DEVICE_DISCRETE, 1024, 100, 0, 0 },
    { 0 },
  };
  g_autoptr (GPtrArray) devices = list_devices (8192, 8192, list, NULL);

  g_assert_cmpuint (get (devices, 1)->own, ==, (24000 - 768) * TEST_MIB);
  g_assert_cmpuint (get (devices, 2)->own, ==, (4000 - 512) * TEST_MIB);
  g_assert_cmpuint (get (devices, 3)->own, ==, 0);
}

static void
test_order_by_speed (void)
{
  static const TestPlacementDevice list[] = {
    { "CUDA0", PADDOCK_DEVICE_DISCRETE, 8192, 8000, 0, 200 },
    { "CUDA1", PADDOCK_DEVICE_DISCRETE, 8192, 8000, 0, 900 },
    { "CUDA2", PADDOCK_DEVICE_DISCRETE, 16384, 8000, 0, 200 },
    { 0 },
  };
  g_autoptr (GPtrArray) devices = list_devices (8192, 8192, list, NULL);

  g_assert_cmpstr (get (devices, 1)->engine_name, ==, "CUDA1");
  g_assert_cmpstr (get (devices, 2)->engine_name, ==, "CUDA2");
  g_assert_cmpstr (get (devices, 3)->engine_name, ==, "CUDA0");
}

/* The engine puts workers first and then its own devices: filled from the end. */
static void
test_order_of_engine (void)
{
  static const TestPlacementDevice list[] = {
    { "pci:0000:01:00.0", PADDOCK_DEVICE_DISCRETE, 8192, 8000, 0, 900 },
    { "rpc:host:50052", PADDOCK_DEVICE_REMOTE, 8192, 8000, 0, 0 },
    { "pci:0000:02:00.0", PADDOCK_DEVICE_DISCRETE, 8192, 8000, 0, 200 },
    { 0 },
  };
  g_autoptr (GPtrArray) devices = list_devices (8192, 8192, list, NULL);

  g_assert_cmpstr (get (devices, 1)->id, ==, "pci:0000:02:00.0");
  g_assert_null (get (devices, 1)->engine_name);
  g_assert_cmpstr (get (devices, 2)->id, ==, "pci:0000:01:00.0");
  g_assert_cmpstr (get (devices, 3)->address, ==, "host:50052");
}

static void
test_integrated (void)
{
  static const TestPlacementDevice list[] = {
    { "Vulkan1", PADDOCK_DEVICE_INTEGRATED, 512, 100, 7000, 0 },
    { "CUDA0", PADDOCK_DEVICE_DISCRETE, 8192, 8000, 0, 0 },
    { "cl:0", PADDOCK_DEVICE_PROCESSOR, 16384, 0, 0, 0 },
    { 0 },
  };
  static const char *const refused[] = { "CUDA0", NULL };
  g_autoptr (GPtrArray) both = list_devices (16384, 16384, list, NULL);
  g_autoptr (GPtrArray) alone = list_devices (16384, 16384, list, refused);

  g_assert_cmpuint (both->len, ==, 2);
  g_assert_cmpstr (get (both, 1)->id, ==, "CUDA0");
  /* Without it, the engine takes the integrated one. What its own memory lacks of the reserve, the other has to give. */
  g_assert_cmpuint (alone->len, ==, 2);
  g_assert_cmpstr (get (alone, 1)->id, ==, "Vulkan1");
  g_assert_cmpuint (get (alone, 1)->own, ==, 0);
  g_assert_cmpuint (get (alone, 1)->borrow, ==, (7000 - (768 - 100)) * TEST_MIB);
}

static void
test_large_carve_out (void)
{
  static const TestPlacementDevice list[] = { { "Vulkan0", PADDOCK_DEVICE_INTEGRATED, 98304, 97000, 15000, 0 }, { 0 } };
  g_autoptr (GPtrArray) devices = list_devices (31000, 28000, list, NULL);

  g_assert_cmpuint (get (devices, 1)->own, ==, (97000 - 768) * TEST_MIB);
  g_assert_cmpuint (get (devices, 1)->borrow, ==, 15000 * TEST_MIB);
}

static void
test_unknown (void)
{
  static const TestPlacementDevice list[] = {
    { "CUDA0", PADDOCK_DEVICE_DISCRETE, 0, 0, 0, 0 },
    { "Vulkan0", PADDOCK_DEVICE_INTEGRATED, 0, 0, 0, 0 },
    { "Vulkan1", PADDOCK_DEVICE_INTEGRATED, 0, 0, 4000, 0 },
    { 0 },
  };
  g_autoptr (GPtrArray) devices = list_devices (8192, 8192, list, NULL);

  g_assert_cmpuint (devices->len, ==, 2);
  g_assert_cmpstr (get (devices, 1)->id, ==, "Vulkan1");
  g_assert_cmpuint (get (devices, 1)->borrow, ==, 3500 * TEST_MIB);
}

static void
add_card (PaddockHardwareDraft *draft, const char *id, PaddockHardwareDeviceKind kind, const char *backend)
{
  PaddockHardwareDevice *device = paddock_hardware_device_new (id, kind);

  paddock_hardware_number_set (&device->total, 8 * 1024 * TEST_MIB, "the test");
  paddock_hardware_device_add_backend (device, backend);
  paddock_hardware_draft_add_device (draft, device);
}

/* The names of the first two devices, or "-". */
static char *
name_devices (const char *library, const char *first, const char *second, PaddockHardwareDeviceKind kind)
{
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();
  g_autoptr (PaddockHardwareSnapshot) machine = NULL;
  g_autoptr (GPtrArray) devices = NULL;
  GString *names = g_string_new (NULL);

  draft->engine = paddock_hardware_engine_new ("/usr/bin/llama-server");
  paddock_hardware_engine_add_backend (draft->engine, "cpu");
  paddock_hardware_engine_add_backend (draft->engine, library);
  add_card (draft, "pci:0000:01:00.0", PADDOCK_DEVICE_DISCRETE, first);
  add_card (draft, "pci:0000:02:00.0", kind, second);
  machine = paddock_hardware_draft_end (draft);
  devices = paddock_placement_devices_new (machine, NULL);
  for (guint i = 1; i < devices->len; i++)
    {
      const PaddockPlacementDevice *device = g_ptr_array_index (devices, i);

      g_string_append_printf (names, "%s ", device->engine_name != NULL ? device->engine_name : "-");
    }
  return g_string_free (names, FALSE);
}

static void
check_names (const char *library, const char *first, const char *second, PaddockHardwareDeviceKind kind,
             const char *expected)
{
  g_autofree char *names = name_devices (library, first, second, kind);

  g_assert_cmpstr (names, ==, expected);
}

/* Which of several is the engine's first nobody knows; of one there is no doubt. */
static void
test_names (void)
{
  check_names ("cuda", "cuda", "vulkan", PADDOCK_DEVICE_DISCRETE, "- CUDA0 ");
  check_names ("vulkan", "cuda", "vulkan", PADDOCK_DEVICE_DISCRETE, "Vulkan0 - ");
  check_names ("hip", "rocm", "vulkan", PADDOCK_DEVICE_INTEGRATED, "ROCm0 ");
  check_names ("vulkan", "vulkan", "vulkan", PADDOCK_DEVICE_DISCRETE, "- - ");
  /* The engine passes over the integrated one. */
  check_names ("vulkan", "vulkan", "vulkan", PADDOCK_DEVICE_INTEGRATED, "Vulkan0 ");
  check_names ("sycl", "vulkan", "vulkan", PADDOCK_DEVICE_INTEGRATED, "- ");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/placement-device/host", test_host);
  g_test_add_func ("/placement-device/reserve", test_reserve);
  g_test_add_func ("/placement-device/order-by-speed", test_order_by_speed);
  g_test_add_func ("/placement-device/order-of-engine", test_order_of_engine);
  g_test_add_func ("/placement-device/integrated", test_integrated);
  g_test_add_func ("/placement-device/large-carve-out", test_large_carve_out);
  g_test_add_func ("/placement-device/unknown", test_unknown);
  g_test_add_func ("/placement-device/names", test_names);
  return g_test_run ();
}
