/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory-case.h"

#include <string.h>

#include "shape-recipe.h"

#define MAX_SHOWN 4000

static PaddockModelShape *
load_shape (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *recipe_path = g_strconcat (path, ".recipe", NULL);
  g_autofree char *recipe = NULL;

  if (g_file_get_contents (recipe_path, &recipe, NULL, NULL))
    return test_shape_of_recipe (recipe);
  return test_shape_of_path (path);
}

static PaddockFlashAttention
read_flash_attention (const char *text)
{
  if (strcmp (text, "auto") == 0)
    return PADDOCK_FLASH_ATTENTION_AUTO;
  return strcmp (text, "on") == 0 ? PADDOCK_FLASH_ATTENTION_ON : PADDOCK_FLASH_ATTENTION_OFF;
}

static void
fill_case (TestMemoryCase *self, const TestMemoryPoint *point, const PaddockModelShape *shape)
{
  self->point = point;
  self->shape = shape;
  paddock_memory_request_init (&self->request, shape);
  if (point->context != 0)
    self->request.context = point->context;
  self->request.ubatch = point->ubatch;
  self->request.batch = point->batch;
  self->request.parallel = point->parallel;
  self->request.unified = point->unified;
  self->request.cache_k = paddock_quant_type_lookup_by_name (point->cache_k);
  self->request.cache_v = paddock_quant_type_lookup_by_name (point->cache_v);
  self->request.flash_attention = read_flash_attention (point->flash_attention);
  self->request.swa_full = point->swa_full;
  self->request.outputs = point->outputs;
  self->request.repack = point->repack ? g_intern_string (point->processor) : g_intern_static_string ("off");
}

static void
check_points (const char *table, const char *folder, TestMemoryCaseFunc check)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) points = test_memory_truth_read (table, &error);
  g_autoptr(GHashTable) shapes =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) paddock_model_shape_unref);
  g_autoptr(GString) complaints = g_string_new (NULL);
  guint n_wrong = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (points->len, >, 0);
  for (guint i = 0; i < points->len; i++)
    {
      TestMemoryPoint *point = g_ptr_array_index (points, i);
      PaddockModelShape *shape = g_hash_table_lookup (shapes, point->header);
      TestMemoryCase one;
      gsize before = complaints->len;

      if (shape == NULL)
        {
          shape = load_shape (folder, point->header);
          g_hash_table_insert (shapes, point->header, shape);
        }
      fill_case (&one, point, shape);
      check (&one, complaints);
      n_wrong += complaints->len > before ? 1 : 0;
      g_string_truncate (complaints, MIN (complaints->len, MAX_SHOWN));
    }
  if (n_wrong > 0)
    g_error ("%u of %u points are wrong:\n%s", n_wrong, points->len, complaints->str);
}

void
test_memory_case_check_kept (TestMemoryCaseFunc check)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PADDOCK_SOURCE"), "tests", "data", "memory", NULL);
  g_autofree char *table = g_build_filename (folder, "points.csv", NULL);

  check_points (table, folder, check);
}

void
test_memory_case_check_known (TestMemoryCaseFunc check)
{
  g_autofree char *folder =
    g_build_filename (g_getenv ("PADDOCK_SOURCE"), "..", "shared", "facts", "memory", "headers", NULL);
  g_autofree char *table =
    g_build_filename (g_getenv ("PADDOCK_SOURCE"), "..", "shared", "facts", "memory", "truth.csv", NULL);

  if (g_file_test (table, G_FILE_TEST_EXISTS))
    check_points (table, folder, check);
  else
    g_test_skip ("no measured points beside the project");
}

void
test_memory_case_compare (const TestMemoryCase *self, const char *what, guint64 computed, guint64 truth,
                          GString *complaints)
{
  const TestMemoryPoint *point = self->point;

  if (computed == truth)
    return;
  g_string_append_printf (complaints,
                          "%s: %" G_GUINT64_FORMAT ", but the engine has %" G_GUINT64_FORMAT " (%s, context %u, ubatch %u"
                          ", parallel %u%s, %s/%s, flash attention %s%s, outputs %u)\n",
                          what, computed, truth, point->header, point->context, point->ubatch, point->parallel,
                          point->unified ? " in one" : "", point->cache_k, point->cache_v, point->flash_attention,
                          point->swa_full ? ", whole windows" : "", point->outputs);
}
