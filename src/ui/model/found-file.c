/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/found-file.h"

#include "gguf/gguf-shards.h"

#include <stdlib.h>

/**
 * paddock_found_file_new:
 * @path: a path
 *
 * Follows links, so that one file under two names is one model, and so are the shards of one set.
 *
 * Returns: (transfer full): the found file
 */
PaddockFoundFile *
paddock_found_file_new (const char *path)
{
  PaddockFoundFile *self = g_new0 (PaddockFoundFile, 1);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *prefix = NULL;
  char *resolved = realpath (path, NULL);
  guint index = 0;
  guint count = 0;

  self->path = g_strdup (path);
  if (paddock_gguf_shards_parse_name (name, &prefix, &index, &count))
    {
      /* Shards are found by the names beside the link that was opened, so the directory is that of the link. */
      g_autofree char *directory = g_path_get_dirname (path);
      char *real_directory = realpath (directory, NULL);

      self->identity = g_strdup_printf ("%s/%s|%u", real_directory != NULL ? real_directory : directory, prefix, count);
      free (real_directory);
    }
  else
    self->identity = g_strdup (resolved != NULL ? resolved : path);
  free (resolved);
  return self;
}

void
paddock_found_file_free (PaddockFoundFile *self)
{
  g_free (self->path);
  g_free (self->identity);
  g_free (self);
}
