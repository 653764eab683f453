/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-draft.h"
#include "hardware/hardware-json.h"
#include "hardware/hardware-scan.h"

#include "machine-tree.h"

#include <string.h>

static PaddockHardwareSnapshot *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  PaddockHardwareSnapshot *snapshot = paddock_hardware_json_read (text, -1, &error);

  g_assert_no_error (error);
  return snapshot;
}

/* What is read again says the same in each of its letters. */
static void
test_round (void)
{
  static const char *const names[] = { "amd-discrete", "dual-socket", "container-v2", "lying-sysfs", "silent" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (TestDirectory) directory = test_directory_new ();
      g_autofree char *root = test_machine_tree_unpack (directory, names[i]);
      g_autoptr (PaddockHardwareSnapshot) snapshot = paddock_hardware_scan (root, NULL, NULL);
      g_autofree char *text = paddock_hardware_json_write (snapshot);
      g_autoptr (PaddockHardwareSnapshot) again = read_text (text);
      g_autofree char *text_again = paddock_hardware_json_write (again);

      g_assert_cmpstr (text, ==, text_again);
      g_assert_null (strchr (text, '\n'));
      g_assert_cmpuint (again->notes->len, ==, snapshot->notes->len);
      g_assert_cmpint (again->taken_at, ==, snapshot->taken_at);
    }
}

static void
test_devices_and_overrides (void)
{
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();
  PaddockHardwareDevice *device =
    paddock_hardware_draft_add_device (draft, paddock_hardware_device_new ("CUDA0", PADDOCK_DEVICE_DISCRETE));
  g_autoptr (PaddockHardwareSnapshot) snapshot = NULL;
  g_autoptr (PaddockHardwareSnapshot) again = NULL;
  g_autofree char *text = NULL;
  const PaddockHardwareDevice *found;

  device->name = g_strdup ("Evil \x1b[2J\xe2\x80\xae card");
  device->pci = g_strdup ("0000:01:00.0");
  device->note = paddock_hardware_note_new (PADDOCK_HARDWARE_NOTE_NONSENSE, "a", "b");
  paddock_hardware_device_add_backend (device, "cuda");
  paddock_hardware_number_set (&device->total, 24, "nvml");
  paddock_hardware_number_override (&device->total, 12, "set by you");
  paddock_hardware_number_override (&device->free, 5, "set by you");
  snapshot = paddock_hardware_draft_end (draft);
  text = paddock_hardware_json_write (snapshot);
  g_assert_null (strchr (text, '\x1b'));
  g_assert_null (strstr (text, "\xe2\x80\xae"));

  again = read_text (text);
  found = paddock_hardware_snapshot_find_device (again, "CUDA0");
  g_assert_cmpstr (found->name, ==, device->name);
  g_assert_cmpstr (found->note->value, ==, "b");
  g_assert_true (paddock_hardware_device_has_backend (found, "cuda"));
  g_assert_true (paddock_hardware_number_equal (&found->total, &device->total));
  g_assert_cmpuint (found->total.found, ==, 24);
  g_assert_true (found->free.overridden);
  g_assert_false (found->free.found_known);
  g_assert_null (paddock_hardware_snapshot_find_device (again, "CUDA1"));
}

/* What a person writes by hand is short. */
static void
test_by_hand (void)
{
  g_autoptr (PaddockHardwareSnapshot) snapshot =
    read_text ("{\"name\": \"A dream\", \"memory\": {\"total\": 128e9, \"available\": 120000000000, \"source\": \"wish\"},"
               " \"devices\": [{\"id\": \"pci:1\", \"kind\": \"integrated\", \"shared\": 96000000000}], \"more\": [1]}");
  const PaddockHardwareDevice *device = paddock_hardware_snapshot_find_device (snapshot, "pci:1");

  g_assert_cmpstr (snapshot->name, ==, "A dream");
  g_assert_cmpuint (snapshot->memory->total.value, ==, 128000000000);
  g_assert_cmpstr (snapshot->memory->total.source, ==, "wish");
  g_assert_false (snapshot->memory->limit.known);
  g_assert_cmpint (device->kind, ==, PADDOCK_DEVICE_INTEGRATED);
  g_assert_cmpuint (device->shared.value, ==, 96000000000);
  g_assert_null (device->shared.source);
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    PaddockHardwareJsonError code;
  } documents[] = {
    { "", PADDOCK_HARDWARE_JSON_ERROR_SYNTAX },
    { "{}{}", PADDOCK_HARDWARE_JSON_ERROR_SYNTAX },
    { "{", PADDOCK_HARDWARE_JSON_ERROR_SYNTAX },
    { "[]", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "7", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"name\": 7}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"memory\": []}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"memory\": {\"total\": -1}}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"memory\": {\"total\": \"8\"}}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"memory\": {\"total\": 1e300}}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"memory\": {\"total\": 9223372036854775807}}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"memory\": {\"total\": 1, \"source\": [1]}}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"memory\": {\"nodes\": [{\"id\": 70000}]}}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"processor\": {\"features\": [\"a\", 1]}}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"processor\": {\"features\": [[]]}}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"processor\": {\"caches\": [{\"kind\": \"x\"}]}}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"devices\": [7]}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"devices\": [{}]}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"devices\": [{\"id\": \"a\", \"kind\": \"x\"}]}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"disks\": [{\"path\": \"/\", \"reflink\": 1}]}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"engine\": {\"backends\": \"cpu\"}}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
    { "{\"notes\": [{\"code\": 1}]}", PADDOCK_HARDWARE_JSON_ERROR_SHAPE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", documents[i].text);
      g_assert_null (paddock_hardware_json_read (documents[i].text, -1, &error));
      g_assert_error (error, PADDOCK_HARDWARE_JSON_ERROR, (int) documents[i].code);
    }
}

/* A later version may have notes that this one does not know. */
static void
test_unknown_note (void)
{
  g_autoptr (PaddockHardwareSnapshot) snapshot = read_text ("{\"notes\": [{\"code\": \"later\"}, {\"code\": \"flatpak\"}]}");

  g_assert_cmpuint (snapshot->notes->len, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hardware-json/round", test_round);
  g_test_add_func ("/hardware-json/devices-and-overrides", test_devices_and_overrides);
  g_test_add_func ("/hardware-json/by-hand", test_by_hand);
  g_test_add_func ("/hardware-json/wrong", test_wrong);
  g_test_add_func ("/hardware-json/unknown-note", test_unknown_note);
  return g_test_run ();
}
