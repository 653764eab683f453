/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-plan.h"

#include <sys/statvfs.h>

#include "file-place.h"

/* The folder, or what it would be made in. */
static char *
find_existing (const char *folder, struct stat *status)
{
  char *path = g_strdup (folder);

  while (stat (path, status) != 0 && !g_str_equal (path, "/") && !g_str_equal (path, "."))
    {
      char *parent = g_path_get_dirname (path);

      g_free (path);
      path = parent;
    }
  return path;
}

/**
 * paddock_import_plan_measure:
 * @self: a plan
 */
void
paddock_import_plan_measure (PaddockImportPlan *self)
{
  g_autoptr (GHashTable) devices = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree char *folder = NULL;
  struct statvfs space;
  struct stat status;

  self->bytes = 0;
  self->shares = TRUE;
  self->free_bytes = G_MAXUINT64;
  if (self->mode == PADDOCK_IMPORT_LEAVE)
    return;
  folder = find_existing (self->folder, &status);
  if (statvfs (folder, &space) == 0 && space.f_blocks > 0)
    self->free_bytes = (guint64) space.f_bavail * space.f_frsize;
  for (guint i = 0; i < self->items->len; i++)
    {
      const PaddockImportItem *item = g_ptr_array_index (self->items, i);
      gint64 device = (gint64) item->identities[0].device;
      gpointer known;

      if (item->problem != NULL || item->duplicate_of != NULL)
        continue;
      if (!g_hash_table_lookup_extended (devices, &device, NULL, &known))
        {
          known = GINT_TO_POINTER ((self->mode == PADDOCK_IMPORT_MOVE && item->identities[0].device == status.st_dev) ||
                                   paddock_file_place_can_share (g_ptr_array_index (item->sources, 0), folder));
          g_hash_table_insert (devices, g_memdup2 (&device, sizeof device), known);
        }
      if (known == NULL)
        {
          self->shares = FALSE;
          self->bytes += item->size;
        }
    }
}
