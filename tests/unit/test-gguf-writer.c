/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-writer.h"

#include "directory.h"
#include "gguf-recipe.h"
#include "gguf/gguf-error.h"
#include "gguf/gguf-file.h"

#define F32 0
#define Q4_0 2

static void
add (PaddockGgufWriter *writer, const char *key, const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PaddockGgufValue) value = paddock_gguf_value_parse (text, NULL, &error);

  g_assert_no_error (error);
  paddock_gguf_writer_add_value (writer, key, value, &error);
  g_assert_no_error (error);
}

static void
write_bytes (PaddockGgufWriter *writer, guint8 byte, gsize length)
{
  g_autoptr(GError) error = NULL;
  g_autofree guint8 *bytes = g_malloc (length);

  memset (bytes, byte, length);
  paddock_gguf_writer_write (writer, bytes, length, &error);
  g_assert_no_error (error);
}

static const char expected[] = "kv general.architecture str llama\n"
                               "kv llama.block_count u32 2\n"
                               "kv tokenizer.ggml.tokens arr str a b\n"
                               "tensor token_embd.weight f32 3x2\n"
                               "data fill 17\n"
                               "tensor empty f32 0x5\n"
                               "tensor blk.0.ffn_up.weight q4_0 32x2\n"
                               "data fill 34\n";

/* The file is, byte for byte, what the recipe says. */
static void
test_file (void)
{
  const guint64 embedding[] = { 3, 2 }, empty[] = { 0, 5 }, up[] = { 32, 2 };
  g_autoptr(TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_build_path (directory, "new.gguf");
  g_autoptr(PaddockGgufWriter) writer = paddock_gguf_writer_new (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) wanted = test_gguf_recipe_build (expected, &error);
  g_autofree char *found = NULL;
  gsize length;

  g_assert_no_error (error);
  add (writer, "general.architecture", "llama");
  add (writer, "llama.block_count", "u32:2");
  add (writer, "tokenizer.ggml.tokens", "[\"a\", \"b\"]");
  g_assert_true (paddock_gguf_writer_add_tensor (writer, "token_embd.weight", F32, embedding, 2, &error));
  g_assert_true (paddock_gguf_writer_add_tensor (writer, "empty", F32, empty, 2, &error));
  g_assert_true (paddock_gguf_writer_add_tensor (writer, "blk.0.ffn_up.weight", Q4_0, up, 2, &error));
  g_assert_true (paddock_gguf_writer_begin_data (writer, &error));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  write_bytes (writer, 17, 10);
  write_bytes (writer, 17, 14);
  write_bytes (writer, 34, 36);
  g_assert_true (paddock_gguf_writer_finish (writer, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &found, &length, NULL));
  g_assert_cmpmem (found, length, g_bytes_get_data (wanted, NULL), g_bytes_get_size (wanted));
}

static void
test_alignment (void)
{
  const guint64 dimensions[] = { 1 };
  g_autoptr(TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_build_path (directory, "new.gguf");
  g_autoptr(PaddockGgufWriter) writer = paddock_gguf_writer_new (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(PaddockGgufFile) file = NULL;

  add (writer, "general.alignment", "u32:256");
  g_assert_true (paddock_gguf_writer_add_tensor (writer, "a", F32, dimensions, 1, &error));
  g_assert_true (paddock_gguf_writer_add_tensor (writer, "b", F32, dimensions, 1, &error));
  g_assert_true (paddock_gguf_writer_begin_data (writer, &error));
  write_bytes (writer, 1, 8);
  g_assert_true (paddock_gguf_writer_finish (writer, &error));
  file = paddock_gguf_file_open (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (paddock_gguf_file_get_data_offset (file), ==, 256);
  g_assert_cmpuint (paddock_gguf_file_get_tensor (file, 1)->offset, ==, 256);
  g_assert_cmpuint (paddock_gguf_file_get_size (file), ==, 768);
}

static void
test_refusals (void)
{
  const guint64 half_block[] = { 33 }, huge[] = { G_MAXINT64 / 4, 4 }, one[] = { 1, 1, 1, 1, 1 };
  g_autoptr(TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_build_path (directory, "new.gguf");
  g_autofree char *long_name = g_strnfill (64, 'n');
  g_autoptr(PaddockGgufWriter) writer = paddock_gguf_writer_new (path);
  g_autoptr(PaddockGgufValue) odd = paddock_gguf_value_new_uint (PADDOCK_GGUF_UINT32, 24, NULL);
  const struct
  {
    const char *name;
    guint32 type;
    const guint64 *dimensions;
    guint n_dimensions;
    PaddockGgufError code;
  } tensors[] = {
    { "", F32, one, 1, PADDOCK_GGUF_ERROR_KEY },
    { long_name, F32, one, 1, PADDOCK_GGUF_ERROR_KEY },
    { "t", F32, one, 5, PADDOCK_GGUF_ERROR_DIMENSIONS },
    { "t", Q4_0, half_block, 1, PADDOCK_GGUF_ERROR_DIMENSIONS },
    { "t", F32, huge, 2, PADDOCK_GGUF_ERROR_DIMENSIONS },
    { "t", 9999, one, 1, PADDOCK_GGUF_ERROR_TENSOR_TYPE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tensors); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (paddock_gguf_writer_add_tensor (writer, tensors[i].name, tensors[i].type, tensors[i].dimensions,
                                                      tensors[i].n_dimensions, &error));
      g_assert_error (error, PADDOCK_GGUF_ERROR, (int) tensors[i].code);
    }
  {
    g_autoptr(GError) error = NULL;

    add (writer, "twice", "1");
    g_assert_false (paddock_gguf_writer_add_value (writer, "twice", odd, &error));
    g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_KEY);
    g_clear_error (&error);
    g_assert_false (paddock_gguf_writer_add_value (writer, "general.alignment", odd, &error));
    g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_ALIGNMENT);
  }
}

/* Nothing is left of a file that was not finished, and one with holes cannot be. */
static void
test_unfinished (void)
{
  const guint64 dimensions[] = { 4 };
  g_autoptr(TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_build_path (directory, "new.gguf");
  g_autoptr(PaddockGgufWriter) writer = paddock_gguf_writer_new (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) left = NULL;

  g_assert_false (paddock_gguf_writer_write (writer, (const guint8 *) "x", 1, &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_LAYOUT);
  g_clear_error (&error);
  g_assert_true (paddock_gguf_writer_add_tensor (writer, "a", F32, dimensions, 1, &error));
  g_assert_true (paddock_gguf_writer_begin_data (writer, &error));
  write_bytes (writer, 1, 15);
  g_assert_false (paddock_gguf_writer_finish (writer, &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_LAYOUT);
  g_clear_error (&error);
  write_bytes (writer, 1, 1);
  g_assert_false (paddock_gguf_writer_write (writer, (const guint8 *) "x", 1, &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_LAYOUT);
  g_clear_pointer (&writer, paddock_gguf_writer_free);
  left = g_dir_open (test_directory_get_path (directory), 0, NULL);
  g_assert_cmpstr (g_dir_read_name (left), ==, NULL);
}

static void
test_no_directory (void)
{
  g_autoptr(TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_build_path (directory, "absent/new.gguf");
  g_autoptr(PaddockGgufWriter) writer = paddock_gguf_writer_new (path);
  g_autoptr(GError) error = NULL;

  g_assert_false (paddock_gguf_writer_begin_data (writer, &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "absent/new.gguf"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/gguf-writer/file", test_file);
  g_test_add_func ("/gguf-writer/alignment", test_alignment);
  g_test_add_func ("/gguf-writer/refusals", test_refusals);
  g_test_add_func ("/gguf-writer/unfinished", test_unfinished);
  g_test_add_func ("/gguf-writer/no-directory", test_no_directory);
  return g_test_run ();
}
