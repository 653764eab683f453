/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-scan.h"

#include "machine-tree.h"

/* What the machines among the tests' data have to compute with beside their processors. */

#define MIB (G_GUINT64_CONSTANT (1) << 20)
#define GIB (G_GUINT64_CONSTANT (1) << 30)

typedef struct
{
  const char *machine;
  const char *id;
  const char *name;
  PaddockHardwareDeviceKind kind;
  /* 0: unknown */
  guint64 total;
  guint64 free;
  guint64 shared;
} Expected;

static const Expected all_expected[] = {
  { "strix-halo", "pci:0000:c5:00.0", "AMD Radeon 8060S Graphics", PADDOCK_DEVICE_INTEGRATED, 512 * MIB, 416 * MIB, 108 * GIB },
  { "amd-apu", "pci:0000:04:00.0", "AMD graphics 0x1638", PADDOCK_DEVICE_INTEGRATED, 4 * GIB, 3321 * MIB, 15 * GIB },
  { "amd-discrete", "pci:0000:03:00.0", "AMD Radeon RX 7900 XT/7900 XTX/7900 GRE/7900M", PADDOCK_DEVICE_DISCRETE, 24560 * MIB,
    24000000000, 0 },
  { "hybrid-laptop", "pci:0000:01:00.0", "NVIDIA GeForce RTX 4060 Laptop GPU", PADDOCK_DEVICE_DISCRETE, 8 * GIB, 0, 0 },
  { "hybrid-laptop", "pci:0000:00:02.0", "Intel graphics 0xa7a0", PADDOCK_DEVICE_INTEGRATED, 0, 0, 1 },
  { "intel-arc", "pci:0000:04:00.0", "Intel graphics 0xe20b", PADDOCK_DEVICE_DISCRETE, 12 * GIB, 0, 0 },
  { "two-nvidia", "pci:0000:01:00.0", "NVIDIA GeForce RTX 3090", PADDOCK_DEVICE_DISCRETE, 32 * GIB, 0, 0 },
  { "two-nvidia", "pci:0000:21:00.0", "NVIDIA GeForce RTX 3090", PADDOCK_DEVICE_DISCRETE, 32 * GIB, 0, 0 },
  { "lying-sysfs", "pci:0000:03:00.0", "AMD graphics 0x744c", PADDOCK_DEVICE_DISCRETE, 0, 0, 0 },
};

static void
check_number (const PaddockHardwareNumber *number, guint64 expected)
{
  g_assert_true (number->known == (expected != 0));
  if (expected == 0)
    return;
  g_assert_nonnull (number->source);
  /* A share of the machine's memory, whatever that is. */
  if (expected > 1)
    g_assert_cmpuint (number->value, ==, expected);
}

static void
check_device (const PaddockHardwareSnapshot *snapshot, const Expected *expected)
{
  const PaddockHardwareDevice *device = paddock_hardware_snapshot_find_device (snapshot, expected->id);

  g_assert_nonnull (device);
  g_assert_cmpstr (device->name, ==, expected->name);
  g_assert_cmpint (device->kind, ==, expected->kind);
  check_number (&device->total, expected->total);
  check_number (&device->free, expected->free);
  check_number (&device->shared, expected->shared);
}

static void
test_machine (gconstpointer data)
{
  const char *machine = data;
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *root = test_machine_tree_unpack (directory, machine);
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHardwareSnapshot) snapshot = paddock_hardware_scan (root, NULL, &error);
  guint n_expected = 0;

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (all_expected); i++)
    if (g_str_equal (all_expected[i].machine, machine))
      {
        check_device (snapshot, &all_expected[i]);
        n_expected++;
      }
  g_assert_cmpuint (snapshot->devices->len, ==, n_expected);
}

int
main (int argc, char *argv[])
{
  g_auto (GStrv) names = NULL;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  names = test_machine_tree_list ();
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_strconcat ("/hardware-devices/", *name, NULL);

      g_test_add_data_func_full (path, g_strdup (*name), test_machine, g_free);
    }
  return g_test_run ();
}
