/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/hidden-name.h"

#include <string.h>

/* Of all file systems for Linux that matter. */
#define NAME_LENGTH 255

/**
 * paddock_hidden_name_make:
 * @name: (type filename): a file, without its folder
 * @suffix: what is added
 *
 * Returns: (transfer full) (type filename): a name for the same folder
 */
char *
paddock_hidden_name_make (const char *name, const char *suffix)
{
  g_autofree char *digest = NULL;

  if (strlen (name) + strlen (suffix) + 1 <= NAME_LENGTH)
    return g_strconcat (".", name, suffix, NULL);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);
  return g_strconcat (".", digest, suffix, NULL);
}

/**
 * paddock_hidden_name_has:
 * @name: (type filename): a file, without its folder
 * @suffix: what is added
 *
 * Returns: whether it is a name that was made for another file
 */
gboolean
paddock_hidden_name_has (const char *name, const char *suffix)
{
  return name[0] == '.' && strlen (name) > strlen (suffix) + 1 && g_str_has_suffix (name, suffix);
}
