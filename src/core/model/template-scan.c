/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/template-scan.h"

#include <string.h>

#define MAX_OPEN_BLOCKS 256
/* A loop over so many numbers does nothing but keep the computer busy. */
#define LARGEST_RANGE_DIGITS 6

/* The way out of a sandbox, or out of a template into the program, always leads over one of these. */
static const char *const dangers[] = {
  "__globals__", "__builtins__", "__import__", "__class__", "__subclasses__", "__mro__", "__base__", "__bases__",
  "__init__", "__dict__", "__getattribute__", "__getitem__", "__code__", "__reduce__", "__loader__", "__spec__",
  "\\x5f\\x5f", "\\u005f", "|attr(", "| attr(", "|attr (", "| attr (", "os.popen", "os.system", "subprocess", "lipsum",
  "cycler.", "joiner.", "eval(", "exec(", "open(",
};

/* A name that stands for itself: "eval(" but not "retrieval(". */
static const char *
find_word (const char *source, const char *word)
{
  gboolean word_begins = g_ascii_isalpha (*word);

  for (const char *place = strstr (source, word); place != NULL; place = strstr (place + 1, word))
    if (!word_begins || place == source || !(g_ascii_isalnum (place[-1]) || place[-1] == '_' || place[-1] == '-'))
      return place;
  return NULL;
}

static gboolean
has_huge_range (const char *source)
{
  for (const char *place = strstr (source, "range("); place != NULL; place = strstr (place + 1, "range("))
    {
      const char *end = strpbrk (place, ")%}");
      gsize length = end != NULL ? (gsize) (end - place) : strlen (place);

      for (gsize i = strlen ("range("); i < length; i++)
        {
          gsize digits = strspn (place + i, "0123456789_");

          if (digits > LARGEST_RANGE_DIGITS || (digits > 0 && place[i + digits] == '*' && place[i + digits + 1] == '*'))
            return TRUE;
          i += digits;
        }
    }
  return FALSE;
}

/* In one pass over both kinds: a template with a million of one kind and none of the other would take for ever else. */
static const char *
find_tag (const char *source)
{
  const char *begin = strchr (source, '{');

  while (begin != NULL && begin[1] != '{' && begin[1] != '%')
    begin = strchr (begin + 1, '{');
  return begin;
}

/* Text outside of {{ }} and {% %} is only printed: a model may well be told about open(). */
static char *
dup_code (const char *source)
{
  GString *code = g_string_new (NULL);
  const char *begin;

  while ((begin = find_tag (source)) != NULL)
    {
      const char *end = strstr (begin + 2, begin[1] == '{' ? "}}" : "%}");

      g_string_append_len (code, begin, end != NULL ? end - begin : (gssize) strlen (begin));
      g_string_append_c (code, '\n');
      if (end == NULL)
        break;
      source = end;
    }
  return g_string_free (code, FALSE);
}

/**
 * paddock_template_scan_find_danger:
 * @source: a template
 *
 * Returns: (nullable): what is dangerous about it
 */
const char *
paddock_template_scan_find_danger (const char *source)
{
  g_autofree char *code = dup_code (source);

  for (guint i = 0; i < G_N_ELEMENTS (dangers); i++)
    if (find_word (code, dangers[i]) != NULL)
      return dangers[i];
  return has_huge_range (code) ? "range" : NULL;
}

typedef struct
{
  const char *rest;
  const char *open[MAX_OPEN_BLOCKS]; /* static words */
  guint n_open;
  char *fault;
} Scan;

static const char *const block_words[] = { "if", "for", "macro", "call", "filter" };

static gboolean
word_is (const char *text, gsize length, const char *word)
{
  return strlen (word) == length && strncmp (text, word, length) == 0;
}

static void
see_statement (Scan *scan, const char *statement)
{
  const char *word = statement + strspn (statement, "-+ \t\r\n");
  gsize length = strspn (word, "abcdefghijklmnopqrstuvwxyz");

  for (guint i = 0; i < G_N_ELEMENTS (block_words); i++)
    {
      if (word_is (word, length, block_words[i]))
        {
          if (scan->n_open == MAX_OPEN_BLOCKS)
            scan->fault = g_strdup_printf ("%u × {%% … %%}", MAX_OPEN_BLOCKS);
          else
            scan->open[scan->n_open++] = block_words[i];
        }
      else if (length > 3 && strncmp (word, "end", 3) == 0 && word_is (word + 3, length - 3, block_words[i]))
        {
          if (scan->n_open == 0 || scan->open[scan->n_open - 1] != block_words[i])
            scan->fault = g_strdup_printf ("{%% end%s %%} without {%% %s %%}", block_words[i], block_words[i]);
          else
            scan->n_open--;
        }
    }
}

/* The end of a tag. What stands in quotes does not end it, nor do the braces of a dictionary: {{ {"a": {"b": 1}} }}. */
static const char *
find_end (const char *text, const char *closer)
{
  char quote = '\0';
  guint depth = 0;

  for (; *text != '\0'; text++)
    {
      if (quote != '\0' && *text == '\\' && text[1] != '\0')
        text++;
      else if (quote != '\0')
        quote = *text == quote ? '\0' : quote;
      else if (*text == '\'' || *text == '"')
        quote = *text;
      else if (strncmp (text, closer, 2) == 0 && (depth == 0 || *closer == '%'))
        return text;
      else if (*text == '{')
        depth++;
      else if (*text == '}' && depth > 0)
        depth--;
    }
  return NULL;
}

/* {% raw %}: nothing means anything until {% endraw %}. */
static const char *
skip_raw (const char *statement, const char *end)
{
  const char *word = statement + strspn (statement, "-+ \t\r\n");
  gsize length = strspn (word, "abcdefghijklmnopqrstuvwxyz");
  const char *over;

  if (!word_is (word, length, "raw"))
    return end;
  over = strstr (end, "endraw");
  return over != NULL ? over : end;
}

static gboolean
see_next_tag (Scan *scan)
{
  const char *begin = strchr (scan->rest, '{');
  const char *end;

  while (begin != NULL && begin[1] != '{' && begin[1] != '%' && begin[1] != '#')
    begin = strchr (begin + 1, '{');
  if (begin == NULL)
    return FALSE;
  if (begin[1] == '#')
    end = strstr (begin + 2, "#}");
  else
    end = find_end (begin + 2, begin[1] == '{' ? "}}" : "%}");
  if (end == NULL)
    {
      scan->fault = g_strdup_printf ("{%c without %c}", begin[1], begin[1] == '{' ? '}' : begin[1]);
      return FALSE;
    }
  if (begin[1] == '%')
    {
      see_statement (scan, begin + 2);
      end = skip_raw (begin + 2, end);
    }
  scan->rest = end + 2;
  return scan->fault == NULL;
}

/**
 * paddock_template_scan_find_fault:
 * @source: a template
 *
 * Returns: (transfer full) (nullable): why it cannot be parsed
 */
char *
paddock_template_scan_find_fault (const char *source)
{
  Scan scan = { .rest = source };

  while (see_next_tag (&scan))
    ;
  if (scan.fault == NULL && scan.n_open > 0)
    scan.fault = g_strdup_printf ("{%% %s %%} without {%% end%s %%}", scan.open[scan.n_open - 1], scan.open[scan.n_open - 1]);
  return scan.fault;
}
