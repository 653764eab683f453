/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model-origin.h"

#include "hub-file.h"
#include "hub-reference.h"
#include "record-hashes.h"

/* What was computed is surer than what somebody published or only claims. */
static const char *
find_hash (const PaddockModelRecord *record, const PaddockLibraryFile *file, guint shard)
{
  const char *computed = paddock_record_hashes_find (record, &file->identity);
  PaddockRecordedHash known;

  if (computed != NULL)
    return computed;
  paddock_record_hashes_get (record, shard, &known);
  return known.expected_sha256 != NULL ? known.expected_sha256 : file->claimed_sha256;
}

static void
add_files (PaddockHubOrigin *origin, const PaddockLibraryEntry *entry)
{
  const PaddockEntryLocation *location = entry->locations->len > 0 ? g_ptr_array_index (entry->locations, 0) : NULL;

  for (guint i = 0; location != NULL && i < location->files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (location->files, i);
      g_autofree char *name = g_path_get_basename (file->path);
      const char *path = file->repository_path != NULL ? file->repository_path : name;
      const char *hash = find_hash (entry->record, file, paddock_library_file_get_shard (file));

      g_ptr_array_add (origin->files, paddock_hub_file_new (path, (gint64) file->identity.size, hash));
    }
}

/**
 * paddock_model_origin_new:
 * @entry: a model
 * @endpoint: of the hub
 *
 * Returns: (transfer full) (nullable): where it is from
 */
PaddockHubOrigin *
paddock_model_origin_new (const PaddockLibraryEntry *entry, const char *endpoint)
{
  const PaddockModelRecord *record = entry->record;
  g_autoptr (PaddockHubReference) reference
      = record->source_url != NULL ? paddock_hub_reference_parse (record->source_url, endpoint) : NULL;
  PaddockHubOrigin *origin;

  if (reference == NULL)
    return NULL;
  origin = paddock_hub_origin_new (entry->id, reference->id, record->revision);
  add_files (origin, entry);
  return origin;
}
