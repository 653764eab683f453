/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Which file system a folder is on, or will be when it is made, and what is free there. */
typedef struct
{
  guint64 filesystem, free_bytes;
  gboolean known;
} PaddockFolderSpace;

/**
 * PaddockDiskSurvey:
 *
 * What a queue wants to know of the disks: it is said what, then somebody looks. In a thread, for a drive that sleeps or a
 * server that is gone lets wait whoever asks.
 */
typedef struct
{
  GHashTable *folders; /* char * -> PaddockFolderSpace * */
  GHashTable *parts;   /* char * of a target -> guint64 *: bytes that what was begun of it takes on the disk */
} PaddockDiskSurvey;

PaddockDiskSurvey *
paddock_disk_survey_new (void);
void
paddock_disk_survey_free (PaddockDiskSurvey *self);

void
paddock_disk_survey_add_folder (PaddockDiskSurvey *self, const char *folder);
void
paddock_disk_survey_add_part (PaddockDiskSurvey *self, const char *target);

/* self: (transfer full): comes back when all is known. */
void
paddock_disk_survey_take_async (PaddockDiskSurvey *self, GAsyncReadyCallback callback, gpointer user_data);
PaddockDiskSurvey *
paddock_disk_survey_take_finish (GAsyncResult *result);

/* NULL: it was not asked for. */
const PaddockFolderSpace *
paddock_disk_survey_get_folder (const PaddockDiskSurvey *self, const char *folder);
/* FALSE: it was not asked for. */
gboolean
paddock_disk_survey_get_part (const PaddockDiskSurvey *self, const char *target, guint64 *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockDiskSurvey, paddock_disk_survey_free)

G_END_DECLS
