/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory.h"
#include "gguf-recipe.h"
#include "gguf/gguf-array.h"
#include "gguf/gguf-file.h"

/* What a recipe parses to; what goes wrong is in the file's failure. */
static PaddockGgufFile *
scan (const char *recipe)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = test_gguf_recipe_build (recipe, &error);

  g_assert_no_error (error);
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, "recipe");
  return paddock_gguf_file_scan (source, NULL);
}

static PaddockGgufFile *
parse (const char *recipe)
{
  PaddockGgufFile *file = scan (recipe);

  g_assert_no_error (paddock_gguf_file_get_failure (file));
  return file;
}

static const char every_type[] =
  "kv a.u8 u8 200\nkv a.i8 i8 -5\nkv a.u16 u16 65535\nkv a.i16 i16 -300\nkv a.u32 u32 4000000000\nkv a.i32 i32 -7\n"
  "kv a.f32 f32 1.5\nkv a.bool bool true\nkv a.str str \"a b\"\nkv a.u64 u64 18446744073709551615\n"
  "kv a.i64 i64 -9000000000\nkv a.f64 f64 0.1\nkv a.list arr u16 1 2 3\nkv a.words arr str \"x\" \"\" \"z\"\n"
  "tensor t.weight q4_0 64x2\ntensor u.weight f32 3x2x2\n";

static void
check_every_type (PaddockGgufFile *file)
{
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
  guint64 whole;
  gint64 integer;
  double number;
  gboolean truth;

  g_assert_cmpuint (paddock_gguf_metadata_get_count (metadata), ==, 14);
  g_assert_true (paddock_gguf_metadata_get_uint (metadata, "a.u8", &whole) && whole == 200);
  g_assert_true (paddock_gguf_metadata_get_int (metadata, "a.i8", &integer) && integer == -5);
  g_assert_true (paddock_gguf_metadata_get_uint (metadata, "a.u16", &whole) && whole == 65535);
  g_assert_true (paddock_gguf_metadata_get_int (metadata, "a.i16", &integer) && integer == -300);
  g_assert_true (paddock_gguf_metadata_get_uint (metadata, "a.u32", &whole) && whole == 4000000000u);
  g_assert_true (paddock_gguf_metadata_get_int (metadata, "a.i32", &integer) && integer == -7);
  g_assert_true (paddock_gguf_metadata_get_double (metadata, "a.f32", &number));
  g_assert_cmpfloat (number, ==, 1.5);
  g_assert_true (paddock_gguf_metadata_get_bool (metadata, "a.bool", &truth) && truth);
  g_assert_true (paddock_gguf_metadata_get_uint (metadata, "a.u64", &whole) && whole == G_MAXUINT64);
  g_assert_true (paddock_gguf_metadata_get_int (metadata, "a.i64", &integer) && integer == -9000000000);
  g_assert_true (paddock_gguf_metadata_get_double (metadata, "a.f64", &number));
  g_assert_cmpfloat (number, ==, 0.1);

  /* A number that does not fit, or is none, is not given. */
  g_assert_false (paddock_gguf_metadata_get_uint (metadata, "a.i8", &whole));
  g_assert_false (paddock_gguf_metadata_get_int (metadata, "a.u64", &integer));
  g_assert_false (paddock_gguf_metadata_get_uint (metadata, "a.f32", &whole));
  g_assert_false (paddock_gguf_metadata_get_uint (metadata, "a.bool", &whole));
  g_assert_false (paddock_gguf_metadata_get_uint (metadata, "a.none", &whole));
  g_assert_null (paddock_gguf_metadata_dup_string (metadata, "a.u8"));

  g_autofree char *text = paddock_gguf_metadata_dup_string (metadata, "a.str");
  g_assert_cmpstr (text, ==, "a b");
  g_autoptr (PaddockGgufArray) list
      = paddock_gguf_array_new (metadata, paddock_gguf_metadata_find (metadata, "a.list"));
  g_assert_true (paddock_gguf_array_read_uint (list, 2, &whole) && whole == 3);
  g_assert_false (paddock_gguf_array_read_uint (list, 3, &whole));
  g_autoptr (PaddockGgufArray) words
      = paddock_gguf_array_new (metadata, paddock_gguf_metadata_find (metadata, "a.words"));
  g_autofree char *word = paddock_gguf_array_dup_string (words, 2);
  g_assert_cmpstr (word, ==, "z");
}

static void
check_tensors (PaddockGgufFile *file)
{
  const PaddockGgufTensor *first = paddock_gguf_file_find_tensor (file, "t.weight");
  const PaddockGgufTensor *second = paddock_gguf_file_get_tensor (file, 1);

  g_assert_cmpuint (paddock_gguf_file_get_n_tensors (file), ==, 2);
  g_assert_true (first == paddock_gguf_file_get_tensor (file, 0));
  g_assert_true (first->sized && second->sized);
  g_assert_cmpuint (first->bytes, ==, 2 * 2 * 18);
  g_assert_cmpuint (second->elements, ==, 12);
  g_assert_cmpuint (second->dimensions[3], ==, 1);
  g_assert_cmpuint (second->offset, ==, 96);
  g_assert_cmpuint (paddock_gguf_file_get_data_offset (file) % 32, ==, 0);
  g_assert_cmpuint (paddock_gguf_file_get_data_offset (file) - paddock_gguf_file_get_header_end (file), <, 32);
}

static void
test_versions (void)
{
  static const char *headers[] = { "", "version 2\n", "version 1\n", "endian big\n", "version 2\nendian big\n",
                                   "version 1\nendian big\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *recipe = g_strconcat (headers[i], every_type, NULL);
      g_autoptr (PaddockGgufFile) file = parse (recipe);

      g_assert_cmpuint (paddock_gguf_file_get_version (file), ==, 3 - i % 3);
      g_assert_cmpint (paddock_gguf_file_get_byte_order (file), ==,
                       i < 3 ? PADDOCK_GGUF_LITTLE_ENDIAN : PADDOCK_GGUF_BIG_ENDIAN);
      check_every_type (file);
      check_tensors (file);
    }
}

static void
test_failures (void)
{
  static const struct
  {
    const char *recipe;
    PaddockGgufError code;
  } cases[] = {
    { "magic \"GGML\"\n", PADDOCK_GGUF_ERROR_NOT_GGUF },
    { "cut 0\n", PADDOCK_GGUF_ERROR_NOT_GGUF },
    { "cut 4\n", PADDOCK_GGUF_ERROR_TRUNCATED },
    { "version 4\n", PADDOCK_GGUF_ERROR_VERSION },
    { "version 0\n", PADDOCK_GGUF_ERROR_VERSION },
    { "n_kv 5\n", PADDOCK_GGUF_ERROR_COUNT },
    { "n_tensors 18446744073709551615\n", PADDOCK_GGUF_ERROR_COUNT },
    { "n_kv 4611686018427387904\n", PADDOCK_GGUF_ERROR_COUNT },
    { "kv a type=13 u8 1\n", PADDOCK_GGUF_ERROR_VALUE_TYPE },
    { "kv a arr type=4294967295 u8 1\n", PADDOCK_GGUF_ERROR_VALUE_TYPE },
    { "kv a arr count=18446744073709551615 f64 1\n", PADDOCK_GGUF_ERROR_COUNT },
    { "kv a str length=1000000 \"x\"\n", PADDOCK_GGUF_ERROR_TRUNCATED },
    { "kv a str length=18446744073709551615 \"x\"\n", PADDOCK_GGUF_ERROR_TRUNCATED },
    { "kv general.alignment u32 33\n", PADDOCK_GGUF_ERROR_ALIGNMENT },
    { "kv general.alignment u32 0\n", PADDOCK_GGUF_ERROR_ALIGNMENT },
    { "kv general.alignment u64 32\n", PADDOCK_GGUF_ERROR_ALIGNMENT },
    { "tensor t f32 4 dims=5\n", PADDOCK_GGUF_ERROR_DIMENSIONS },
    { "kv a arr arr (arr (arr (arr (arr (u8 1)))))\n", PADDOCK_GGUF_ERROR_NESTING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PaddockGgufFile) file = scan (cases[i].recipe);

      g_test_message ("%s", cases[i].recipe);
      g_assert_error (paddock_gguf_file_get_failure (file), PADDOCK_GGUF_ERROR, (int) cases[i].code);
    }
}

/* Cut anywhere in its header, a file is refused with the place; never read as something else. */
static void
test_truncation (void)
{
  g_autoptr (GBytes) bytes = test_gguf_recipe_build (every_type, NULL);
  g_autoptr (PaddockGgufFile) whole = parse (every_type);
  guint64 end = paddock_gguf_file_get_header_end (whole);

  for (guint64 length = 0; length < end; length++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (bytes, 0, length);
      g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (cut, "cut");
      g_autoptr (GError) error = NULL;
      guint64 place;

      g_assert_null (paddock_gguf_file_new_for_source (source, NULL, &error));
      g_assert_nonnull (error);
      if (length > 0)
        g_assert_true (paddock_gguf_error_get_offset (error, &place) && place <= length);
    }
}

/* What was read before the end stays to be seen. */
static void
test_partial (void)
{
  g_autoptr (PaddockGgufFile) file = scan ("kv general.architecture str llama\nkv b u8 1\nkv c str hello\ncut 80\n");

  g_assert_error (paddock_gguf_file_get_failure (file), PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_TRUNCATED);
  g_autofree char *architecture
      = paddock_gguf_metadata_dup_string (paddock_gguf_file_get_metadata (file), "general.architecture");
  g_assert_cmpstr (architecture, ==, "llama");
  g_assert_cmpuint (paddock_gguf_file_get_declared_entries (file), ==, 3);
}

static void
test_duplicates (void)
{
  g_autoptr (PaddockGgufFile) file = parse ("kv a u8 1\nkv b u8 2\nkv a u8 3\ntensor t f32 4\ntensor t f32 4\n");
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);

  g_assert_true (paddock_gguf_metadata_find_first_duplicate (metadata)
                 == paddock_gguf_metadata_get_entry (metadata, 2));
  g_assert_true (paddock_gguf_metadata_find (metadata, "a") == paddock_gguf_metadata_get_entry (metadata, 0));
  g_assert_true (paddock_gguf_file_find_duplicate_tensor (file) == paddock_gguf_file_get_tensor (file, 1));

  g_autoptr (PaddockGgufFile) single = parse ("kv a u8 1\ntensor t f32 4\n");
  g_assert_null (paddock_gguf_metadata_find_first_duplicate (paddock_gguf_file_get_metadata (single)));
  g_assert_null (paddock_gguf_file_find_duplicate_tensor (single));
}

static void
test_nested_arrays (void)
{
  g_autoptr (PaddockGgufFile) file = parse ("kv a arr arr (u8 1 2) (str \"x\" \"y\") (i16)\nkv z u8 9\n");
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
  const PaddockGgufEntry *entry = paddock_gguf_metadata_find (metadata, "a");
  g_autoptr (PaddockGgufArray) array = paddock_gguf_array_new (metadata, entry);
  g_autoptr (PaddockGgufArray) second = paddock_gguf_array_get_nested (array, 1);
  g_autofree char *text = paddock_gguf_metadata_format (metadata, entry, 100);
  g_autofree char *word = paddock_gguf_array_dup_string (second, 1);
  guint64 last;

  g_assert_cmpuint (paddock_gguf_array_get_length (array), ==, 3);
  g_assert_cmpstr (word, ==, "y");
  g_assert_cmpstr (text, ==, "[[1, 2], [\"x\", \"y\"], []]");
  g_assert_true (paddock_gguf_metadata_get_uint (metadata, "z", &last) && last == 9);
}

/* Far elements are found by checkpoints, in any order. */
static void
test_long_array (void)
{
  g_autoptr (PaddockGgufFile) file = parse ("kv a arr str repeat 5000 \"token {}\"\nkv z u8 9\n");
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
  g_autoptr (PaddockGgufArray) array = paddock_gguf_array_new (metadata, paddock_gguf_metadata_find (metadata, "a"));
  static const guint64 places[] = { 4999, 0, 255, 256, 257, 3000, 1 };

  g_assert_cmpuint (paddock_gguf_array_get_length (array), ==, 5000);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *expected = g_strdup_printf ("token %" G_GUINT64_FORMAT, places[i]);
      g_autofree char *text = paddock_gguf_array_dup_string (array, places[i]);

      g_assert_cmpstr (text, ==, expected);
    }
  g_assert_null (paddock_gguf_array_dup_string (array, 5000));
}

static void
test_odd_text (void)
{
  g_autoptr (PaddockGgufFile) file = parse ("kv \"k\\x00x\" str \"a\\xff\\nb\"\nkv list arr f32 1 -2.5\n");
  const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
  const PaddockGgufEntry *entry = paddock_gguf_metadata_get_entry (metadata, 0);
  g_autofree char *key = paddock_gguf_metadata_dup_key (metadata, entry);
  g_autofree char *value = paddock_gguf_metadata_format (metadata, entry, 100);
  g_autofree char *list = paddock_gguf_metadata_format (metadata, paddock_gguf_metadata_get_entry (metadata, 1), 100);
  gsize length;

  g_assert_true (g_utf8_validate (key, -1, NULL) && g_utf8_validate (value, -1, NULL));
  paddock_gguf_metadata_get_key_bytes (metadata, entry, &length);
  g_assert_cmpuint (length, ==, 3);
  g_assert_null (strchr (value, '\n'));
  g_assert_cmpstr (list, ==, "[1, -2.5]");
  g_assert_null (paddock_gguf_metadata_find (metadata, "k"));
}

static void
test_impossible_shapes (void)
{
  static const char *recipes[] = {
    "tensor t f32 4294967296x4294967296 bytes=16\n",
    "tensor t f32 4611686018427387904x4611686018427387904x0 bytes=16\n",
    "tensor t q4_0 33 bytes=36\n",
    "tensor t 99999 32 bytes=64\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      g_autoptr (PaddockGgufFile) file = parse (recipes[i]);

      g_test_message ("%s", recipes[i]);
      g_assert_false (paddock_gguf_file_get_tensor (file, 0)->sized);
    }
}

static void
test_bitnet (void)
{
  g_autoptr (PaddockGgufFile) file = parse ("kv general.architecture str bitnet-b1.58\ntensor t 36 128x4 bytes=160\n");
  const PaddockGgufTensor *tensor = paddock_gguf_file_get_tensor (file, 0);

  g_assert_cmpint (paddock_gguf_file_get_dialect (file), ==, PADDOCK_QUANT_DIALECT_BITNET_NEW);
  g_assert_cmpstr (paddock_gguf_file_get_tensor_type (file, tensor)->name, ==, "I2_S");
  g_assert_cmpuint (tensor->bytes, ==, 128 * 4 / 4 + 32);
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes) bytes = test_gguf_recipe_build (every_type, NULL);
  g_autoptr (PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, "recipe");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (paddock_gguf_file_new_for_source (source, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/gguf-file/versions-and-byte-orders", test_versions);
  g_test_add_func ("/gguf-file/failures", test_failures);
  g_test_add_func ("/gguf-file/truncation", test_truncation);
  g_test_add_func ("/gguf-file/partial", test_partial);
  g_test_add_func ("/gguf-file/duplicates", test_duplicates);
  g_test_add_func ("/gguf-file/nested-arrays", test_nested_arrays);
  g_test_add_func ("/gguf-file/long-array", test_long_array);
  g_test_add_func ("/gguf-file/odd-text", test_odd_text);
  g_test_add_func ("/gguf-file/impossible-shapes", test_impossible_shapes);
  g_test_add_func ("/gguf-file/bitnet", test_bitnet);
  g_test_add_func ("/gguf-file/cancelled", test_cancelled);
  return g_test_run ();
}
