/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shape-recipe.h"

#include "gguf-recipe.h"

PaddockModelShape *
test_shape_try_recipe (const char *recipe, GError **error)
{
  g_autoptr(GError) recipe_error = NULL;
  g_autoptr(GBytes) bytes = test_gguf_recipe_build (recipe, &recipe_error);
  g_autoptr(PaddockGgufSource) source = NULL;
  g_autoptr(PaddockGgufFile) file = NULL;
  g_autoptr(PaddockGgufShards) shards = NULL;

  g_assert_no_error (recipe_error);
  source = paddock_gguf_source_new_for_bytes (bytes, "model.gguf");
  file = paddock_gguf_file_scan (source, NULL);
  shards = paddock_gguf_shards_new_for_file (file);
  return paddock_model_shape_new (shards, error);
}

PaddockModelShape *
test_shape_of_recipe (const char *recipe)
{
  g_autoptr(GError) error = NULL;
  PaddockModelShape *shape = test_shape_try_recipe (recipe, &error);

  g_assert_no_error (error);
  return shape;
}

PaddockModelShape *
test_shape_of_path (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PaddockGgufShards) shards = paddock_gguf_shards_open (path, NULL, &error);
  PaddockModelShape *shape = NULL;

  g_assert_no_error (error);
  shape = paddock_model_shape_new (shards, &error);
  g_assert_no_error (error);
  return shape;
}
