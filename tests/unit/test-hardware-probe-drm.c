/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-merge.h"
#include "hardware/hardware-probe.h"
#include "hardware/pci-names.h"

#include "machine-tree.h"

#define MIB (G_GUINT64_CONSTANT (1) << 20)
#define GIB (G_GUINT64_CONSTANT (1) << 30)

/* A processor with large graphics in it: half a gibibyte is set aside, and most of the memory may be used beside it. */
static const char strix_halo[] =
  "/sys/class/drm/card1 -> ../../devices/pci0000:00/0000:c5:00.0/drm/card1\n"
  "/sys/class/drm/card1-eDP-1 -> ../../devices/pci0000:00/0000:c5:00.0/drm/card1/card1-eDP-1\n"
  "/sys/class/drm/renderD128 -> ../../devices/pci0000:00/0000:c5:00.0/drm/renderD128\n"
  "/sys/devices/pci0000:00/0000:c5:00.0/drm/card1/device -> ../..\n"
  "/sys/devices/pci0000:00/0000:c5:00.0/drm/card1/card1-eDP-1/status: connected\n"
  "/sys/devices/pci0000:00/0000:c5:00.0/drm/renderD128/device -> ../..\n"
  "/sys/devices/pci0000:00/0000:c5:00.0/uevent:\n"
  "  DRIVER=amdgpu\n"
  "  PCI_CLASS=38000\n"
  "  PCI_ID=1002:1586\n"
  "  PCI_SLOT_NAME=0000:c5:00.0\n"
  "/sys/devices/pci0000:00/0000:c5:00.0/vendor: 0x1002\n"
  "/sys/devices/pci0000:00/0000:c5:00.0/device: 0x1586\n"
  "/sys/devices/pci0000:00/0000:c5:00.0/revision: 0xc1\n"
  "/sys/devices/pci0000:00/0000:c5:00.0/mem_info_vram_total: 536870912\n"
  "/sys/devices/pci0000:00/0000:c5:00.0/mem_info_vram_used: 100663296\n"
  "/sys/devices/pci0000:00/0000:c5:00.0/mem_info_gtt_total: 115964116992\n"
  "/sys/devices/pci0000:00/0000:c5:00.0/mem_info_gtt_used: 35000320\n"
  "/sys/devices/pci0000:00/0000:c5:00.0/gpu_metrics: \\x08\\x01\\x03\\x00\n"
  "/sys/class/kfd/kfd/topology/generation_id: 2\n"
  "/proc/sys/kernel/osrelease: 6.14.0-arch1-1\n"
  "/usr/share/libdrm/amdgpu.ids:\n"
  "  # List of AMDGPU IDs\n"
  "  1.0.0\n"
  "  1586,\\tC1,\\tAMD Radeon 8060S Graphics\n";

static const char discrete_amd[] =
  "/sys/class/drm/card0/device/uevent:\n"
  "  DRIVER=amdgpu\n"
  "  PCI_SLOT_NAME=0000:03:00.0\n"
  "/sys/class/drm/card0/device/vendor: 0x1002\n"
  "/sys/class/drm/card0/device/device: 0x744c\n"
  "/sys/class/drm/card0/device/revision: 0xc8\n"
  "/sys/class/drm/card0/device/mem_info_vram_total: 25753026560\n"
  "/sys/class/drm/card0/device/mem_info_vram_used: 1753026560\n"
  "/sys/class/drm/card0/device/mem_info_vis_vram_total: 268435456\n"
  "/sys/class/drm/card0/device/mem_info_gtt_total: 33000000000\n"
  "/sys/class/drm/card0/device/gpu_metrics: \\x78\\x00\\x01\\x03\n"
  "/usr/share/hwdata/pci.ids:\n"
  "  # remark\n"
  "  1002  Advanced Micro Devices, Inc. [AMD/ATI]\n"
  "  \\t73bf  Navi 21 [Radeon RX 6800/6800 XT / 6900 XT]\n"
  "  \\t744c  Navi 31 [Radeon RX 7900 XT/7900 XTX/7900 GRE/7900M]\n"
  "  \\t\\t1002 0e3b  Radeon RX 7900 XTX\n"
  "  10de  NVIDIA Corporation\n"
  "  \\t744c  Not this one\n";

static const char hybrid_laptop[] =
  "/proc/meminfo:\n"
  "  MemTotal:       32000000 kB\n"
  "/proc/sys/kernel/osrelease: 6.12.4\n"
  "/sys/class/drm/card1/device/uevent:\n"
  "  DRIVER=i915\n"
  "  PCI_SLOT_NAME=0000:00:02.0\n"
  "/sys/class/drm/card1/device/vendor: 0x8086\n"
  "/sys/class/drm/card1/device/device: 0xa7a0\n"
  "/sys/class/drm/card0/device/uevent:\n"
  "  DRIVER=nvidia\n"
  "  PCI_SLOT_NAME=0000:01:00.0\n"
  "/sys/class/drm/card0/device/vendor: 0x10de\n"
  "/sys/class/drm/card0/device/device: 0x28e0\n"
  "/proc/driver/nvidia/version:\n"
  "  NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  575.64.05  Release Build  (root@host)  Fri Jul 18 2025\n"
  "  GCC version:  gcc version 15.1.1\n"
  "/proc/driver/nvidia/gpus/0000:01:00.0/information:\n"
  "  Model: \\t\\t NVIDIA GeForce RTX 4060 Laptop GPU\n"
  "  IRQ:   \\t\\t 183\n"
  "/sys/bus/pci/devices/0000:01:00.0/resource:\n"
  "  0x0000000082000000 0x0000000082ffffff 0x0000000000040200\n"
  "  0x0000006000000000 0x00000061ffffffff 0x000000000014220c\n"
  "  0x0000000000000000 0x0000000000000000 0x0000000000000000\n";

static const char arc[] =
  "/sys/class/drm/card0/device/uevent:\n"
  "  DRIVER=xe\n"
  "  PCI_SLOT_NAME=0000:04:00.0\n"
  "/sys/class/drm/card0/device/vendor: 0x8086\n"
  "/sys/class/drm/card0/device/device: 0xe20b\n"
  "/sys/bus/pci/devices/0000:04:00.0/resource:\n"
  "  0x00000000a0000000 0x00000000a0ffffff 0x0000000000140204\n"
  "  0x0000000000000000 0x0000000000000000 0x0000000000000000\n"
  "  0x0000004000000000 0x00000043ffffffff 0x000000000014220c\n";

static void
probe (const char *machine, PaddockHardwareDraft *draft)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GError) error = NULL;
  const char *root = test_directory_get_path (directory);

  test_machine_tree_write (root, machine, &error);
  g_assert_no_error (error);
  paddock_hardware_probe_nvml (root, draft);
  paddock_hardware_probe_drm (root, draft);
  paddock_hardware_probe_vulkan (root, draft);
  paddock_hardware_probe_opencl (root, draft);
  paddock_hardware_probe_window (root, draft);
}

static const PaddockHardwareDevice *
get_device (PaddockHardwareDraft *draft, const char *id)
{
  const PaddockHardwareDevice *device = paddock_hardware_draft_find_device (draft, NULL, id);

  g_assert_nonnull (device);
  return device;
}

static void
check_number (const PaddockHardwareNumber *number, guint64 value, const char *source)
{
  g_assert_true (number->known);
  g_assert_cmpuint (number->value, ==, value);
  g_assert_nonnull (strstr (number->source, source));
}

static void
test_strix_halo (void)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  const PaddockHardwareDevice *device;

  probe (strix_halo, draft);
  g_assert_cmpuint (draft->devices->len, ==, 1);
  device = get_device (draft, "pci:0000:c5:00.0");
  g_assert_cmpstr (device->name, ==, "AMD Radeon 8060S Graphics");
  g_assert_cmpint (device->kind, ==, PADDOCK_DEVICE_INTEGRATED);
  g_assert_cmpstr (device->driver, ==, "amdgpu");
  g_assert_cmpstr (device->driver_version, ==, "Linux 6.14.0-arch1-1");
  check_number (&device->total, 512 * MIB, "mem_info_vram_total");
  check_number (&device->free, 416 * MIB, "mem_info_vram_used");
  check_number (&device->shared, 108 * GIB, "mem_info_gtt_total");
  g_assert_false (device->bandwidth.known);
  g_assert_true (paddock_hardware_device_has_backend (device, "rocm"));
  g_assert_cmpint (device->note->code, ==, PADDOCK_HARDWARE_NOTE_DEVICE_CARVE_OUT);
  g_assert_cmpstr (device->note->subject, ==, "512.0 MiB");
  g_assert_cmpstr (device->note->value, ==, "108.0 GiB");
}

/* Without metrics it is known by its number; with those of a card it would be one whatever the number. */
static void
test_metrics (void)
{
  static const struct
  {
    const char *line;
    PaddockHardwareDeviceKind kind;
  } cases[] = {
    { "/sys/devices/pci0000:00/0000:c5:00.0/gpu_metrics: \\c\n", PADDOCK_DEVICE_INTEGRATED },
    { "/sys/devices/pci0000:00/0000:c5:00.0/gpu_metrics: \\x08\\x01\\x01\\x00\n", PADDOCK_DEVICE_DISCRETE },
    { "/sys/devices/pci0000:00/0000:c5:00.0/gpu_metrics: \\x08\\x01\\x63\\x00\n", PADDOCK_DEVICE_INTEGRATED },
    { "/sys/devices/pci0000:00/0000:c5:00.0/gpu_metrics: \\c\n"
      "/sys/devices/pci0000:00/0000:c5:00.0/device: 0x7550\n", PADDOCK_DEVICE_DISCRETE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
      g_autofree char *machine = g_strconcat (strix_halo, cases[i].line, NULL);

      probe (machine, draft);
      g_assert_cmpint (get_device (draft, "pci:0000:c5:00.0")->kind, ==, cases[i].kind);
    }
}

static void
test_discrete_amd (void)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  const PaddockHardwareDevice *device;

  probe (discrete_amd, draft);
  device = get_device (draft, "pci:0000:03:00.0");
  g_assert_cmpstr (device->name, ==, "AMD Radeon RX 7900 XT/7900 XTX/7900 GRE/7900M");
  g_assert_cmpint (device->kind, ==, PADDOCK_DEVICE_DISCRETE);
  check_number (&device->total, 25753026560, "mem_info_vram_total");
  check_number (&device->free, 24000000000, "mem_info_vram_used");
  /* What it could use beside its own is slow there, and nobody counts on it. */
  g_assert_false (device->shared.known);
  g_assert_false (paddock_hardware_device_has_backend (device, "rocm"));
  g_assert_cmpint (device->note->code, ==, PADDOCK_HARDWARE_NOTE_DEVICE_SMALL_WINDOW);
  g_assert_cmpstr (device->note->subject, ==, "256.0 MiB");
}

static void
test_hybrid_laptop (void)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  const PaddockHardwareDevice *device;

  probe (hybrid_laptop, draft);
  g_assert_cmpuint (draft->devices->len, ==, 2);
  device = get_device (draft, "pci:0000:00:02.0");
  g_assert_cmpstr (device->name, ==, "Intel graphics 0xa7a0");
  g_assert_cmpint (device->kind, ==, PADDOCK_DEVICE_INTEGRATED);
  g_assert_false (device->total.known);
  check_number (&device->shared, G_GUINT64_CONSTANT (24000000) * 1024, "3/4");

  device = get_device (draft, "pci:0000:01:00.0");
  g_assert_cmpstr (device->name, ==, "NVIDIA GeForce RTX 4060 Laptop GPU");
  g_assert_cmpstr (device->driver_version, ==, "575.64.05");
  check_number (&device->total, 8 * GIB, "at most");
  g_assert_false (device->free.known);
}

static void
test_arc (void)
{
  static const struct
  {
    const char *more;
    guint64 total;
    const char *source;
  } cases[] = {
    { "", 16 * GIB, "at most" },
    { "/sys/class/drm/card0/device/tile0/physical_vram_size_bytes: 12884901888\n", 12 * GIB, "tile" },
    { "/sys/class/drm/card0/device/tile{0-1}/physical_vram_size_bytes: 6442450944\n", 12 * GIB, "tile" },
    { "/sys/class/drm/card0/device/tile0/physical_vram_size_bytes: 6442450944\n"
      "/sys/class/drm/card0/device/tile1/physical_vram_size_bytes: many\n", 16 * GIB, "at most" },
    { "/sys/class/drm/card0/lmem_total_bytes: 12884901888\n", 12 * GIB, "lmem_total_bytes" },
    { "/sys/class/drm/card0/lmem_total_bytes: 0\n", 16 * GIB, "at most" },
    { "/sys/bus/pci/devices/0000:04:00.0/resource: 0x4000000000 0x400fffffff 0x14220c\n", 0, NULL },
    { "/sys/bus/pci/devices/0000:04:00.0/resource: 0x43ffffffff 0x4000000000 0x14220c\n", 0, NULL },
    { "/sys/bus/pci/devices/0000:04:00.0/resource: 0x0 0xffffffffffffffff 0x14220c\n", 0, NULL },
    { "/sys/bus/pci/devices/0000:04:00.0/resource: 0x4000000000 0x43ffffffff 0x0200\n", 0, NULL },
    { "/sys/bus/pci/devices/0000:04:00.0/resource: \\xff\\xfe\n", 0, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
      g_autofree char *machine = g_strconcat (arc, cases[i].more, NULL);
      const PaddockHardwareDevice *device;

      probe (machine, draft);
      device = get_device (draft, "pci:0000:04:00.0");
      g_assert_cmpint (device->kind, ==, PADDOCK_DEVICE_DISCRETE);
      g_assert_false (device->free.known);
      if (cases[i].source != NULL)
        check_number (&device->total, cases[i].total, cases[i].source);
      else
        g_assert_false (device->total.known);
    }
}

/* Files that lie: what cannot be is unknown, and no number is made of it. */
static void
test_lies (void)
{
  static const char *const totals[] = { "-1", "banana", "99999999999999999999999", "0", "0x10", "1e9", "17592186044416000000",
                                        "\\xff\\xff", " " };

  for (gsize i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
      g_autofree char *machine = g_strconcat (strix_halo,
                                              "/sys/devices/pci0000:00/0000:c5:00.0/mem_info_vram_total: ", totals[i],
                                              "\n/sys/devices/pci0000:00/0000:c5:00.0/mem_info_gtt_total: ", totals[i], "\n",
                                              NULL);
      const PaddockHardwareDevice *device;

      probe (machine, draft);
      device = get_device (draft, "pci:0000:c5:00.0");
      g_assert_false (device->total.known);
      g_assert_false (device->free.known);
      g_assert_false (device->shared.known);
      g_assert_null (device->note);
    }
}

static void
test_more_used_than_there_is (void)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  g_autofree char *machine =
    g_strconcat (discrete_amd, "/sys/class/drm/card0/device/mem_info_vram_used: 25753026561\n", NULL);

  probe (machine, draft);
  g_assert_false (get_device (draft, "pci:0000:03:00.0")->free.known);
}

static void
test_strange_identity (void)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  const PaddockHardwareDevice *device;

  probe ("/sys/class/drm/card0/device/uevent:\n"
         "  DRIVER=\\x1b[31mnova\\xff\n"
         "  PCI_SLOT_NAME=../../etc\n"
         "/sys/class/drm/card0/device/drm/renderD128/dev: 226:128\n"
         "/sys/class/drm/card0/device/vendor: 0x123456789\n"
         "/sys/class/drm/card7/device/uevent: PCI_SLOT_NAME=0000:07:00.0\n"
         "/sys/class/drm/card7/device/vendor: 0xabcd\n"
         "/sys/class/drm/card7/device/device: 0x1\n",
         draft);
  g_assert_cmpuint (draft->devices->len, ==, 2);
  device = get_device (draft, "drm:card0");
  g_assert_null (device->pci);
  g_assert_true (g_utf8_validate (device->name, -1, NULL));
  g_assert_null (strchr (device->name, '\x1b'));
  device = get_device (draft, "pci:0000:07:00.0");
  g_assert_cmpstr (device->name, ==, "Unknown graphics 0x0001");
  g_assert_null (device->driver);
}

/* Displays that cannot compute, sockets, and the second node of a card are no devices. */
static void
test_left_out (void)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();

  probe ("/sys/class/drm/card0/device/uevent: DRIVER=virtio_gpu\n"
         "/sys/class/drm/card0/device/drm/renderD128/dev: 226:128\n"
         "/sys/class/drm/card1/device/uevent:\n"
         "  DRIVER=ast\n"
         "  PCI_SLOT_NAME=0000:02:00.0\n"
         "/sys/class/drm/card2/device/uevent: DRIVER=simple-framebuffer\n"
         "/sys/class/drm/card3/device/uevent:\n"
         "  DRIVER=bochs-drm\n"
         "  PCI_SLOT_NAME=0000:00:01.0\n"
         "/sys/class/drm/card4/device/uevent:\n"
         "  DRIVER=mgag200\n"
         "  PCI_SLOT_NAME=0000:05:00.0\n"
         "/sys/class/drm/card5/device/uevent: DRIVER=vc4-drm\n"
         "/sys/class/drm/card6-DP-1/status: connected\n"
         "/sys/class/drm/version: drm 1.1.0 20060810\n"
         "/sys/class/drm/renderD129/device/uevent:\n"
         "  DRIVER=nouveau\n"
         "  PCI_SLOT_NAME=0000:09:00.0\n"
         "/sys/class/drm/renderD130/device/uevent:\n"
         "  DRIVER=nouveau\n"
         "  PCI_SLOT_NAME=0000:09:00.0\n",
         draft);
  g_assert_cmpuint (draft->devices->len, ==, 1);
  g_assert_cmpstr (get_device (draft, "pci:0000:09:00.0")->driver, ==, "nouveau");
}

static void
test_nothing (void)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();

  probe ("/proc/meminfo: MemTotal: 1000 kB\n", draft);
  g_assert_cmpuint (draft->devices->len, ==, 0);
  g_assert_cmpuint (draft->notes->len, ==, 0);
}

static PaddockHardwareDevice *
make_device (const char *id, const char *name, const char *pci, guint64 total)
{
  PaddockHardwareDevice *device = paddock_hardware_device_new (id, PADDOCK_DEVICE_DISCRETE);

  device->name = g_strdup (name);
  device->pci = g_strdup (pci);
  if (total > 0)
    paddock_hardware_number_set (&device->total, total, id);
  return device;
}

static void
test_merge (void)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  PaddockHardwareDevice *first = paddock_hardware_merge (draft, make_device ("a", "NVIDIA X", "0000:01:00.0", 24 * GIB));
  PaddockHardwareDevice *second = paddock_hardware_merge (draft, make_device ("b", "NVIDIA X", "0000:02:00.0", 0));
  const PaddockHardwareNote *note;

  g_assert_true (first != second);
  /* By its place; the number that is there stays, and a small difference is not worth a word. */
  g_assert_true (paddock_hardware_merge (draft, make_device ("c", "Other", "0000:01:00.0", 24 * GIB - 300 * MIB)) == first);
  check_number (&first->total, 24 * GIB, "a");
  g_assert_cmpuint (draft->notes->len, ==, 0);
  /* A large one is. */
  g_assert_true (paddock_hardware_merge (draft, make_device ("d", "Other", "0000:01:00.0", 20 * GIB)) == first);
  check_number (&first->total, 24 * GIB, "a");
  g_assert_cmpuint (draft->notes->len, ==, 1);
  note = g_ptr_array_index (draft->notes, 0);
  g_assert_cmpint (note->code, ==, PADDOCK_HARDWARE_NOTE_DEVICE_DISAGREEMENT);
  g_assert_cmpstr (note->subject, ==, "NVIDIA X");
  /* What was unknown is filled in. */
  g_assert_true (paddock_hardware_merge (draft, make_device ("e", "Other", "0000:02:00.0", 20 * GIB)) == second);
  check_number (&second->total, 20 * GIB, "e");
  /* Of two with the same name nobody knows which is meant. */
  g_assert_true (paddock_hardware_merge (draft, make_device ("f", "NVIDIA X", NULL, GIB)) != first);
  g_assert_cmpuint (draft->devices->len, ==, 3);
}

static void
test_merge_by_maker (void)
{
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  PaddockHardwareDevice *amd = paddock_hardware_merge (draft, make_device ("a", "AMD graphics 0x744c", "0000:01:00.0", 0));
  PaddockHardwareDevice *intel = paddock_hardware_merge (draft, make_device ("b", "Intel graphics 0x1", "0000:02:00.0", 0));

  g_assert_true (paddock_hardware_merge (draft, make_device ("Vulkan0", "AMD Radeon", NULL, GIB)) == amd);
  g_assert_true (paddock_hardware_merge (draft, make_device ("Vulkan1", "Intel(R) Arc(TM)", NULL, 2 * GIB)) == intel);
  g_assert_true (paddock_hardware_merge (draft, make_device ("Vulkan2", "Moore Threads S80", NULL, GIB)) != intel);
  check_number (&amd->total, GIB, "Vulkan0");
  check_number (&intel->total, 2 * GIB, "Vulkan1");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hardware-probe-drm/strix-halo", test_strix_halo);
  g_test_add_func ("/hardware-probe-drm/metrics", test_metrics);
  g_test_add_func ("/hardware-probe-drm/discrete-amd", test_discrete_amd);
  g_test_add_func ("/hardware-probe-drm/hybrid-laptop", test_hybrid_laptop);
  g_test_add_func ("/hardware-probe-drm/arc", test_arc);
  g_test_add_func ("/hardware-probe-drm/lies", test_lies);
  g_test_add_func ("/hardware-probe-drm/more-used-than-there-is", test_more_used_than_there_is);
  g_test_add_func ("/hardware-probe-drm/strange-identity", test_strange_identity);
  g_test_add_func ("/hardware-probe-drm/left-out", test_left_out);
  g_test_add_func ("/hardware-probe-drm/nothing", test_nothing);
  g_test_add_func ("/hardware-probe-drm/merge", test_merge);
  g_test_add_func ("/hardware-probe-drm/merge-by-maker", test_merge_by_maker);
  return g_test_run ();
}
