/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "card-inline.h"

#include <string.h>

#include "base/web-address.h"

/* Deeper, nobody reads; and nothing runs out of stack. */
#define MAX_DEPTH 8
/* A longer address is none. */
#define MAX_ADDRESS 2048
/* Where a bracket is looked for that ends a link's words. */
#define MAX_WORDS 4096
/* For each character, on average; of what asks for more, the rest is shown as it is. */
#define EFFORT 50

enum
{
  STAR,
  UNDERLINE,
  TILDE,
  N_MARKS
};

static const char marks[N_MARKS] = { '*', '_', '~' };

typedef struct
{
  GString *out;
  const char *begin; /* of all */
  GUri *base;        /* NULL: what is relative leads nowhere */
  gint64 effort; /* characters that may still be looked at in search of what ends something */
} Rendering;

/* A part that lies inside of what is around it. */
typedef struct
{
  const char *end;
  guint depth;
  gboolean in_link;
  gboolean unclosed[N_MARKS][3]; /* known to be never closed in here: looked for once */
} Part;

static void
render (Rendering *self, const char *at, const Part *around, const char *end, gboolean in_link);

static gboolean
is_hidden (gunichar character)
{
  return (character < 0x20 && character != '\n' && character != '\t') || (character >= 0x7f && character < 0xa0)
         || (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069) || character == 0xfeff;
}

/* Characters that turn text around or do nothing at all are left out. */
static void
add_character (GString *out, gunichar character)
{
  if (is_hidden (character))
    return;
  switch (character)
    {
    case '&':
      g_string_append (out, "&amp;");
      break;
    case '<':
      g_string_append (out, "&lt;");
      break;
    case '>':
      g_string_append (out, "&gt;");
      break;
    case '"':
      g_string_append (out, "&quot;");
      break;
    default:
      g_string_append_unichar (out, character);
    }
}

static void
add_text (GString *out, const char *text, const char *end)
{
  for (const char *at = text; at < end; at = g_utf8_next_char (at))
    add_character (out, g_utf8_get_char (at));
}

char *
paddock_card_inline_escape (const char *text, gsize length)
{
  GString *out = g_string_sized_new (length);

  add_text (out, text, text + length);
  return g_string_free (out, FALSE);
}

static gsize
count_run (const char *at, const char *end, char mark)
{
  gsize count = 0;

  while (at + count < end && at[count] == mark)
    count++;
  return count;
}

/* Only to the web. NULL: nowhere. */
static char *
make_address (Rendering *self, const char *text, const char *end)
{
  g_autofree char *given = g_strndup (text, (gsize) (end - text));
  g_autoptr (GUri) address = NULL;

  if (*given == '\0' || *given == '#' || end - text > MAX_ADDRESS)
    return NULL;
  address = paddock_web_address_parse (given, self->base);
  return address != NULL ? g_uri_to_string (address) : NULL;
}

static void
add_link (Rendering *self, const Part *part, const char *words, const char *words_end, const char *address)
{
  g_autofree char *escaped = address != NULL ? paddock_card_inline_escape (address, strlen (address)) : NULL;

  if (escaped != NULL)
    g_string_append_printf (self->out, "<a href=\"%s\">", escaped);
  render (self, words, part, words_end, TRUE);
  if (escaped != NULL)
    g_string_append (self->out, "</a>");
}

/* `code`: it ends where as many of them are as began it. */
static const char *
take_code (Rendering *self, const char *at, const char *end)
{
  gsize count = count_run (at, end, '`');

  for (const char *close = at + count; close < end && close < at + MAX_WORDS;)
    {
      gsize run = count_run (close, end, '`');

      self->effort--;
      if (run == count)
        {
          g_string_append (self->out, "<tt>");
          add_text (self->out, at + count, close);
          g_string_append (self->out, "</tt>");
          return close + count;
        }
      close = run > 0 ? close + run : g_utf8_next_char (close);
    }
  add_text (self->out, at, at + count);
  return at + count;
}

/* The bracket that closes the one at the begin; NULL: there is none near. */
static const char *
find_bracket (Rendering *self, const char *at, const char *end, char open, char close)
{
  guint depth = 0;

  for (const char *limit = MIN (end, at + MAX_WORDS); at < limit; at++)
    {
      self->effort--;
      if (*at == '\\' && at + 1 < limit)
        at++;
      else if (*at == open)
        depth++;
      else if (*at == close && --depth == 0)
        return at;
    }
  return NULL;
}

/* "[words](address "title")" and "[words][name]"; before it, where it is a picture, an exclamation mark. */
static const char *
take_link (Rendering *self, const Part *part, const char *at, gboolean is_picture)
{
  const char *close = find_bracket (self, at, part->end, '[', ']');
  const char *to = close != NULL ? close + 1 : NULL;
  const char *last = NULL;
  g_autofree char *address = NULL;

  if (to != NULL && to < part->end && *to == '(')
    last = find_bracket (self, to, part->end, '(', ')');
  else if (to != NULL && to < part->end && *to == '[')
    last = find_bracket (self, to, part->end, '[', ']');
  if (last == NULL)
    return NULL;
  if (*to == '(' && !is_picture && !part->in_link)
    {
      const char *begin = to + 1, *end;

      while (begin < last && (g_ascii_isspace (*begin) || *begin == '<'))
        begin++;
      for (end = begin; end < last && !g_ascii_isspace (*end) && *end != '>'; end++)
        ;
      address = make_address (self, begin, end);
    }
  add_link (self, part, at + 1, close, address);
  return last + 1;
}

static gboolean
is_tag (const char *tag, gsize length, const char *name)
{
  return length == strlen (name) && g_ascii_strncasecmp (tag, name, length) == 0;
}

/* What stands behind a name in a tag, with or without quotes: from begin to the return value; NULL: nothing does. */
static const char *
find_attribute (const char *tag, const char *end, const char *name, const char **begin)
{
  gsize length = strlen (name);

  for (const char *at = tag; at + length + 1 < end; at++)
    {
      const char *value = at + length + 1;
      char quote;

      if (!g_ascii_isspace (*at) || g_ascii_strncasecmp (at + 1, name, length) != 0 || *value != '=')
        continue;
      quote = value + 1 < end && (value[1] == '"' || value[1] == '\'') ? value[1] : '\0';
      *begin = quote != '\0' ? value + 2 : value + 1;
      for (at = *begin; at < end && (quote != '\0' ? *at != quote : !g_ascii_isspace (*at)); at++)
        ;
      return at;
    }
  return NULL;
}

/* Where "</name>" begins. */
static const char *
find_end_tag (Rendering *self, const char *at, const char *end, const char *name)
{
  gsize length = strlen (name);

  for (const char *limit = MIN (end, at + MAX_WORDS); at + length + 2 < limit; at++, self->effort--)
    if (at[0] == '<' && at[1] == '/' && g_ascii_strncasecmp (at + 2, name, length) == 0 && at[length + 2] == '>')
      return at;
  return NULL;
}

/* Tags that say how words look, or where they lead; others are left out. at: behind the bracket, close: the one that ends it. */
static const char *
take_tag (Rendering *self, const Part *part, const char *at, const char *close)
{
  static const struct
  {
    const char *html, *label;
  } known[] = { { "b", "b" }, { "strong", "b" }, { "i", "i" }, { "em", "i" }, { "code", "tt" }, { "del", "s" } };
  const char *begin, *end, *last;
  gsize length = 0;

  while (at + length < close && g_ascii_isalnum (at[length]))
    length++;
  if (is_tag (at, length, "br"))
    g_string_append_c (self->out, '\n');
  else if (is_tag (at, length, "img") && (end = find_attribute (at, close, "alt", &begin)) != NULL)
    add_text (self->out, begin, end);
  else if (is_tag (at, length, "a") && !part->in_link && (last = find_end_tag (self, close + 1, part->end, "a")) != NULL)
    {
      g_autofree char *address = NULL;

      end = find_attribute (at, close, "href", &begin);
      address = end != NULL ? make_address (self, begin, end) : NULL;
      add_link (self, part, close + 1, last, address);
      return last + strlen ("</a>");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (is_tag (at, length, known[i].html) && (last = find_end_tag (self, close + 1, part->end, known[i].html)) != NULL)
      {
        g_string_append_printf (self->out, "<%s>", known[i].label);
        render (self, close + 1, part, last, part->in_link);
        g_string_append_printf (self->out, "</%s>", known[i].label);
        return last + strlen (known[i].html) + strlen ("</>");
      }
  return close + 1;
}

/* "<https://…>", a tag, or only what it looks like. */
static const char *
take_angle (Rendering *self, const Part *part, const char *at)
{
  const char *close = memchr (at, '>', (gsize) (MIN (part->end, at + MAX_WORDS) - at));

  self->effort -= close != NULL ? close - at : MAX_WORDS;
  if (close == NULL || (!g_ascii_isalpha (at[1]) && at[1] != '/' && at[1] != '!'))
    return NULL;
  if (g_str_has_prefix (at + 1, "http://") || g_str_has_prefix (at + 1, "https://"))
    {
      g_autofree char *address = !part->in_link ? make_address (self, at + 1, close) : NULL;
      Part words = *part;

      words.depth = MAX_DEPTH;
      add_link (self, &words, at + 1, close, address);
      return close + 1;
    }
  return take_tag (self, part, at + 1, close);
}

/* An address that stands in the text as it is. */
static const char *
take_bare_address (Rendering *self, const Part *part, const char *at)
{
  gsize length = 0;
  g_autofree char *address = NULL;
  Part words = *part;

  while (at + length < part->end && !g_ascii_isspace (at[length]) && strchr ("<>\"'`|", at[length]) == NULL)
    length++;
  while (length > 0 && strchr (".,;:!?)*_", at[length - 1]) != NULL)
    length--;
  address = make_address (self, at, at + length);
  words.depth = MAX_DEPTH;
  add_link (self, &words, at, at + length, address);
  return at + length;
}

static const char *
take_entity (Rendering *self, const char *at, const char *end)
{
  static const struct
  {
    const char *name;
    gunichar character;
  } known[] = { { "amp;", '&' }, { "lt;", '<' }, { "gt;", '>' }, { "quot;", '"' }, { "nbsp;", 0xa0 }, { "mdash;", 0x2014 } };
  guint64 number = 0;
  gsize length;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if ((gsize) (end - at - 1) >= strlen (known[i].name) && strncmp (at + 1, known[i].name, strlen (known[i].name)) == 0)
      {
        add_character (self->out, known[i].character);
        return at + 1 + strlen (known[i].name);
      }
  if (end - at < 4 || at[1] != '#')
    return NULL;
  for (length = 2; at + length < end && g_ascii_isdigit (at[length]) && length < 9; length++)
    number = number * 10 + (guint64) g_ascii_digit_value (at[length]);
  if (length == 2 || at + length >= end || at[length] != ';' || !g_unichar_validate ((gunichar) number) || number == 0)
    return NULL;
  add_character (self->out, (gunichar) number);
  return at + length + 1;
}

static gboolean
is_word (const char *begin, const char *at, const char *end)
{
  return at >= begin && at < end && (g_ascii_isalnum (*at) || (guchar) *at >= 0x80);
}

/* Where so many of a mark close what they began. */
static const char *
find_close (Rendering *self, const Part *part, const char *at, char mark, gsize count)
{
  for (; at < part->end; at++)
    {
      gsize run = count_run (at, part->end, mark);

      self->effort--;
      if (*at == '\\' && at + 1 < part->end)
        at++;
      else if ((run == count || run == 3) && !g_ascii_isspace (at[-1])
               && (mark != '_' || !is_word (self->begin, at + run, part->end)))
        return at + run - count;
      else if (run > 0)
        at += run - 1;
    }
  return NULL;
}

/* *so*, **so**, ~~so~~: what is not closed is not begun. */
static const char *
take_mark (Rendering *self, Part *part, const char *at, guint kind)
{
  static const char *const tags[N_MARKS][3] = { { "i", "b", "b" }, { "i", "b", "b" }, { NULL, "s", NULL } };
  gsize run = count_run (at, part->end, marks[kind]);
  gsize count = MIN (run, 3);
  const char *inner = at + count, *close = NULL;

  if (run <= 3 && tags[kind][count - 1] != NULL && !part->unclosed[kind][count - 1] && inner < part->end
      && !g_ascii_isspace (*inner) && (kind != UNDERLINE || !is_word (self->begin, at - 1, part->end)))
    {
      close = find_close (self, part, inner, marks[kind], count);
      part->unclosed[kind][count - 1] = close == NULL;
    }
  if (close == NULL || close == inner)
    {
      add_text (self->out, at, at + run);
      return at + run;
    }
  g_string_append_printf (self->out, count == 3 ? "<%s><i>" : "<%s>", tags[kind][count - 1]);
  render (self, inner, part, close, part->in_link);
  g_string_append_printf (self->out, count == 3 ? "</i></%s>" : "</%s>", tags[kind][count - 1]);
  return close + count;
}

/* What is more than a character; NULL: it is none. */
static const char *
take_special (Rendering *self, Part *part, const char *at)
{
  const char *end = part->end;

  for (guint kind = 0; kind < N_MARKS; kind++)
    if (*at == marks[kind])
      return take_mark (self, part, at, kind);
  switch (*at)
    {
    case '`':
      return take_code (self, at, end);
    case '[':
      return take_link (self, part, at, FALSE);
    case '!':
      return at + 1 < end && at[1] == '[' ? take_link (self, part, at + 1, TRUE) : NULL;
    case '<':
      return at + 1 < end ? take_angle (self, part, at) : NULL;
    case '&':
      return take_entity (self, at, end);
    case 'h':
      if (part->in_link || is_word (self->begin, at - 1, end)
          || (strncmp (at, "http://", MIN (7, (gsize) (end - at))) != 0
              && strncmp (at, "https://", MIN (8, (gsize) (end - at))) != 0)
          || end - at < 10)
        return NULL;
      return take_bare_address (self, part, at);
    case '\\':
      if (at + 1 >= end || !g_ascii_ispunct (at[1]))
        return NULL;
      add_character (self->out, (gunichar) at[1]);
      return at + 2;
    default:
      return NULL;
    }
}

static void
render (Rendering *self, const char *at, const Part *around, const char *end, gboolean in_link)
{
  Part part = { .end = end, .depth = around != NULL ? around->depth + 1 : 0, .in_link = in_link };

  while (at < end)
    {
      const char *next = part.depth < MAX_DEPTH && self->effort > 0 ? take_special (self, &part, at) : NULL;

      if (next == NULL)
        {
          add_character (self->out, g_utf8_get_char (at));
          next = g_utf8_next_char (at);
        }
      at = next;
    }
}

/**
 * paddock_card_inline_render:
 * @text: Markdown
 * @length: of it
 * @base: an address
 *
 * Returns: (transfer full): what a label shows
 */
char *
paddock_card_inline_render (const char *text, gsize length, const char *base)
{
  g_autoptr (GUri) address = paddock_web_address_parse (base, NULL);
  Rendering rendering = { g_string_sized_new (length), text, address, (gint64) length * EFFORT + MAX_WORDS };

  render (&rendering, text, NULL, text + length, FALSE);
  return g_string_free (rendering.out, FALSE);
}
