/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output.h"

#include "base/units.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static gboolean is_verbose;

/**
 * paddock_output_open:
 *
 * Makes sure that the three standard descriptors exist. Where one was closed, the next file to be opened would get its
 * number, and what is printed would be written into a model. A descriptor open the wrong way round keeps the number
 * and fails as a closed one does.
 */
void
paddock_output_open (void)
{
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
    if (fcntl (descriptor, F_GETFD) == -1 && errno == EBADF)
      (void) open ("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);

  /* Writing to somebody who has gone away is an error like others; dying of it would leave temporaries behind. */
  signal (SIGPIPE, SIG_IGN);
}

/**
 * paddock_output_set_verbose:
 * @verbose: whether paddock_output_note() says anything
 */
void
paddock_output_set_verbose (gboolean verbose)
{
  is_verbose = verbose;
}

/**
 * paddock_output_close:
 *
 * Sends off what is still in the buffer and asks whether everything arrived.
 *
 * Returns: %FALSE when standard output did not take it; a person who is there to read has been told
 */
gboolean
paddock_output_close (void)
{
  gboolean failed = ferror (stdout) != 0;

  errno = 0;
  if (fflush (stdout) != 0 || fclose (stdout) != 0)
    failed = TRUE;
  if (!failed)
    return TRUE;

  /* The one who read has read enough: `paddockctl inspect ... | head`. */
  if (errno != EPIPE)
    paddock_output_complain (errno != 0 ? g_strerror (errno) : _("Writing failed"), _("standard output"));
  return FALSE;
}

/**
 * paddock_output_get_width:
 *
 * Returns: how many columns a line may have, 0 for any number
 */
guint
paddock_output_get_width (void)
{
  struct winsize size;

  if (!isatty (STDOUT_FILENO))
    return 0;
  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return 80;
}

static void
write_in_charset (FILE *stream, const char *text)
{
  const char *charset;
  g_autofree char *similar = NULL;
  g_autofree char *converted = NULL;

  if (!g_get_charset (&charset) && !g_str_is_ascii (text))
    {
      similar = g_strconcat (charset, "//TRANSLIT", NULL);
      converted = g_convert_with_fallback (text, -1, similar, "UTF-8", "?", NULL, NULL, NULL);
    }
  fputs (converted != NULL ? converted : text, stream);
}

/**
 * paddock_output_text:
 * @text: UTF-8
 *
 * Writes to standard output.
 */
void
paddock_output_text (const char *text)
{
  write_in_charset (stdout, text);
}

/**
 * paddock_output_line:
 * @format: a format, in UTF-8
 * @...: its arguments
 *
 * Writes a line to standard output.
 */
void
paddock_output_line (const char *format, ...)
{
  va_list arguments;
  g_autofree char *text = NULL;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  write_in_charset (stdout, text);
  putc ('\n', stdout);
}

/**
 * paddock_output_complain:
 * @what: what went wrong, in any bytes
 * @where: the path, option or key, in any bytes
 *
 * Writes an error to standard error, in one line.
 */
void
paddock_output_complain (const char *what, const char *where)
{
  g_autofree char *line = NULL;
  g_autofree char *shown_what = paddock_units_escape (what, -1, 0);
  g_autofree char *shown_where = paddock_units_escape (where, -1, 0);

  line = g_strconcat ("paddockctl: ", shown_what, ": ", *where != '\0' ? shown_where : "“”", "\n", NULL);
  write_in_charset (stderr, line);
}

/* Takes the path out of a message that names it, because it follows at the end of the line. */
static char *
without_path (const char *message, const char *path)
{
  g_autofree char *escaped = paddock_units_escape (path, -1, 0);
  g_autofree char *displayed = g_filename_display_name (path);
  const char *const names[] = { escaped, displayed };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *quoted = g_strconcat (" “", names[i], "”", NULL);
      const char *found = strstr (message, quoted);

      if (found != NULL)
        return g_strdup_printf ("%.*s%s", (int) (found - message), message, found + strlen (quoted));
    }
  return g_strdup (message);
}

/**
 * paddock_output_complain_of:
 * @error: what went wrong
 * @path: (type filename): with which file
 *
 * Writes an error of the libraries to standard error.
 */
void
paddock_output_complain_of (const GError *error, const char *path)
{
  g_autofree char *what = without_path (error->message, path);

  paddock_output_complain (what, path);
}

/**
 * paddock_output_note:
 * @format: a format, in UTF-8
 * @...: its arguments
 *
 * Tells a person who asked for more what goes on, on standard error.
 */
void
paddock_output_note (const char *format, ...)
{
  va_list arguments;
  g_autofree char *text = NULL;

  if (!is_verbose)
    return;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  write_in_charset (stderr, text);
  putc ('\n', stderr);
}

/**
 * paddock_output_status:
 * @text: UTF-8
 *
 * Writes to standard error at once.
 */
void
paddock_output_status (const char *text)
{
  write_in_charset (stderr, text);
  fflush (stderr);
}
