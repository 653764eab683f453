/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "machine-tree.h"

#include <stdio.h>

/* machine-tree NAME DIRECTORY: unpacks a machine for tests that are not written in C. */
int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (argc != 3)
    {
      fprintf (stderr, "usage: machine-tree NAME DIRECTORY\n");
      return 2;
    }
  text = g_strdup_printf ("include %s\n", argv[1]);
  if (!test_machine_tree_write (argv[2], text, &error))
    {
      fprintf (stderr, "machine-tree: %s\n", error->message);
      return 1;
    }
  return 0;
}
