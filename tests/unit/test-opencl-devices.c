/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/opencl-devices.h"

#include <string.h>

#define GIB (G_GUINT64_CONSTANT (1) << 30)

/* Which of the three ways to tell its place the device has, and whether its memory is the computer's. */
static guint32 way;
static gboolean unified;

static gint32
answer (gconstpointer what, gsize length, gsize size, gpointer value)
{
  if (size < length)
    return -30;
  memcpy (value, what, length);
  return PADDOCK_CL_SUCCESS;
}

static gint32
get_device_info (PaddockClDevice device, guint32 what, gsize size, gpointer value, gsize *needed)
{
  static const guint32 place[] = { 1, 0x65, 0, 0 };
  static const guint8 topology[24] = { [0] = 1, [21] = 0x65, [22] = 0, [23] = 0 };
  guint32 number = unified;

  if (what == 0x1035)
    return answer (&number, sizeof number, size, value);
  if (what != way && !(way == 0x4008 && (what == 0x4009 || what == 0x400a)))
    return -30;
  if (what == 0x410f)
    return answer (place, sizeof place, size, value);
  if (what == 0x4037)
    return answer (topology, sizeof topology, size, value);
  number = what == 0x4008 ? 0x65 : what == 0x4009 ? 0 : 1;
  return answer (&number, sizeof number, size, value);
}

static const PaddockOpenclLibrary library = { .get_device_info = get_device_info };

static PaddockHardwareDevice *
describe (PaddockOpenclKind kind, guint64 memory)
{
  const PaddockOpenclDevice device = {
    .library = &library,
    .name = (char *) "AMD Radeon Graphics",
    .driver_version = (char *) "3649.0",
    .kind = kind,
    .memory = memory,
  };

  return paddock_opencl_device_describe (&device, 2);
}

static void
test_place (void)
{
  static const struct
  {
    guint32 way;
    const char *pci;
  } cases[] = { { 0x410f, "0001:65:00.0" }, { 0x4008, "0001:65:00.0" }, { 0x4037, "0000:65:00.0" }, { 0, NULL } };

  unified = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PaddockHardwareDevice) device = NULL;

      way = cases[i].way;
      device = describe (PADDOCK_OPENCL_KIND_GPU, 8 * GIB);
      g_assert_cmpstr (device->pci, ==, cases[i].pci);
      g_assert_cmpstr (device->name, ==, "AMD Radeon Graphics");
      if (cases[i].pci == NULL)
        g_assert_cmpstr (device->id, ==, "OpenCL2");
      g_assert_cmpuint (device->total.value, ==, 8 * GIB);
      g_assert_true (paddock_hardware_device_has_backend (device, "opencl"));
    }
}

static void
test_unified (void)
{
  g_autoptr (PaddockHardwareDevice) device = NULL;

  unified = TRUE;
  device = describe (PADDOCK_OPENCL_KIND_GPU, 8 * GIB);
  g_assert_cmpint (device->kind, ==, PADDOCK_DEVICE_INTEGRATED);
  g_assert_false (device->total.known);
  g_assert_cmpuint (device->shared.value, ==, 8 * GIB);
}

static void
test_nothing (void)
{
  g_autoptr (PaddockHardwareDevice) device = NULL;

  unified = FALSE;
  g_assert_null (describe (PADDOCK_OPENCL_KIND_CPU, 8 * GIB));
  device = describe (PADDOCK_OPENCL_KIND_GPU, 0);
  g_assert_false (device->total.known);
}

static void
test_no_library (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (paddock_opencl_devices_describe ("libthere-is-no-such.so.1", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/opencl-devices/place", test_place);
  g_test_add_func ("/opencl-devices/unified", test_unified);
  g_test_add_func ("/opencl-devices/nothing", test_nothing);
  g_test_add_func ("/opencl-devices/no-library", test_no_library);
  return g_test_run ();
}
