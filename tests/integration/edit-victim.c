/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FILE OUTPUT KEY=VALUE..: edits a file, as a program does that may be killed. "-" for the output: the file itself. */
#include <stdio.h>
#include <string.h>

#include "gguf/gguf-editor.h"

static gboolean
edit (const char *path, const char *output, char **assignments, GError **error)
{
  g_autoptr(PaddockGgufFile) file = paddock_gguf_file_open (path, NULL, error);
  g_autoptr(PaddockGgufEditor) editor = NULL;

  if (file == NULL)
    return FALSE;
  editor = paddock_gguf_editor_new (file);
  for (; *assignments != NULL; assignments++)
    {
      g_auto (GStrv) parts = g_strsplit (*assignments, "=", 2);
      g_autoptr(PaddockGgufValue) value = paddock_gguf_value_parse (parts[1], NULL, error);

      if (value == NULL || !paddock_gguf_editor_set (editor, parts[0], value, error))
        return FALSE;
    }
  return paddock_gguf_editor_apply (editor, g_str_equal (output, "-") ? NULL : output, NULL, NULL, error);
}

int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;

  if (argc < 4)
    return 2;
  if (edit (argv[1], argv[2], argv + 3, &error))
    return 0;
  fprintf (stderr, "%s\n", error->message);
  return 1;
}
