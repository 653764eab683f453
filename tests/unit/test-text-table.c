/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text-table.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "directory.h"

/* Two columns each, and a mark that stands above the letter before it. */
#define WIDE "\xe6\xbc\xa2\xe5\xad\x97"
#define ACCENT "\xcc\x81"
#define MORE "\xe2\x80\xa6"

static void
test_measure (void)
{
  g_assert_cmpuint (paddock_text_table_measure (""), ==, 0);
  g_assert_cmpuint (paddock_text_table_measure ("abc"), ==, 3);
  g_assert_cmpuint (paddock_text_table_measure ("\xc3\xa4" MORE), ==, 2);
  g_assert_cmpuint (paddock_text_table_measure (WIDE), ==, 4);
  g_assert_cmpuint (paddock_text_table_measure ("e" ACCENT "e" ACCENT), ==, 2);
}

/* No more columns than there are, and no half of a character. */
static void
test_cut (void)
{
  static const struct
  {
    const char *text;
    guint columns;
    const char *cut;
  } cases[] = {
    { "", 1, "" },
    { "a", 1, "a" },
    { "abc", 3, "abc" },
    { "abc", 2, "a" MORE },
    { "abc", 1, MORE },
    { "\xc3\xa4\xc3\xb6\xc3\xbc", 2, "\xc3\xa4" MORE },
    { WIDE, 4, WIDE },
    { WIDE, 3, "\xe6\xbc\xa2" MORE },
    { WIDE, 2, MORE },
    { "e" ACCENT "e" ACCENT "e" ACCENT, 2, "e" ACCENT MORE },
    { "%s%n", 3, "%s" MORE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *cut = paddock_text_table_cut (cases[i].text, cases[i].columns);

      g_assert_cmpstr (cut, ==, cases[i].cut);
      g_assert_cmpuint (paddock_text_table_measure (cut), <=, cases[i].columns);
    }
}

static const char *const rows[][3] = { { "a", "1", "words" }, { "longer", "1000", "" }, { WIDE, "22", "some more words" } };

static void
fill (guint row, char **cells, gpointer user_data)
{
  guint *calls = user_data;

  for (guint i = 0; i < 3; i++)
    cells[i] = g_strdup (rows[row][i]);
  (*calls)++;
}

/* What a table of these columns writes to a standard output that is what is given. */
static void
print_to (int fd, const PaddockTextColumn *columns, guint n_rows)
{
  int stdout_fd = dup (STDOUT_FILENO);
  guint calls = 0;

  fflush (stdout);
  g_assert_cmpint (dup2 (fd, STDOUT_FILENO), ==, STDOUT_FILENO);
  paddock_text_table_print ("  ", columns, 3, n_rows, fill, &calls);
  fflush (stdout);
  g_assert_cmpint (dup2 (stdout_fd, STDOUT_FILENO), ==, STDOUT_FILENO);
  close (stdout_fd);
  g_assert_cmpuint (calls, ==, 2 * n_rows);
}

static void
assert_printed (const PaddockTextColumn *columns, guint n_rows, const char *expected)
{
  g_autoptr (TestDirectory) directory = test_directory_new ();
  g_autofree char *path = test_directory_write (directory, "out", "");
  g_autofree char *text = NULL;
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  print_to (fd, columns, n_rows);
  close (fd);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

/* Numbers to the right; a pipe is as wide as it has to be. */
static void
test_print (void)
{
  static const PaddockTextColumn columns[] = { { "Name", FALSE, TRUE }, { "Count", TRUE, FALSE }, { "Notes", FALSE, TRUE } };
  static const PaddockTextColumn bare[] = { { NULL, FALSE, TRUE }, { NULL, TRUE, FALSE }, { NULL, FALSE, TRUE } };

  assert_printed (columns, 3,
                  "  Name    Count  Notes\n"
                  "  a           1  words\n"
                  "  longer   1000  \n"
                  "  " WIDE "       22  some more words\n");
  assert_printed (bare, 1, "  a  1  words\n");
  assert_printed (columns, 0, "  Name  Count  Notes\n");
  assert_printed (bare, 0, "");
}

/* A terminal of so many columns. */
static void
assert_shown (guint width, const PaddockTextColumn *columns, const char *expected)
{
  struct winsize size = { .ws_row = 25, .ws_col = (unsigned short) width };
  struct termios mode;
  char text[1024] = "";
  int terminal = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  int program;
  gssize length;

  g_assert_cmpint (terminal, >=, 0);
  g_assert_cmpint (grantpt (terminal), ==, 0);
  g_assert_cmpint (unlockpt (terminal), ==, 0);
  program = open (ptsname (terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (program, >=, 0);
  g_assert_cmpint (tcgetattr (program, &mode), ==, 0);
  cfmakeraw (&mode);
  g_assert_cmpint (tcsetattr (program, TCSANOW, &mode), ==, 0);
  g_assert_cmpint (ioctl (program, TIOCSWINSZ, &size), ==, 0);
  print_to (program, columns, 3);
  /* All of it, up to the line break at its end. */
  for (gsize at = 0; at < strlen (expected); at += (gsize) length)
    {
      length = read (terminal, text + at, sizeof text - 1 - at);
      g_assert_cmpint (length, >, 0);
    }
  g_assert_cmpstr (text, ==, expected);
  close (program);
  close (terminal);
}

/* Only what may be cut is, the widest first, and none of it to less than can be read. */
static void
test_narrow (void)
{
  static const PaddockTextColumn columns[] = { { "Name", FALSE, TRUE }, { "Count", TRUE, FALSE }, { "Notes", FALSE, TRUE } };
  static const PaddockTextColumn rigid[] = { { "Name", FALSE, FALSE }, { "Count", TRUE, FALSE }, { "Notes", FALSE, FALSE } };
  static const char whole[] = "  Name    Count  Notes\n"
                              "  a           1  words\n"
                              "  longer   1000  \n"
                              "  " WIDE "       22  some more words\n";

  assert_shown (32, columns, whole);
  assert_shown (31, columns,
                "  Name    Count  Notes\n"
                "  a           1  words\n"
                "  longer   1000  \n"
                "  " WIDE "       22  some more wor" MORE "\n");
  assert_shown (10, columns,
                "  Name    Count  Notes\n"
                "  a           1  words\n"
                "  longer   1000  \n"
                "  " WIDE "       22  some more w" MORE "\n");
  assert_shown (10, rigid, whole);
}

int
main (int argc, char *argv[])
{
  /* What is written is UTF-8, whatever the locale says. */
  g_setenv ("CHARSET", "UTF-8", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/text-table/measure", test_measure);
  g_test_add_func ("/text-table/cut", test_cut);
  g_test_add_func ("/text-table/print", test_print);
  g_test_add_func ("/text-table/narrow", test_narrow);
  return g_test_run ();
}
