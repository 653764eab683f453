/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_TEXT (16u * 1024 * 1024) /* a list of all packages, /proc/cpuinfo of a thousand threads */
#define MAX_NAMES 8192

/**
 * paddock_hardware_root_is_live:
 * @root: what stands for a computer
 *
 * Returns: whether it is this one
 */
gboolean
paddock_hardware_root_is_live (const char *root)
{
  return g_str_equal (root, "/");
}

/**
 * paddock_hardware_file_build:
 * @root: what stands for a computer
 * @path: a path on that computer
 *
 * Returns: (transfer full): the path here
 */
char *
paddock_hardware_file_build (const char *root, const char *path)
{
  return g_build_filename (root, path, NULL);
}

/**
 * paddock_hardware_file_exists:
 * @root: what stands for a computer
 * @path: a path on that computer
 *
 * Returns: whether anything is there
 */
gboolean
paddock_hardware_file_exists (const char *root, const char *path)
{
  g_autofree char *here = paddock_hardware_file_build (root, path);

  return g_file_test (here, G_FILE_TEST_EXISTS);
}

/* Files of /proc and /sys say that they are empty, so they are read until they end. */
static char *
read_all (int fd)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];

  while (text->len < MAX_TEXT)
    {
      gssize length = read (fd, buffer, sizeof buffer);

      if (length < 0 && errno == EINTR)
        continue;
      if (length < 0)
        return NULL;
      if (length == 0)
        break;
      g_string_append_len (text, buffer, length);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * paddock_hardware_file_read:
 * @root: what stands for a computer
 * @path: a path on that computer
 *
 * Returns: (transfer full) (nullable): what the file says, %NULL if it cannot be read
 */
char *
paddock_hardware_file_read (const char *root, const char *path)
{
  g_autofree char *here = paddock_hardware_file_build (root, path);
  struct stat status;
  char *text = NULL;
  /* A pipe in the place of a file does not keep us waiting. */
  int fd = open (here, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

  if (fd < 0)
    return NULL;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    text = read_all (fd);
  close (fd);
  return text;
}

/**
 * paddock_hardware_file_read_line:
 * @root: what stands for a computer
 * @path: a path on that computer
 *
 * Returns: (transfer full) (nullable): the file's first line, fit to be shown
 */
char *
paddock_hardware_file_read_line (const char *root, const char *path)
{
  g_autofree char *text = paddock_hardware_file_read (root, path);

  if (text == NULL)
    return NULL;
  text[strcspn (text, "\n")] = '\0';
  return paddock_hardware_note_clean (text);
}

/**
 * paddock_hardware_file_read_link:
 * @root: what stands for a computer
 * @path: a path on that computer
 *
 * Returns: (transfer full) (nullable): the last part of what the link points to
 */
char *
paddock_hardware_file_read_link (const char *root, const char *path)
{
  g_autofree char *here = paddock_hardware_file_build (root, path);
  g_autofree char *target = g_file_read_link (here, NULL);

  return target != NULL ? g_path_get_basename (target) : NULL;
}

/* "cpu10" comes after "cpu9". */
static int
compare_names (gconstpointer a, gconstpointer b)
{
  const char *first = *(const char *const *) a;
  const char *second = *(const char *const *) b;
  gsize first_word = strcspn (first, "0123456789");
  gsize second_word = strcspn (second, "0123456789");

  if (first_word == second_word && strncmp (first, second, first_word) == 0)
    {
      guint64 one = g_ascii_strtoull (first + first_word, NULL, 10);
      guint64 two = g_ascii_strtoull (second + second_word, NULL, 10);

      if (one != two)
        return one < two ? -1 : 1;
    }
  return strcmp (first, second);
}

/**
 * paddock_hardware_file_list:
 * @root: what stands for a computer
 * @path: a directory on that computer
 * @prefix: what the names begin with
 *
 * Returns: (transfer full): the names, sorted; none if there is no such directory
 */
char **
paddock_hardware_file_list (const char *root, const char *path, const char *prefix)
{
  g_autofree char *here = paddock_hardware_file_build (root, path);
  g_autoptr (GDir) directory = g_dir_open (here, 0, NULL);
  GPtrArray *names = g_ptr_array_new ();
  const char *name;

  while (directory != NULL && names->len < MAX_NAMES && (name = g_dir_read_name (directory)) != NULL)
    if (g_str_has_prefix (name, prefix))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

/* Digits, and after them nothing that would make another number of them. */
static gboolean
parse_number (const char *text, guint64 unit, guint64 *value)
{
  char *rest = NULL;

  if (!g_ascii_isdigit (*text))
    return FALSE;
  errno = 0;
  *value = g_ascii_strtoull (text, &rest, 10);
  return errno == 0 && (*rest == '\0' || g_ascii_isspace (*rest)) && !__builtin_mul_overflow (*value, unit, value) &&
         *value <= PADDOCK_HARDWARE_NUMBER_MAX;
}

static gboolean
set_number (const char *text, guint64 unit, const char *source, PaddockHardwareNumber *number, PaddockHardwareDraft *draft)
{
  guint64 value;

  if (parse_number (text, unit, &value))
    {
      paddock_hardware_number_set (number, value, source);
      return TRUE;
    }
  if (draft != NULL)
    paddock_hardware_draft_note (draft, PADDOCK_HARDWARE_NOTE_NONSENSE, source, text);
  return FALSE;
}

/**
 * paddock_hardware_file_read_number:
 * @root: what stands for a computer
 * @path: a file on that computer
 * @unit: how many of what is wanted one of the file's units is
 * @number: what is to be found out
 * @draft: (nullable): is told if the file says nonsense
 *
 * Returns: whether the number is known now
 */
gboolean
paddock_hardware_file_read_number (const char *root, const char *path, guint64 unit, PaddockHardwareNumber *number,
                                   PaddockHardwareDraft *draft)
{
  g_autofree char *text = paddock_hardware_file_read (root, path);

  if (text == NULL)
    return FALSE;
  g_strstrip (text);
  return !g_str_equal (text, "max") && set_number (text, unit, path, number, draft);
}

/**
 * paddock_hardware_file_find_number:
 * @text: (nullable): what a file says
 * @path: which file that is
 * @word: a word at the beginning of a line, with the colon if there is one
 * @unit: how many of what is wanted one of the file's units is
 * @number: what is to be found out
 * @draft: (nullable): is told if nonsense stands behind the word
 *
 * Returns: whether the number is known now
 */
gboolean
paddock_hardware_file_find_number (const char *text, const char *path, const char *word, guint64 unit,
                                   PaddockHardwareNumber *number, PaddockHardwareDraft *draft)
{
  gsize length = strlen (word);

  for (const char *line = text; line != NULL && *line != '\0';)
    {
      const char *end = strchr (line, '\n');

      if (strncmp (line, word, length) == 0 && (line[length] == ' ' || line[length] == '\t'))
        {
          g_autofree char *value = end != NULL ? g_strndup (line + length, end - line - length) : g_strdup (line + length);
          g_autofree char *source = g_strdup_printf ("%s %s", path, word);

          if (source[strlen (source) - 1] == ':')
            source[strlen (source) - 1] = '\0';
          return set_number (g_strstrip (value), unit, source, number, draft);
        }
      line = end != NULL ? end + 1 : NULL;
    }
  return FALSE;
}
