/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recipe-value.h"

#include "recipe-types.h"

#include <errno.h>

static gboolean
add_elements (
    TestRecipeBytes *bytes, TestRecipeWords *words, const TestRecipeType *type, guint64 *count, GError **error);

static const TestRecipeType *
next_type (TestRecipeWords *words, GError **error)
{
  const TestRecipeWord *word = test_recipe_words_next (words, "a type", error);
  const TestRecipeType *type;

  if (word == NULL)
    return NULL;

  type = test_recipe_type_lookup (word->text);
  if (type == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "unknown type “%s”", word->text);
  return type;
}

/* `[length=N] [times=N] WORD`: the length that is written may be a lie, and the word may come more than once. */
gboolean
test_recipe_add_string (TestRecipeBytes *bytes, TestRecipeWords *words, const char *wanted, GError **error)
{
  guint64 claimed = 0, times = 1, room;
  gboolean lies = FALSE;
  const TestRecipeWord *word;

  if (!test_recipe_words_next_option (words, "length", &lies, &claimed, error)
      || !test_recipe_words_next_option (words, "times", NULL, &times, error))
    return FALSE;

  word = test_recipe_words_next (words, wanted, error);
  if (word == NULL)
    return FALSE;
  if (!g_uint64_checked_mul (&room, word->length, times) || room > TEST_RECIPE_MAX_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "%s is too long", wanted);
      return FALSE;
    }

  test_recipe_bytes_add_count (bytes, lies ? claimed : room);
  for (guint64 i = 0; i < times; i++)
    test_recipe_bytes_add (bytes, word->text, word->length);
  return TRUE;
}

static gboolean
add_float (TestRecipeBytes *bytes, const char *text, guint width, GError **error)
{
  char *end = NULL;
  double number = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0')
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "“%s” is no number", text);
      return FALSE;
    }

  if (width == 4)
    {
      float narrow = (float)number;
      guint32 bits;

      memcpy (&bits, &narrow, sizeof bits);
      test_recipe_bytes_add_number (bytes, bits, width);
    }
  else
    {
      guint64 bits;

      memcpy (&bits, &number, sizeof bits);
      test_recipe_bytes_add_number (bytes, bits, width);
    }
  return TRUE;
}

static gboolean
add_integer (TestRecipeBytes *bytes, const char *text, const TestRecipeType *type, GError **error)
{
  gboolean is_signed = *type->name == 'i';
  guint bits = 8 * type->width;
  guint64 value;
  gboolean fits;

  if (g_str_equal (text, "true") || g_str_equal (text, "false"))
    value = *text == 't';
  else if (!test_recipe_parse_number (text, &value))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "“%s” is no number", text);
      return FALSE;
    }

  if (is_signed)
    fits = *text == '-' ? (gint64)value >= -(gint64)(G_GUINT64_CONSTANT (1) << (bits - 2)) * 2
                        : value < G_GUINT64_CONSTANT (1) << (bits - 1);
  else
    fits = *text != '-' && (bits == 64 || value >> bits == 0);
  if (!fits)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s does not fit into %s", text, type->name);
      return FALSE;
    }

  test_recipe_bytes_add_number (bytes, value, type->width);
  return TRUE;
}

/* `[type=N] [count=N] TYPE ELEMENT..`, up to the end of the line or a closing parenthesis. */
static gboolean
add_array (TestRecipeBytes *bytes, TestRecipeWords *words, GError **error)
{
  g_auto (TestRecipeBytes) elements = { 0 };
  const TestRecipeType *type;
  guint64 id = 0, claimed = 0, count = 0;
  gboolean other_id = FALSE, lies = FALSE;

  if (!test_recipe_words_next_option (words, "type", &other_id, &id, error)
      || !test_recipe_words_next_option (words, "count", &lies, &claimed, error))
    return FALSE;

  type = next_type (words, error);
  if (type == NULL)
    return FALSE;

  test_recipe_bytes_init (&elements);
  elements.big_endian = bytes->big_endian;
  elements.narrow = bytes->narrow;
  if (!add_elements (&elements, words, type, &count, error))
    return FALSE;

  test_recipe_bytes_add_number (bytes, other_id ? id : type->id, 4);
  test_recipe_bytes_add_count (bytes, lies ? claimed : count);
  test_recipe_bytes_add (bytes, elements.bytes->data, elements.bytes->len);
  return TRUE;
}

static gboolean
add_nested (TestRecipeBytes *bytes, TestRecipeWords *words, GError **error)
{
  if (!test_recipe_words_take (words, "("))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "an array inside an array stands in parentheses");
      return FALSE;
    }
  if (!add_array (bytes, words, error))
    return FALSE;
  if (!test_recipe_words_take (words, ")"))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a parenthesis is not closed");
      return FALSE;
    }
  return TRUE;
}

static gboolean
add_scalar (TestRecipeBytes *bytes, TestRecipeWords *words, const TestRecipeType *type, GError **error)
{
  const TestRecipeWord *word;

  if (type->id == TEST_RECIPE_STRING)
    return test_recipe_add_string (bytes, words, "a string", error);

  word = test_recipe_words_next (words, "a value", error);
  if (word == NULL)
    return FALSE;
  return *type->name == 'f' ? add_float (bytes, word->text, type->width, error)
                            : add_integer (bytes, word->text, type, error);
}

static gboolean
add_element (TestRecipeBytes *bytes, TestRecipeWords *words, const TestRecipeType *type, GError **error)
{
  return type->id == TEST_RECIPE_ARRAY ? add_nested (bytes, words, error) : add_scalar (bytes, words, type, error);
}

/* `repeat N ELEMENT`, with {} counting from 0. */
static gboolean
add_repeated (
    TestRecipeBytes *bytes, TestRecipeWords *words, const TestRecipeType *type, guint64 *count, GError **error)
{
  guint64 times;
  guint position;

  if (!test_recipe_words_next_number (words, "a count", &times, error))
    return FALSE;

  position = test_recipe_words_get_position (words);
  for (guint64 i = 0; i < times; i++)
    {
      test_recipe_words_set_position (words, position);
      test_recipe_words_repeat (words, i);
      if (!add_element (bytes, words, type, error))
        return FALSE;
    }
  test_recipe_words_end_repeat (words);

  *count += times;
  return TRUE;
}

static gboolean
add_elements (
    TestRecipeBytes *bytes, TestRecipeWords *words, const TestRecipeType *type, guint64 *count, GError **error)
{
  while (!test_recipe_words_at_end (words))
    {
      guint position = test_recipe_words_get_position (words);

      if (test_recipe_words_take (words, ")"))
        {
          test_recipe_words_set_position (words, position);
          break;
        }
      if (test_recipe_words_take (words, "repeat"))
        {
          if (!add_repeated (bytes, words, type, count, error))
            return FALSE;
          continue;
        }
      if (!add_element (bytes, words, type, error))
        return FALSE;
      *count += 1;
    }
  return TRUE;
}

/* `[type=N] TYPE VALUE`: the type's number and the value. */
gboolean
test_recipe_add_value (TestRecipeBytes *bytes, TestRecipeWords *words, GError **error)
{
  const TestRecipeType *type;
  guint64 id = 0;
  gboolean other_id = FALSE;

  if (!test_recipe_words_next_option (words, "type", &other_id, &id, error))
    return FALSE;

  type = next_type (words, error);
  if (type == NULL)
    return FALSE;

  test_recipe_bytes_add_number (bytes, other_id ? id : type->id, 4);
  return type->id == TEST_RECIPE_ARRAY ? add_array (bytes, words, error) : add_scalar (bytes, words, type, error);
}

static gboolean
add_hex (TestRecipeBytes *bytes, TestRecipeWords *words, GError **error)
{
  while (!test_recipe_words_at_end (words))
    {
      const TestRecipeWord *word = test_recipe_words_next (words, "hexadecimal bytes", error);

      if (word->length % 2 != 0 || strspn (word->text, "0123456789abcdefABCDEF") != word->length)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "“%s” are no hexadecimal bytes", word->text);
          return FALSE;
        }
      for (gsize i = 0; i < word->length; i += 2)
        test_recipe_bytes_add_number (
            bytes, (guint64)(g_ascii_xdigit_value (word->text[i]) * 16 + g_ascii_xdigit_value (word->text[i + 1])), 1);
    }
  return TRUE;
}

static guint64
next_random (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* Patterns that fill whatever room there is, or as many bytes as they are told. */
static gboolean
add_pattern (TestRecipeBytes *bytes, TestRecipeWords *words, const char *name, guint64 room, GError **error)
{
  guint64 fill = 0, seed = 1;

  if (g_str_equal (name, "fill") && !test_recipe_words_next_number (words, "a byte", &fill, error))
    return FALSE;
  if (!test_recipe_words_next_option (words, "seed", NULL, &seed, error)
      || !test_recipe_words_next_option (words, "length", NULL, &room, error))
    return FALSE;
  if (room > TEST_RECIPE_MAX_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "%" G_GUINT64_FORMAT " bytes are too many", room);
      return FALSE;
    }

  for (guint64 i = 0; i < room; i++)
    {
      guint64 byte = *name == 'c' ? i : *name == 'r' ? next_random (&seed) : fill;

      test_recipe_bytes_add_number (bytes, byte & 0xff, 1);
    }
  return TRUE;
}

/**
 * test_recipe_add_blob:
 * @room: how many bytes a pattern fills when it is not told
 * @error: return location for an error
 *
 * Adds bytes that are written as `hex 00ff..`, `text "..."`, `f32 1 2 3` (and the other types), `zero`, `fill BYTE`,
 * `count` or `random [seed=N]`; the last four may say `length=N`.
 *
 * Returns: whether the words could be understood
 */
gboolean
test_recipe_add_blob (TestRecipeBytes *bytes, TestRecipeWords *words, guint64 room, GError **error)
{
  static const char *const patterns[] = { "zero", "fill", "count", "random", NULL };
  const TestRecipeWord *word = test_recipe_words_next (words, "a kind of bytes", error);
  const TestRecipeType *type;
  g_autofree char *kind = NULL;
  guint64 count = 0;

  if (word == NULL)
    return FALSE;
  if (g_str_equal (word->text, "hex"))
    return add_hex (bytes, words, error);
  if (g_strv_contains (patterns, word->text))
    {
      kind = g_strdup (word->text);
      return add_pattern (bytes, words, kind, room, error);
    }
  if (g_str_equal (word->text, "text"))
    {
      word = test_recipe_words_next (words, "a text", error);
      if (word != NULL)
        test_recipe_bytes_add (bytes, word->text, word->length);
      return word != NULL;
    }

  type = test_recipe_type_lookup (word->text);
  if (type != NULL)
    return add_elements (bytes, words, type, &count, error);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "unknown kind of bytes “%s”", word->text);
  return FALSE;
}
