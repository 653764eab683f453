/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disk-survey.h"

#include "base/worker.h"
#include "part-file.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

/**
 * paddock_disk_survey_new:
 *
 * Returns: (transfer full): a survey of nothing
 */
PaddockDiskSurvey *
paddock_disk_survey_new (void)
{
  PaddockDiskSurvey *self = g_new0 (PaddockDiskSurvey, 1);

  self->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * paddock_disk_survey_free:
 * @self: (transfer full): a survey
 */
void
paddock_disk_survey_free (PaddockDiskSurvey *self)
{
  g_hash_table_unref (self->folders);
  g_hash_table_unref (self->parts);
  g_free (self);
}

void
paddock_disk_survey_add_folder (PaddockDiskSurvey *self, const char *folder)
{
  if (!g_hash_table_contains (self->folders, folder))
    g_hash_table_insert (self->folders, g_strdup (folder), g_new0 (PaddockFolderSpace, 1));
}

void
paddock_disk_survey_add_part (PaddockDiskSurvey *self, const char *target)
{
  if (!g_hash_table_contains (self->parts, target))
    g_hash_table_insert (self->parts, g_strdup (target), g_new0 (guint64, 1));
}

const PaddockFolderSpace *
paddock_disk_survey_get_folder (const PaddockDiskSurvey *self, const char *folder)
{
  return g_hash_table_lookup (self->folders, folder);
}

gboolean
paddock_disk_survey_get_part (const PaddockDiskSurvey *self, const char *target, guint64 *bytes)
{
  const guint64 *found = g_hash_table_lookup (self->parts, target);

  *bytes = found != NULL ? *found : 0;
  return found != NULL;
}

/* A folder that is not there yet will be on the file system of the first one above it that is. */
static void
measure_space (const char *folder, PaddockFolderSpace *found)
{
  g_autofree char *path = g_strdup (folder);
  struct statvfs space;
  struct stat status;

  while (stat (path, &status) != 0)
    {
      g_autofree char *above = g_path_get_dirname (path);

      if (g_str_equal (above, path))
        return;
      g_set_str (&path, above);
    }
  if (statvfs (path, &space) != 0 || space.f_blocks == 0)
    return;
  *found = (PaddockFolderSpace){
    .filesystem = (guint64) status.st_dev,
    .free_bytes = (guint64) space.f_bavail * MAX (space.f_frsize, 1),
    .known = TRUE,
  };
}

/* It is nobody else's meanwhile, and always comes back. */
static gpointer
take (PaddockWorker *worker G_GNUC_UNUSED, gpointer survey, GError **error G_GNUC_UNUSED)
{
  PaddockDiskSurvey *self = survey;
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, self->folders);
  while (g_hash_table_iter_next (&iter, &key, &value))
    measure_space (key, value);
  g_hash_table_iter_init (&iter, self->parts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    *(guint64 *) value = paddock_part_file_measure (key);
  return self;
}

/**
 * paddock_disk_survey_take_async:
 * @self: (transfer full): a survey that knows what is asked
 * @callback: is called when it knows the answers
 * @user_data: for @callback
 */
void
paddock_disk_survey_take_async (PaddockDiskSurvey *self, GAsyncReadyCallback callback, gpointer user_data)
{
  const PaddockWork work = {
    .name = "disk survey",
    .run = take,
    .snapshot = self,
    .result_free = (GDestroyNotify) paddock_disk_survey_free,
  };

  paddock_worker_run_async (NULL, &work, NULL, callback, user_data);
}

/**
 * paddock_disk_survey_take_finish:
 * @result: as it was given to the callback
 *
 * Returns: (transfer full): the survey
 */
PaddockDiskSurvey *
paddock_disk_survey_take_finish (GAsyncResult *result)
{
  return paddock_worker_run_finish (NULL, result, NULL);
}
