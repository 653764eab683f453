/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "library-tree.h"

/* Fills a folder with many small models, for measuring and for looking at a long list. */
int
main (int argc, char **argv)
{
  TestLibraryTree tree = { .seed = 1 };
  TestLibraryCensus census;
  g_autoptr (GError) error = NULL;

  if (argc < 4 || argc > 5)
    {
      fprintf (stderr, "library-tree: FOLDER FILES FOLDERS [SEED]\n");
      return 2;
    }
  tree.n_files = (guint) strtoul (argv[2], NULL, 10);
  tree.n_folders = MAX (1u, (guint) strtoul (argv[3], NULL, 10));
  if (argc == 5)
    tree.seed = (guint) strtoul (argv[4], NULL, 10);
  if (!test_library_tree_write (&tree, argv[1], &census, &error))
    {
      fprintf (stderr, "library-tree: %s\n", error->message);
      return 1;
    }
  printf ("names %u\nheaders %u\nlinks %u\npartial %u\n", census.n_names, census.n_headers, census.n_links, census.n_partial);
  return 0;
}
