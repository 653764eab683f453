/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What Paddock keeps for a person, by how much it would be missed. */
typedef enum
{
  PADDOCK_OWN_DATA,
  PADDOCK_OWN_CONFIG,
  PADDOCK_OWN_CACHE,                 /* everything in it can be made again */
} PaddockOwnFolder;

/* Where that is: in the person's own places, or where PADDOCK_DATA_DIR, PADDOCK_CONFIG_DIR or PADDOCK_CACHE_DIR say. */
char *paddock_own_folder_dup_path (PaddockOwnFolder folder);

G_END_DECLS
