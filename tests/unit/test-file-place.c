/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-place.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "directory.h"

typedef struct
{
  TestDirectory *directory;
  char *folder, *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_directory_new ();
  fixture->folder = test_directory_make_folder (fixture->directory, "folder");
  fixture->file = test_directory_write (fixture->directory, "folder/a", "words");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->folder);
  g_free (fixture->file);
  test_directory_free (fixture->directory);
}

static void
open_place (PaddockFilePlace *place, const char *path)
{
  g_assert_true (paddock_file_place_open (place, path));
  g_assert_cmpint (place->folder, >=, 0);
}

static void
assert_refused (const char *path, int number)
{
  g_auto (PaddockFilePlace) place = PADDOCK_FILE_PLACE_INIT;

  g_test_message ("%s", path);
  g_assert_false (paddock_file_place_open (&place, path));
  g_assert_cmpint (errno, ==, number);
  g_assert_cmpint (place.folder, ==, -1);
}

static void
assert_text (const char *path, const char *expected)
{
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, expected);
}

/* A name in a folder that is there: the file itself need not be. */
static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_auto (PaddockFilePlace) place = PADDOCK_FILE_PLACE_INIT;
  g_autofree char *none = g_build_filename (fixture->folder, "none", NULL);
  g_autofree char *deep = g_build_filename (fixture->folder, "no folder", "a", NULL);
  g_autofree char *below = g_build_filename (fixture->file, "a", NULL);
  g_autofree char *slash = g_strconcat (fixture->folder, "/", NULL);
  g_autofree char *dot = g_build_filename (fixture->folder, ".", NULL);
  g_autofree char *dots = g_build_filename (fixture->folder, "..", NULL);

  open_place (&place, none);
  g_assert_cmpstr (place.name, ==, "none");
  assert_refused (deep, ENOENT);
  assert_refused (below, ENOTDIR);
  assert_refused (slash, EISDIR);
  assert_refused (dot, EISDIR);
  assert_refused (dots, EISDIR);
  assert_refused ("", EISDIR);
  assert_refused ("/", EISDIR);
}

/* Only a regular file: no link, whatever it leads to, and nothing that would be waited for. */
static void
test_open_file (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    int number;
  } refused[] = { { "none", ENOENT }, { "link", ELOOP }, { "fifo", EINVAL }, { "sub", EINVAL } };
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  g_autofree char *fifo = g_build_filename (fixture->folder, "fifo", NULL);
  g_autofree char *sub = test_directory_make_folder (fixture->directory, "folder/sub");
  g_auto (PaddockFilePlace) place = PADDOCK_FILE_PLACE_INIT;
  PaddockFileIdentity identity;
  int fd;

  g_assert_cmpint (symlink ("a", link), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  open_place (&place, fixture->file);
  fd = paddock_file_place_open_file (&place, &identity);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpuint (identity.size, ==, 5);
  g_assert_true (paddock_file_place_holds (&place, &identity));
  close (fd);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, refused[i].name, NULL);
      g_auto (PaddockFilePlace) other = PADDOCK_FILE_PLACE_INIT;

      open_place (&other, path);
      g_assert_cmpint (paddock_file_place_open_file (&other, &identity), ==, -1);
      g_assert_cmpint (errno, ==, refused[i].number);
    }
}

/* Another file of the name, a link to the file, or another length: it is not that one any more. */
static void
test_holds (Fixture *fixture, gconstpointer data)
{
  g_autofree char *aside = g_build_filename (fixture->folder, "aside", NULL);
  g_auto (PaddockFilePlace) place = PADDOCK_FILE_PLACE_INIT;
  PaddockFileIdentity identity;

  open_place (&place, fixture->file);
  close (paddock_file_place_open_file (&place, &identity));
  g_assert_true (paddock_file_place_holds (&place, &identity));
  g_assert_cmpint (rename (fixture->file, aside), ==, 0);
  g_assert_false (paddock_file_place_holds (&place, &identity));
  g_assert_cmpint (symlink ("aside", fixture->file), ==, 0);
  g_assert_false (paddock_file_place_holds (&place, &identity));
  g_assert_cmpint (unlink (fixture->file), ==, 0);
  g_assert_true (g_file_set_contents (fixture->file, "words", -1, NULL));
  g_assert_false (paddock_file_place_holds (&place, &identity));
  g_assert_cmpint (rename (aside, fixture->file), ==, 0);
  g_assert_true (paddock_file_place_holds (&place, &identity));
  g_assert_cmpint (truncate (fixture->file, 4), ==, 0);
  g_assert_false (paddock_file_place_holds (&place, &identity));
}

/* Whatever is renamed above it meanwhile. */
static void
test_renamed_above (Fixture *fixture, gconstpointer data)
{
  g_autofree char *elsewhere = test_directory_build_path (fixture->directory, "elsewhere");
  g_autofree char *there = test_directory_build_path (fixture->directory, "elsewhere/b");
  g_autofree char *here = test_directory_build_path (fixture->directory, "folder/b");
  g_auto (PaddockFilePlace) from = PADDOCK_FILE_PLACE_INIT, to = PADDOCK_FILE_PLACE_INIT;

  open_place (&from, fixture->file);
  open_place (&to, here);
  g_assert_cmpint (rename (fixture->folder, elsewhere), ==, 0);
  g_assert_cmpint (g_mkdir (fixture->folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->file, "other", -1, NULL));
  g_assert_true (paddock_file_place_rename (&from, &to));
  assert_text (there, "words");
  assert_text (fixture->file, "other");
  g_assert_true (paddock_file_place_sync (&to));
  g_assert_true (paddock_file_place_unlink (&to));
  g_assert_false (g_file_test (there, G_FILE_TEST_EXISTS));
  assert_text (fixture->file, "other");
}

/* Nothing takes the place of what has the name, a link that leads nowhere among others. */
static void
test_rename (Fixture *fixture, gconstpointer data)
{
  g_autofree char *taken = test_directory_write (fixture->directory, "folder/taken", "mine");
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  g_autofree char *none = g_build_filename (fixture->folder, "none", NULL);
  const char *const names[] = { taken, link };
  g_auto (PaddockFilePlace) from = PADDOCK_FILE_PLACE_INIT, nothing = PADDOCK_FILE_PLACE_INIT;

  g_assert_cmpint (symlink ("nowhere", link), ==, 0);
  open_place (&from, fixture->file);
  open_place (&nothing, none);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto (PaddockFilePlace) to = PADDOCK_FILE_PLACE_INIT;

      open_place (&to, names[i]);
      g_assert_false (paddock_file_place_rename (&from, &to));
      g_assert_cmpint (errno, ==, EEXIST);
    }
  assert_text (taken, "mine");
  assert_text (fixture->file, "words");
  g_assert_false (paddock_file_place_rename (&nothing, &from));
  g_assert_cmpint (errno, ==, ENOENT);
  g_assert_true (paddock_file_place_rename (&from, &nothing));
  assert_text (none, "words");
  g_assert_false (g_file_test (fixture->file, G_FILE_TEST_EXISTS));
}

/* The link goes, not what it leads to; a folder stays. */
static void
test_unlink (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  g_auto (PaddockFilePlace) place = PADDOCK_FILE_PLACE_INIT, folder = PADDOCK_FILE_PLACE_INIT;

  g_assert_cmpint (symlink ("a", link), ==, 0);
  open_place (&place, link);
  g_assert_true (paddock_file_place_unlink (&place));
  g_assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_text (fixture->file, "words");
  g_assert_false (paddock_file_place_unlink (&place));
  g_assert_cmpint (errno, ==, ENOENT);
  open_place (&folder, fixture->folder);
  g_assert_false (paddock_file_place_unlink (&folder));
  assert_text (fixture->file, "words");
}

/* What failed can still be told after the place was closed. */
static void
test_clear (Fixture *fixture, gconstpointer data)
{
  PaddockFilePlace place = PADDOCK_FILE_PLACE_INIT;
  int folder;

  open_place (&place, fixture->file);
  folder = place.folder;
  errno = ENOSPC;
  paddock_file_place_clear (&place);
  g_assert_cmpint (errno, ==, ENOSPC);
  g_assert_cmpint (place.folder, ==, -1);
  g_assert_null (place.name);
  g_assert_cmpint (fcntl (folder, F_GETFD), ==, -1);
  paddock_file_place_clear (&place);
}

/* Folders between the root and the file; neither the root itself nor the file. */
static void
test_below_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *root = test_directory_make_folder (fixture->directory, "root");
  g_autofree char *sub = test_directory_make_folder (fixture->directory, "root/sub");
  g_autofree char *linked = g_build_filename (root, "linked", NULL);
  g_autofree char *deep = g_build_filename (sub, "deep", NULL);
  g_autofree char *link = g_build_filename (root, "link", NULL);
  g_autofree char *other = test_directory_build_path (fixture->directory, "other");
  g_autofree char *slash = g_strconcat (root, "/", NULL);
  const struct
  {
    const char *root, *folder, *name;
    gboolean below;
  } cases[] = {
    { root, root, "a", FALSE },         { root, sub, "a", FALSE },     { root, linked, "a", TRUE },
    { root, deep, "a", TRUE },          { root, root, "link", FALSE }, { root, linked, "b/c", TRUE },
    { slash, linked, "a", TRUE },       { slash, root, "a", FALSE },   { other, other, "a", FALSE },
    { other, other, "linked/a", TRUE }, { NULL, linked, "a", FALSE },  { fixture->folder, linked, "a", FALSE },
  };

  g_assert_cmpint (symlink (fixture->folder, linked), ==, 0);
  g_assert_cmpint (symlink (fixture->folder, deep), ==, 0);
  g_assert_cmpint (symlink (fixture->file, link), ==, 0);
  g_assert_cmpint (symlink (root, other), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (cases[i].folder, cases[i].name, NULL);

      g_test_message ("%zu %s", i, path);
      g_assert_cmpint (paddock_file_place_is_below_link (cases[i].root, path), ==, cases[i].below);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add ("/file-place/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("open", test_open);
  ADD ("open-file", test_open_file);
  ADD ("holds", test_holds);
  ADD ("renamed-above", test_renamed_above);
  ADD ("rename", test_rename);
  ADD ("unlink", test_unlink);
  ADD ("clear", test_clear);
  ADD ("below-link", test_below_link);
#undef ADD
  return g_test_run ();
}
