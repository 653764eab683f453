/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file-bytes.h"
#include "file-place.h"
#include "file-transfer.h"
#include "library-error.h"
#include "sharing-plan.h"

/* Remembers which it made, to take them back. */
static gboolean
make_folders (PaddockSharingPlan *self, const char *folder, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (folder);
  struct stat status;

  if (stat (folder, &status) == 0)
    return TRUE;
  if (!make_folders (self, parent, error))
    return FALSE;
  if (mkdir (folder, 0755) != 0)
    return errno == EEXIST || paddock_library_error_set_errno (error, errno, "cannot make", folder);
  g_ptr_array_add (self->folders, g_strdup (folder));
  return TRUE;
}

/* Whole or not at all: under a name of its own first. */
static gboolean
write_text (const PaddockSharingStep *step, const PaddockFilePlace *place, GError **error)
{
  g_autofree char *name = g_strconcat (".", place->name, ".paddock-part", NULL);
  const PaddockFilePlace part = { place->folder, name };
  gboolean written;
  int fd, number;

  /* Of one that was killed. */
  paddock_file_place_unlink (&part);
  fd = openat (part.folder, part.name, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY | O_CLOEXEC, 0644);
  written = fd >= 0 && paddock_file_bytes_append (fd, step->text, strlen (step->text)) && fsync (fd) == 0;
  number = errno;
  if (fd >= 0)
    close (fd);
  if (written && paddock_file_place_rename (&part, place))
    return TRUE;
  number = written ? errno : number;
  if (fd >= 0)
    paddock_file_place_unlink (&part);
  return paddock_library_error_set_errno (error, number, "cannot write", step->path);
}

static gboolean
link_source (const PaddockSharingStep *step, const PaddockFilePlace *place, GError **error)
{
  g_auto (PaddockFilePlace) source = PADDOCK_FILE_PLACE_INIT;

  if (!paddock_file_place_open (&source, step->source) || !paddock_file_place_holds (&source, &step->expected))
    {
      g_autofree char *name = g_filename_display_name (step->source);

      g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_CHANGED, "%s: it is no longer the file that it was",
                   name);
      return FALSE;
    }
  if (step->way == PADDOCK_SHARE_HARD_LINK ? linkat (source.folder, source.name, place->folder, place->name, 0) == 0
                                           : symlinkat (step->source, place->folder, place->name) == 0)
    return TRUE;
  return paddock_library_error_set_errno (error, errno, "cannot link", step->path);
}

static gboolean
do_step (PaddockSharingPlan *self, PaddockSharingStep *step, GError **error)
{
  g_auto (PaddockFilePlace) place = PADDOCK_FILE_PLACE_INIT;
  g_autofree char *folder = g_path_get_dirname (step->path);
  struct stat status;

  if (!make_folders (self, folder, error))
    return FALSE;
  if (!paddock_file_place_open (&place, step->path))
    return paddock_library_error_set_errno (error, errno, "cannot write", step->path);
  if (step->way == PADDOCK_SHARE_REFLINK ? !paddock_file_transfer (step->source, step->path, PADDOCK_TRANSFER_NO_COPY,
                                                                   &step->expected, NULL, NULL, 0, 0, error)
      : step->way == PADDOCK_SHARE_WRITE ? !write_text (step, &place, error)
                                         : !link_source (step, &place, error))
    return FALSE;
  if (fstatat (place.folder, place.name, &status, AT_SYMLINK_NOFOLLOW) != 0)
    return paddock_library_error_set_errno (error, errno, "cannot read", step->path);
  paddock_file_identity_set_stat (&step->made, &status);
  if (!paddock_file_place_sync (&place))
    return paddock_library_error_set_errno (error, errno, "cannot write", step->path);
  return TRUE;
}

/**
 * paddock_sharing_plan_run:
 * @self: a plan
 * @error: return location for an error
 *
 * Returns: whether all of it was written; otherwise nothing is left of it
 */
gboolean
paddock_sharing_plan_run (PaddockSharingPlan *self, GError **error)
{
  g_return_val_if_fail (self->unread == 0, FALSE);

  for (guint i = 0; i < self->steps->len; i++)
    if (!do_step (self, g_ptr_array_index (self->steps, i), error))
      {
        paddock_sharing_plan_undo (self, NULL);
        return FALSE;
      }
  return TRUE;
}

/* What is no longer what was written belongs to somebody else now. */
static gboolean
undo_step (PaddockSharingStep *step, GError **error)
{
  g_auto (PaddockFilePlace) place = PADDOCK_FILE_PLACE_INIT;

  if (step->made.inode == 0 || !paddock_file_place_open (&place, step->path) ||
      !paddock_file_place_holds (&place, &step->made))
    {
      step->made.inode = 0;
      return TRUE;
    }
  if (!paddock_file_place_unlink (&place))
    return paddock_library_error_set_errno (error, errno, "cannot remove", step->path);
  step->made.inode = 0;
  paddock_file_place_sync (&place);
  return TRUE;
}

/**
 * paddock_sharing_plan_undo:
 * @self: a plan that was run
 * @error: return location for an error
 *
 * Removes what was written, the last first, and the folders that were made for it where nothing else is in them.
 *
 * Returns: whether nothing of it is left
 */
gboolean
paddock_sharing_plan_undo (PaddockSharingPlan *self, GError **error)
{
  for (guint i = self->steps->len; i > 0; i--)
    if (!undo_step (g_ptr_array_index (self->steps, i - 1), error))
      return FALSE;
  for (guint i = self->folders->len; i > 0; i--)
    rmdir (g_ptr_array_index (self->folders, i - 1));
  g_ptr_array_set_size (self->folders, 0);
  return TRUE;
}

static gpointer
run_in_worker (PaddockWorker *worker G_GNUC_UNUSED, gpointer plan, GError **error)
{
  return GINT_TO_POINTER (paddock_sharing_plan_run (plan, error));
}

static gpointer
undo_in_worker (PaddockWorker *worker G_GNUC_UNUSED, gpointer plan, GError **error)
{
  return GINT_TO_POINTER (paddock_sharing_plan_undo (plan, error));
}

/* It takes a moment, and half of it is of no use: it is not stopped. */
static void
run_async (PaddockSharingPlan *self, const char *name, PaddockWorkerFunc run, GAsyncReadyCallback callback,
           gpointer user_data)
{
  const PaddockWork work = {
    .name = name,
    .run = run,
    .snapshot = paddock_sharing_plan_ref (self),
    .snapshot_free = (GDestroyNotify) paddock_sharing_plan_unref,
  };

  paddock_worker_run_async (NULL, &work, NULL, callback, user_data);
}

/**
 * paddock_sharing_plan_run_async:
 * @self: a plan, which nobody else touches until it is done
 * @callback: is called when it is done
 * @user_data: for @callback
 */
void
paddock_sharing_plan_run_async (PaddockSharingPlan *self, GAsyncReadyCallback callback, gpointer user_data)
{
  run_async (self, "share-model", run_in_worker, callback, user_data);
}

/**
 * paddock_sharing_plan_run_finish:
 * @result: as it was given to the callback
 * @error: return location for an error
 *
 * Returns: whether all of it was written; otherwise nothing is left of it
 */
gboolean
paddock_sharing_plan_run_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error) != NULL;
}

/**
 * paddock_sharing_plan_undo_async:
 * @self: a plan that was run, which nobody else touches until it is done
 * @callback: is called when it is done
 * @user_data: for @callback
 */
void
paddock_sharing_plan_undo_async (PaddockSharingPlan *self, GAsyncReadyCallback callback, gpointer user_data)
{
  run_async (self, "unshare-model", undo_in_worker, callback, user_data);
}

/**
 * paddock_sharing_plan_undo_finish:
 * @result: as it was given to the callback
 * @error: return location for an error
 *
 * Returns: whether nothing of it is left
 */
gboolean
paddock_sharing_plan_undo_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error) != NULL;
}
