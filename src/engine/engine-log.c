/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine-log.h"

#include <string.h>

#include "hardware/hardware-note.h"

#define ERROR_WORD "error: "
#define TIME_CHARACTERS "0123456789."

/* "0.00.011.946 E name: what is wrong": the time and the level are of no use to anybody. */
static const char *
skip_time (const char *line, char *level)
{
  gsize time = strspn (line, TIME_CHARACTERS);

  *level = '\0';
  if (time == 0 || line[time] != ' ' || line[time + 1] == '\0' || line[time + 2] != ' ')
    return line;
  *level = line[time + 1];
  return line + time + 3;
}

/* The engine's first complaint is the closest to the cause; what follows only passes it on. */
char *
paddock_engine_log_find_reason (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const char *last = NULL;

  for (char **line = lines; *line != NULL; line++)
    {
      char level;
      const char *rest = skip_time (*line, &level);

      if (level == 'E')
        return paddock_hardware_note_clean (rest);
      if (g_str_has_prefix (rest, ERROR_WORD))
        return paddock_hardware_note_clean (rest + strlen (ERROR_WORD));
      if (*rest != '\0')
        last = rest;
    }
  return last != NULL ? paddock_hardware_note_clean (last) : NULL;
}
