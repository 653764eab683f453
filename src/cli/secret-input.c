/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "secret-input.h"

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include "interruption.h"
#include "output.h"

#define MAX_LENGTH 16384

/* Byte by byte: what follows the line is not ours. FALSE: the person wants no more. */
static gboolean
read_line (GString *line)
{
  struct pollfd waited[] = { { STDIN_FILENO, POLLIN, 0 }, { paddock_interruption_get_fd (), POLLIN, 0 } };

  while (line->len < MAX_LENGTH)
    {
      char byte;

      if (poll (waited, G_N_ELEMENTS (waited), -1) < 0)
        continue;
      if (waited[1].revents != 0)
        return FALSE;
      if (read (STDIN_FILENO, &byte, 1) != 1 || byte == '\n')
        return TRUE;
      g_string_append_c (line, byte);
    }
  return TRUE;
}

/**
 * paddock_secret_input_read:
 * @question: what a person at a terminal is asked
 *
 * Returns: (transfer full) (nullable): what they said
 */
char *
paddock_secret_input_read (const char *question)
{
  g_autoptr (GString) line = g_string_new (NULL);
  struct termios before, quiet;
  gboolean is_terminal = tcgetattr (STDIN_FILENO, &before) == 0;
  gboolean done;

  paddock_interruption_set (PADDOCK_INTERRUPTION_TIDY);
  if (is_terminal)
    {
      quiet = before;
      quiet.c_lflag &= ~(tcflag_t) ECHO;
      /* Before the question: what is answered at once is not shown either, nor lost. */
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
      paddock_output_status (question);
    }
  done = read_line (line);
  if (is_terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      paddock_output_status ("\n");
    }
  paddock_interruption_set (PADDOCK_INTERRUPTION_BETWEEN);
  return done && line->len > 0 ? g_string_free (g_steal_pointer (&line), FALSE) : NULL;
}
