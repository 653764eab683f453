/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "base/file-digest.h"
#include "bench-timer.h"

/* Our SHA-256 of one file, as its own process, so that it stands beside sha256sum on even ground. */
int
main (int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *digest = NULL;

  if (argc != 2)
    {
      fprintf (stderr, "bench-digest: FILE\n");
      return 2;
    }
  digest = paddock_file_digest_sha256 (argv[1], NULL, NULL, &error);
  if (digest == NULL)
    {
      fprintf (stderr, "bench-digest: %s\n", error->message);
      return 1;
    }
  printf ("%s  %s\n", digest, argv[1]);
  return 0;
}
