/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library-store-report.h"

#include "library-labels.h"

static PaddockLibraryStoreReport *
find (GHashTable *by_path, const char *root)
{
  return root != NULL ? g_hash_table_lookup (by_path, root) : NULL;
}

static void
count_file (PaddockLibraryStoreReport *self, const PaddockLibraryFile *file, gboolean again)
{
  guint64 size = again ? 0 : file->identity.size;

  if (file->role == PADDOCK_FILE_ROLE_PARTIAL)
    {
      self->n_unfinished++;
      self->unfinished_size += size;
    }
  else if (file->role == PADDOCK_FILE_ROLE_ORPHAN)
    {
      self->n_orphans++;
      self->orphans_size += size;
    }
  else
    {
      self->n_files++;
      self->size += size;
    }
}

/* Several names may lead to one file. */
static void
count_files (PaddockLibraryIndex *index, GHashTable *by_path)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < index->files->len; i++)
    {
      const PaddockLibraryFile *file = g_ptr_array_index (index->files, i);
      PaddockLibraryStoreReport *report = find (by_path, file->root);

      if (report != NULL)
        count_file (report, file,
                    !g_hash_table_add (seen, g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT ":%s",
                                                              (guint64) file->identity.device,
                                                              (guint64) file->identity.inode, file->root)));
    }
}

/* Once in each place, however often it is there. */
static void
count_models (PaddockLibraryIndex *index, GHashTable *by_path)
{
  for (guint i = 0; i < index->entries->len; i++)
    {
      const PaddockLibraryEntry *entry = g_ptr_array_index (index->entries, i);
      g_autoptr (GHashTable) counted = g_hash_table_new (NULL, NULL);

      for (guint j = 0; j < entry->locations->len; j++)
        {
          const PaddockEntryLocation *location = g_ptr_array_index (entry->locations, j);
          PaddockLibraryStoreReport *report = find (by_path, location->root);

          if (report != NULL && g_hash_table_add (counted, report))
            report->n_models++;
        }
    }
}

/**
 * paddock_library_store_reports_new:
 * @index: what there is
 *
 * Returns: (transfer container) (element-type PaddockLibraryStoreReport): what is where
 */
GPtrArray *
paddock_library_store_reports_new (PaddockLibraryIndex *index)
{
  GPtrArray *reports = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) by_path = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < index->roots->len; i++)
    {
      PaddockLibraryStoreReport *report = g_new0 (PaddockLibraryStoreReport, 1);

      report->root = g_ptr_array_index (index->roots, i);
      g_ptr_array_add (reports, report);
      g_hash_table_insert (by_path, report->root->path, report);
    }
  count_files (index, by_path);
  count_models (index, by_path);
  return reports;
}

static const char *
get_state_id (PaddockRootState state)
{
  switch (state)
    {
    case PADDOCK_ROOT_LISTED:
      return "listed";
    case PADDOCK_ROOT_OFFLINE:
      return "offline";
    case PADDOCK_ROOT_UNREADABLE:
    default:
      return "unreadable";
    }
}

static void
add_sum (PaddockJsonWriter *writer, const char *name, guint count, guint64 size)
{
  paddock_json_writer_begin_object (writer, name);
  paddock_json_writer_add_uint (writer, "files", count);
  paddock_json_writer_add_uint (writer, "size", size);
  paddock_json_writer_end_object (writer);
}

/**
 * paddock_library_store_report_add_json:
 * @writer: where to, in an array
 * @self: a report
 */
void
paddock_library_store_report_add_json (PaddockJsonWriter *writer, const PaddockLibraryStoreReport *self)
{
  paddock_json_writer_begin_object (writer, NULL);
  paddock_json_writer_add_string (writer, "id", self->root->store);
  paddock_json_writer_add_string (writer, "name", paddock_model_store_find (self->root->store)->name);
  paddock_json_writer_add_string (writer, "path", self->root->path);
  paddock_json_writer_add_string (writer, "state", get_state_id (self->root->state));
  paddock_json_writer_add_string (writer, "problem", self->root->problem);
  paddock_json_writer_add_uint (writer, "models", self->n_models);
  paddock_json_writer_add_uint (writer, "files", self->n_files);
  paddock_json_writer_add_uint (writer, "size", self->size);
  add_sum (writer, "unfinished", self->n_unfinished, self->unfinished_size);
  add_sum (writer, "orphans", self->n_orphans, self->orphans_size);
  paddock_json_writer_end_object (writer);
}
