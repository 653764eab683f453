/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recipe-bytes.h"

void
test_recipe_bytes_init (TestRecipeBytes *self)
{
  *self = (TestRecipeBytes){ .bytes = g_byte_array_new () };
}

void
test_recipe_bytes_clear (TestRecipeBytes *self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
}

void
test_recipe_bytes_add (TestRecipeBytes *self, const void *bytes, gsize length)
{
  if (length > 0)
    g_byte_array_append (self->bytes, bytes, (guint)length);
}

/* The lowest @width bytes of @value. */
void
test_recipe_bytes_add_number (TestRecipeBytes *self, guint64 value, guint width)
{
  for (guint i = 0; i < width; i++)
    {
      guint shift = 8 * (self->big_endian ? width - 1 - i : i);
      guint8 byte = (guint8)(value >> shift);

      g_byte_array_append (self->bytes, &byte, 1);
    }
}

void
test_recipe_bytes_add_count (TestRecipeBytes *self, guint64 count)
{
  test_recipe_bytes_add_number (self, count, self->narrow ? 4 : 8);
}

void
test_recipe_bytes_add_string (TestRecipeBytes *self, const char *text, gsize length, guint64 claimed_length)
{
  test_recipe_bytes_add_count (self, claimed_length);
  test_recipe_bytes_add (self, text, length);
}

gboolean
test_recipe_bytes_resize (TestRecipeBytes *self, guint64 length, GError **error)
{
  guint before = self->bytes->len;

  if (length > TEST_RECIPE_MAX_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   "%" G_GUINT64_FORMAT " bytes are too many; say bytes=N for a tensor that is not really there",
                   length);
      return FALSE;
    }

  g_byte_array_set_size (self->bytes, (guint)length);
  if (length > before)
    memset (self->bytes->data + before, 0, (gsize)length - before);
  return TRUE;
}

/* Overwrites what is at @offset, and goes on beyond the end. */
gboolean
test_recipe_bytes_place (TestRecipeBytes *self, guint64 offset, GByteArray *bytes, GError **error)
{
  guint64 end;

  if (bytes->len == 0)
    return TRUE;
  if (!g_uint64_checked_add (&end, offset, bytes->len))
    end = G_MAXUINT64;
  if (end > self->bytes->len && !test_recipe_bytes_resize (self, end, error))
    return FALSE;

  memcpy (self->bytes->data + offset, bytes->data, bytes->len);
  return TRUE;
}
