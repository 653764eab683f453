/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory.h"
#include "gguf-recipe.h"

static GBytes *
build (const char *recipe)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = test_gguf_recipe_build (recipe, &error);

  g_assert_no_error (error);
  return bytes;
}

static void
assert_bytes (const char *recipe, const void *expected, gsize expected_length)
{
  g_autoptr (GBytes) bytes = build (recipe);
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  g_assert_cmpmem (data, length, expected, expected_length);
}

static void
assert_fails (const char *recipe, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (test_gguf_recipe_build (recipe, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpstr (error->message, ==, message);
}

#define ASSERT_BYTES(recipe, ...)                                                                                      \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    static const guint8 expected[] = { __VA_ARGS__ };                                                                  \
    assert_bytes (recipe, expected, sizeof expected);                                                                  \
  }                                                                                                                    \
  G_STMT_END

#define GGUF 'G', 'G', 'U', 'F'
#define U32(n) (n), 0, 0, 0
#define U64(n) (n), 0, 0, 0, 0, 0, 0, 0
#define BE32(n) 0, 0, 0, (n)
#define BE64(n) 0, 0, 0, 0, 0, 0, 0, (n)

static void
test_header (void)
{
  ASSERT_BYTES ("", GGUF, U32 (3), U64 (0), U64 (0));
  ASSERT_BYTES ("version 2 # the old one", GGUF, U32 (2), U64 (0), U64 (0));
  ASSERT_BYTES ("version 1", GGUF, U32 (1), U32 (0), U32 (0));
  ASSERT_BYTES ("version 1\nwidth 64", GGUF, U32 (1), U64 (0), U64 (0));
  ASSERT_BYTES ("endian big", GGUF, BE32 (3), BE64 (0), BE64 (0));
  ASSERT_BYTES ("magic \"GG\\x00\\xffJ\"\nversion 0", 'G', 'G', 0, 0xff, 'J', U32 (0), U64 (0), U64 (0));
  ASSERT_BYTES ("n_kv 5\nn_tensors 0x07", GGUF, U32 (3), U64 (7), U64 (5));
  ASSERT_BYTES ("header none\nraw text \"<html>\"", '<', 'h', 't', 'm', 'l', '>');
  assert_bytes ("header none", NULL, 0);
}

static void
test_scalars (void)
{
  ASSERT_BYTES ("kv a u8 255\nkv b i8 -128\nkv c bool true\nkv d bool 2", GGUF, U32 (3), U64 (0), U64 (4), U64 (1), 'a',
                U32 (0), 0xff, U64 (1), 'b', U32 (1), 0x80, U64 (1), 'c', U32 (7), 1, U64 (1), 'd', U32 (7), 2);
  ASSERT_BYTES ("kv a u16 0x1234\nkv b i16 -2", GGUF, U32 (3), U64 (0), U64 (2), U64 (1), 'a', U32 (2), 0x34, 0x12,
                U64 (1), 'b', U32 (3), 0xfe, 0xff);
  ASSERT_BYTES ("kv a u32 0xdeadbeef\nkv b i32 -1", GGUF, U32 (3), U64 (0), U64 (2), U64 (1), 'a', U32 (4), 0xef, 0xbe,
                0xad, 0xde, U64 (1), 'b', U32 (5), 0xff, 0xff, 0xff, 0xff);
  ASSERT_BYTES ("kv a u64 0x8000000000000001\nkv b i64 -9223372036854775808", GGUF, U32 (3), U64 (0), U64 (2), U64 (1),
                'a', U32 (10), 1, 0, 0, 0, 0, 0, 0, 0x80, U64 (1), 'b', U32 (11), 0, 0, 0, 0, 0, 0, 0, 0x80);
  ASSERT_BYTES ("kv a f32 1\nkv b f64 -2.5\nkv c f32 -inf", GGUF, U32 (3), U64 (0), U64 (3), U64 (1), 'a', U32 (6), 0,
                0, 0x80, 0x3f, U64 (1), 'b', U32 (12), 0, 0, 0, 0, 0, 0, 0x04, 0xc0, U64 (1), 'c', U32 (6), 0, 0, 0x80,
                0xff);
  ASSERT_BYTES ("endian big\nkv a u16 0x1234\nkv b f32 1", GGUF, BE32 (3), BE64 (0), BE64 (2), BE64 (1), 'a', BE32 (2),
                0x12, 0x34, BE64 (1), 'b', BE32 (6), 0x3f, 0x80, 0, 0);
}

static void
test_strings (void)
{
  ASSERT_BYTES ("kv k str \"a b\\n\\x00\\xff\\\"\"", GGUF, U32 (3), U64 (0), U64 (1), U64 (1), 'k', U32 (8), U64 (7),
                'a', ' ', 'b', '\n', 0, 0xff, '"');
  ASSERT_BYTES ("kv \"\" str \"\"", GGUF, U32 (3), U64 (0), U64 (1), U64 (0), U32 (8), U64 (0));
  ASSERT_BYTES ("kv length=9 k str length=0xff times=2 ab", GGUF, U32 (3), U64 (0), U64 (1), U64 (9), 'k', U32 (8),
                U64 (0xff), 'a', 'b', 'a', 'b');
  ASSERT_BYTES ("version 1\nkv k str times=3 x", GGUF, U32 (1), U32 (0), U32 (1), U32 (1), 'k', U32 (8), U32 (3), 'x',
                'x', 'x');
  ASSERT_BYTES ("kv k type=99 u8 1", GGUF, U32 (3), U64 (0), U64 (1), U64 (1), 'k', U32 (99), 1);
}

static void
test_arrays (void)
{
  ASSERT_BYTES ("kv k arr u8 1 2 3", GGUF, U32 (3), U64 (0), U64 (1), U64 (1), 'k', U32 (9), U32 (0), U64 (3), 1, 2, 3);
  ASSERT_BYTES ("kv k arr str", GGUF, U32 (3), U64 (0), U64 (1), U64 (1), 'k', U32 (9), U32 (8), U64 (0));
  ASSERT_BYTES ("kv k arr type=77 count=9 u16 1", GGUF, U32 (3), U64 (0), U64 (1), U64 (1), 'k', U32 (9), U32 (77),
                U64 (9), 1, 0);
  ASSERT_BYTES ("kv k arr arr (u8 7) (count=2 str a)(arr (i8 -1))", GGUF, U32 (3), U64 (0), U64 (1), U64 (1), 'k',
                U32 (9), U32 (9), U64 (3), U32 (0), U64 (1), 7, U32 (8), U64 (2), U64 (1), 'a', U32 (9), U64 (1),
                U32 (1), U64 (1), 0xff);
}

static void
test_repeat (void)
{
  ASSERT_BYTES ("kv k arr str x repeat 2 \"<{}>\" y", GGUF, U32 (3), U64 (0), U64 (1), U64 (1), 'k', U32 (9), U32 (8),
                U64 (4), U64 (1), 'x', U64 (3), '<', '0', '>', U64 (3), '<', '1', '>', U64 (1), 'y');
  ASSERT_BYTES ("repeat 2 kv k{} u8 {}", GGUF, U32 (3), U64 (0), U64 (2), U64 (2), 'k', '0', U32 (0), 0, U64 (2), 'k',
                '1', U32 (0), 1);
  ASSERT_BYTES ("kv k str {}", GGUF, U32 (3), U64 (0), U64 (1), U64 (1), 'k', U32 (8), U64 (2), '{', '}');

  g_autoptr (GBytes) many = build ("kv t arr str repeat 300000 token{}");
  gsize digits = 10 + 90 * 2 + 900 * 3 + 9000 * 4 + 90000 * 5 + 200000 * 6;
  g_assert_cmpuint (g_bytes_get_size (many), ==, 24 + 9 + 4 + 12 + 300000 * (8 + 5) + digits);
}

static void
test_layout (void)
{
  static const char recipe[] = "kv general.alignment u32 8\n"
                               "tensor a f32 2\n"
                               "data f32 1\n"
                               "tensor b i8 3x1\n"
                               "data at=1 hex 0203\n";

  ASSERT_BYTES (recipe, GGUF, U32 (3), U64 (2), U64 (1), U64 (17), 'g', 'e', 'n', 'e', 'r', 'a', 'l', '.', 'a', 'l',
                'i', 'g', 'n', 'm', 'e', 'n', 't', U32 (4), U32 (8), U64 (1), 'a', U32 (1), U64 (2), U32 (0), U64 (0),
                U64 (1), 'b', U32 (2), U64 (3), U64 (1), U32 (24), U64 (8), 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3f, 0, 0, 0, 0,
                0, 2, 3, 0, 0, 0, 0, 0);
}

static void
assert_size (const char *recipe, gsize size)
{
  g_autoptr (GBytes) bytes = build (recipe);

  g_assert_cmpuint (g_bytes_get_size (bytes), ==, size);
}

static void
test_tensors (void)
{
  /* A description of one tensor of one dimension named with one letter is 8 + 1 + 4 + 8 + 4 + 8 = 33 bytes long. */
  assert_size ("tensor a q4_0 32", 64 + 32);
  assert_size ("padding header\ntensor a q4_0 32", 64 + 18);
  assert_size ("padding none\ntensor a q4_0 32", 57 + 18);
  assert_size ("alignment 128\ntensor a q6_k 256", 128 + 256);
  assert_size ("tensor a f32 - bytes=0", 64);
  assert_size ("tensor a f32 1 offset=64", 64 + 96);
  assert_size ("tensor a f32 18446744073709551615 bytes=0 offset=0x7fffffffffffffff", 64);
  assert_size ("tensor a f32 1 offset=0x7fffffffffffffff at=0", 64 + 32);
  assert_size ("repeat 100 tensor t{} f32 4x4x1", 24 + 10 * (8 + 2 + 40) + 90 * (8 + 3 + 40) + 6 + 100 * 64);

  ASSERT_BYTES ("padding none\ntensor a 99 5x6 dims=9 bytes=1 offset=2 at=0\ndata fill 7", GGUF, U32 (3), U64 (1),
                U64 (0), U64 (1), 'a', U32 (9), U64 (5), U64 (6), U32 (99), U64 (2), 7);
  ASSERT_BYTES ("version 1\npadding none\nfill count\ntensor a i8 3\nfill fill 0xaa\ntensor b i8 1", GGUF, U32 (1),
                U32 (2), U32 (0), U32 (1), 'a', U32 (1), U32 (3), U32 (24), U64 (0), U32 (1), 'b', U32 (1), U32 (1),
                U32 (24), U64 (3), 0, 1, 2, 0xaa);
}

static void
test_random (void)
{
  g_autoptr (GBytes) one = build ("header none\nraw random length=64");
  g_autoptr (GBytes) same = build ("header none\nraw random seed=1 length=64");
  g_autoptr (GBytes) other = build ("header none\nraw random seed=2 length=64");

  g_assert_cmpuint (g_bytes_get_size (one), ==, 64);
  g_assert_true (g_bytes_equal (one, same));
  g_assert_false (g_bytes_equal (one, other));
}

static void
test_damage (void)
{
  ASSERT_BYTES ("cut 6", GGUF, 3, 0);
  ASSERT_BYTES ("cut -20", GGUF);
  ASSERT_BYTES ("cut 4\ngrow 6", GGUF, 0, 0);
  ASSERT_BYTES ("raw hex 0A ff00\nappend text end", GGUF, U32 (3), U64 (0), U64 (0), 10, 0xff, 0, 'e', 'n', 'd');
  ASSERT_BYTES ("endian big\npatch 8 u64 5\npatch 22 u16 1 2", GGUF, BE32 (3), BE64 (5), 0, 0, 0, 0, 0, 0, 0, 1, 0, 2);
}

static void
test_mistakes (void)
{
  assert_fails ("\nverson 3", "line 2: unknown statement “verson”");
  assert_fails ("kv", "line 1: a key is missing");
  assert_fails ("kv a u9 1", "line 1: unknown type “u9”");
  assert_fails ("kv a u8 256", "line 1: 256 does not fit into u8");
  assert_fails ("kv a i8 -129", "line 1: -129 does not fit into i8");
  assert_fails ("kv a u32 -1", "line 1: -1 does not fit into u32");
  assert_fails ("kv a u8 1 2", "line 1: “2” is too much");
  assert_fails ("kv a f32 x", "line 1: “x” is no number");
  assert_fails ("kv a str \"x", "line 1: a quoted word has no end");
  assert_fails ("kv a str \"\\q\"", "line 1: unknown escape “\\q”");
  assert_fails ("kv a arr arr u8 1", "line 1: an array inside an array stands in parentheses");
  assert_fails ("kv a arr arr (u8 1", "line 1: a parenthesis is not closed");
  assert_fails ("tensor a f33 1", "line 1: unknown tensor type “f33”");
  assert_fails ("tensor a 99 1", "line 1: the size of this tensor is unknown: say bytes=N");
  assert_fails ("tensor a f32 1 size=3", "line 1: unknown option “size=3”");
  assert_fails ("data zero", "line 1: there is no tensor above that the data could be of");
  assert_fails ("tensor a f32 1\ndata f32 1 2", "line 2: 8 bytes from 0 on are more than the tensor's 4");
  assert_fails ("raw hex 0", "line 1: “0” are no hexadecimal bytes");
  assert_fails ("cut 25", "the file has only 24 bytes to cut");
}

static void
test_too_large (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (test_gguf_recipe_build ("tensor a f32 68719476736", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
test_write (void)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_write_recipe (directory, "empty.gguf", "");
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_str_has_prefix (path, test_directory_get_path (directory)));
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpuint (length, ==, 24);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/gguf-recipe/header", test_header);
  g_test_add_func ("/gguf-recipe/scalars", test_scalars);
  g_test_add_func ("/gguf-recipe/strings", test_strings);
  g_test_add_func ("/gguf-recipe/arrays", test_arrays);
  g_test_add_func ("/gguf-recipe/repeat", test_repeat);
  g_test_add_func ("/gguf-recipe/layout", test_layout);
  g_test_add_func ("/gguf-recipe/tensors", test_tensors);
  g_test_add_func ("/gguf-recipe/random", test_random);
  g_test_add_func ("/gguf-recipe/damage", test_damage);
  g_test_add_func ("/gguf-recipe/mistakes", test_mistakes);
  g_test_add_func ("/gguf-recipe/too-large", test_too_large);
  g_test_add_func ("/gguf-recipe/write", test_write);
  return g_test_run ();
}
