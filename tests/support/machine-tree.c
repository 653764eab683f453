/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "machine-tree.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define MAX_INCLUDES 4
#define SUFFIX ".machine"

typedef struct
{
  const char *root;
  char **lines;
  guint at;                          /* the next line */
  guint depth;                       /* of texts that include each other */
} Reader;

typedef struct
{
  gboolean any;
  guint64 first;
  guint64 last;
  guint64 step;
} Range;

static gboolean
fail (const Reader *reader, GError **error, const char *what)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "line %u: %s", reader->at, what);
  return FALSE;
}

/* Takes the number that the text begins with, and the sign that must stand before it. */
static gboolean
take_number (const char **text, const char *sign, guint64 *number)
{
  char *rest = NULL;

  if (!g_str_has_prefix (*text, sign) || !g_ascii_isdigit ((*text)[strlen (sign)]))
    return FALSE;
  *number = g_ascii_strtoull (*text + strlen (sign), &rest, 10);
  *text = rest;
  return TRUE;
}

/* "{0-15}" or "{0-15:2}" */
static gboolean
parse_range (const char *text, Range *range, const char **end)
{
  *range = (Range) { TRUE, 0, 0, 1 };
  if (!take_number (&text, "{", &range->first) || !take_number (&text, "-", &range->last))
    return FALSE;
  if (*text == ':' && (!take_number (&text, ":", &range->step) || range->step == 0))
    return FALSE;
  *end = text + 1;
  return *text == '}';
}

/* "{}", "{/2}", "{+8}", "{-1}", "{%4}" */
static const char *
append_formula (GString *out, const char *text, guint64 number)
{
  const char *end = text + 1;
  char operation = *end;
  guint64 operand = 0;

  if (operation != '}')
    {
      char sign[2] = { operation, '\0' };

      if (strchr ("/%+-", operation) == NULL || !take_number (&end, sign, &operand) || *end != '}')
        return NULL;
      if ((operation == '/' || operation == '%') && operand == 0)
        return NULL;
    }
  switch (operation)
    {
    case '/':
      number /= operand;
      break;
    case '%':
      number %= operand;
      break;
    case '+':
      number += operand;
      break;
    case '-':
      number -= operand;
      break;
    default:
      break;
    }
  g_string_append_printf (out, "%" G_GUINT64_FORMAT, number);
  return end + 1;
}

/* What the text says for one number of a range; without a range, braces mean themselves. */
static void
append_text (GString *out, const char *text, const Range *range, guint64 number)
{
  while (*text != '\0')
    {
      const char *next = *text == '{' && range->any ? append_formula (out, text, number) : NULL;

      if (next == NULL)
        {
          g_string_append_c (out, *text);
          next = text + 1;
        }
      text = next;
    }
}

static void
append_unescaped (GString *out, const char *text)
{
  for (; *text != '\0'; text++)
    {
      guint hex;

      if (*text != '\\' || text[1] == '\0')
        {
          g_string_append_c (out, *text);
          continue;
        }
      text++;
      if (*text == 't')
        g_string_append_c (out, '\t');
      else if (*text == 'n')
        g_string_append_c (out, '\n');
      else if (*text == '0')
        g_string_append_c (out, '\0');
      else if (*text == 'x' && g_ascii_isxdigit (text[1]) && g_ascii_isxdigit (text[2]))
        {
          hex = (guint) (g_ascii_xdigit_value (text[1]) << 4 | g_ascii_xdigit_value (text[2]));
          g_string_append_c (out, (char) hex);
          text += 2;
        }
      else
        g_string_append_c (out, *text);
    }
}

static char *
make_place (const Reader *reader, const char *path)
{
  char *place = g_build_filename (reader->root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (place);

  if (g_mkdir_with_parents (folder, 0755) != 0)
    g_clear_pointer (&place, g_free);
  return place;
}

static gboolean
write_file (const Reader *reader, const char *path, GString *content, GError **error)
{
  g_autofree char *place = make_place (reader, path);

  if (place == NULL)
    return fail (reader, error, g_strerror (errno));
  /* Thousands of files, which need not survive a power cut. */
  return g_file_set_contents_full (place, content->str, (gssize) content->len, G_FILE_SET_CONTENTS_NONE, 0644, error);
}

static gboolean
write_link (const Reader *reader, const char *path, const char *target, GError **error)
{
  g_autofree char *place = make_place (reader, path);

  if (place != NULL)
    unlink (place);
  if (place == NULL || symlink (target, place) != 0)
    return fail (reader, error, g_strerror (errno));
  return TRUE;
}

/* The text for a file: one line, or the indented lines that follow. */
static char *
take_content (Reader *reader, const char *line)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (*line != '\0')
    {
      g_string_append (text, line);
      if (g_str_has_suffix (line, "\\c"))
        g_string_truncate (text, text->len - 2);
      else
        g_string_append (text, "\n");
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
  for (; reader->lines[reader->at] != NULL && g_str_has_prefix (reader->lines[reader->at], "  "); reader->at++)
    g_string_append_printf (text, "%s\n", reader->lines[reader->at] + 2);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* One file with everything in it, where the range stands behind a blank. */
static gboolean
write_repeated (const Reader *reader, const char *path, const Range *range, const char *text, GError **error)
{
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (GString) content = g_string_new (NULL);

  for (guint64 number = range->first; number <= range->last; number += range->step)
    append_text (said, text, range, number);
  append_unescaped (content, said->str);
  return write_file (reader, path, content, error);
}

static gboolean
write_each (const Reader *reader, const char *before, const char *after, const Range *range, const char *text, gboolean link,
            GError **error)
{
  for (guint64 number = range->first; number <= range->last; number += range->step)
    {
      g_autoptr (GString) said = g_string_new (NULL);
      g_autoptr (GString) content = g_string_new (NULL);
      g_autoptr (GString) path = g_string_new (before);

      if (range->any)
        g_string_append_printf (path, "%" G_GUINT64_FORMAT, number);
      append_text (path, after, range, number);
      append_text (said, text, range, number);
      append_unescaped (content, said->str);
      if (link ? !write_link (reader, path->str, said->str, error) : !write_file (reader, path->str, content, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_entry (Reader *reader, const char *path, const char *text, gboolean link, GError **error)
{
  const char *brace = strchr (path, '{');
  const char *end = NULL;
  Range range = { FALSE, 0, 0, 1 };
  g_autofree char *before = NULL;

  if (brace == NULL)
    return write_each (reader, path, "", &range, text, link, error);
  if (!parse_range (brace, &range, &end))
    return fail (reader, error, "a range is written {0-15} or {0-15:2}");
  before = g_strndup (path, brace - path);
  if (!g_str_has_suffix (before, " "))
    return write_each (reader, before, end, &range, text, link, error);
  return write_repeated (reader, g_strchomp (before), &range, text, error);
}

static gboolean
read_text (const char *root, const char *text, guint depth, GError **error);

static gboolean
include (Reader *reader, const char *name, GError **error)
{
  g_autofree char *file = g_strconcat (name, SUFFIX, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "machines", file, NULL);
  g_autofree char *text = NULL;

  if (reader->depth == MAX_INCLUDES)
    return fail (reader, error, "machines include each other");
  return g_file_get_contents (path, &text, NULL, error) &&
         read_text (reader->root, text, reader->depth + 1, error);
}

static gboolean
read_entry (Reader *reader, char *line, GError **error)
{
  char *arrow = strstr (line, " -> ");
  char *colon = strstr (line, ": ");
  g_autofree char *content = NULL;

  if (g_str_has_prefix (line, "include "))
    return include (reader, line + strlen ("include "), error);
  if (*line != '/')
    return fail (reader, error, "a path begins with a slash");
  if (arrow != NULL && (colon == NULL || arrow < colon))
    {
      *arrow = '\0';
      return write_entry (reader, line, arrow + strlen (" -> "), TRUE, error);
    }
  if (colon == NULL && g_str_has_suffix (line, "/"))
    {
      g_autofree char *place = g_build_filename (reader->root, line, NULL);

      return g_mkdir_with_parents (place, 0755) == 0 || fail (reader, error, g_strerror (errno));
    }
  if (colon == NULL && g_str_has_suffix (line, ":"))
    colon = line + strlen (line) - 1;
  if (colon == NULL)
    return fail (reader, error, "nothing follows the path");
  content = take_content (reader, colon[1] == '\0' ? "" : colon + 2);
  *colon = '\0';
  return write_entry (reader, line, content, FALSE, error);
}

static gboolean
read_text (const char *root, const char *text, guint depth, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  Reader reader = { root, lines, 0, depth };

  while (lines[reader.at] != NULL)
    {
      char *line = lines[reader.at++];

      if (*line != '\0' && *line != '#' && !read_entry (&reader, line, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
test_machine_tree_write (const char *root, const char *text, GError **error)
{
  return read_text (root, text, 0, error);
}

char *
test_machine_tree_unpack (TestDirectory *parent, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("include %s\n", name);
  char *root = test_directory_make_folder (parent, name);

  test_machine_tree_write (root, text, &error);
  g_assert_no_error (error);
  return root;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
test_machine_tree_list (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "machines", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  GPtrArray *names = g_ptr_array_new ();
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, SUFFIX))
      g_ptr_array_add (names, g_strndup (name, strlen (name) - strlen (SUFFIX)));
  g_ptr_array_sort (names, compare);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}
