/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-draft.h"
#include "hardware/hardware-override.h"

#define GIB (G_GUINT64_CONSTANT (1) << 30)
#define CARD "pci:0000:03:00.0"

static PaddockHardwareSnapshot *
make_machine (void)
{
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();
  PaddockHardwareDevice *device = paddock_hardware_device_new (CARD, PADDOCK_DEVICE_DISCRETE);

  paddock_hardware_number_set (&draft->memory->total, 32 * GIB, "/proc/meminfo MemTotal");
  paddock_hardware_number_set (&draft->memory->available, 20 * GIB, "/proc/meminfo MemAvailable");
  paddock_hardware_number_set (&device->total, 24 * GIB, "driver");
  paddock_hardware_number_set (&device->free, 23 * GIB, "driver");
  paddock_hardware_draft_add_device (draft, device);
  return paddock_hardware_draft_end (draft);
}

static PaddockHardwareSnapshot *
apply (const char *const *texts, GError **error)
{
  g_autoptr (PaddockHardwareSnapshot) machine = make_machine ();
  g_autoptr (GPtrArray) overrides = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hardware_override_free);

  for (; *texts != NULL; texts++)
    {
      PaddockHardwareOverride *override = paddock_hardware_override_parse (*texts, NULL);

      g_assert_nonnull (override);
      g_ptr_array_add (overrides, override);
    }
  return paddock_hardware_override_apply (machine, overrides, error);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *formatted;
  } cases[] = {
    { "processor.cores=8", "processor.cores=8" },
    { "disk:/home.free=0", "disk:/home.free=0" },
    { CARD ".total=25769803776", CARD ".total=25769803776" },
    { CARD ".total=24GiB", CARD ".total=25769803776" },
    { "rpc:10.0.0.2:50052.free=24 gb", "rpc:10.0.0.2:50052.free=24000000000" },
    { "memory.available=0", "memory.available=0" },
    { "memory.bandwidth=80GB", "memory.bandwidth=80000000000" },
    { "CUDA0.shared=0B", "CUDA0.shared=0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PaddockHardwareOverride) override = paddock_hardware_override_parse (cases[i].text, &error);
      g_autofree char *formatted = NULL;

      g_assert_no_error (error);
      formatted = paddock_hardware_override_format (override);
      g_assert_cmpstr (formatted, ==, cases[i].formatted);
    }
}

static void
test_parse_refuses (void)
{
  static const char *const texts[] = {
    "", "=", "total=5", ".total=5", "CUDA0.total", "CUDA0.total=", "CUDA0.total=-5", "CUDA0.total=5 apples",
    "CUDA0.total=1e9", "CUDA0.total=18446744073709551615", "CUDA0.total=99999999TiB", "CUDA0.total=0", "CUDA0.size=5",
    "CUDA0.available=5", "memory.free=5", "\xff.total=5", "CUDA0.total= 5",
    "processor.cores=0", "processor.cores=9GB", "processor.bogus=1", "disk:/.total=0",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (paddock_hardware_override_parse (texts[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_apply (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHardwareSnapshot) machine =
    apply ((const char *[]) { CARD ".total=48GiB", CARD ".total=40GiB", "memory.bandwidth=90GB", NULL }, &error);
  const PaddockHardwareDevice *device;

  g_assert_no_error (error);
  device = paddock_hardware_snapshot_find_device (machine, CARD);
  g_assert_cmpuint (device->total.value, ==, 40 * GIB);
  g_assert_true (device->total.overridden);
  g_assert_cmpuint (device->total.found, ==, 24 * GIB);
  g_assert_cmpstr (device->total.found_source, ==, "driver");
  g_assert_cmpuint (device->free.value, ==, 23 * GIB);
  g_assert_false (device->free.overridden);
  /* What was unknown is known now, and it is remembered that it was not found. */
  g_assert_cmpuint (machine->memory->bandwidth.value, ==, G_GUINT64_CONSTANT (90000000000));
  g_assert_false (machine->memory->bandwidth.found_known);
  g_assert_false (machine->memory->total.overridden);
}

static void
test_less (void)
{
  g_autoptr (PaddockHardwareSnapshot) machine =
    apply ((const char *[]) { CARD ".total=12GiB", "memory.total=16GiB", NULL }, NULL);
  const PaddockHardwareDevice *device = paddock_hardware_snapshot_find_device (machine, CARD);

  g_assert_cmpuint (device->free.value, ==, 12 * GIB);
  g_assert_false (device->free.overridden);
  g_assert_cmpuint (machine->memory->available.value, ==, 16 * GIB);
}

static void
test_no_device (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (apply ((const char *[]) { "CUDA7.total=12GiB", NULL }, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "CUDA7"));
}

static void
test_copy (void)
{
  g_autoptr (PaddockHardwareOverride) override = paddock_hardware_override_parse ("memory.total=1GiB", NULL);
  g_autoptr (PaddockHardwareOverride) copy = paddock_hardware_override_copy (override);
  g_autofree char *text = paddock_hardware_override_format (copy);

  g_assert_cmpstr (text, ==, "memory.total=1073741824");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hardware-override/parse", test_parse);
  g_test_add_func ("/hardware-override/parse-refuses", test_parse_refuses);
  g_test_add_func ("/hardware-override/apply", test_apply);
  g_test_add_func ("/hardware-override/less", test_less);
  g_test_add_func ("/hardware-override/no-device", test_no_device);
  g_test_add_func ("/hardware-override/copy", test_copy);
  return g_test_run ();
}
