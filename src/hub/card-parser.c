/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "card-parser.h"

#include <string.h>

#include "card-inline.h"

#define MAX_BLOCKS 5000
#define MAX_LEVEL 6
#define MAX_CELLS 64
#define CODE_INDENT 4

typedef struct
{
  /* Owned */
  GPtrArray *blocks;
  GString *words; /* of the paragraph, item or quote that is under way */

  /* Borrowed */
  char **lines;
  const char *base;

  guint at;
  PaddockCardKind kind; /* of the words */
  guint level, number;
  guint indents[MAX_LEVEL], n_indents; /* of the items that are open */
} Parsing;

static void
add_block (Parsing *self, PaddockCardKind kind, guint level, guint number, char *markup)
{
  if (self->blocks->len < MAX_BLOCKS)
    g_ptr_array_add (self->blocks, paddock_card_block_new (kind, level, number, markup));
  else
    g_free (markup);
}

static gboolean
is_blank (const char *line)
{
  return line[strspn (line, " \t")] == '\0';
}

/* The words that were gathered become a block. */
static void
end_words (Parsing *self)
{
  g_autofree char *markup = NULL;

  while (self->words->len > 0 && g_ascii_isspace (self->words->str[self->words->len - 1]))
    g_string_truncate (self->words, self->words->len - 1);
  markup = self->words->len > 0 ? paddock_card_inline_render (self->words->str, self->words->len, self->base) : NULL;
  /* Of tags alone nothing is left. */
  if (markup != NULL && !is_blank (g_strstrip (markup)))
    add_block (self, self->kind, self->level, self->number, g_steal_pointer (&markup));
  g_string_truncate (self->words, 0);
  self->kind = PADDOCK_CARD_PARAGRAPH;
  self->level = self->number = 0;
}

static void
begin_words (Parsing *self, PaddockCardKind kind, guint level, guint number)
{
  end_words (self);
  self->kind = kind;
  self->level = level;
  self->number = number;
}

static void
add_words (Parsing *self, const char *line)
{
  gsize length = strlen (line);
  gboolean breaks = length > 2 && (g_str_has_suffix (line, "  ") || line[length - 1] == '\\');

  while (length > 0 && (g_ascii_isspace (line[length - 1]) || (breaks && line[length - 1] == '\\')))
    length--;
  if (self->words->len > 0 && self->words->str[self->words->len - 1] != '\n')
    g_string_append_c (self->words, ' ');
  g_string_append_len (self->words, line, (gssize) length);
  if (breaks)
    g_string_append_c (self->words, '\n');
}

/* How far in it begins, and what stands there. */
static guint
measure_indent (const char **line)
{
  guint indent = 0;

  for (; **line == ' ' || **line == '\t'; (*line)++)
    indent += **line == '\t' ? CODE_INDENT - indent % CODE_INDENT : 1;
  return indent;
}

/* So many of one character, at least three, with nothing else than blanks. */
static gboolean
is_rule (const char *line)
{
  char mark = *line;
  guint count = 0;

  if (mark == '\0' || strchr ("-*_", mark) == NULL)
    return FALSE;
  for (; *line != '\0'; line++)
    if (*line == mark)
      count++;
    else if (!g_ascii_isspace (*line))
      return FALSE;
  return count >= 3;
}

static gsize
count_fence (const char *line)
{
  gsize count = *line == '`' ? strspn (line, "`") : *line == '~' ? strspn (line, "~") : 0;

  return count >= 3 ? count : 0;
}

static void
add_code (Parsing *self, GString *code)
{
  while (code->len > 0 && code->str[code->len - 1] == '\n')
    g_string_truncate (code, code->len - 1);
  if (code->len > 0)
    add_block (self, PADDOCK_CARD_CODE, 0, 0, paddock_card_inline_escape (code->str, code->len));
}

/* Up to the fence that closes it, or the end. */
static void
take_fenced (Parsing *self, const char *first, gsize count)
{
  g_autoptr (GString) code = g_string_new (NULL);
  char mark = *first;

  end_words (self);
  for (self->at++; self->lines[self->at] != NULL; self->at++)
    {
      const char *line = self->lines[self->at];
      const char *inner = line + strspn (line, " \t");

      if (*inner == mark && count_fence (inner) >= count)
        {
          self->at++;
          break;
        }
      g_string_append_printf (code, "%s%s", code->len > 0 ? "\n" : "", line);
    }
  add_code (self, code);
}

static void
take_indented (Parsing *self)
{
  g_autoptr (GString) code = g_string_new (NULL);

  for (; self->lines[self->at] != NULL; self->at++)
    {
      const char *line = self->lines[self->at];

      if (measure_indent (&line) < CODE_INDENT && *line != '\0')
        break;
      g_string_append_printf (code, "%s%s", code->len > 0 ? "\n" : "", line);
    }
  add_code (self, code);
}

static void
add_heading (Parsing *self, const char *text, guint level)
{
  gsize length = strlen (text);
  g_autofree char *markup = NULL;

  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  markup = g_strstrip (paddock_card_inline_render (text, length, self->base));
  if (*markup != '\0')
    add_block (self, PADDOCK_CARD_HEADING, level, 0, g_steal_pointer (&markup));
}

/* "## Words ##" */
static gboolean
take_heading (Parsing *self, const char *line)
{
  guint level = (guint) strspn (line, "#");
  g_autofree char *text = NULL;
  gsize length;

  if (level < 1 || level > 6 || (line[level] != ' ' && line[level] != '\t' && line[level] != '\0'))
    return FALSE;
  end_words (self);
  text = g_strstrip (g_strdup (line + level));
  length = strlen (text);
  while (length > 0 && text[length - 1] == '#')
    length--;
  if (length == 0 || g_ascii_isspace (text[length - 1]))
    text[length] = '\0';
  add_heading (self, text, level);
  return TRUE;
}

/* "<h1 align="center">Words</h1>" on one line, or its begin. */
static gboolean
take_html_heading (Parsing *self, const char *line)
{
  const char *close;
  g_autofree char *text = NULL;
  char *end;

  if (line[0] != '<' || (line[1] != 'h' && line[1] != 'H') || line[2] < '1' || line[2] > '6' || g_ascii_isalnum (line[3]))
    return FALSE;
  close = strchr (line, '>');
  text = close != NULL ? g_strdup (close + 1) : NULL;
  end = text != NULL ? strstr (text, "</h") : NULL;
  if (end == NULL)
    return FALSE;
  *end = '\0';
  end_words (self);
  add_heading (self, text, (guint) (line[2] - '0'));
  return TRUE;
}

/* What no reader sees: comments, styles and scripts, up to their end. */
static gboolean
skip_unseen (Parsing *self, const char *line)
{
  static const struct
  {
    const char *begin, *end;
  } kinds[] = { { "<!--", "-->" }, { "<style", "</style>" }, { "<script", "</script>" } };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_ascii_strncasecmp (line, kinds[i].begin, strlen (kinds[i].begin)) != 0)
        continue;
      end_words (self);
      while (self->lines[self->at] != NULL && strstr (self->lines[self->at], kinds[i].end) == NULL)
        self->at++;
      if (self->lines[self->at] != NULL)
        self->at++;
      return TRUE;
    }
  return FALSE;
}

/* The length of "- " or "12. "; 0: no item begins here. */
static gsize
measure_mark (const char *line, guint *number)
{
  gsize digits = strspn (line, "0123456789");
  gsize length = 0;

  *number = 0;
  if (digits > 0 && digits <= 6 && (line[digits] == '.' || line[digits] == ')'))
    {
      *number = (guint) g_ascii_strtoull (line, NULL, 10);
      length = digits + 1;
    }
  else if (*line == '-' || *line == '*' || *line == '+')
    length = 1;
  return length > 0 && (line[length] == ' ' || line[length] == '\t') ? length + 1 : 0;
}

static gboolean
take_item (Parsing *self, const char *line, guint indent)
{
  guint number;
  gsize length = measure_mark (line, &number);

  if (length == 0)
    return FALSE;
  while (self->n_indents > 0 && indent < self->indents[self->n_indents - 1])
    self->n_indents--;
  if (self->n_indents == 0 || (indent >= self->indents[self->n_indents - 1] + 2 && self->n_indents < MAX_LEVEL))
    self->indents[self->n_indents++] = indent;
  begin_words (self, PADDOCK_CARD_ITEM, self->n_indents, number);
  add_words (self, line + length + strspn (line + length, " \t"));
  return TRUE;
}

static gboolean
take_quote (Parsing *self, const char *line)
{
  guint level = 0;

  if (*line != '>')
    return FALSE;
  for (; *line == '>' || *line == ' '; line++)
    level += *line == '>';
  level = MIN (level, MAX_LEVEL);
  /* "[!NOTE]" only says how to draw it. */
  if (self->kind != PADDOCK_CARD_QUOTE || self->level != level || is_blank (line))
    begin_words (self, PADDOCK_CARD_QUOTE, level, 0);
  if (!g_str_has_prefix (line, "[!"))
    add_words (self, line);
  return TRUE;
}

/* The cells of "| a | b \| c |". */
static GStrv
split_cells (const char *line)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  g_autoptr (GString) cell = g_string_new (NULL);
  guint count = 0;

  line += strspn (line, " \t");
  line += *line == '|';
  for (; *line != '\0'; line++)
    {
      if (*line == '\\' && line[1] == '|')
        g_string_append_c (cell, *++line);
      else if (*line != '|')
        g_string_append_c (cell, *line);
      if (*line == '|' && line[-1] != '\\')
        {
          if (count++ < MAX_CELLS)
            g_strv_builder_take (cells, g_strstrip (g_strdup (cell->str)));
          g_string_truncate (cell, 0);
        }
    }
  if (!is_blank (cell->str) && count < MAX_CELLS)
    g_strv_builder_take (cells, g_strstrip (g_strdup (cell->str)));
  return g_strv_builder_end (cells);
}

/* "|:---|---:|": how many columns; 0: it is no such line. */
static guint
count_columns (const char *line)
{
  g_auto (GStrv) cells = NULL;

  if (line == NULL || strchr (line, '-') == NULL || strchr (line, '|') == NULL || line[strspn (line, "|:- \t")] != '\0')
    return 0;
  cells = split_cells (line);
  for (guint i = 0; cells[i] != NULL; i++)
    if (strchr (cells[i], '-') == NULL)
      return 0;
  return g_strv_length (cells);
}

static void
add_row (Parsing *self, PaddockCardBlock *table, const char *line, guint columns)
{
  g_auto (GStrv) cells = split_cells (line);
  guint count = g_strv_length (cells);
  GStrv row = g_new0 (char *, columns + 1);

  for (guint i = 0; i < columns; i++)
    row[i] = i < count ? paddock_card_inline_render (cells[i], strlen (cells[i]), self->base) : g_strdup ("");
  g_ptr_array_add (table->rows, row);
}

static gboolean
take_table (Parsing *self, const char *line)
{
  guint columns = strchr (line, '|') != NULL ? count_columns (self->lines[self->at + 1]) : 0;
  g_autoptr (PaddockCardBlock) table = NULL;

  if (columns == 0)
    return FALSE;
  end_words (self);
  table = paddock_card_block_new (PADDOCK_CARD_TABLE, 0, 0, NULL);
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  add_row (self, table, line, columns);
  for (self->at += 2;
       self->lines[self->at] != NULL && strchr (self->lines[self->at], '|') != NULL && table->rows->len < MAX_BLOCKS; self->at++)
    add_row (self, table, self->lines[self->at], columns);
  if (self->blocks->len < MAX_BLOCKS)
    g_ptr_array_add (self->blocks, g_steal_pointer (&table));
  return TRUE;
}

/* Words with a line under them. */
static gboolean
take_underline (Parsing *self, const char *line)
{
  gsize length = strspn (line, *line == '=' ? "=" : "-");
  g_autofree char *words = NULL;

  if (self->words->len == 0 || self->kind != PADDOCK_CARD_PARAGRAPH || length == 0 || !is_blank (line + length)
      || (*line == '-' && length < 2))
    return FALSE;
  words = g_strdup (self->words->str);
  g_string_truncate (self->words, 0);
  add_heading (self, words, *line == '=' ? 1 : 2);
  return TRUE;
}

/* "[name]: address" says what is meant elsewhere. */
static gboolean
is_definition (const char *line)
{
  const char *close = *line == '[' ? strstr (line, "]:") : NULL;

  return close != NULL && memchr (line, ' ', (gsize) (close - line)) == NULL;
}

/* One line, or as many as belong together; then the next one is another. */
static void
take_line (Parsing *self)
{
  const char *line = self->lines[self->at];
  guint indent = measure_indent (&line);
  gsize fence = count_fence (line);

  if (*line == '\0')
    {
      end_words (self);
      self->at++;
    }
  else if (fence > 0)
    take_fenced (self, line, fence);
  else if (indent >= CODE_INDENT && self->words->len == 0 && self->n_indents == 0)
    take_indented (self);
  else if (skip_unseen (self, line) || take_table (self, line))
    return;
  else
    {
      self->at++;
      if (take_heading (self, line) || take_html_heading (self, line) || take_underline (self, line))
        self->n_indents = 0;
      else if (is_rule (line))
        {
          end_words (self);
          add_block (self, PADDOCK_CARD_RULE, 0, 0, NULL);
          self->n_indents = 0;
        }
      else if (!take_item (self, line, indent) && !take_quote (self, line) && !(self->words->len == 0 && is_definition (line)))
        {
          if (self->words->len == 0 && indent == 0)
            self->n_indents = 0;
          add_words (self, line);
        }
    }
}

/* What is said to programs, between lines of dashes at the begin. */
static guint
skip_front (char **lines)
{
  if (lines[0] == NULL || !g_str_has_prefix (lines[0], "---") || !is_blank (lines[0] + 3))
    return 0;
  for (guint i = 1; lines[i] != NULL; i++)
    if ((g_str_has_prefix (lines[i], "---") || g_str_has_prefix (lines[i], "...")) && is_blank (lines[i] + 3))
      return i + 1;
  return 0;
}

static char **
split_lines (const char *text, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) length);
  char **lines = g_strsplit (g_str_has_prefix (valid, "\xef\xbb\xbf") ? valid + 3 : valid, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize end = strlen (lines[i]);

      if (end > 0 && lines[i][end - 1] == '\r')
        lines[i][end - 1] = '\0';
    }
  return lines;
}

/**
 * paddock_card_parser_run:
 * @text: what somebody wrote
 * @length: in bytes
 * @base: an address
 *
 * Returns: (transfer full) (element-type PaddockCardBlock): what is to be shown
 */
GPtrArray *
paddock_card_parser_run (const char *text, gsize length, const char *base)
{
  g_auto (GStrv) lines = split_lines (text, length);
  Parsing parsing = { .lines = lines, .base = base };

  parsing.blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_card_block_free);
  parsing.words = g_string_new (NULL);
  parsing.kind = PADDOCK_CARD_PARAGRAPH;
  parsing.at = skip_front (lines);
  while (lines[parsing.at] != NULL)
    take_line (&parsing);
  end_words (&parsing);
  g_string_free (parsing.words, TRUE);
  return parsing.blocks;
}
