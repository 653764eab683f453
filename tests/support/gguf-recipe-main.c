/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf-recipe.h"

/* Builds a file from a recipe, for tests that are not written in C: gguf-recipe RECIPE-FILE|- OUT */
int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *recipe = NULL;
  const char *data;
  gsize length;

  if (argc != 3)
    {
      g_printerr ("gguf-recipe RECIPE-FILE|- OUT\n");
      return 2;
    }

  if (g_file_get_contents (g_str_equal (argv[1], "-") ? "/dev/stdin" : argv[1], &recipe, NULL, &error))
    bytes = test_gguf_recipe_build (recipe, &error);
  if (bytes != NULL)
    {
      data = g_bytes_get_data (bytes, &length);
      g_file_set_contents_full (argv[2], data != NULL ? data : "", (gssize)length, G_FILE_SET_CONTENTS_NONE, 0644,
                                &error);
    }
  if (error == NULL)
    return 0;

  g_printerr ("gguf-recipe: %s: %s\n", argv[1], error->message);
  return 1;
}
