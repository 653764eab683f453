/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-variant.h"

#define UNKNOWN -1

typedef struct
{
  GPtrArray *files, *variants;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->files = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_hub_file_free);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->variants, g_ptr_array_unref);
  g_ptr_array_unref (fixture->files);
}

static void
add (Fixture *fixture, const char *path, gint64 size)
{
  g_ptr_array_add (fixture->files, paddock_hub_file_new (path, size, NULL));
}

/* All variants in their order, a line each: what it is called, its size, and its files. */
static void
assert_groups (Fixture *fixture, const char *expected)
{
  g_autoptr (GString) all = g_string_new (NULL);

  g_clear_pointer (&fixture->variants, g_ptr_array_unref);
  fixture->variants = paddock_hub_variant_group (fixture->files);
  for (guint i = 0; i < fixture->variants->len; i++)
    {
      const PaddockHubVariant *variant = g_ptr_array_index (fixture->variants, i);

      g_string_append_printf (all, "%s%s %" G_GINT64_FORMAT ":", variant->is_companion ? "+" : "", variant->label, variant->size);
      for (guint j = 0; j < variant->files->len; j++)
        g_string_append_printf (all, " %s", ((PaddockHubFile *) g_ptr_array_index (variant->files, j))->path);
      g_string_append (all, paddock_hub_variant_is_whole (variant) ? "\n" : " ..\n");
    }
  g_assert_cmpstr (all->str, ==, expected);
}

static const char *
find (Fixture *fixture, const char *label)
{
  const PaddockHubVariant *found = paddock_hub_variant_find (fixture->variants, label);

  return found != NULL ? ((PaddockHubFile *) g_ptr_array_index (found->files, 0))->path : NULL;
}

/* The smallest first, what goes with them last; what is no model is not among them. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  assert_groups (fixture, "");
  add (fixture, "README.md", 10);
  add (fixture, "mmproj-F16.gguf", 1);
  add (fixture, "m-Q8_0.gguf", 90);
  add (fixture, "m-Q4_K_M.gguf", 50);
  add (fixture, "UD/m-UD-IQ2_XXS.gguf", 20);
  add (fixture, "some words.gguf", 70);
  add (fixture, "imatrix.gguf.part", 5);
  add (fixture, ".gguf", 5);
  add (fixture, "m-bf16.GGUF", 160);
  assert_groups (fixture, "UD-IQ2_XXS 20: UD/m-UD-IQ2_XXS.gguf\n"
                          "Q4_K_M 50: m-Q4_K_M.gguf\n"
                          "some words.gguf 70: some words.gguf\n"
                          "Q8_0 90: m-Q8_0.gguf\n"
                          "BF16 160: m-bf16.GGUF\n"
                          "+F16 1: mmproj-F16.gguf\n");
}

/* Of one size: by name, so that the order is the same tomorrow. */
static void
test_same_size (Fixture *fixture, gconstpointer data)
{
  add (fixture, "m-Q8_0.gguf", 7);
  add (fixture, "m-Q4_0.gguf", 7);
  add (fixture, "m-Q6_K.gguf", 7);
  assert_groups (fixture, "Q4_0 7: m-Q4_0.gguf\nQ6_K 7: m-Q6_K.gguf\nQ8_0 7: m-Q8_0.gguf\n");
}

/* In the order of the shards, whatever the order in which the hub tells them. */
static void
test_shards (Fixture *fixture, gconstpointer data)
{
  add (fixture, "m-Q8_0-00003-of-00003.gguf", 4);
  add (fixture, "m-Q8_0-00001-of-00003.gguf", 1);
  add (fixture, "m-Q8_0-00002-of-00003.gguf", 2);
  assert_groups (fixture, "Q8_0 7: m-Q8_0-00001-of-00003.gguf m-Q8_0-00002-of-00003.gguf m-Q8_0-00003-of-00003.gguf\n");
  g_assert_cmpuint (((PaddockHubVariant *) g_ptr_array_index (fixture->variants, 0))->shards, ==, 3);
  g_ptr_array_remove_index (fixture->files, 1);
  assert_groups (fixture, "Q8_0 6: m-Q8_0-00002-of-00003.gguf m-Q8_0-00003-of-00003.gguf ..\n");
}

/* Sets lie in one folder, have one name, and as many parts as each of them says. */
static void
test_sets (Fixture *fixture, gconstpointer data)
{
  add (fixture, "a/m-Q4_0-00001-of-00002.gguf", 1);
  add (fixture, "b/m-Q4_0-00002-of-00002.gguf", 2);
  add (fixture, "a/m-Q4_0-00002-of-00003.gguf", 4);
  add (fixture, "a/n-Q4_0-00002-of-00002.gguf", 8);
  assert_groups (fixture, "Q4_0 1: a/m-Q4_0-00001-of-00002.gguf ..\n"
                          "Q4_0 2: b/m-Q4_0-00002-of-00002.gguf ..\n"
                          "Q4_0 4: a/m-Q4_0-00002-of-00003.gguf ..\n"
                          "Q4_0 8: a/n-Q4_0-00002-of-00002.gguf ..\n");
}

/* One file twice, but for how its name ends, does not stand for the part that is missing. */
static void
test_endings (Fixture *fixture, gconstpointer data)
{
  add (fixture, "m-Q4_0-00001-of-00002.gguf", 1);
  add (fixture, "m-Q4_0-00001-of-00002.GGUF", 2);
  assert_groups (fixture, "Q4_0 1: m-Q4_0-00001-of-00002.gguf ..\n"
                          "Q4_0 2: m-Q4_0-00001-of-00002.GGUF ..\n");
}

/* Names that only look like parts are whole models. */
static void
test_no_shards (Fixture *fixture, gconstpointer data)
{
  add (fixture, "m-Q4_0-00000-of-00002.gguf", 1);
  add (fixture, "m-Q4_0-00003-of-00002.gguf", 2);
  add (fixture, "m-Q4_0-1-of-2.gguf", 3);
  add (fixture, "m-Q4_0-*00002.gguf", 4);
  add (fixture, "m-Q4_0-99999-of-99999.gguf", 5);
  fixture->variants = paddock_hub_variant_group (fixture->files);
  g_assert_cmpuint (fixture->variants->len, ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      const PaddockHubVariant *variant = g_ptr_array_index (fixture->variants, i);

      g_assert_cmpint (variant->size, ==, i + 1);
      g_assert_cmpint (paddock_hub_variant_is_whole (variant), ==, i < 4);
    }
}

/* What nobody tells of one file, nobody knows of all; nor what no number holds. */
static void
test_unknown_size (Fixture *fixture, gconstpointer data)
{
  add (fixture, "m-Q4_0-00001-of-00003.gguf", 1);
  add (fixture, "m-Q4_0-00002-of-00003.gguf", UNKNOWN);
  add (fixture, "m-Q4_0-00003-of-00003.gguf", 3);
  assert_groups (fixture, "Q4_0 -1: m-Q4_0-00001-of-00003.gguf m-Q4_0-00002-of-00003.gguf m-Q4_0-00003-of-00003.gguf\n");
}

static void
test_huge_size (Fixture *fixture, gconstpointer data)
{
  add (fixture, "m-Q4_0-00001-of-00003.gguf", G_MAXINT64);
  assert_groups (fixture, "Q4_0 9223372036854775807: m-Q4_0-00001-of-00003.gguf ..\n");
  add (fixture, "m-Q4_0-00002-of-00003.gguf", 1);
  add (fixture, "m-Q4_0-00003-of-00003.gguf", 1);
  assert_groups (fixture, "Q4_0 -1: m-Q4_0-00001-of-00003.gguf m-Q4_0-00002-of-00003.gguf m-Q4_0-00003-of-00003.gguf\n");
}

/* A model and the projector beside it may be called the same: a person means the model. */
static void
test_find (Fixture *fixture, gconstpointer data)
{
  add (fixture, "mmproj-Q8_0.gguf", 1);
  add (fixture, "m-Q8_0.gguf", 90);
  add (fixture, "m-UD-Q4_K_XL.gguf", 50);
  add (fixture, "mmproj-F16.gguf", 2);
  fixture->variants = paddock_hub_variant_group (fixture->files);
  g_assert_cmpstr (find (fixture, "Q8_0"), ==, "m-Q8_0.gguf");
  g_assert_cmpstr (find (fixture, "q8_0"), ==, "m-Q8_0.gguf");
  g_assert_cmpstr (find (fixture, "ud-q4_k_xl"), ==, "m-UD-Q4_K_XL.gguf");
  g_assert_null (find (fixture, "Q4_K_XL"));
  g_assert_null (find (fixture, "F16"));
  g_assert_null (find (fixture, ""));
  g_assert_null (find (fixture, "Q8"));
}

/* Without a word: in the order of what most people are best served with. */
static void
test_find_usual (Fixture *fixture, gconstpointer data)
{
  static const char *const usual[]
      = { "m-Q8_0.gguf", "m-Q4_0.gguf", "m-MXFP4.gguf", "m-Q4_K_S.gguf", "m-UD-Q4_K_XL.gguf", "m-Q4_K_M.gguf" };

  add (fixture, "m-Q2_K.gguf", 1);
  add (fixture, "m-Q6_K.gguf", 2);
  add (fixture, "mmproj-Q4_K_M.gguf", 3);
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      add (fixture, usual[i], 100 + (gint64) i);
      g_clear_pointer (&fixture->variants, g_ptr_array_unref);
      fixture->variants = paddock_hub_variant_group (fixture->files);
      g_assert_cmpstr (find (fixture, NULL), ==, usual[i]);
    }
}

/* Where there is but one, that is meant; among others that nobody knows, none is. */
static void
test_find_only (Fixture *fixture, gconstpointer data)
{
  fixture->variants = paddock_hub_variant_group (fixture->files);
  g_assert_null (find (fixture, NULL));
  add (fixture, "mmproj-F16.gguf", 1);
  g_ptr_array_unref (fixture->variants);
  fixture->variants = paddock_hub_variant_group (fixture->files);
  g_assert_null (find (fixture, NULL));
  add (fixture, "m-Q2_K.gguf", 2);
  g_ptr_array_unref (fixture->variants);
  fixture->variants = paddock_hub_variant_group (fixture->files);
  g_assert_cmpstr (find (fixture, NULL), ==, "m-Q2_K.gguf");
  add (fixture, "m-Q6_K.gguf", 3);
  g_ptr_array_unref (fixture->variants);
  fixture->variants = paddock_hub_variant_group (fixture->files);
  g_assert_null (find (fixture, NULL));
}

/* By the whole path, letter by letter. */
static void
test_has_file (Fixture *fixture, gconstpointer data)
{
  const PaddockHubVariant *variant;

  add (fixture, "a/m-Q4_0-00001-of-00002.gguf", 1);
  add (fixture, "a/m-Q4_0-00002-of-00002.gguf", 2);
  add (fixture, "a/m-Q8_0.gguf", 9);
  fixture->variants = paddock_hub_variant_group (fixture->files);
  variant = g_ptr_array_index (fixture->variants, 0);
  g_assert_true (paddock_hub_variant_has_file (variant, "a/m-Q4_0-00001-of-00002.gguf"));
  g_assert_true (paddock_hub_variant_has_file (variant, "a/m-Q4_0-00002-of-00002.gguf"));
  g_assert_false (paddock_hub_variant_has_file (variant, "a/m-Q8_0.gguf"));
  g_assert_false (paddock_hub_variant_has_file (variant, "m-Q4_0-00001-of-00002.gguf"));
  g_assert_false (paddock_hub_variant_has_file (variant, "a/M-Q4_0-00001-of-00002.gguf"));
  g_assert_false (paddock_hub_variant_has_file (variant, "a/m-Q4_0-00001-of-00002.gguf/"));
  g_assert_false (paddock_hub_variant_has_file (variant, ""));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, function) g_test_add ("/hub-variant/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("order", test_order);
  ADD ("same-size", test_same_size);
  ADD ("shards", test_shards);
  ADD ("sets", test_sets);
  ADD ("endings", test_endings);
  ADD ("no-shards", test_no_shards);
  ADD ("unknown-size", test_unknown_size);
  ADD ("huge-size", test_huge_size);
  ADD ("find", test_find);
  ADD ("find-usual", test_find_usual);
  ADD ("find-only", test_find_only);
  ADD ("has-file", test_has_file);
#undef ADD
  return g_test_run ();
}
