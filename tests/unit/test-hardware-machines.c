/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-draft.h"
#include "hardware/hardware-machines.h"
#include "hardware/remote-worker.h"

#include "directory.h"

#define GIB (G_GUINT64_CONSTANT (1) << 30)

static PaddockHardwareSnapshot *
make_machine (void)
{
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();
  PaddockHardwareDevice *device = paddock_hardware_device_new ("CUDA0", PADDOCK_DEVICE_DISCRETE);

  paddock_hardware_number_set (&draft->memory->total, 64 * GIB, "somewhere");
  paddock_hardware_number_set (&device->total, 24 * GIB, "driver");
  paddock_hardware_number_override (&device->total, 48 * GIB, "set by you");
  device->name = g_strdup ("Two cards’ worth");
  paddock_hardware_draft_add_device (draft, device);
  return paddock_hardware_draft_end (draft);
}

static void
check_list (PaddockHardwareMachines *machines, const char *const *expected)
{
  g_auto (GStrv) names = paddock_hardware_machines_list (machines);

  g_assert_cmpstrv ((const char *const *) names, expected);
}

static void
test_keep (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *folder = test_directory_build_path (directory, "not/yet/there");
  g_autoptr (PaddockHardwareMachines) machines = paddock_hardware_machines_new (folder);
  g_autoptr (PaddockHardwareSnapshot) machine = make_machine ();
  g_autoptr (PaddockHardwareSnapshot) back = NULL;
  g_autoptr (GError) error = NULL;
  const PaddockHardwareDevice *device;

  check_list (machines, (const char *[]) { NULL });
  g_assert_true (paddock_hardware_machines_save (machines, "Workstation", machine, &error));
  g_assert_no_error (error);
  g_assert_true (paddock_hardware_machines_save (machines, "../.. /Büro ☕", machine, &error));
  g_assert_true (paddock_hardware_machines_save (machines, ".hidden", machine, &error));
  g_assert_true (paddock_hardware_machines_save (machines, "Workstation", machine, &error));
  check_list (machines, (const char *[]) { "../.. /Büro ☕", ".hidden", "Workstation", NULL });

  back = paddock_hardware_machines_load (machines, "../.. /Büro ☕", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->name, ==, "../.. /Büro ☕");
  g_assert_cmpuint (back->memory->total.value, ==, 64 * GIB);
  device = paddock_hardware_snapshot_find_device (back, "CUDA0");
  g_assert_cmpstr (device->name, ==, "Two cards’ worth");
  g_assert_cmpuint (device->total.value, ==, 48 * GIB);
  g_assert_true (device->total.overridden);
  g_assert_cmpuint (device->total.found, ==, 24 * GIB);
}

static void
test_rename (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHardwareMachines) machines = paddock_hardware_machines_new (test_directory_get_path (directory));
  g_autoptr (PaddockHardwareSnapshot) machine = make_machine ();
  g_autoptr (PaddockHardwareSnapshot) back = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (paddock_hardware_machines_save (machines, "one", machine, NULL));
  g_assert_true (paddock_hardware_machines_save (machines, "two", machine, NULL));
  g_assert_false (paddock_hardware_machines_rename (machines, "one", "two", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (paddock_hardware_machines_rename (machines, "four", "five", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (paddock_hardware_machines_rename (machines, "one", "one", &error));
  g_assert_true (paddock_hardware_machines_rename (machines, "one", "three", &error));
  g_assert_no_error (error);
  check_list (machines, (const char *[]) { "three", "two", NULL });
  back = paddock_hardware_machines_load (machines, "three", &error);
  g_assert_cmpstr (back->name, ==, "three");
}

static void
test_remove (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHardwareMachines) machines = paddock_hardware_machines_new (test_directory_get_path (directory));
  g_autoptr (PaddockHardwareSnapshot) machine = make_machine ();
  g_autoptr (GError) error = NULL;

  g_assert_true (paddock_hardware_machines_save (machines, "one", machine, NULL));
  g_assert_true (paddock_hardware_machines_remove (machines, "one", &error));
  check_list (machines, (const char *[]) { NULL });
  g_assert_false (paddock_hardware_machines_remove (machines, "one", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_names (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHardwareMachines) machines = paddock_hardware_machines_new (test_directory_get_path (directory));
  g_autoptr (PaddockHardwareSnapshot) machine = make_machine ();
  g_autofree char *long_name = g_strnfill (81, 'a');
  const char *const names[] = { "", " a", "a ", "a\nb", "\xff", "a\x1b[31m", long_name };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (paddock_hardware_machines_save (machines, names[i], machine, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
  check_list (machines, (const char *[]) { NULL });
}

/* What others have put into the folder. */
static void
test_other_files (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHardwareMachines) machines = paddock_hardware_machines_new (test_directory_get_path (directory));
  g_autofree char *backup = test_directory_write (directory, "one.json~", "{}");
  g_autofree char *hidden = test_directory_write (directory, ".one.json", "{}");
  g_autofree char *strange = test_directory_write (directory, "%00.json", "{}");
  g_autofree char *broken = test_directory_write (directory, "broken.json", "{ \"memory\": [");
  g_autofree char *folder = test_directory_make_folder (directory, "folder.json");
  g_autoptr (GError) error = NULL;

  check_list (machines, (const char *[]) { "broken", "folder", NULL });
  g_assert_null (paddock_hardware_machines_load (machines, "broken", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (paddock_hardware_machines_load (machines, "folder", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *address;
    const char *place;
  } cases[] = {
    { "box", "box:50052" },
    { " box.local:1234 ", "box.local:1234" },
    { "192.168.1.20", "192.168.1.20:50052" },
    { "192.168.1.20:50053", "192.168.1.20:50053" },
    { "fe80::1", "[fe80::1]:50052" },
    { "[fe80::1]", "[fe80::1]:50052" },
    { "[::1]:99", "[::1]:99" },
    { "", NULL },
    { ":50052", NULL },
    { "box:", NULL },
    { "box:0", NULL },
    { "box:65536", NULL },
    { "box:-1", NULL },
    { "box:5x", NULL },
    { "two words", NULL },
    { "a..b", NULL },
    { "-v", NULL },
    { "box,other:5", NULL },
    { "[box]:5", NULL },
    { "[::1", NULL },
    { "[::1]5", NULL },
    { "http://box", NULL },
    { "b\xc3\xbcro", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *place = paddock_remote_worker_normalize (cases[i].address);

      g_assert_cmpstr (place, ==, cases[i].place);
    }
}

static void
test_remote_worker (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (PaddockHardwareMachines) machines = paddock_hardware_machines_new (test_directory_get_path (directory));
  g_autoptr (PaddockHardwareSnapshot) machine = make_machine ();
  g_autoptr (PaddockHardwareSnapshot) with_worker = NULL;
  g_autoptr (PaddockHardwareSnapshot) replaced = NULL;
  g_autoptr (PaddockHardwareSnapshot) back = NULL;
  g_autoptr (PaddockHardwareSnapshot) without = NULL;
  g_autoptr (GError) error = NULL;
  const PaddockHardwareDevice *device;

  g_assert_null (paddock_remote_worker_new ("no address", GIB, 0, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (paddock_remote_worker_new ("box", GIB, 2 * GIB, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  g_assert_null (paddock_remote_worker_new ("box", 0, 0, NULL));

  with_worker = paddock_hardware_machines_add_device (machine, paddock_remote_worker_new ("box", 16 * GIB, 15 * GIB, NULL));
  replaced = paddock_hardware_machines_add_device (with_worker, paddock_remote_worker_new ("box", 8 * GIB, 0, NULL));
  g_assert_cmpuint (machine->devices->len, ==, 1);
  g_assert_cmpuint (replaced->devices->len, ==, 2);
  g_assert_true (paddock_hardware_machines_save (machines, "with worker", replaced, NULL));
  back = paddock_hardware_machines_load (machines, "with worker", &error);
  g_assert_no_error (error);
  device = paddock_hardware_snapshot_find_device (back, "rpc:box:50052");
  g_assert_cmpint (device->kind, ==, PADDOCK_DEVICE_REMOTE);
  g_assert_cmpstr (device->name, ==, "box:50052");
  g_assert_cmpuint (device->total.value, ==, 8 * GIB);
  g_assert_true (device->free.known);
  g_assert_cmpuint (device->free.value, ==, 0);

  without = paddock_hardware_machines_remove_device (back, "rpc:box:50052");
  g_assert_cmpuint (without->devices->len, ==, 1);
}

/* What is free of a memory follows it: as much is taken as before. */
static void
test_set_number (void)
{
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();
  g_autoptr (PaddockHardwareSnapshot) found = NULL;
  g_autoptr (PaddockHardwareSnapshot) more = NULL;
  g_autoptr (PaddockHardwareSnapshot) less = NULL;
  g_autoptr (PaddockHardwareSnapshot) back = NULL;

  paddock_hardware_number_set (&draft->memory->total, 64 * GIB, "somewhere");
  paddock_hardware_number_set (&draft->memory->available, 60 * GIB, "somewhere");
  found = paddock_hardware_draft_end (draft);
  more = paddock_hardware_machines_set_number (found, "memory.total", 128 * GIB);
  g_assert_cmpuint (more->memory->total.value, ==, 128 * GIB);
  g_assert_true (more->memory->total.overridden);
  g_assert_cmpuint (more->memory->total.found, ==, 64 * GIB);
  g_assert_cmpuint (more->memory->available.value, ==, 124 * GIB);
  /* Less than what is taken. */
  less = paddock_hardware_machines_set_number (more, "memory.total", 2 * GIB);
  g_assert_cmpuint (less->memory->total.found, ==, 64 * GIB);
  g_assert_cmpuint (less->memory->available.value, ==, 0);
  back = paddock_hardware_machines_reset_number (more, "memory.total");
  g_assert_false (back->memory->total.overridden);
  g_assert_cmpuint (back->memory->total.value, ==, 64 * GIB);
  g_assert_cmpuint (back->memory->available.value, ==, 60 * GIB);
}

/* What the person says of the rest is not reckoned anew. */
static void
test_set_rest (void)
{
  g_autoptr (PaddockHardwareSnapshot) machine = make_machine ();
  g_autoptr (PaddockHardwareSnapshot) rest = paddock_hardware_machines_set_number (machine, "CUDA0.free", 20 * GIB);
  g_autoptr (PaddockHardwareSnapshot) more = paddock_hardware_machines_set_number (rest, "CUDA0.total", 80 * GIB);
  g_autoptr (PaddockHardwareSnapshot) back = paddock_hardware_machines_reset_number (more, "CUDA0.total");
  const PaddockHardwareDevice *device = paddock_hardware_snapshot_find_device (more, "CUDA0");

  g_assert_cmpuint (device->total.value, ==, 80 * GIB);
  g_assert_cmpuint (device->free.value, ==, 20 * GIB);
  device = paddock_hardware_snapshot_find_device (back, "CUDA0");
  g_assert_cmpuint (device->total.value, ==, 24 * GIB);
  g_assert_cmpuint (device->free.value, ==, 20 * GIB);
  /* The others are as they were. */
  g_assert_cmpuint (back->memory->total.value, ==, 64 * GIB);
}

static void
test_imagine_device (void)
{
  g_autoptr (PaddockHardwareSnapshot) machine = make_machine ();
  g_autoptr (PaddockHardwareSnapshot) one = paddock_hardware_machines_imagine_device (machine, "Future", 96 * GIB);
  g_autoptr (PaddockHardwareSnapshot) two = paddock_hardware_machines_imagine_device (one, "Fut\xffre", 48 * GIB);
  g_autoptr (PaddockHardwareSnapshot) second = paddock_hardware_machines_remove_device (two, "imagined:1");
  g_autoptr (PaddockHardwareSnapshot) again = paddock_hardware_machines_imagine_device (second, "Third", 8 * GIB);
  const PaddockHardwareDevice *device = paddock_hardware_snapshot_find_device (two, "imagined:1");

  g_assert_cmpuint (two->devices->len, ==, 3);
  g_assert_cmpstr (device->name, ==, "Future");
  g_assert_cmpint (device->kind, ==, PADDOCK_DEVICE_DISCRETE);
  g_assert_cmpuint (device->total.value, ==, 96 * GIB);
  g_assert_cmpuint (device->free.value, ==, 96 * GIB);
  g_assert_true (g_utf8_validate (paddock_hardware_snapshot_find_device (two, "imagined:2")->name, -1, NULL));
  /* The place of one that is gone. */
  g_assert_cmpuint (again->devices->len, ==, 3);
  g_assert_cmpstr (paddock_hardware_snapshot_find_device (again, "imagined:1")->name, ==, "Third");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hardware-machines/keep", test_keep);
  g_test_add_func ("/hardware-machines/rename", test_rename);
  g_test_add_func ("/hardware-machines/remove", test_remove);
  g_test_add_func ("/hardware-machines/names", test_names);
  g_test_add_func ("/hardware-machines/other-files", test_other_files);
  g_test_add_func ("/hardware-machines/addresses", test_addresses);
  g_test_add_func ("/hardware-machines/remote-worker", test_remote_worker);
  g_test_add_func ("/hardware-machines/set-number", test_set_number);
  g_test_add_func ("/hardware-machines/set-rest", test_set_rest);
  g_test_add_func ("/hardware-machines/imagine-device", test_imagine_device);
  return g_test_run ();
}
