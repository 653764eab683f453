/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recipe-words.h"

#include <errno.h>

struct _TestRecipeWords
{
  /* Owned */
  GArray *words;    /* TestRecipeWord */
  GString *scratch; /* the last word handed out, with {} replaced */

  TestRecipeWord current;
  guint position;
  gboolean repeating;
  guint64 repetition;
};

static void
word_clear (gpointer data)
{
  TestRecipeWord *word = data;

  g_free (word->text);
}

/* Reads the escape after a backslash at @p and returns what follows it; NULL if there is no such escape. */
static const char *
read_escape (const char *p, GString *text)
{
  static const char names[] = "ntr\\\"0";
  static const char bytes[] = "\n\t\r\\\"\0";
  const char *name;

  if (*p == 'x' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
    {
      g_string_append_c (text, (char)(g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2])));
      return p + 3;
    }

  name = *p != '\0' ? strchr (names, *p) : NULL;
  if (name == NULL)
    return NULL;

  g_string_append_c (text, bytes[name - names]);
  return p + 1;
}

static const char *
read_quoted (const char *p, GString *text, GError **error)
{
  for (p++; *p != '"';)
    {
      if (*p == '\0')
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a quoted word has no end");
          return NULL;
        }
      if (*p != '\\')
        {
          g_string_append_c (text, *p++);
          continue;
        }

      const char *after = read_escape (p + 1, text);
      if (after == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "unknown escape “\\%c”", p[1]);
          return NULL;
        }
      p = after;
    }

  return p + 1;
}

static const char *
read_word (const char *p, TestRecipeWord *word, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  word->quoted = *p == '"';
  if (word->quoted)
    p = read_quoted (p, text, error);
  else if (*p == '(' || *p == ')')
    g_string_append_c (text, *p++);
  else
    while (*p != '\0' && !g_ascii_isspace (*p) && *p != '(' && *p != ')')
      g_string_append_c (text, *p++);

  if (p == NULL)
    return NULL;

  word->length = text->len;
  word->text = g_string_free (g_steal_pointer (&text), FALSE);
  return p;
}

/**
 * test_recipe_words_new:
 * @line: one line of a recipe
 * @error: return location for an error
 *
 * Words are separated by blanks; a parenthesis is a word of its own; `#` begins a comment where a word could begin.
 *
 * Returns: (transfer full) (nullable): the words
 */
TestRecipeWords *
test_recipe_words_new (const char *line, GError **error)
{
  g_autoptr (TestRecipeWords) self = g_new0 (TestRecipeWords, 1);
  const char *p = line;

  self->words = g_array_new (FALSE, TRUE, sizeof (TestRecipeWord));
  g_array_set_clear_func (self->words, word_clear);
  self->scratch = g_string_new (NULL);

  while (TRUE)
    {
      TestRecipeWord word = { 0 };

      while (g_ascii_isspace (*p))
        p++;
      if (*p == '\0' || *p == '#')
        break;
      p = read_word (p, &word, error);
      if (p == NULL)
        return NULL;
      g_array_append_val (self->words, word);
    }

  return g_steal_pointer (&self);
}

void
test_recipe_words_free (TestRecipeWords *self)
{
  g_clear_pointer (&self->words, g_array_unref);
  g_string_free (self->scratch, TRUE);
  g_free (self);
}

gboolean
test_recipe_words_at_end (TestRecipeWords *self)
{
  return self->position >= self->words->len;
}

static void
substitute (TestRecipeWords *self)
{
  const TestRecipeWord *word = &self->current;

  g_string_truncate (self->scratch, 0);
  for (gsize i = 0; i < word->length; i++)
    {
      if (word->text[i] == '{' && i + 1 < word->length && word->text[i + 1] == '}')
        {
          g_string_append_printf (self->scratch, "%" G_GUINT64_FORMAT, self->repetition);
          i++;
        }
      else
        g_string_append_c (self->scratch, word->text[i]);
    }

  self->current.text = self->scratch->str;
  self->current.length = self->scratch->len;
}

static const TestRecipeWord *
peek (TestRecipeWords *self)
{
  if (test_recipe_words_at_end (self))
    return NULL;

  self->current = g_array_index (self->words, TestRecipeWord, self->position);
  if (self->repeating)
    substitute (self);
  return &self->current;
}

/**
 * test_recipe_words_next:
 * @wanted: what should stand here, for the message when the line is at its end
 * @error: return location for an error
 *
 * Returns: (transfer none) (nullable): the next word, valid until the next call
 */
const TestRecipeWord *
test_recipe_words_next (TestRecipeWords *self, const char *wanted, GError **error)
{
  const TestRecipeWord *word = peek (self);

  if (word == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is missing", wanted);
      return NULL;
    }

  self->position++;
  return word;
}

/* Passes over @word if it is the next one. */
gboolean
test_recipe_words_take (TestRecipeWords *self, const char *word)
{
  const TestRecipeWord *next = peek (self);

  if (next == NULL || next->quoted || !g_str_equal (next->text, word))
    return FALSE;

  self->position++;
  return TRUE;
}

gboolean
test_recipe_parse_number (const char *text, guint64 *value)
{
  char *end = NULL;

  errno = 0;
  if (*text == '-')
    *value = (guint64)g_ascii_strtoll (text, &end, 0);
  else
    *value = g_ascii_strtoull (text, &end, g_str_has_prefix (text, "0x") ? 16 : 10);

  return errno == 0 && end != text && *end == '\0';
}

gboolean
test_recipe_words_next_number (TestRecipeWords *self, const char *wanted, guint64 *value, GError **error)
{
  const TestRecipeWord *word = test_recipe_words_next (self, wanted, error);

  if (word == NULL)
    return FALSE;
  if (test_recipe_parse_number (word->text, value))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is “%s”, which is no number", wanted, word->text);
  return FALSE;
}

/**
 * test_recipe_words_next_option:
 * @name: the option, which is written `name=NUMBER`
 * @given: (out) (optional): whether the option stands here
 * @value: (inout): its value; left alone when it is not given
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set if the option's value is no number
 */
gboolean
test_recipe_words_next_option (TestRecipeWords *self, const char *name, gboolean *given, guint64 *value, GError **error)
{
  const TestRecipeWord *word = peek (self);
  gsize length = strlen (name);
  gboolean here = word != NULL && !word->quoted && g_str_has_prefix (word->text, name) && word->text[length] == '=';

  if (given != NULL)
    *given = here;
  if (!here)
    return TRUE;

  self->position++;
  if (test_recipe_parse_number (word->text + length + 1, value))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "“%s” needs a number", word->text);
  return FALSE;
}

guint
test_recipe_words_get_position (TestRecipeWords *self)
{
  return self->position;
}

void
test_recipe_words_set_position (TestRecipeWords *self, guint position)
{
  self->position = position;
}

void
test_recipe_words_repeat (TestRecipeWords *self, guint64 number)
{
  self->repeating = TRUE;
  self->repetition = number;
}

void
test_recipe_words_end_repeat (TestRecipeWords *self)
{
  self->repeating = FALSE;
}
