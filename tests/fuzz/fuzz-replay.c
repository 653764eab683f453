/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "fuzz-target.h"

/* A fuzzer without libFuzzer: runs the inputs that are kept. With --cut each is also tried at every shorter length. */
static gboolean
replay_file (const char *path, gboolean cut)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  if (!g_file_get_contents (path, &contents, &length, &error))
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }
  for (gsize size = cut ? 0 : length; size <= length; size++)
    {
      /* A block of exactly this size, so that a byte too far is seen. */
      g_autofree guint8 *bytes = g_malloc (MAX (size, 1));

      memcpy (bytes, contents, size);
      LLVMFuzzerTestOneInput (bytes, size);
    }
  return TRUE;
}

static guint
replay_directory (const char *path, gboolean cut)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) directory = g_dir_open (path, 0, &error);
  const char *name;
  guint replayed = 0;

  if (directory == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 0;
    }
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      replayed += replay_file (file, cut);
    }
  return replayed;
}

int
main (int argc, char **argv)
{
  gboolean cut = FALSE;
  guint total = 0;

  for (int i = 1; i < argc; i++)
    {
      guint replayed;

      if (g_str_equal (argv[i], "--cut"))
        {
          cut = TRUE;
          continue;
        }
      replayed = replay_directory (argv[i], cut);
      if (replayed == 0)
        {
          g_printerr ("%s holds no input\n", argv[i]);
          return 1;
        }
      total += replayed;
    }
  printf ("%u inputs replayed\n", total);
  return total > 0 ? 0 : 1;
}
