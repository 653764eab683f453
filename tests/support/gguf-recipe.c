/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf-recipe.h"

#include "recipe-tensor.h"
#include "recipe-value.h"

/* Where a tensor's bytes go, counted from the start of the data. */
typedef struct
{
  guint64 place;
  guint64 size;
  GByteArray *content;
} Tensor;

typedef enum
{
  PAD_ALL,
  PAD_HEADER,
  PAD_NONE
} Padding;

typedef struct
{
  /* Owned */
  TestRecipeBytes body;    /* keys and tensor descriptions */
  TestRecipeBytes trailer; /* what `append` adds */
  GArray *tensors;         /* Tensor */
  GByteArray *magic;
  GPtrArray *last_steps; /* lines that work on the finished file */
  char *fill;            /* the pattern of the tensors to come, or NULL */

  guint64 version;
  guint64 width;
  guint64 alignment;
  guint64 n_kv;
  guint64 n_kv_written;
  guint64 n_tensors_written;
  guint64 next_place;
  Padding padding;
  gboolean lies_about_kv;
  gboolean lies_about_tensors;
  gboolean headless;
  gboolean fixed_alignment;
} Recipe;

typedef gboolean (*Statement) (Recipe *self, TestRecipeWords *words, GError **error);

static gboolean
run_line (Recipe *self, const char *line, GError **error);
static gboolean
run_statement (Recipe *self, TestRecipeWords *words, GError **error);

static void
tensor_clear (gpointer data)
{
  Tensor *tensor = data;

  g_clear_pointer (&tensor->content, g_byte_array_unref);
}

static void
recipe_init (Recipe *self)
{
  *self = (Recipe){ .version = 3, .alignment = 32 };
  test_recipe_bytes_init (&self->body);
  test_recipe_bytes_init (&self->trailer);
  self->tensors = g_array_new (FALSE, TRUE, sizeof (Tensor));
  g_array_set_clear_func (self->tensors, tensor_clear);
  self->last_steps = g_ptr_array_new_with_free_func (g_free);
}

static void
recipe_clear (Recipe *self)
{
  test_recipe_bytes_clear (&self->body);
  test_recipe_bytes_clear (&self->trailer);
  g_clear_pointer (&self->tensors, g_array_unref);
  g_clear_pointer (&self->magic, g_byte_array_unref);
  g_clear_pointer (&self->last_steps, g_ptr_array_unref);
  g_clear_pointer (&self->fill, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Recipe, recipe_clear)

static gboolean
fail (GError **error, const char *what, const char *word)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "unknown %s “%s”", what, word);
  return FALSE;
}

static void
apply_width (Recipe *self)
{
  guint64 width = self->width != 0 ? self->width : self->version == 1 ? 32 : 64;

  self->body.narrow = self->trailer.narrow = width == 32;
}

static guint64
align (guint64 value, guint64 alignment)
{
  guint64 rest = alignment > 1 ? value % alignment : 0;

  return rest == 0 ? value : value + (alignment - rest);
}

static gboolean
run_version (Recipe *self, TestRecipeWords *words, GError **error)
{
  return test_recipe_words_next_number (words, "the version", &self->version, error);
}

static gboolean
run_width (Recipe *self, TestRecipeWords *words, GError **error)
{
  return test_recipe_words_next_number (words, "the width", &self->width, error);
}

static gboolean
run_alignment (Recipe *self, TestRecipeWords *words, GError **error)
{
  self->fixed_alignment = TRUE;
  return test_recipe_words_next_number (words, "the alignment", &self->alignment, error);
}

static gboolean
run_n_kv (Recipe *self, TestRecipeWords *words, GError **error)
{
  self->lies_about_kv = TRUE;
  return test_recipe_words_next_number (words, "the count", &self->n_kv_written, error);
}

static gboolean
run_n_tensors (Recipe *self, TestRecipeWords *words, GError **error)
{
  self->lies_about_tensors = TRUE;
  return test_recipe_words_next_number (words, "the count", &self->n_tensors_written, error);
}

static gboolean
run_endian (Recipe *self, TestRecipeWords *words, GError **error)
{
  const TestRecipeWord *word = test_recipe_words_next (words, "the byte order", error);

  if (word == NULL)
    return FALSE;
  if (!g_str_equal (word->text, "big") && !g_str_equal (word->text, "little"))
    return fail (error, "byte order", word->text);

  self->body.big_endian = self->trailer.big_endian = *word->text == 'b';
  return TRUE;
}

static gboolean
run_magic (Recipe *self, TestRecipeWords *words, GError **error)
{
  const TestRecipeWord *word = test_recipe_words_next (words, "the magic", error);

  if (word == NULL)
    return FALSE;
  g_clear_pointer (&self->magic, g_byte_array_unref);
  self->magic = g_byte_array_append (g_byte_array_new (), (const guint8 *)word->text, (guint)word->length);
  return TRUE;
}

static gboolean
run_header (Recipe *self, TestRecipeWords *words, GError **error)
{
  const TestRecipeWord *word = test_recipe_words_next (words, "none", error);

  if (word == NULL)
    return FALSE;
  if (!g_str_equal (word->text, "none"))
    return fail (error, "header", word->text);
  self->headless = TRUE;
  return TRUE;
}

static gboolean
run_padding (Recipe *self, TestRecipeWords *words, GError **error)
{
  const TestRecipeWord *word = test_recipe_words_next (words, "what to pad", error);

  if (word == NULL)
    return FALSE;
  if (g_str_equal (word->text, "none"))
    self->padding = PAD_NONE;
  else if (g_str_equal (word->text, "header"))
    self->padding = PAD_HEADER;
  else
    return fail (error, "padding", word->text);
  return TRUE;
}

/* An alignment that a reader could obey is obeyed here too. */
static void
obey_alignment (Recipe *self, guint start)
{
  GByteArray *bytes = self->body.bytes;
  guint64 alignment = 0;

  for (guint i = 0; i < 4; i++)
    alignment |= (guint64)bytes->data[start + i] << (8 * (self->body.big_endian ? 3 - i : i));
  if (alignment != 0 && (alignment & (alignment - 1)) == 0)
    self->alignment = alignment;
}

static gboolean
run_kv (Recipe *self, TestRecipeWords *words, GError **error)
{
  guint key, value;
  gboolean is_alignment;

  apply_width (self);
  key = self->body.bytes->len + (self->body.narrow ? 4 : 8);
  if (!test_recipe_add_string (&self->body, words, "a key", error))
    return FALSE;

  value = self->body.bytes->len;
  is_alignment = value - key == strlen ("general.alignment")
                 && memcmp (self->body.bytes->data + key, "general.alignment", value - key) == 0;
  if (!test_recipe_add_value (&self->body, words, error))
    return FALSE;

  if (is_alignment && !self->fixed_alignment && self->body.bytes->len == value + 8)
    obey_alignment (self, value + 4);
  self->n_kv++;
  return TRUE;
}

static gboolean
run_raw (Recipe *self, TestRecipeWords *words, GError **error)
{
  apply_width (self);
  return test_recipe_add_blob (&self->body, words, 0, error);
}

static gboolean
run_append (Recipe *self, TestRecipeWords *words, GError **error)
{
  apply_width (self);
  return test_recipe_add_blob (&self->trailer, words, 0, error);
}

static gboolean
fill_tensor (Recipe *self, Tensor *tensor, GError **error)
{
  g_auto (TestRecipeBytes) bytes = { 0 };
  g_autoptr (TestRecipeWords) words = NULL;

  tensor->content = g_byte_array_new ();
  if (self->fill == NULL)
    return TRUE;

  words = test_recipe_words_new (self->fill, error);
  if (words == NULL)
    return FALSE;
  test_recipe_words_take (words, "fill");
  test_recipe_bytes_init (&bytes);
  bytes.big_endian = self->body.big_endian;
  if (!test_recipe_add_blob (&bytes, words, tensor->size, error))
    return FALSE;

  g_byte_array_append (tensor->content, bytes.bytes->data, (guint)MIN (bytes.bytes->len, tensor->size));
  return TRUE;
}

static gboolean
run_tensor (Recipe *self, TestRecipeWords *words, GError **error)
{
  TestRecipeTensor description = { 0 };
  Tensor tensor = { 0 };

  apply_width (self);
  if (!test_recipe_add_string (&self->body, words, "the tensor's name", error)
      || !test_recipe_tensor_parse (&description, words, error))
    return FALSE;

  if (!description.has_offset)
    description.offset = self->next_place;
  tensor.place = description.has_place ? description.place : description.offset;
  tensor.size = description.bytes;

  test_recipe_tensor_add (&description, &self->body);

  if (!g_uint64_checked_add (&self->next_place, tensor.place, tensor.size))
    self->next_place = G_MAXUINT64;
  else if (self->padding == PAD_ALL)
    self->next_place = align (self->next_place, self->alignment);

  if (!fill_tensor (self, &tensor, error))
    {
      tensor_clear (&tensor);
      return FALSE;
    }
  g_array_append_val (self->tensors, tensor);
  return TRUE;
}

static gboolean
run_data (Recipe *self, TestRecipeWords *words, GError **error)
{
  g_auto (TestRecipeBytes) bytes = { 0 };
  g_auto (TestRecipeBytes) content = { 0 };
  Tensor *tensor;
  guint64 at = 0, room;

  if (self->tensors->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "there is no tensor above that the data could be of");
      return FALSE;
    }

  tensor = &g_array_index (self->tensors, Tensor, self->tensors->len - 1);
  if (!test_recipe_words_next_option (words, "at", NULL, &at, error))
    return FALSE;
  room = at < tensor->size ? tensor->size - at : 0;

  test_recipe_bytes_init (&bytes);
  bytes.big_endian = self->body.big_endian;
  if (!test_recipe_add_blob (&bytes, words, room, error))
    return FALSE;
  if (bytes.bytes->len > room)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "%u bytes from %" G_GUINT64_FORMAT " on are more than the tensor's %" G_GUINT64_FORMAT,
                   bytes.bytes->len, at, tensor->size);
      return FALSE;
    }

  content.bytes = g_byte_array_ref (tensor->content);
  return test_recipe_bytes_place (&content, at, bytes.bytes, error);
}

static gboolean
run_repeat (Recipe *self, TestRecipeWords *words, GError **error)
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
      if (!run_statement (self, words, error))
        return FALSE;
    }
  test_recipe_words_end_repeat (words);
  test_recipe_words_set_position (words, G_MAXUINT);
  return TRUE;
}

static const struct
{
  const char *name;
  Statement run;
} statements[] = {
  { "version", run_version }, { "endian", run_endian },
  { "width", run_width },     { "magic", run_magic },
  { "n_kv", run_n_kv },       { "n_tensors", run_n_tensors },
  { "header", run_header },   { "alignment", run_alignment },
  { "padding", run_padding }, { "kv", run_kv },
  { "raw", run_raw },         { "tensor", run_tensor },
  { "data", run_data },       { "append", run_append },
  { "repeat", run_repeat },
};

static gboolean
run_statement (Recipe *self, TestRecipeWords *words, GError **error)
{
  const TestRecipeWord *word = test_recipe_words_next (words, "a statement", error);

  if (word == NULL)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      if (!g_str_equal (statements[i].name, word->text))
        continue;
      if (!statements[i].run (self, words, error))
        return FALSE;
      if (test_recipe_words_at_end (words))
        return TRUE;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "“%s” is too much",
                   test_recipe_words_next (words, "", NULL)->text);
      return FALSE;
    }
  return fail (error, "statement", word->text);
}

static gboolean
run_line (Recipe *self, const char *line, GError **error)
{
  static const char *const last[] = { "patch", "cut", "grow", NULL };
  g_autoptr (TestRecipeWords) words = test_recipe_words_new (line, error);
  g_autofree char *first = NULL;

  if (words == NULL)
    return FALSE;
  if (test_recipe_words_at_end (words))
    return TRUE;

  first = g_strdup (test_recipe_words_next (words, "a statement", error)->text);
  test_recipe_words_set_position (words, 0);
  if (g_str_equal (first, "fill"))
    {
      g_set_str (&self->fill, line);
      return TRUE;
    }
  if (g_strv_contains (last, first))
    {
      g_ptr_array_add (self->last_steps, g_strdup (line));
      return TRUE;
    }
  return run_statement (self, words, error);
}

static gboolean
cut (TestRecipeBytes *file, guint64 length, GError **error)
{
  gint64 from_end = -(gint64)length;

  if (from_end > 0 && from_end <= file->bytes->len)
    length = file->bytes->len - (guint64)from_end;
  if (length > file->bytes->len)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the file has only %u bytes to cut", file->bytes->len);
      return FALSE;
    }
  return test_recipe_bytes_resize (file, length, error);
}

static gboolean
run_last_step (TestRecipeBytes *file, const char *line, GError **error)
{
  g_auto (TestRecipeBytes) bytes = { 0 };
  g_autoptr (TestRecipeWords) words = test_recipe_words_new (line, error);
  char step = *test_recipe_words_next (words, "a statement", error)->text;
  guint64 number;

  if (!test_recipe_words_next_number (words, "a number of bytes", &number, error))
    return FALSE;
  if (step == 'c')
    return cut (file, number, error);
  if (step == 'g')
    return test_recipe_bytes_resize (file, MAX (number, file->bytes->len), error);

  test_recipe_bytes_init (&bytes);
  bytes.big_endian = file->big_endian;
  bytes.narrow = file->narrow;
  return test_recipe_add_blob (&bytes, words, 0, error) && test_recipe_bytes_place (file, number, bytes.bytes, error);
}

static void
add_header (Recipe *self, TestRecipeBytes *file)
{
  if (self->headless)
    return;

  if (self->magic != NULL)
    test_recipe_bytes_add (file, self->magic->data, self->magic->len);
  else
    test_recipe_bytes_add (file, "GGUF", 4);
  test_recipe_bytes_add_number (file, self->version, 4);
  test_recipe_bytes_add_count (file, self->lies_about_tensors ? self->n_tensors_written : self->tensors->len);
  test_recipe_bytes_add_count (file, self->lies_about_kv ? self->n_kv_written : self->n_kv);
}

static gboolean
add_tensors (Recipe *self, TestRecipeBytes *file, GError **error)
{
  guint64 start;

  if (self->padding != PAD_NONE && self->tensors->len > 0
      && !test_recipe_bytes_resize (file, align (file->bytes->len, self->alignment), error))
    return FALSE;

  start = file->bytes->len;
  for (guint i = 0; i < self->tensors->len; i++)
    {
      const Tensor *tensor = &g_array_index (self->tensors, Tensor, i);
      guint64 place, end;

      if (tensor->size == 0)
        continue;
      if (!g_uint64_checked_add (&place, start, tensor->place) || !g_uint64_checked_add (&end, place, tensor->size))
        end = place = G_MAXUINT64;
      if (end > file->bytes->len && !test_recipe_bytes_resize (file, end, error))
        return FALSE;
      if (!test_recipe_bytes_place (file, place, tensor->content, error))
        return FALSE;
    }

  if (self->padding == PAD_ALL && self->tensors->len > 0)
    return test_recipe_bytes_resize (file, start + align (file->bytes->len - start, self->alignment), error);
  return TRUE;
}

static GBytes *
finish (Recipe *self, GError **error)
{
  g_auto (TestRecipeBytes) file = { 0 };

  test_recipe_bytes_init (&file);
  apply_width (self);
  file.big_endian = self->body.big_endian;
  file.narrow = self->body.narrow;

  add_header (self, &file);
  test_recipe_bytes_add (&file, self->body.bytes->data, self->body.bytes->len);
  if (!add_tensors (self, &file, error))
    return NULL;
  test_recipe_bytes_add (&file, self->trailer.bytes->data, self->trailer.bytes->len);

  for (guint i = 0; i < self->last_steps->len; i++)
    if (!run_last_step (&file, g_ptr_array_index (self->last_steps, i), error))
      return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&file.bytes));
}

GBytes *
test_gguf_recipe_build (const char *recipe, GError **error)
{
  g_auto (Recipe) self = { 0 };
  g_auto (GStrv) lines = g_strsplit (recipe, "\n", -1);

  recipe_init (&self);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (run_line (&self, lines[i], error))
        continue;
      g_prefix_error (error, "line %u: ", i + 1);
      return NULL;
    }
  return finish (&self, error);
}

char *
test_gguf_recipe_write (const char *recipe, const char *directory, const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = test_gguf_recipe_build (recipe, error);
  g_autofree char *path = NULL;
  const char *data;
  gsize length;

  if (bytes == NULL)
    return NULL;

  path = g_build_filename (directory, name, NULL);
  data = g_bytes_get_data (bytes, &length);
  if (!g_file_set_contents_full (path, data != NULL ? data : "", (gssize)length, G_FILE_SET_CONTENTS_NONE, 0644, error))
    return NULL;
  return g_steal_pointer (&path);
}
