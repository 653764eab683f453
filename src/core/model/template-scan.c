/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/template-scan.h"

#include <string.h>

#define MAX_OPEN_BLOCKS 256
/* A number with more digits only serves to keep the computer busy or to fill its memory. */
#define MAX_DIGITS 6
/* One in another, and it is as many times more. */
#define MANY_DIGITS 5

/* The way out of a sandbox, or out of a template into the program, always leads over one of these. */
static const char *const dangers[] = {
  "__globals__", "__builtins__", "__import__", "__class__", "__subclasses__", "__mro__", "__base__", "__bases__",
  "__init__", "__dict__", "__getattribute__", "__getitem__", "__code__", "__reduce__", "__loader__", "__spec__",
  "\\x5f\\x5f", "\\u005f", "|attr(", "| attr(", "|attr (", "| attr (", "os.popen", "os.system", "subprocess", "lipsum",
  "cycler.", "joiner.", "eval(", "exec(", "open(", "_TemplateReference", "url_for", "get_flashed_messages",
  "config.", "request.",
};

/* Chat templates are whole in themselves. */
static const char *const foreign_statements[] = { "include", "import", "from", "extends" };

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

/* range(999999999), "a" * 999999999, 10 ** 9 */
static gboolean
has_huge_number (const char *code)
{
  guint n_large = 0;

  for (const char *place = strpbrk (code, "0123456789"); place != NULL; place = strpbrk (place, "0123456789"))
    {
      gsize digits = strspn (place, "0123456789_");
      const char *behind = place + digits + strspn (place + digits, " ");
      gboolean alone = place == code || !(g_ascii_isalnum (place[-1]) || strchr ("_'\"#-.", place[-1]) != NULL);

      if (alone && (digits > MAX_DIGITS || strncmp (behind, "**", 2) == 0))
        return TRUE;
      n_large += alone && digits >= MANY_DIGITS;
      place += digits;
    }
  return n_large > 1;
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

static gboolean
word_is (const char *text, gsize length, const char *word)
{
  return strlen (word) == length && strncmp (text, word, length) == 0;
}

/* The first word of a statement: statement stands behind its {%. */
static const char *
get_word (const char *statement, gsize *length)
{
  const char *word = statement + strspn (statement, "-+ \t\r\n");

  *length = strspn (word, "abcdefghijklmnopqrstuvwxyz_");
  return word;
}

static gboolean
has_statement (const char *code, const char *statement)
{
  for (const char *place = strstr (code, "{%"); place != NULL; place = strstr (place + 2, "{%"))
    {
      gsize length;
      const char *word = get_word (place + 2, &length);

      if (word_is (word, length, statement))
        return TRUE;
    }
  return FALSE;
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
  for (guint i = 0; i < G_N_ELEMENTS (foreign_statements); i++)
    if (has_statement (code, foreign_statements[i]))
      return foreign_statements[i];
  return has_huge_number (code) ? "10⁷" : NULL;
}

typedef struct
{
  const char *rest;
  const char *open[MAX_OPEN_BLOCKS]; /* static words */
  guint n_open;
  char *fault;
} Scan;

/* Those that have an end of their own. */
static const char *const block_words[] = { "if", "for", "macro", "call", "filter", "generation", "with", "block" };
static const char *const single_words[] = { "else", "elif", "set", "endset", "raw", "endraw", "do", "break", "continue",
                                            "include", "import", "from", "extends", "autoescape", "endautoescape" };

static void
open_block (Scan *scan, const char *block)
{
  if (scan->n_open == MAX_OPEN_BLOCKS)
    scan->fault = g_strdup_printf ("%u × {%% … %%}", MAX_OPEN_BLOCKS);
  else
    scan->open[scan->n_open++] = block;
}

static void
close_block (Scan *scan, const char *block)
{
  if (scan->n_open == 0 || scan->open[scan->n_open - 1] != block)
    scan->fault = g_strdup_printf ("{%% end%s %%} without {%% %s %%}", block, block);
  else
    scan->n_open--;
}

static void
see_statement (Scan *scan, const char *statement)
{
  gsize length;
  const char *word = get_word (statement, &length);

  for (guint i = 0; i < G_N_ELEMENTS (block_words); i++)
    {
      gboolean closes = length > 3 && strncmp (word, "end", 3) == 0 && word_is (word + 3, length - 3, block_words[i]);

      if (closes)
        close_block (scan, block_words[i]);
      else if (word_is (word, length, block_words[i]))
        open_block (scan, block_words[i]);
      else
        continue;
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (single_words); i++)
    if (word_is (word, length, single_words[i]))
      return;
  scan->fault = g_strdup_printf ("{%% %.*s %%}", (int) MIN (length, 40), word);
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
  gsize length;
  const char *word = get_word (statement, &length);
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
  if (begin[1] == '{' && begin + 2 + strspn (begin + 2, "-+ \t\r\n") >= end)
    scan->fault = g_strdup ("{{ }}");
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

  if (source[strspn (source, " \t\r\n")] == '\0')
    return g_strdup ("“”");
  while (see_next_tag (&scan))
    ;
  if (scan.fault == NULL && scan.n_open > 0)
    scan.fault = g_strdup_printf ("{%% %s %%} without {%% end%s %%}", scan.open[scan.n_open - 1], scan.open[scan.n_open - 1]);
  return scan.fault;
}
