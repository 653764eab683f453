/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf-recipe.h"
#include "gguf/gguf-layout.h"

#define HEAD "kv general.architecture str llama\n"

static PaddockGgufFile *
parse (const char *recipe)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_gguf_recipe_build (recipe, &error);
  g_assert_no_error (error);
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, "test");
  PaddockGgufFile *file = paddock_gguf_file_new_for_source (source, NULL, &error);

  g_assert_no_error (error);
  return file;
}

static const PaddockGgufLayoutIssue *
find (PaddockGgufLayout *layout, PaddockGgufLayoutKind kind)
{
  for (guint i = 0; i < paddock_gguf_layout_get_n_issues (layout); i++)
    if (paddock_gguf_layout_get_issue (layout, i)->kind == kind)
      return paddock_gguf_layout_get_issue (layout, i);
  return NULL;
}

static void
test_clean (void)
{
  g_autoptr (PaddockGgufFile) file = parse (HEAD "tensor a f32 3\ntensor b q4_0 32x2\ntensor c f32 4x0\ntensor d i8 5\n");
  g_autoptr (PaddockGgufLayout) layout = paddock_gguf_layout_new (file);

  g_assert_cmpuint (paddock_gguf_layout_get_n_issues (layout), ==, 0);
  g_assert_cmpuint (paddock_gguf_layout_get_data_end (layout), ==, paddock_gguf_file_get_data_offset (file) + 32 + 64 + 5);
}

/* Alone, so that a wrong one of them is seen for what it is. */
static void
test_issues (void)
{
  static const struct
  {
    const char *recipe;
    PaddockGgufLayoutKind kind;
    guint tensor;
    guint64 amount;
  } cases[] = {
    { "tensor a f32 4294967296x4294967296 bytes=16\n", PADDOCK_GGUF_LAYOUT_OVERFLOW, 0, 0 },
    { "tensor a f32 9223372036854775808 bytes=16\n", PADDOCK_GGUF_LAYOUT_OVERFLOW, 0, 0 },
    { "tensor a i64 4611686018427387904 bytes=16\n", PADDOCK_GGUF_LAYOUT_OVERFLOW, 0, 0 },
    { "tensor a q4_0 33 bytes=36\n", PADDOCK_GGUF_LAYOUT_PARTIAL_BLOCK, 0, 32 },
    { "tensor a f32 8\ntensor b f32 4 offset=36\n", PADDOCK_GGUF_LAYOUT_UNALIGNED, 1, 4 },
    { "tensor a f32 8\ntensor b f32 8 offset=18446744073709551584 at=32\n", PADDOCK_GGUF_LAYOUT_OUTSIDE, 1,
      18446744073709551551u },
    { "tensor a i8 128\ncut -28\n", PADDOCK_GGUF_LAYOUT_OUTSIDE, 0, 28 },
    { "tensor a f32 16\ntensor b f32 8 offset=32\n", PADDOCK_GGUF_LAYOUT_OVERLAP, 1, 32 },
    { "tensor a f32 8\ntensor b f32 8 offset=0\n", PADDOCK_GGUF_LAYOUT_OVERLAP, 1, 32 },
    { "tensor a f32 8\ntensor b f32 8 offset=96\n", PADDOCK_GGUF_LAYOUT_GAP, 1, 64 },
    { "tensor a f32 8 offset=32\n", PADDOCK_GGUF_LAYOUT_GAP, 0, 32 },
    { "tensor a f32 8 offset=32\ntensor b f32 8 offset=0\n", PADDOCK_GGUF_LAYOUT_ORDER, 1, 0 },
    { "tensor a f32 8\nappend hex 0000\n", PADDOCK_GGUF_LAYOUT_TRAILING, G_MAXUINT, 2 },
    { "tensor a f32 8\nappend zero length=64\n", PADDOCK_GGUF_LAYOUT_TRAILING, G_MAXUINT, 64 },
    { "append zero length=64\n", PADDOCK_GGUF_LAYOUT_TRAILING, G_MAXUINT, 37 },
    { "tensor a i8 33\ntensor b i8 1\npatch 200 hex 07\n", PADDOCK_GGUF_LAYOUT_PADDING, 0, 31 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *recipe = g_strconcat (HEAD, cases[i].recipe, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = test_gguf_recipe_build (recipe, &error);

      if (bytes == NULL)
        {
          g_test_message ("%s: %s", cases[i].recipe, error->message);
          g_test_fail ();
          continue;
        }
      g_autoptr (PaddockGgufFile) file = parse (recipe);
      g_autoptr (PaddockGgufLayout) layout = paddock_gguf_layout_new (file);
      const PaddockGgufLayoutIssue *issue = find (layout, cases[i].kind);

      if (issue == NULL || issue->tensor != cases[i].tensor || issue->amount != cases[i].amount)
        {
          g_test_message ("%s: tensor %u, %" G_GUINT64_FORMAT, cases[i].recipe, issue != NULL ? issue->tensor : 999,
                          issue != NULL ? issue->amount : 0);
          g_test_fail ();
        }
    }
}

static void
test_order (void)
{
  g_autoptr (PaddockGgufFile) file = parse (HEAD "tensor a f32 8 offset=64\ntensor b f32 8 offset=0\ntensor c f32 8 offset=32\n");
  g_autoptr (PaddockGgufLayout) layout = paddock_gguf_layout_new (file);

  g_assert_cmpuint (paddock_gguf_layout_get_tensor (layout, 0), ==, 1);
  g_assert_cmpuint (paddock_gguf_layout_get_tensor (layout, 1), ==, 2);
  g_assert_cmpuint (paddock_gguf_layout_get_tensor (layout, 2), ==, 0);
}

/* A file of nothing but faults costs no more memory than a good one. */
static void
test_bounded (void)
{
  g_autoptr (PaddockGgufFile) file = parse (HEAD "repeat 2000 tensor t{} f32 8 offset=0\n");
  g_autoptr (PaddockGgufLayout) layout = paddock_gguf_layout_new (file);

  g_assert_cmpuint (paddock_gguf_layout_count (layout, PADDOCK_GGUF_LAYOUT_OVERLAP), ==, 1999);
  g_assert_cmpuint (paddock_gguf_layout_get_n_issues (layout), <, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/gguf-layout/clean", test_clean);
  g_test_add_func ("/gguf-layout/issues", test_issues);
  g_test_add_func ("/gguf-layout/order", test_order);
  g_test_add_func ("/gguf-layout/bounded", test_bounded);
  return g_test_run ();
}
