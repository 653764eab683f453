/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recipe-tensor.h"

#include "recipe-types.h"

static gboolean
fail (GError **error, const char *what, const char *word)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "unknown %s “%s”", what, word);
  return FALSE;
}

static gboolean
parse_dims (TestRecipeTensor *self, const char *text, GError **error)
{
  g_auto (GStrv) parts = NULL;

  if (g_str_equal (text, "-"))
    return TRUE;

  parts = g_strsplit (text, "x", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (i == TEST_RECIPE_MAX_DIMENSIONS || !test_recipe_parse_number (parts[i], &self->dims[i]))
        return fail (error, "dimensions", text);
      self->n_dims++;
    }
  return TRUE;
}

/* The size by the type's blocks; the worth of a wrapped product is nothing, so `bytes` has to be said then. */
static gboolean
compute_size (const TestRecipeTensor *self, const TestRecipeTensorType *type, guint64 *size)
{
  guint64 count = 1;

  if (type == NULL)
    return FALSE;
  for (guint i = 0; i < self->n_dims; i++)
    if (!g_uint64_checked_mul (&count, count, self->dims[i]))
      return FALSE;
  return g_uint64_checked_mul (size, count / type->block + (count % type->block != 0), type->bytes);
}

static gboolean
parse_options (TestRecipeTensor *self, TestRecipeWords *words, GError **error)
{
  self->n_dims_written = self->n_dims;

  while (!test_recipe_words_at_end (words))
    {
      guint before = test_recipe_words_get_position (words);

      if (!test_recipe_words_next_option (words, "offset", self->has_offset ? NULL : &self->has_offset, &self->offset,
                                          error)
          || !test_recipe_words_next_option (words, "at", self->has_place ? NULL : &self->has_place, &self->place,
                                             error)
          || !test_recipe_words_next_option (words, "bytes", self->has_bytes ? NULL : &self->has_bytes, &self->bytes,
                                             error)
          || !test_recipe_words_next_option (words, "dims", NULL, &self->n_dims_written, error))
        return FALSE;
      if (test_recipe_words_get_position (words) == before)
        return fail (error, "option", test_recipe_words_next (words, "an option", NULL)->text);
    }
  return TRUE;
}

/* TYPE DIMS [OPTION..], which is all of a tensor statement but the name. */
gboolean
test_recipe_tensor_parse (TestRecipeTensor *self, TestRecipeWords *words, GError **error)
{
  const TestRecipeWord *word = test_recipe_words_next (words, "the tensor's type", error);
  const TestRecipeTensorType *type;

  if (word == NULL)
    return FALSE;
  type = test_recipe_tensor_type_lookup (word->text);
  if (type != NULL)
    self->type_id = type->id;
  else if (!test_recipe_parse_number (word->text, &self->type_id))
    return fail (error, "tensor type", word->text);

  word = test_recipe_words_next (words, "the tensor's dimensions", error);
  if (word == NULL || !parse_dims (self, word->text, error) || !parse_options (self, words, error))
    return FALSE;
  if (self->has_bytes || compute_size (self, type, &self->bytes))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the size of this tensor is unknown: say bytes=N");
  return FALSE;
}

/* Everything of the description that follows the name. */
void
test_recipe_tensor_add (const TestRecipeTensor *self, TestRecipeBytes *bytes)
{
  test_recipe_bytes_add_number (bytes, self->n_dims_written, 4);
  for (guint i = 0; i < self->n_dims; i++)
    test_recipe_bytes_add_count (bytes, self->dims[i]);
  test_recipe_bytes_add_number (bytes, self->type_id, 4);
  test_recipe_bytes_add_number (bytes, self->offset, 8);
}
