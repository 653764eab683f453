/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <unistd.h>

#include "directory.h"
#include "gguf/gguf-shards.h"

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    gboolean shard;
  } cases[] = {
    { "m-00001-of-00003.gguf", TRUE },  { "/a/b/m-00003-of-00003.GGUF", TRUE }, { "m-00000-of-00003.gguf", FALSE },
    { "m-00004-of-00003.gguf", FALSE }, { "m-0001-of-0003.gguf", FALSE },      { "m-00001-of-00003", FALSE },
    { "-00001-of-00001.gguf", TRUE },   { "00001-of-00003.gguf", FALSE },      { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (paddock_gguf_shards_parse_name (cases[i].name, NULL, NULL, NULL), ==, cases[i].shard);

  g_autofree char *prefix = NULL;
  guint index, count;
  g_assert_true (paddock_gguf_shards_parse_name ("/x/m-00002-of-00013.gguf", &prefix, &index, &count));
  g_assert_cmpstr (prefix, ==, "/x/m");
  g_assert_cmpuint (index, ==, 1);
  g_assert_cmpuint (count, ==, 13);
}

static void
write_shard (TestDirectory *directory, guint number, guint count)
{
  g_autofree char *name = g_strdup_printf ("m-%05u-of-%05u.gguf", number, count);
  g_autofree char *recipe
      = g_strdup_printf ("%skv split.no u16 %u\nkv split.count u16 %u\nkv split.tensors.count i32 %u\n"
                         "tensor t%u.weight f32 32\n",
                         number == 1 ? "kv general.architecture str llama\n" : "", number - 1, count, count, number);
  g_autofree char *path = test_directory_write_recipe (directory, name, recipe);
}

static void
test_set (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *second = test_directory_build_path (directory, "m-00002-of-00003.gguf");
  g_autoptr (GError) error = NULL;
  guint shard;

  for (guint i = 1; i <= 3; i++)
    write_shard (directory, i, 3);

  g_autoptr (PaddockGgufShards) shards = paddock_gguf_shards_open (second, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (paddock_gguf_shards_get_count (shards), ==, 3);
  g_assert_cmpuint (paddock_gguf_shards_get_n_present (shards), ==, 3);
  g_assert_cmpuint (paddock_gguf_shards_get_n_tensors (shards), ==, 3);
  g_assert_cmpstr (paddock_gguf_file_get_path (paddock_gguf_shards_get_opened (shards)), ==, second);
  g_assert_true (paddock_gguf_shards_get_primary (shards) == paddock_gguf_shards_get_shard (shards, 0)->file);

  const PaddockGgufTensor *tensor = paddock_gguf_shards_get_tensor (shards, 2, &shard);
  g_autofree char *name
      = paddock_gguf_file_dup_tensor_name (paddock_gguf_shards_get_shard (shards, shard)->file, tensor);
  g_assert_cmpuint (shard, ==, 2);
  g_assert_cmpstr (name, ==, "t3.weight");
}

static void
test_missing (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *first = test_directory_build_path (directory, "m-00001-of-00003.gguf");
  g_autofree char *second = test_directory_build_path (directory, "m-00002-of-00003.gguf");
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i <= 3; i++)
    write_shard (directory, i, 3);
  g_assert_cmpint (unlink (first), ==, 0);

  g_autoptr (PaddockGgufShards) shards = paddock_gguf_shards_open (second, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (paddock_gguf_shards_get_count (shards), ==, 3);
  g_assert_cmpuint (paddock_gguf_shards_get_n_present (shards), ==, 2);
  g_assert_error (paddock_gguf_shards_get_shard (shards, 0)->problem, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_NOT_FOUND);
  g_assert_cmpstr (paddock_gguf_shards_get_shard (shards, 0)->path, ==, first);
  g_assert_true (paddock_gguf_shards_get_primary (shards) == paddock_gguf_shards_get_opened (shards));
}

/* A name is not enough, and neither is a key: one file stays one file. */
static void
test_alone (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *named = test_directory_write_recipe (directory, "m-00001-of-00900.gguf", "kv a u8 1\n");
  g_autofree char *keyed = test_directory_write_recipe (directory, "m.gguf", "kv split.count u16 3\n");
  g_autoptr (PaddockGgufShards) first = paddock_gguf_shards_open (named, NULL, NULL);
  g_autoptr (PaddockGgufShards) second = paddock_gguf_shards_open (keyed, NULL, NULL);

  g_assert_cmpuint (paddock_gguf_shards_get_count (first), ==, 1);
  g_assert_cmpuint (paddock_gguf_shards_get_count (second), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/gguf-shards/names", test_names);
  g_test_add_func ("/gguf-shards/set", test_set);
  g_test_add_func ("/gguf-shards/missing", test_missing);
  g_test_add_func ("/gguf-shards/alone", test_alone);
  return g_test_run ();
}
