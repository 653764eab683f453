/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory.h"

#include "gguf-recipe.h"

#include <glib/gstdio.h>

struct _TestDirectory
{
  char *path;
};

TestDirectory *
test_directory_new (void)
{
  g_autoptr (GError) error = NULL;
  TestDirectory *self = g_new0 (TestDirectory, 1);

  self->path = g_dir_make_tmp ("paddock-test-XXXXXX", &error);
  g_assert_no_error (error);
  return self;
}

TestDirectory *
test_directory_new_in (const char *place)
{
  TestDirectory *self = g_new0 (TestDirectory, 1);

  self->path = g_build_filename (place, "paddock-test-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (self->path));
  return self;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) directory = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) || !g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_assert_cmpint (g_unlink (path), ==, 0);
      return;
    }

  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  directory = g_dir_open (path, 0, NULL);
  g_assert_nonnull (directory);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

void
test_directory_free (TestDirectory *self)
{
  remove_tree (self->path);
  g_free (self->path);
  g_free (self);
}

const char *
test_directory_get_path (TestDirectory *self)
{
  return self->path;
}

char *
test_directory_build_path (TestDirectory *self, const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

char *
test_directory_make_folder (TestDirectory *self, const char *name)
{
  char *path = test_directory_build_path (self, name);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  return path;
}

static char *
write_file (TestDirectory *self, const char *name, const char *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  char *path = test_directory_build_path (self, name);

  g_file_set_contents_full (path, data, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0644, &error);
  g_assert_no_error (error);
  return path;
}

char *
test_directory_write (TestDirectory *self, const char *name, const char *text)
{
  return write_file (self, name, text, strlen (text));
}

char *
test_directory_write_bytes (TestDirectory *self, const char *name, GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return write_file (self, name, data != NULL ? data : "", length);
}

/**
 * test_directory_write_recipe:
 * @name: name of the file
 * @recipe: see gguf-recipe.h
 *
 * A mistake in the recipe fails the test.
 *
 * Returns: (transfer full): the path of the file that the recipe says
 */
char *
test_directory_write_recipe (TestDirectory *self, const char *name, const char *recipe)
{
  g_autoptr (GError) error = NULL;
  char *path = test_gguf_recipe_write (recipe, self->path, name, &error);

  g_assert_no_error (error);
  return path;
}
