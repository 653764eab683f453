/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-names.h"

#include <sys/stat.h>
#include <unistd.h>

#include "directory.h"
#include "folder-store.h"
#include "library-error.h"

typedef struct
{
  TestDirectory *directory;
  char *from, *to;
  GHashTable *taken;
  PaddockImportItem item;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_directory_new ();
  fixture->from = test_directory_make_folder (fixture->directory, "from");
  fixture->to = test_directory_make_folder (fixture->directory, "to");
  fixture->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fixture->item.sources = g_ptr_array_new_with_free_func (g_free);
  fixture->item.targets = g_ptr_array_new_with_free_func (g_free);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_error (&fixture->item.problem);
  g_ptr_array_unref (fixture->item.sources);
  g_ptr_array_unref (fixture->item.targets);
  g_hash_table_unref (fixture->taken);
  g_free (fixture->from);
  g_free (fixture->to);
  test_directory_free (fixture->directory);
}

static void
write_text (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* One more file of the item. */
static void
add (Fixture *fixture, const char *name, const char *text)
{
  write_text (fixture->from, name, text);
  g_ptr_array_add (fixture->item.sources, g_build_filename (fixture->from, name, NULL));
}

/* names: in the folder, a blank behind each of them. */
static void
assert_chosen (Fixture *fixture, const char *names)
{
  g_autoptr (GString) all = g_string_new (NULL);

  paddock_import_names_choose (&fixture->item, fixture->to, fixture->taken);
  g_assert_no_error (fixture->item.problem);
  for (guint i = 0; i < fixture->item.targets->len; i++)
    {
      g_autofree char *folder = g_path_get_dirname (g_ptr_array_index (fixture->item.targets, i));
      g_autofree char *name = g_path_get_basename (g_ptr_array_index (fixture->item.targets, i));

      g_assert_cmpstr (folder, ==, fixture->to);
      g_assert_true (g_hash_table_contains (fixture->taken, g_ptr_array_index (fixture->item.targets, i)));
      g_string_append_printf (all, "%s ", name);
    }
  g_assert_cmpstr (all->str, ==, names);
}

static void
assert_exists (Fixture *fixture)
{
  paddock_import_names_choose (&fixture->item, fixture->to, fixture->taken);
  g_assert_error (fixture->item.problem, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS);
  g_assert_cmpuint (fixture->item.targets->len, ==, 0);
  g_assert_cmpuint (g_hash_table_size (fixture->taken), ==, 0);
}

/* Whatever it is called, the library finds it again under the name that it gets. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name, *chosen;
  } cases[] = {
    { "a.gguf", "a.gguf " },
    { "a.GGUF", "a.GGUF " },
    { "a", "a.gguf " },
    { "sha256-1234", "sha256-1234.gguf " },
    { ".a.gguf", "a.gguf " },
    { "...a", "a.gguf " },
    { ".gguf", "model.gguf " },
    { ".GGUF", "model.gguf " },
    { "gguf", "model.gguf " },
    { "...", "model.gguf " },
    { "a.gguf.part", "a.gguf.part.gguf " },
    { "a.bin", "a.bin.gguf " },
    { "incomplete-a.gguf", "a.gguf " },
    { "downloading_a.gguf", "a.gguf " },
    { ".incomplete-.downloading_a", "a.gguf " },
    { "incomplete-", "model.gguf " },
    { "incomplete", "incomplete.gguf " },
    { " $(x)'\"\n.gguf", " $(x)'\"\n.gguf " },
    { "\xff%s%n.gguf", "\xff%s%n.gguf " },
    { "-rf", "-rf.gguf " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = NULL;
      PaddockFileRole role = PADDOCK_FILE_ROLE_PARTIAL;

      g_test_message ("%zu", i);
      g_ptr_array_set_size (fixture->item.sources, 0);
      g_hash_table_remove_all (fixture->taken);
      add (fixture, cases[i].name, "bytes");
      assert_chosen (fixture, cases[i].chosen);
      name = g_path_get_basename (g_ptr_array_index (fixture->item.targets, 0));
      g_assert_true (paddock_folder_store_judge_name (name, &role));
      g_assert_cmpint ((int) role, ==, (int) PADDOCK_FILE_ROLE_FOUND);
    }
}

/* What somebody else has gets a number behind it; on the disk, or among what comes in with it. */
static void
test_clash (Fixture *fixture, gconstpointer data)
{
  g_autofree char *third = g_build_filename (fixture->to, "a (3).gguf", NULL);

  add (fixture, "a.gguf", "bytes");
  write_text (fixture->to, "a.gguf", "other");
  assert_chosen (fixture, "a (2).gguf ");
  g_hash_table_remove_all (fixture->taken);
  write_text (fixture->to, "a (2).gguf", "more of them");
  g_hash_table_add (fixture->taken, g_steal_pointer (&third));
  assert_chosen (fixture, "a (4).gguf ");
  /* The same item again would take the next one. */
  assert_chosen (fixture, "a (5).gguf ");
}

/* A folder, a link that leads nowhere and one to the very file have names as well. */
static void
test_no_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = test_directory_make_folder (fixture->directory, "to/a.gguf");
  g_autofree char *nowhere = g_build_filename (fixture->to, "a (2).gguf", NULL);
  g_autofree char *link = g_build_filename (fixture->to, "a (3).gguf", NULL);
  g_autofree char *fifo = g_build_filename (fixture->to, "a (4).gguf", NULL);

  add (fixture, "a.gguf", "bytes");
  g_assert_cmpint (symlink ("nowhere", nowhere), ==, 0);
  g_assert_cmpint (symlink (g_ptr_array_index (fixture->item.sources, 0), link), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_chosen (fixture, "a (5).gguf ");
}

/* A set stays one: all of its names are free, or none of them is taken. */
static void
test_set (Fixture *fixture, gconstpointer data)
{
  add (fixture, "a-00001-of-00002.gguf", "one");
  add (fixture, "a-00002-of-00002.gguf", "two");
  assert_chosen (fixture, "a-00001-of-00002.gguf a-00002-of-00002.gguf ");
  g_hash_table_remove_all (fixture->taken);
  write_text (fixture->to, "a-00002-of-00002.gguf", "other");
  assert_chosen (fixture, "a (2)-00001-of-00002.gguf a (2)-00002-of-00002.gguf ");
}

/* Parts of it that came there before: they keep their names, and what is there from the first to the last is there. */
static void
test_same (Fixture *fixture, gconstpointer data)
{
  add (fixture, "a-00001-of-00002.gguf", "one");
  add (fixture, "a-00002-of-00002.gguf", "two");
  write_text (fixture->to, "a-00002-of-00002.gguf", "two");
  assert_chosen (fixture, "a-00001-of-00002.gguf a-00002-of-00002.gguf ");
  g_hash_table_remove_all (fixture->taken);
  write_text (fixture->to, "a-00001-of-00002.gguf", "one");
  assert_exists (fixture);
}

/* Also under the name that it would have got because of somebody else's. */
static void
test_same_beside (Fixture *fixture, gconstpointer data)
{
  add (fixture, "a.gguf", "bytes");
  write_text (fixture->to, "a.gguf", "other");
  write_text (fixture->to, "a (2).gguf", "bytes");
  assert_exists (fixture);
}

static void
test_alike (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    gboolean alike;
  } cases[] = { { "a", TRUE },     { "copy", TRUE },  { "name", TRUE },   { "other", FALSE }, { "longer", FALSE },
                { "link", FALSE }, { "fifo", FALSE }, { "empty", FALSE }, { "none", FALSE },  { "no folder/a", FALSE } };
  g_autofree char *first = g_build_filename (fixture->from, "a", NULL);
  g_autofree char *name = g_build_filename (fixture->from, "name", NULL);
  g_autofree char *soft = g_build_filename (fixture->from, "link", NULL);
  g_autofree char *fifo = g_build_filename (fixture->from, "fifo", NULL);

  write_text (fixture->from, "a", "bytes");
  write_text (fixture->from, "copy", "bytes");
  write_text (fixture->from, "other", "Bytes");
  write_text (fixture->from, "longer", "bytes ");
  write_text (fixture->from, "empty", "");
  g_assert_cmpint (link (first, name), ==, 0);
  g_assert_cmpint (symlink ("a", soft), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *second = g_build_filename (fixture->from, cases[i].name, NULL);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (paddock_import_names_alike (first, second), ==, cases[i].alike);
      g_assert_cmpint (paddock_import_names_alike (second, first), ==, cases[i].alike);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add ("/import-names/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("names", test_names);
  ADD ("clash", test_clash);
  ADD ("no-file", test_no_file);
  ADD ("set", test_set);
  ADD ("same", test_same);
  ADD ("same-beside", test_same_beside);
  ADD ("alike", test_alike);
#undef ADD
  return g_test_run ();
}
