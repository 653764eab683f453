/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-value-private.h"

#include "directory.h"
#include "gguf-recipe.h"
#include "gguf/gguf-error.h"
#include "gguf/gguf-file.h"

#define NOTHING 1000

static PaddockGgufValue *
parse (const char *text, const PaddockGgufValue *existing)
{
  g_autoptr(GError) error = NULL;
  PaddockGgufValue *value = paddock_gguf_value_parse (text, existing, &error);

  g_assert_no_error (error);
  g_assert_nonnull (value);
  return value;
}

static void
assert_refused (const char *text, const PaddockGgufValue *existing, const char *message)
{
  g_autoptr(GError) error = NULL;
  PaddockGgufValue *value = paddock_gguf_value_parse (text, existing, &error);

  g_assert_null (value);
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_VALUE);
  if (strstr (error->message, message) == NULL)
    g_error ("“%s” is refused with “%s”, which does not say “%s”", text, error->message, message);
}

static void
assert_parsed (const char *text, const char *shown, PaddockGgufType type, PaddockGgufType element_type)
{
  g_autoptr(PaddockGgufValue) value = parse (text, NULL);
  g_autofree char *formatted = paddock_gguf_value_format (value, NOTHING);

  g_assert_cmpstr (formatted, ==, shown);
  g_assert_cmpint (paddock_gguf_value_get_type_id (value), ==, type);
  g_assert_cmpint (paddock_gguf_value_get_element_type (value), ==, element_type);
}

static void
test_explicit (void)
{
  assert_parsed ("u32:4096", "4096", PADDOCK_GGUF_UINT32, PADDOCK_GGUF_UINT32);
  assert_parsed ("u8:0xff", "255", PADDOCK_GGUF_UINT8, PADDOCK_GGUF_UINT8);
  assert_parsed ("i8:-128", "-128", PADDOCK_GGUF_INT8, PADDOCK_GGUF_INT8);
  assert_parsed ("u64:18446744073709551615", "18446744073709551615", PADDOCK_GGUF_UINT64, PADDOCK_GGUF_UINT64);
  assert_parsed ("i64:-9223372036854775808", "-9223372036854775808", PADDOCK_GGUF_INT64, PADDOCK_GGUF_INT64);
  assert_parsed ("f32:1e-5", "1e-05", PADDOCK_GGUF_FLOAT32, PADDOCK_GGUF_FLOAT32);
  assert_parsed ("f64:0.1", "0.1", PADDOCK_GGUF_FLOAT64, PADDOCK_GGUF_FLOAT64);
  assert_parsed ("f32:-inf", "-inf", PADDOCK_GGUF_FLOAT32, PADDOCK_GGUF_FLOAT32);
  assert_parsed ("bool:true", "true", PADDOCK_GGUF_BOOL, PADDOCK_GGUF_BOOL);
  assert_parsed ("str:a b", "a b", PADDOCK_GGUF_STRING, PADDOCK_GGUF_STRING);
  assert_parsed ("str:", "", PADDOCK_GGUF_STRING, PADDOCK_GGUF_STRING);
  assert_parsed ("str:u32:5", "u32:5", PADDOCK_GGUF_STRING, PADDOCK_GGUF_STRING);
  assert_parsed ("[str]:[\"a\",\"b\"]", "[\"a\", \"b\"]", PADDOCK_GGUF_ARRAY, PADDOCK_GGUF_STRING);
  assert_parsed ("[str]:[]", "[]", PADDOCK_GGUF_ARRAY, PADDOCK_GGUF_STRING);
  assert_parsed ("[u8]: [ 1 , 2 ] ", "[1, 2]", PADDOCK_GGUF_ARRAY, PADDOCK_GGUF_UINT8);
  assert_parsed ("[[i32]]:[[1],[2,-3],[]]", "[[1], [2, -3], []]", PADDOCK_GGUF_ARRAY, PADDOCK_GGUF_ARRAY);
}

static void
test_by_look (void)
{
  assert_parsed ("true", "true", PADDOCK_GGUF_BOOL, PADDOCK_GGUF_BOOL);
  assert_parsed ("4096", "4096", PADDOCK_GGUF_UINT32, PADDOCK_GGUF_UINT32);
  assert_parsed ("4294967296", "4294967296", PADDOCK_GGUF_UINT64, PADDOCK_GGUF_UINT64);
  assert_parsed ("-1", "-1", PADDOCK_GGUF_INT32, PADDOCK_GGUF_INT32);
  assert_parsed ("-3000000000", "-3000000000", PADDOCK_GGUF_INT64, PADDOCK_GGUF_INT64);
  assert_parsed ("0.5", "0.5", PADDOCK_GGUF_FLOAT32, PADDOCK_GGUF_FLOAT32);
  assert_parsed ("99999999999999999999999", "1e+23", PADDOCK_GGUF_FLOAT32, PADDOCK_GGUF_FLOAT32);
  assert_parsed ("inf", "inf", PADDOCK_GGUF_STRING, PADDOCK_GGUF_STRING);
  assert_parsed ("12 apples", "12 apples", PADDOCK_GGUF_STRING, PADDOCK_GGUF_STRING);
  assert_parsed ("https://example.org", "https://example.org", PADDOCK_GGUF_STRING, PADDOCK_GGUF_STRING);
  assert_parsed ("", "", PADDOCK_GGUF_STRING, PADDOCK_GGUF_STRING);
  assert_parsed ("[1, 2]", "[1, 2]", PADDOCK_GGUF_ARRAY, PADDOCK_GGUF_INT32);
  assert_parsed ("[1, 3000000000]", "[1, 3000000000]", PADDOCK_GGUF_ARRAY, PADDOCK_GGUF_UINT32);
  assert_parsed ("[-1, 3000000000]", "[-1, 3000000000]", PADDOCK_GGUF_ARRAY, PADDOCK_GGUF_INT64);
  assert_parsed ("[1, 0.5]", "[1, 0.5]", PADDOCK_GGUF_ARRAY, PADDOCK_GGUF_FLOAT32);
  assert_parsed ("[true, false]", "[true, false]", PADDOCK_GGUF_ARRAY, PADDOCK_GGUF_BOOL);
  assert_parsed ("[\"en\", \"de\"]", "[\"en\", \"de\"]", PADDOCK_GGUF_ARRAY, PADDOCK_GGUF_STRING);
  assert_parsed ("[[1], [\"a\"]]", "[[1], [\"a\"]]", PADDOCK_GGUF_ARRAY, PADDOCK_GGUF_ARRAY);
}

static void
test_existing (void)
{
  g_autoptr(PaddockGgufValue) text = paddock_gguf_value_new_string ("before", -1);
  g_autoptr(PaddockGgufValue) narrow = paddock_gguf_value_new_uint (PADDOCK_GGUF_UINT8, 7, NULL);
  g_autoptr(PaddockGgufValue) words = parse ("[str]:[\"a\"]", NULL);
  g_autoptr(PaddockGgufValue) now_text = parse ("4096", text);
  g_autoptr(PaddockGgufValue) now_narrow = parse (" 255 ", narrow);
  g_autoptr(PaddockGgufValue) now_words = parse ("[\"b\", \"c\"]", words);
  g_autoptr(PaddockGgufValue) now_empty = parse ("[]", words);
  g_autoptr(PaddockGgufValue) now_wide = parse ("u16:300", narrow);

  g_assert_cmpint (paddock_gguf_value_get_type_id (now_text), ==, PADDOCK_GGUF_STRING);
  g_assert_cmpint (paddock_gguf_value_get_type_id (now_narrow), ==, PADDOCK_GGUF_UINT8);
  g_assert_cmpuint (paddock_gguf_value_get_length (now_words), ==, 2);
  g_assert_cmpint (paddock_gguf_value_get_element_type (now_empty), ==, PADDOCK_GGUF_STRING);
  g_assert_cmpint (paddock_gguf_value_get_type_id (now_wide), ==, PADDOCK_GGUF_UINT16);
  assert_refused ("300", narrow, "300 does not fit u8");
  assert_refused ("seven", narrow, "“seven” is not a value of type u8");
  assert_refused ("a", words, "is not an array");
  assert_refused ("[1]", words, "“1” is not a value of type str");
}

static void
test_refused (void)
{
  assert_refused ("u8:256", NULL, "256 does not fit u8");
  assert_refused ("u32:-1", NULL, "-1 does not fit u32");
  assert_refused ("i8:-129", NULL, "-129 does not fit i8");
  assert_refused ("i16:32768", NULL, "32768 does not fit i16");
  assert_refused ("u64:18446744073709551616", NULL, "u64");
  assert_refused ("i64:-9223372036854775809", NULL, "i64");
  assert_refused ("u32:1.5", NULL, "u32");
  assert_refused ("u32:", NULL, "u32");
  assert_refused ("f32:1e39", NULL, "does not fit f32");
  assert_refused ("f64:1e999", NULL, "too large");
  assert_refused ("f64:0x1p4", NULL, "f64");
  assert_refused ("bool:1", NULL, "neither true nor false");
  assert_refused ("str:\xff", NULL, "UTF-8");
  assert_refused ("[]", NULL, "no element");
  assert_refused ("[1", NULL, "comma or a bracket");
  assert_refused ("[1,]", NULL, "no element");
  assert_refused ("[,1]", NULL, "not an element");
  assert_refused ("[1 2]", NULL, "comma or a bracket");
  assert_refused ("[1] 2", NULL, "goes on");
  assert_refused ("[1, \"a\"]", NULL, "another kind");
  assert_refused ("[\"a]", NULL, "quotation mark");
  assert_refused ("[\"\\q\"]", NULL, "escape");
  assert_refused ("[\"\\ud800\"]", NULL, "escape");
  assert_refused ("[u8]:[[1]]", NULL, "arrays in arrays");
  assert_refused ("[[u8]]:[1]", NULL, "type arr");
  assert_refused ("[[[[[[1]]]]]]", NULL, "arrays in arrays");
}

static void
test_quoted (void)
{
  g_autoptr(PaddockGgufValue) value = parse ("[\"\\\"\\\\\\n\\t\\u00e9\\ud83d\\ude00/\"]", NULL);
  g_autoptr(PaddockGgufValue) wanted_text = paddock_gguf_value_new_string ("\"\\\n\té😀/", -1);
  g_autoptr(PaddockGgufValue) wanted = paddock_gguf_value_new_array (PADDOCK_GGUF_STRING, &wanted_text, 1, NULL);

  g_assert_true (paddock_gguf_value_equal (value, wanted));
}

/* What is shown of a value can be typed again, and is the same value. */
static void
test_round_trip (void)
{
  static const char *const texts[] = {
    "u8:200", "i16:-300", "u64:18446744073709551615", "f32:0.1", "f32:3.4028235e38", "f32:1.1754944e-38",
    "f64:1e300", "f64:0.1234567890123456789", "f32:16777217", "bool:false", "str:plain text", "[f64]:[0.5, 1e-7]",
    "[[str]]:[[\"a\"], []]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(PaddockGgufValue) value = parse (texts[i], NULL);
      g_autofree char *shown = paddock_gguf_value_format (value, NOTHING);
      g_autofree char *again
          = g_strdup_printf ("%.*s%s", (int) (strchr (texts[i], ':') - texts[i] + 1), texts[i], shown);
      g_autoptr(PaddockGgufValue) back = parse (again, NULL);

      g_assert_true (paddock_gguf_value_equal (value, back));
    }
}

static void
test_big_endian (void)
{
  g_autoptr(PaddockGgufValue) value = parse ("[[u16]]:[[258], [3, 4]]", NULL);
  g_autoptr(GByteArray) out = g_byte_array_new ();
  static const guint8 wanted[] = {
    0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 2,              /* two arrays */
    0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2,        /* [258] */
    0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 3, 0, 4,  /* [3, 4] */
  };

  paddock_gguf_value_encode (value, PADDOCK_GGUF_BIG_ENDIAN, out);
  g_assert_cmpmem (out->data, out->len, wanted, sizeof wanted);
}

#define ENTRIES                                                                                                        \
  "kv general.architecture str llama\n"                                                                                \
  "kv a.u8 u8 200\nkv a.i64 i64 -5\nkv a.f32 f32 1.5\nkv a.f64 f64 0.1\nkv a.bool bool true\n"                         \
  "kv a.strings arr str one \"\" three\nkv a.numbers arr u16 1 2 770\nkv a.nested arr arr (i32 1 -2) (str x)\n"

/* A value is the same whatever version and byte order it was read from. */
static void
test_for_entry (void)
{
  static const char *const heads[] = { "version 3\n", "version 2\n", "version 1\n", "endian big\nversion 3\n" };
  static const char *const wanted[][2] = {
    { "a.u8", "u8:200" },
    { "a.i64", "i64:-5" },
    { "a.f32", "f32:1.5" },
    { "a.f64", "f64:0.1" },
    { "a.bool", "bool:true" },
    { "general.architecture", "str:llama" },
    { "a.strings", "[str]:[\"one\", \"\", \"three\"]" },
    { "a.numbers", "[u16]:[1, 2, 770]" },
    { "a.nested", "[[1, -2], [\"x\"]]" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *recipe = g_strconcat (heads[i], ENTRIES, NULL);
      g_autoptr(GBytes) bytes = test_gguf_recipe_build (recipe, &error);
      g_autoptr(PaddockGgufSource) source = paddock_gguf_source_new_for_bytes (bytes, "recipe");
      g_autoptr(PaddockGgufFile) file = paddock_gguf_file_new_for_source (source, NULL, &error);

      g_assert_no_error (error);
      for (gsize j = 0; j < G_N_ELEMENTS (wanted); j++)
        {
          const PaddockGgufMetadata *metadata = paddock_gguf_file_get_metadata (file);
          const PaddockGgufEntry *entry = paddock_gguf_metadata_find (metadata, wanted[j][0]);
          g_autoptr(PaddockGgufValue) found = paddock_gguf_value_new_for_entry (metadata, entry);
          g_autoptr(PaddockGgufValue) right = parse (wanted[j][1], NULL);

          g_assert_true (paddock_gguf_value_equal (found, right));
          g_assert_cmpuint (paddock_gguf_value_get_length (found), ==, entry->length);
        }
    }
}

static void
test_wrong_elements (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PaddockGgufValue) number = paddock_gguf_value_new_uint (PADDOCK_GGUF_UINT32, 1, NULL);

  g_assert_null (paddock_gguf_value_new_array (PADDOCK_GGUF_STRING, &number, 1, &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_null (paddock_gguf_value_new_uint (PADDOCK_GGUF_STRING, 1, &error));
  g_assert_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_VALUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/gguf-value/explicit", test_explicit);
  g_test_add_func ("/gguf-value/by-look", test_by_look);
  g_test_add_func ("/gguf-value/existing", test_existing);
  g_test_add_func ("/gguf-value/refused", test_refused);
  g_test_add_func ("/gguf-value/quoted", test_quoted);
  g_test_add_func ("/gguf-value/round-trip", test_round_trip);
  g_test_add_func ("/gguf-value/big-endian", test_big_endian);
  g_test_add_func ("/gguf-value/for-entry", test_for_entry);
  g_test_add_func ("/gguf-value/wrong-elements", test_wrong_elements);
  return g_test_run ();
}
