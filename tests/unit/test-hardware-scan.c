/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-json.h"
#include "hardware/hardware-scan.h"

#include "await.h"
#include "machine-tree.h"

/* Every machine gives a snapshot, and says where each number comes from. */
static void
test_all_machines (void)
{
  g_auto (GStrv) names = test_machine_tree_list ();

  for (char **name = names; *name != NULL; name++)
    {
      g_autoptr (TestDirectory) directory = test_directory_new ();
      g_autofree char *root = test_machine_tree_unpack (directory, *name);
      g_autoptr (GError) error = NULL;
      g_autoptr (PaddockHardwareSnapshot) snapshot = paddock_hardware_scan (root, NULL, &error);

      g_test_message ("%s", *name);
      g_assert_no_error (error);
      g_assert_cmpint (snapshot->taken_at, >, 0);
      g_assert_true (!snapshot->memory->total.known || snapshot->memory->total.source != NULL);
      g_assert_true (!snapshot->memory->available.known || snapshot->memory->available.source != NULL);
      g_assert_true (!snapshot->processor->threads.known || snapshot->processor->threads.source != NULL);
    }
}

/* Overwrites every file below a directory. */
static void
spoil (const char *path, const char *garbage)
{
  g_autoptr (GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      spoil (below, garbage);
    }
  if (folder == NULL && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_autoptr (GError) error = NULL;

      g_file_set_contents_full (path, garbage, -1, G_FILE_SET_CONTENTS_NONE, 0644, &error);
      g_assert_no_error (error);
    }
}

/* Whatever stands in the files: notes, and nothing worse. */
static void
test_garbage (void)
{
  static const char *const garbage[] = {
    "",
    "\n\n:::\n",
    "-1\n",
    "99999999999999999999999\n",
    "\xff\xfe\x01 \xc3\n{subject}%s%n\n",
    "0-8191\n",
    "MemTotal: 1 kB\nprocessor : 1\nVersion:\nPackage: llama.cpp\n%VERSION%\n",
    "1 2 3 / / - - - - - - -\n",
  };
  static const char *const names[] = { "amd-apu", "container-v1", "raspberry-pi" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (TestDirectory) directory = test_directory_new ();
      g_autofree char *root = test_machine_tree_unpack (directory, names[i]);

      for (gsize k = 0; k < G_N_ELEMENTS (garbage); k++)
        {
          g_autoptr (PaddockHardwareSnapshot) snapshot = NULL;
          g_autoptr (PaddockHardwareSnapshot) again = NULL;
          g_autofree char *text = NULL;

          spoil (root, garbage[k]);
          snapshot = paddock_hardware_scan (root, NULL, NULL);
          g_assert_cmpuint (snapshot->notes->len, >, 0);
          text = paddock_hardware_json_write (snapshot);
          again = paddock_hardware_json_read (text, -1, NULL);
          g_assert_nonnull (again);
        }
    }
}

static void
test_empty_tree (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockHardwareSnapshot) snapshot = paddock_hardware_scan (test_directory_get_path (directory), NULL, &error);

  g_assert_no_error (error);
  g_assert_false (snapshot->memory->total.known);
  g_assert_cmpuint (snapshot->devices->len, ==, 0);
  g_assert_null (snapshot->engine);
  g_assert_cmpuint (snapshot->notes->len, >, 0);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TestAwait) await = test_await_new ();

  g_cancellable_cancel (cancellable);
  g_assert_null (paddock_hardware_scan ("/", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  paddock_hardware_scan_async ("/", cancellable, test_await_callback, await);
  g_assert_null (paddock_hardware_scan_finish (test_await_result (await), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_this_machine (void)
{
  g_autoptr (TestAwait) await = test_await_new ();
  g_autoptr (PaddockHardwareSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  guint64 total, available;

  paddock_hardware_scan_async ("/", NULL, test_await_callback, await);
  snapshot = paddock_hardware_scan_finish (test_await_result (await), &error);
  g_assert_no_error (error);
  g_assert_true (paddock_hardware_memory_get_usable (snapshot->memory, &total, &available, NULL));
  g_assert_cmpuint (total, >, 0);
  g_assert_cmpuint (available, <=, total);
  g_assert_cmpuint (paddock_hardware_processor_get_usable (snapshot->processor), >=, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/hardware-scan/all-machines", test_all_machines);
  g_test_add_func ("/hardware-scan/garbage", test_garbage);
  g_test_add_func ("/hardware-scan/empty-tree", test_empty_tree);
  g_test_add_func ("/hardware-scan/cancelled", test_cancelled);
  g_test_add_func ("/hardware-scan/this-machine", test_this_machine);
  return g_test_run ();
}
