/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan-roots.h"

#include <stdlib.h>

typedef struct
{
  GPtrArray *roots;
  GHashTable *real;                  /* paths without links */
} Finding;

static void
add_root (Finding *finding, const PaddockModelStore *store, const char *path)
{
  char *real = realpath (path, NULL);

  if (real == NULL)
    real = strdup (path);
  if (g_hash_table_add (finding->real, real))
    g_ptr_array_add (finding->roots, paddock_scan_root_new (store, path));
}

/**
 * paddock_scan_roots_find:
 * @places: where a person's files are
 * @settings: what they want to see
 *
 * Returns: (transfer container) (element-type PaddockScanRoot): all places to look in
 */
GPtrArray *
paddock_scan_roots_find (const PaddockStorePlaces *places, const PaddockLibrarySettings *settings)
{
  GPtrArray *roots = g_ptr_array_new_with_free_func ((GDestroyNotify) paddock_scan_root_free);
  g_autoptr (GHashTable) real = g_hash_table_new_full (g_str_hash, g_str_equal, free, NULL);
  Finding finding = { roots, real };
  const PaddockModelStore *const *stores = paddock_model_store_all ();

  for (gsize i = 0; stores[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

      if (g_strv_contains ((const char *const *) settings->hidden_stores, stores[i]->id))
        continue;
      stores[i]->locate (places, found);
      for (guint j = 0; j < found->len; j++)
        add_root (&finding, stores[i], g_ptr_array_index (found, j));
    }
  for (gsize i = 0; settings->folders[i] != NULL; i++)
    add_root (&finding, paddock_model_store_find ("folder"), settings->folders[i]);
  return roots;
}
