/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "computer/machine-choice.h"
#include "directory.h"
#include "hardware/hardware-draft.h"

#define GIB (G_GUINT64_CONSTANT (1) << 30)

/* A folder of machines, and a program that has been started: what it keeps is there for the next one. */
typedef struct
{
  TestDirectory *directory;
  GSettings *settings;
  PaddockThisComputer *computer;
  PaddockMachineStore *store;
  PaddockMachineChoice *choice;
  gboolean loaded;
  guint n_chosen;
  guint n_snapshots;
  char *problem;
} Fixture;

static PaddockHardwareSnapshot *
make_snapshot (guint64 gib)
{
  PaddockHardwareDraft *draft = paddock_hardware_draft_new ();

  paddock_hardware_number_set (&draft->memory->total, gib * GIB, "set by you");
  return paddock_hardware_draft_end (draft);
}

static void
count (GObject *object, GParamSpec *pspec, gpointer counter)
{
  (*(guint *) counter)++;
}

static void
on_loaded (Fixture *fixture)
{
  fixture->loaded = TRUE;
}

static void
on_failed (Fixture *fixture, const char *problem)
{
  g_set_str (&fixture->problem, problem);
}

static gboolean
is_loaded (gpointer user_data)
{
  return ((Fixture *) user_data)->loaded;
}

static gboolean
has_problem (gpointer user_data)
{
  return ((Fixture *) user_data)->problem != NULL;
}

static void
start (Fixture *fixture)
{
  g_autofree char *folder = test_directory_build_path (fixture->directory, "machines");

  fixture->loaded = FALSE;
  fixture->computer = paddock_this_computer_new (fixture->settings, test_directory_get_path (fixture->directory));
  fixture->store = paddock_machine_store_new (folder);
  fixture->choice = paddock_machine_choice_new (fixture->settings, fixture->computer, fixture->store);
  g_signal_connect_swapped (fixture->store, "loaded", G_CALLBACK (on_loaded), fixture);
  g_signal_connect_swapped (fixture->store, "failed", G_CALLBACK (on_failed), fixture);
  g_signal_connect (fixture->choice, "notify::chosen", G_CALLBACK (count), &fixture->n_chosen);
  g_signal_connect (fixture->choice, "notify::snapshot", G_CALLBACK (count), &fixture->n_snapshots);
  test_await_condition (is_loaded, fixture);
}

/* The last one to let go waits until all is written. */
static void
stop (Fixture *fixture)
{
  g_clear_object (&fixture->choice);
  g_clear_object (&fixture->store);
  g_clear_object (&fixture->computer);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->directory = test_directory_new ();
  fixture->settings = g_settings_new ("io.github.paddockapp.Paddock");
  g_settings_reset (fixture->settings, "machine");
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  stop (fixture);
  g_object_unref (fixture->settings);
  g_free (fixture->problem);
  test_directory_free (fixture->directory);
}

static PaddockMachine *
add (Fixture *fixture, const char *name, guint64 gib)
{
  g_autoptr (PaddockHardwareSnapshot) snapshot = make_snapshot (gib);

  g_assert_true (paddock_machine_store_check_name (fixture->store, name, NULL));
  return paddock_machine_store_add (fixture->store, name, snapshot);
}

static void
assert_list (Fixture *fixture, const char *titles)
{
  GListModel *list = paddock_machine_choice_get_list (fixture->choice);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (PaddockMachine) machine = g_list_model_get_item (list, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", paddock_machine_get_title (machine));
    }
  g_assert_cmpstr (text->str, ==, titles);
}

static guint64
get_chosen_gib (Fixture *fixture)
{
  return paddock_machine_choice_get_snapshot (fixture->choice)->memory->total.value / GIB;
}

static void
test_nothing (Fixture *fixture, gconstpointer unused)
{
  assert_list (fixture, "This Computer");
  g_assert_null (paddock_machine_get_name (paddock_machine_choice_get_chosen (fixture->choice)));
  g_assert_null (paddock_machine_choice_get_snapshot (fixture->choice));
}

static void
test_choice_is_kept (Fixture *fixture, gconstpointer unused)
{
  add (fixture, "Workstation", 128);
  paddock_machine_choice_set_chosen (fixture->choice, add (fixture, "Laptop", 16));
  assert_list (fixture, "This Computer, Laptop, Workstation");
  g_assert_cmpuint (fixture->n_chosen, ==, 1);
  g_assert_cmpuint (fixture->n_snapshots, ==, 1);
  stop (fixture);

  start (fixture);
  assert_list (fixture, "This Computer, Laptop, Workstation");
  g_assert_cmpstr (paddock_machine_get_title (paddock_machine_choice_get_chosen (fixture->choice)), ==, "Laptop");
  g_assert_cmpuint (get_chosen_gib (fixture), ==, 16);
}

static void
test_change (Fixture *fixture, gconstpointer unused)
{
  PaddockMachine *laptop = add (fixture, "Laptop", 16);
  PaddockMachine *other = add (fixture, "Other", 8);
  g_autoptr (PaddockHardwareSnapshot) more = make_snapshot (32);
  g_autoptr (PaddockHardwareSnapshot) less = make_snapshot (4);

  paddock_machine_choice_set_chosen (fixture->choice, laptop);
  fixture->n_snapshots = 0;
  paddock_machine_store_change (fixture->store, other, less);
  g_assert_cmpuint (fixture->n_snapshots, ==, 0);
  paddock_machine_store_change (fixture->store, laptop, less);
  paddock_machine_store_change (fixture->store, laptop, more);
  g_assert_cmpuint (fixture->n_snapshots, ==, 2);
  stop (fixture);

  start (fixture);
  g_assert_cmpuint (get_chosen_gib (fixture), ==, 32);
}

static void
test_rename (Fixture *fixture, gconstpointer unused)
{
  PaddockMachine *laptop = add (fixture, "Laptop", 16);

  add (fixture, "Middle", 64);
  paddock_machine_choice_set_chosen (fixture->choice, laptop);
  paddock_machine_store_rename (fixture->store, laptop, "Notebook");
  assert_list (fixture, "This Computer, Middle, Notebook");
  g_assert_true (paddock_machine_choice_get_chosen (fixture->choice) == laptop);
  stop (fixture);

  start (fixture);
  assert_list (fixture, "This Computer, Middle, Notebook");
  g_assert_cmpstr (paddock_machine_get_title (paddock_machine_choice_get_chosen (fixture->choice)), ==, "Notebook");
}

static void
test_remove (Fixture *fixture, gconstpointer unused)
{
  PaddockMachine *laptop = add (fixture, "Laptop", 16);

  paddock_machine_choice_set_chosen (fixture->choice, laptop);
  paddock_machine_store_remove (fixture->store, laptop);
  assert_list (fixture, "This Computer");
  g_assert_null (paddock_machine_get_name (paddock_machine_choice_get_chosen (fixture->choice)));
  stop (fixture);

  start (fixture);
  assert_list (fixture, "This Computer");
}

static void
test_names (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  add (fixture, "Laptop", 16);
  g_assert_false (paddock_machine_store_check_name (fixture->store, "Laptop", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (paddock_machine_store_check_name (fixture->store, "", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
assert_free_name (Fixture *fixture, const char *name, const char *expected)
{
  g_autofree char *free_name = paddock_machine_store_dup_free_name (fixture->store, name);

  g_assert_cmpstr (free_name, ==, expected);
  g_assert_true (paddock_machine_store_check_name (fixture->store, free_name, NULL));
}

/* For what comes back after its name was given to another one. */
static void
test_free_names (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *longest = g_strnfill (80, 'x');
  g_autofree char *shortened = g_strconcat (longest + 4, " (2)", NULL);

  assert_free_name (fixture, "Laptop", "Laptop");
  add (fixture, "Laptop", 16);
  assert_free_name (fixture, "Laptop", "Laptop (2)");
  add (fixture, "Laptop (2)", 16);
  assert_free_name (fixture, "Laptop", "Laptop (3)");
  add (fixture, longest, 16);
  assert_free_name (fixture, longest, shortened);
}

/* Another window removed what is changed in this one. */
static void
test_change_of_removed (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (PaddockMachine) laptop = g_object_ref (add (fixture, "Laptop", 16));
  g_autoptr (PaddockHardwareSnapshot) more = make_snapshot (32);

  paddock_machine_store_remove (fixture->store, laptop);
  paddock_machine_store_change (fixture->store, laptop, more);
  paddock_machine_store_rename (fixture->store, laptop, "Notebook");
  stop (fixture);

  start (fixture);
  assert_list (fixture, "This Computer");
}

/* Nonsense in the folder is said, and takes nothing else away. */
static void
test_unreadable (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = NULL;

  add (fixture, "Laptop", 16);
  stop (fixture);
  path = test_directory_write (fixture->directory, "machines/Broken.json", "{");
  start (fixture);
  test_await_condition (has_problem, fixture);
  assert_list (fixture, "This Computer, Laptop");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/machine-choice/nothing", Fixture, NULL, set_up, test_nothing, tear_down);
  g_test_add ("/machine-choice/choice-is-kept", Fixture, NULL, set_up, test_choice_is_kept, tear_down);
  g_test_add ("/machine-choice/change", Fixture, NULL, set_up, test_change, tear_down);
  g_test_add ("/machine-choice/rename", Fixture, NULL, set_up, test_rename, tear_down);
  g_test_add ("/machine-choice/remove", Fixture, NULL, set_up, test_remove, tear_down);
  g_test_add ("/machine-choice/names", Fixture, NULL, set_up, test_names, tear_down);
  g_test_add ("/machine-choice/free-names", Fixture, NULL, set_up, test_free_names, tear_down);
  g_test_add ("/machine-choice/change-of-removed", Fixture, NULL, set_up, test_change_of_removed, tear_down);
  g_test_add ("/machine-choice/unreadable", Fixture, NULL, set_up, test_unreadable, tear_down);
  return g_test_run ();
}
