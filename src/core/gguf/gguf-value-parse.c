/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gguf/gguf-value.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "gguf/gguf-error.h"

#define SHOWN 60   /* bytes of a wrong text in a message */

/* What a type written before a value says: "u32" (no array around it), "[str]" (one), "[[i32]]" (two). */
typedef struct
{
  PaddockGgufType scalar;
  guint depth;
  gboolean known;                    /* otherwise values are taken by their look */
} TypeSpec;

typedef enum
{
  ELEMENT_WORD,
  ELEMENT_STRING,
  ELEMENT_ARRAY
} ElementKind;

typedef struct
{
  ElementKind kind;
  char *word;
  PaddockGgufValue *value;
} Element;

static PaddockGgufValue *parse_array (const char **text, const TypeSpec *spec, guint nesting, GError **error);

static void
element_free (gpointer data)
{
  Element *self = data;

  g_free (self->word);
  g_clear_pointer (&self->value, paddock_gguf_value_unref);
  g_free (self);
}

static PaddockGgufValue *
refuse (GError **error, const char *text, const char *why)
{
  g_autofree char *shown = g_utf8_make_valid (text, (gssize) MIN (strlen (text), SHOWN));

  g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_VALUE, "“%s” %s", shown, why);
  return NULL;
}

static PaddockGgufValue *
refuse_type (GError **error, const char *text, PaddockGgufType type)
{
  g_autofree char *why = g_strdup_printf ("is not a value of type %s", paddock_gguf_type_get_name (type));

  return refuse (error, text, why);
}

static const char *
skip_blanks (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return text;
}

/* Whole numbers, decimal or 0x, without a fraction. */
static gboolean
read_integer (const char *word, gboolean *negative, guint64 *magnitude)
{
  const char *digits = *word == '-' || *word == '+' ? word + 1 : word;
  guint base = g_ascii_strncasecmp (digits, "0x", 2) == 0 ? 16 : 10;
  char *end;

  if (base == 16)
    digits += 2;
  if (!g_ascii_isxdigit (*digits))
    return FALSE;
  errno = 0;
  *negative = *word == '-';
  *magnitude = g_ascii_strtoull (digits, &end, base);
  return errno == 0 && end != digits && *end == '\0';
}

static gboolean
read_double (const char *word, double *number)
{
  char *end;

  if (*word == '\0' || strpbrk (word, "xXpP") != NULL)
    return FALSE;
  *number = g_ascii_strtod (word, &end);
  return *end == '\0' && end != word;
}

static PaddockGgufValue *
parse_integer (const char *word, PaddockGgufType type, GError **error)
{
  gboolean negative;
  guint64 magnitude;

  if (!read_integer (word, &negative, &magnitude))
    return refuse_type (error, word, type);
  if (!negative || magnitude == 0)
    return paddock_gguf_value_new_uint (type, magnitude, error);
  if (magnitude > (guint64) G_MAXINT64 + 1)
    return refuse_type (error, word, type);
  return paddock_gguf_value_new_int (type, (gint64) (0 - magnitude), error);
}

static PaddockGgufValue *
parse_bool (const char *word, GError **error)
{
  if (g_str_equal (word, "true") || g_str_equal (word, "false"))
    return paddock_gguf_value_new_bool (*word == 't');
  return refuse (error, word, "is neither true nor false");
}

static PaddockGgufValue *
parse_word (const char *word, PaddockGgufType type, GError **error)
{
  double number;

  switch (type)
    {
    case PADDOCK_GGUF_BOOL:
      return parse_bool (word, error);
    case PADDOCK_GGUF_FLOAT32:
    case PADDOCK_GGUF_FLOAT64:
      if (!read_double (word, &number))
        return refuse_type (error, word, type);
      if (isinf (number) && strpbrk (word, "iI") == NULL)
        return refuse (error, word, "is too large for any number");
      return paddock_gguf_value_new_double (type, number, error);
    case PADDOCK_GGUF_STRING:
    case PADDOCK_GGUF_ARRAY:
      return refuse_type (error, word, type);
    default:
      return parse_integer (word, type, error);
    }
}

/* Four hexadecimal digits of \uXXXX. */
static gboolean
read_unit (const char *text, gunichar *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (text[i]);

      if (digit < 0)
        return FALSE;
      *unit = *unit << 4 | (gunichar) digit;
    }
  return TRUE;
}

/* text stands after \u and is moved behind the digits. */
static gboolean
append_code_point (const char **text, GString *out)
{
  gunichar first, second;

  if (!read_unit (*text, &first))
    return FALSE;
  *text += 4;
  if (first >= 0xd800 && first < 0xdc00)
    {
      if ((*text)[0] != '\\' || (*text)[1] != 'u' || !read_unit (*text + 2, &second) || second < 0xdc00
          || second > 0xdfff)
        return FALSE;
      *text += 6;
      first = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
    }
  if (first == 0 || !g_unichar_validate (first))
    return FALSE;
  g_string_append_unichar (out, first);
  return TRUE;
}

/* text stands at the character after the backslash. */
static gboolean
append_escape (const char **text, GString *out)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  char letter = *(*text)++;
  const char *found = letter != '\0' ? strchr (letters, letter) : NULL;

  if (letter == 'u')
    return append_code_point (text, out);
  if (found != NULL)
    g_string_append_c (out, meanings[found - letters]);
  return found != NULL;
}

/* A string as in JSON; text stands at its first quote. */
static PaddockGgufValue *
parse_quoted (const char **text, GError **error)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *start = *text;

  for ((*text)++; **text != '"';)
    {
      if (**text == '\0')
        return refuse (error, start, "does not end with a quotation mark");
      if (**text != '\\')
        g_string_append_c (out, *(*text)++);
      else
        {
          (*text)++;
          if (!append_escape (text, out))
            return refuse (error, start, "has an escape that JSON does not know");
        }
    }
  (*text)++;
  return paddock_gguf_value_new_string (out->str, (gssize) out->len);
}

static Element *
parse_element (const char **text, const TypeSpec *spec, guint nesting, GError **error)
{
  Element *self = g_new0 (Element, 1);

  if (**text == '[')
    {
      self->kind = ELEMENT_ARRAY;
      self->value = parse_array (text, spec, nesting + 1, error);
    }
  else if (**text == '"')
    {
      self->kind = ELEMENT_STRING;
      self->value = parse_quoted (text, error);
    }
  else
    {
      gsize length = strcspn (*text, ",] \t\r\n[\"");

      self->word = g_strndup (*text, length);
      if (length == 0)
        refuse (error, **text == '\0' ? "[" : *text, "is not an element of an array");
      *text += length;
    }
  if (self->value != NULL || (self->word != NULL && *self->word != '\0'))
    return self;
  element_free (self);
  return NULL;
}

static PaddockGgufType
choose_integer_type (gboolean any_negative, guint64 largest_negative, guint64 largest)
{
  if (largest <= G_MAXINT32 && largest_negative <= (guint64) G_MAXINT32 + 1)
    return PADDOCK_GGUF_INT32;
  if (!any_negative && largest <= G_MAXUINT32)
    return PADDOCK_GGUF_UINT32;
  if (largest <= G_MAXINT64)
    return PADDOCK_GGUF_INT64;
  return PADDOCK_GGUF_UINT64;
}

/* The type that all words have by their look. */
static PaddockGgufType
choose_word_type (GPtrArray *elements)
{
  guint64 largest = 0, largest_negative = 0, magnitude;
  gboolean integers = TRUE, any_negative = FALSE, negative;

  for (guint i = 0; i < elements->len; i++)
    {
      const Element *element = elements->pdata[i];

      if (g_str_equal (element->word, "true") || g_str_equal (element->word, "false"))
        return PADDOCK_GGUF_BOOL;
      if (!read_integer (element->word, &negative, &magnitude))
        integers = FALSE;
      else if (negative)
        largest_negative = MAX (largest_negative, magnitude);
      else
        largest = MAX (largest, magnitude);
      any_negative = largest_negative > 0;
    }
  return integers ? choose_integer_type (any_negative, largest_negative, largest) : PADDOCK_GGUF_FLOAT32;
}

static gboolean
choose_element_type (GPtrArray *elements, const TypeSpec *spec, guint nesting, PaddockGgufType *type, GError **error)
{
  const Element *first = elements->len > 0 ? elements->pdata[0] : NULL;

  if (spec->known)
    {
      *type = nesting < spec->depth ? PADDOCK_GGUF_ARRAY : spec->scalar;
      return TRUE;
    }
  if (first == NULL)
    {
      refuse (error, "[]", "has no element that would tell its type; write the type before it, as in “[str]:[]”");
      return FALSE;
    }
  for (guint i = 1; i < elements->len; i++)
    if (((const Element *) elements->pdata[i])->kind != first->kind)
      {
        g_set_error (error, PADDOCK_GGUF_ERROR, PADDOCK_GGUF_ERROR_VALUE,
                     "element %u of the array is of another kind than the first", i);
        return FALSE;
      }
  if (first->kind == ELEMENT_WORD)
    *type = choose_word_type (elements);
  else
    *type = first->kind == ELEMENT_STRING ? PADDOCK_GGUF_STRING : PADDOCK_GGUF_ARRAY;
  return TRUE;
}

static PaddockGgufValue *
build_array (GPtrArray *elements, PaddockGgufType type, GError **error)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_gguf_value_unref);

  for (guint i = 0; i < elements->len; i++)
    {
      Element *element = elements->pdata[i];
      PaddockGgufValue *value;

      if (element->kind == ELEMENT_WORD)
        value = parse_word (element->word, type, error);
      else
        value = g_steal_pointer (&element->value);
      if (value == NULL)
        return NULL;
      g_ptr_array_add (values, value);
    }
  return paddock_gguf_value_new_array (type, (PaddockGgufValue **) values->pdata, values->len, error);
}

/* text stands at the bracket and is moved behind the other one; nesting is 1 for the outermost array. */
static PaddockGgufValue *
parse_array (const char **text, const TypeSpec *spec, guint nesting, GError **error)
{
  g_autoptr(GPtrArray) elements = g_ptr_array_new_with_free_func (element_free);
  const char *start = *text;
  PaddockGgufType type;

  if (nesting > PADDOCK_GGUF_MAX_NESTING || (spec->known && nesting > spec->depth))
    return refuse (error, start, "has arrays in arrays where the type has none");
  *text = skip_blanks (*text + 1);
  while (**text != ']')
    {
      Element *element = parse_element (text, spec, nesting, error);

      if (element == NULL)
        return NULL;
      g_ptr_array_add (elements, element);
      *text = skip_blanks (*text);
      if (**text == ']')
        continue;
      if (**text != ',')
        return refuse (error, start, "is not a whole array: a comma or a bracket is missing");
      *text = skip_blanks (*text + 1);
      if (**text == ']')
        return refuse (error, start, "is not a whole array: no element follows the last comma");
    }
  (*text)++;
  if (!choose_element_type (elements, spec, nesting, &type, error))
    return NULL;
  return build_array (elements, type, error);
}

static PaddockGgufValue *
parse_whole_array (const char *text, const TypeSpec *spec, GError **error)
{
  const char *at = skip_blanks (text);
  g_autoptr(PaddockGgufValue) value = NULL;

  if (*at != '[')
    return refuse (error, text, "is not an array; write one as in “[1, 2]”");
  value = parse_array (&at, spec, 1, error);
  if (value != NULL && *skip_blanks (at) != '\0')
    return refuse (error, text, "goes on after the array");
  return g_steal_pointer (&value);
}

static PaddockGgufValue *
parse_known (const char *text, const TypeSpec *spec, GError **error)
{
  g_autofree char *word = NULL;

  if (spec->depth > 0)
    return parse_whole_array (text, spec, error);
  if (spec->scalar == PADDOCK_GGUF_STRING)
    {
      if (!g_utf8_validate (text, -1, NULL))
        return refuse (error, text, "is not valid UTF-8");
      return paddock_gguf_value_new_string (text, -1);
    }
  word = g_strstrip (g_strdup (text));
  return parse_word (word, spec->scalar, error);
}

static PaddockGgufValue *
parse_by_look (const char *text, GError **error)
{
  TypeSpec spec = { .scalar = PADDOCK_GGUF_STRING };
  gboolean negative;
  guint64 magnitude;
  double number;

  if (*text == '[')
    return parse_whole_array (text, &spec, error);
  spec.known = TRUE;
  if (g_str_equal (text, "true") || g_str_equal (text, "false"))
    spec.scalar = PADDOCK_GGUF_BOOL;
  else if (read_integer (text, &negative, &magnitude))
    {
      /* Counts are u32 nearly everywhere; engines insist on it. */
      if (negative)
        spec.scalar = choose_integer_type (TRUE, magnitude, 0);
      else
        spec.scalar = magnitude <= G_MAXUINT32 ? PADDOCK_GGUF_UINT32 : PADDOCK_GGUF_UINT64;
    }
  else if (read_double (text, &number) && isfinite (number) && !g_ascii_isspace (*text))
    spec.scalar = PADDOCK_GGUF_FLOAT32;
  return parse_known (text, &spec, error);
}

/* "[[i32]]:" before the value. Returns what follows, or NULL when there is no type. */
static const char *
read_type (const char *text, TypeSpec *spec)
{
  gsize depth = strspn (text, "[");
  gsize length = strcspn (text + depth, "]:");
  g_autofree char *name = g_strndup (text + depth, length);
  const char *end = text + depth + length;

  if (length == 0 || strspn (end, "]") < depth || end[depth] != ':' || depth > PADDOCK_GGUF_MAX_NESTING
      || !paddock_gguf_type_from_name (name, &spec->scalar) || spec->scalar == PADDOCK_GGUF_ARRAY)
    return NULL;
  spec->depth = (guint) depth;
  spec->known = TRUE;
  return end + depth + 1;
}

/**
 * paddock_gguf_value_parse:
 * @text: what a person typed
 * @existing: (nullable): the value that it replaces
 * @error: return location for an error
 *
 * A type may stand before the value: "u32:4096", "str:a b", "[str]:[\"a\", \"b\"]", "[[i32]]:[[1], [2, 3]]". Without
 * one the value is of the type of @existing; without that, of the type that it looks like. Strings are taken as they
 * are, in arrays they are written as in JSON.
 *
 * Returns: (transfer full) (nullable): the value, or %NULL with an error that says what does not fit
 */
PaddockGgufValue *
paddock_gguf_value_parse (const char *text, const PaddockGgufValue *existing, GError **error)
{
  TypeSpec spec = { .known = FALSE };
  const char *value = read_type (text, &spec);

  if (value != NULL)
    return parse_known (value, &spec, error);
  if (existing == NULL)
    return parse_by_look (text, error);
  spec.scalar = paddock_gguf_value_get_type_id (existing);
  spec.known = TRUE;
  if (spec.scalar == PADDOCK_GGUF_ARRAY)
    {
      spec.scalar = paddock_gguf_value_get_element_type (existing);
      spec.depth = 1;
      /* What lies in inner arrays may differ from one to the next: each is taken by its look. */
      spec.known = spec.scalar != PADDOCK_GGUF_ARRAY;
      return parse_whole_array (text, &spec, error);
    }
  return parse_known (text, &spec, error);
}
