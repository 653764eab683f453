/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-draft.h"
#include "hardware/hardware-file.h"
#include "hardware/hardware-probe.h"

#include "machine-tree.h"

#include <string.h>
#include <sys/stat.h>

static void
test_number (void)
{
  g_auto (PaddockHardwareNumber) number = { 0 };
  g_auto (PaddockHardwareNumber) copy = { 0 };

  paddock_hardware_number_set (&number, PADDOCK_HARDWARE_NUMBER_MAX + 1, "x");
  g_assert_false (number.known);
  paddock_hardware_number_set (&number, 8, "/proc/\xff");
  g_assert_true (g_utf8_validate (number.source, -1, NULL));
  paddock_hardware_number_override (&number, 4, "set by you");
  paddock_hardware_number_override (&number, 2, "set by you");
  g_assert_cmpuint (number.value, ==, 2);
  g_assert_cmpuint (number.found, ==, 8);
  g_assert_cmpstr (number.source, ==, "set by you");
  g_assert_nonnull (number.found_source);
  paddock_hardware_number_copy (&copy, &number);
  g_assert_true (paddock_hardware_number_equal (&copy, &number));
  paddock_hardware_number_copy (&copy, &copy);
  g_assert_true (paddock_hardware_number_equal (&copy, &number));
  paddock_hardware_number_set (&copy, 2, "set by you");
  g_assert_false (copy.overridden);
  g_assert_false (paddock_hardware_number_equal (&copy, &number));
}

static void
test_notes (void)
{
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();
  g_autoptr (PaddockHardwareSnapshot) snapshot = NULL;
  g_autofree char *first = NULL;
  const PaddockHardwareNote *last;

  paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_NONSENSE, "/a {value}", " x\x1b\n\xff ");
  paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_NONSENSE, "/a {value}", " x\x1b\n\xff ");
  g_assert_cmpuint (draft->notes->len, ==, 1);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *subject = g_strdup_printf ("/%u", i);

      paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_UNREADABLE, subject, NULL);
    }
  snapshot = paddock_hardware_draft_end (draft);
  g_assert_cmpuint (snapshot->notes->len, <, 100);
  last = g_ptr_array_index (snapshot->notes, snapshot->notes->len - 1);
  g_assert_cmpint (last->code, ==, PADDOCK_HARDWARE_NOTE_MORE);
  /* Braces in what a file says are no place for anything. */
  first = paddock_hardware_note_describe (g_ptr_array_index (snapshot->notes, 0));
  g_assert_cmpstr (first, ==, "/a {value} says “x \xef\xbf\xbd”, which cannot be.");
}

static void
test_note_codes (void)
{
  for (guint code = 0; code <= PADDOCK_HARDWARE_NOTE_MORE; code++)
    {
      g_autoptr (PaddockHardwareNote) note = paddock_hardware_note_new (code, "S", "V");
      g_autofree char *text = paddock_hardware_note_describe (note);
      PaddockHardwareNoteCode parsed;

      g_assert_nonnull (text);
      g_assert_null (strchr (text, '{'));
      g_assert_true (paddock_hardware_note_code_parse (paddock_hardware_note_code_get_name (code), &parsed));
      g_assert_cmpint (parsed, ==, code);
    }
}

static void
test_devices (void)
{
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();
  PaddockHardwareDevice *device = paddock_hardware_device_new ("pci:0000:0A:00.0", PADDOCK_DEVICE_DISCRETE);
  PaddockHardwareDraft *second;
  g_autoptr (PaddockHardwareSnapshot) snapshot = NULL;
  g_autoptr (PaddockHardwareSnapshot) changed = NULL;

  device->pci = g_strdup ("0000:0A:00.0");
  paddock_hardware_draft_add_device (draft, device);
  g_assert_true (paddock_hardware_draft_find_device (draft, "0000:0a:00.0", NULL) == device);
  g_assert_true (paddock_hardware_draft_find_device (draft, "0000:0b:00.0", "pci:0000:0A:00.0") == device);
  g_assert_null (paddock_hardware_draft_find_device (draft, "0000:0b:00.0", "CUDA0"));
  g_assert_null (paddock_hardware_draft_find_device (draft, NULL, NULL));
  paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_FLATPAK, NULL, NULL);
  draft->name = g_strdup ("One");
  snapshot = paddock_hardware_draft_end (draft);

  second = paddock_hardware_draft_new_from_snapshot (snapshot);
  g_set_str (&second->name, "Two");
  device = g_ptr_array_index (second->devices, 0);
  paddock_hardware_number_set (&device->total, 7, "test");
  changed = paddock_hardware_draft_end (second);
  g_assert_cmpstr (snapshot->name, ==, "One");
  g_assert_cmpstr (changed->name, ==, "Two");
  g_assert_cmpuint (changed->notes->len, ==, 1);
  device = g_ptr_array_index (snapshot->devices, 0);
  g_assert_false (device->total.known);
}

static void
test_find_disk (void)
{
  static const char *const mounts[] = { "/", "/home", "/home/ada", "" };
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();
  g_autoptr (PaddockHardwareSnapshot) snapshot = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (mounts); i++)
    {
      PaddockHardwareDisk *disk = paddock_hardware_disk_new (mounts[i]);

      disk->mount = g_strdup (mounts[i]);
      g_ptr_array_add (draft->disks, disk);
    }
  snapshot = paddock_hardware_draft_end (draft);
  g_assert_cmpstr (paddock_hardware_snapshot_find_disk (snapshot, "/home/ada/x")->mount, ==, "/home/ada");
  g_assert_cmpstr (paddock_hardware_snapshot_find_disk (snapshot, "/home/adam")->mount, ==, "/home");
  g_assert_cmpstr (paddock_hardware_snapshot_find_disk (snapshot, "/homes")->mount, ==, "/");
}

static void
test_files (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  const char *root = test_directory_get_path (directory);
  g_autofree char *pipe = test_directory_build_path (directory, "pipe");
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  g_autofree char *link = NULL;
  g_auto (GStrv) names = NULL;

  test_machine_tree_write (root,
                           "/d/x{9-11}: 1\n/d/y: 1\n/link -> ../../drivers/amdgpu\n"
                           "/text: \\x01 two  words \\xff\n/empty:\n",
                           &error);
  g_assert_no_error (error);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_null (paddock_hardware_file_read (root, "/pipe"));
  g_assert_null (paddock_hardware_file_read (root, "/d"));
  g_assert_null (paddock_hardware_file_read (root, "/nowhere"));
  g_assert_null (paddock_hardware_file_read_line (root, "/empty"));
  g_assert_null (paddock_hardware_file_read_link (root, "/text"));
  line = paddock_hardware_file_read_line (root, "/text");
  g_assert_cmpstr (line, ==, "two words \xef\xbf\xbd");
  link = paddock_hardware_file_read_link (root, "/link");
  g_assert_cmpstr (link, ==, "amdgpu");
  names = paddock_hardware_file_list (root, "/d", "x");
  g_assert_true (g_strv_equal ((const char *const *) names, (const char *const[]) { "x9", "x10", "x11", NULL }));
}

static void
test_file_numbers (void)
{
  static const char *const wrong[] = { "-1", "0x10", "1.5", "", "18446744073709551616", "1152921504606846977", "1e3", "7x" };
  g_autoptr (TestDirectory) directory = test_directory_new ();
  const char *root = test_directory_get_path (directory);
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();
  g_auto (PaddockHardwareNumber) number = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = test_directory_write (directory, "number", wrong[i]);

      g_assert_false (paddock_hardware_file_read_number (root, "/number", 1, &number, draft));
      g_assert_cmpuint (draft->notes->len, ==, i + 1);
    }
  g_free (test_directory_write (directory, "number", "max\n"));
  g_assert_false (paddock_hardware_file_read_number (root, "/number", 1, &number, draft));
  g_assert_false (paddock_hardware_file_read_number (root, "/nowhere", 1, &number, draft));
  g_assert_cmpuint (draft->notes->len, ==, G_N_ELEMENTS (wrong));
  g_free (test_directory_write (directory, "number", " 12\n"));
  g_assert_true (paddock_hardware_file_read_number (root, "/number", 1024, &number, draft));
  g_assert_cmpuint (number.value, ==, 12288);
  g_assert_cmpstr (number.source, ==, "/number");
}

static void
check_host (const char *machine, const char *name, const char *sandbox)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *root = test_machine_tree_unpack (directory, machine);
  g_autoptr (PaddockHardwareDraft) draft = paddock_hardware_draft_new ();

  paddock_hardware_probe_host (root, draft);
  g_assert_cmpstr (draft->name, ==, name);
  g_assert_cmpint (draft->name_source != NULL, ==, name != NULL);
  g_assert_cmpstr (draft->sandbox, ==, sandbox);
  g_assert_cmpuint (draft->notes->len, ==, sandbox != NULL ? 1 : 0);
}

static void
test_host (void)
{
  check_host ("hybrid-laptop", "LENOVO ThinkPad P1 Gen 6", NULL);
  check_host ("raspberry-pi", "Raspberry Pi 5 Model B Rev 1.0", NULL);
  /* What the maker did not fill in is no name. */
  check_host ("two-nvidia", "X399 Taichi", NULL);
  check_host ("lying-sysfs", NULL, NULL);
  check_host ("flatpak", NULL, "flatpak");
  check_host ("container-v1", NULL, "container");
  check_host ("container-v2", NULL, "container");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hardware-draft/number", test_number);
  g_test_add_func ("/hardware-draft/notes", test_notes);
  g_test_add_func ("/hardware-draft/note-codes", test_note_codes);
  g_test_add_func ("/hardware-draft/devices", test_devices);
  g_test_add_func ("/hardware-draft/find-disk", test_find_disk);
  g_test_add_func ("/hardware-draft/files", test_files);
  g_test_add_func ("/hardware-draft/file-numbers", test_file_numbers);
  g_test_add_func ("/hardware-draft/host", test_host);
  return g_test_run ();
}
