/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/own-folder.h"

static const struct
{
  const char *variable;
  const char *(*get_parent) (void);
} folders[] = {
  [PADDOCK_OWN_DATA] = { "PADDOCK_DATA_DIR", g_get_user_data_dir },
  [PADDOCK_OWN_CONFIG] = { "PADDOCK_CONFIG_DIR", g_get_user_config_dir },
  [PADDOCK_OWN_CACHE] = { "PADDOCK_CACHE_DIR", g_get_user_cache_dir },
};

/**
 * paddock_own_folder_dup_path:
 * @folder: which of them
 *
 * Returns: (transfer full) (type filename): its path; it may not be there yet
 */
char *
paddock_own_folder_dup_path (PaddockOwnFolder folder)
{
  const char *given = g_getenv (folders[folder].variable);

  if (given != NULL && *given != '\0')
    return g_strdup (given);
  return g_build_filename (folders[folder].get_parent (), "paddock", NULL);
}
