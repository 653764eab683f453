/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-plan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "file-comparison.h"
#include "file-place.h"
#include "file-transfer.h"
#include "library-error.h"

typedef struct
{
  /* Borrowed */
  PaddockImportPlan *plan;
  PaddockWorker *worker;

  guint64 done, total;
} Run;

static void
remove_file (const char *path, const PaddockFileIdentity *identity)
{
  g_auto (PaddockFilePlace) place = PADDOCK_FILE_PLACE_INIT;

  if (paddock_file_place_open (&place, path) && paddock_file_place_holds (&place, identity))
    paddock_file_place_unlink (&place);
}

/* A second name for a part, so that until all are there the source is whole, and from then on the target is. */
static gboolean
link_part (const char *source, const char *target, const PaddockFileIdentity *identity)
{
  g_auto (PaddockFilePlace) from = PADDOCK_FILE_PLACE_INIT, to = PADDOCK_FILE_PLACE_INIT;

  return paddock_file_place_open (&from, source) && paddock_file_place_open (&to, target) &&
         paddock_file_place_holds (&from, identity) &&
         linkat (from.folder, from.name, to.folder, to.name, 0) == 0 && paddock_file_place_holds (&to, identity) &&
         paddock_file_place_sync (&to);
}

static gboolean
identify (const char *path, PaddockFileIdentity *identity)
{
  struct stat status;

  if (lstat (path, &status) != 0)
    return FALSE;
  paddock_file_identity_set_stat (identity, &status);
  return TRUE;
}

/* Through the links of a source: what they lead to is copied. */
static char *
resolve (const char *source)
{
  char *real = realpath (source, NULL);

  return real != NULL ? real : g_strdup (source);
}

/* An import that was interrupted put it there: it counts when every byte is the same. */
static gboolean
is_put (Run *self, const char *source, const char *target, const PaddockFileIdentity *identity)
{
  g_auto (PaddockFilePlace) from = PADDOCK_FILE_PLACE_INIT, to = PADDOCK_FILE_PLACE_INIT;
  PaddockFileComparison comparison = { .first = -1, .second = -1, .first_path = source, .second_path = target,
                                       .size = identity->size, .done_before = self->done, .total = self->total };
  PaddockFileIdentity one, other;
  gboolean same = FALSE;

  if (paddock_file_place_open (&from, source) && paddock_file_place_open (&to, target))
    {
      comparison.first = paddock_file_place_open_file (&from, &one);
      comparison.second = paddock_file_place_open_file (&to, &other);
    }
  if (comparison.first >= 0 && comparison.second >= 0)
    same = paddock_file_identity_equal (&one, identity) && other.size == one.size &&
           (paddock_file_identity_same_file (&one, &other) ||
            paddock_file_comparison_run (&comparison, self->worker, NULL));
  if (comparison.first >= 0)
    close (comparison.first);
  if (comparison.second >= 0)
    close (comparison.second);
  return same;
}

/* made: what it is now; of size 0 where it was there before. */
static gboolean
put_part (Run *self, PaddockImportItem *item, guint position, gboolean link, PaddockFileIdentity *made, GError **error)
{
  const char *target = g_ptr_array_index (item->targets, position);
  const PaddockFileIdentity *identity = &item->identities[position];
  g_autofree char *source = resolve (g_ptr_array_index (item->sources, position));

  if (is_put (self, source, target, identity))
    {
      self->done += identity->size;
      return TRUE;
    }
  if ((!link || !link_part (source, target, identity)) &&
      !paddock_file_transfer (source, target, 0, identity, NULL, self->worker, self->done, self->total, error))
    return FALSE;
  self->done += identity->size;
  if (!identify (target, made))
    return paddock_library_error_set_errno (error, errno, "cannot read", target);
  return TRUE;
}

/* All is there twice: the sources go, those that are still what was copied. */
static gboolean
remove_sources (PaddockImportItem *item, GError **error)
{
  for (guint i = 0; i < item->sources->len; i++)
    {
      g_auto (PaddockFilePlace) place = PADDOCK_FILE_PLACE_INIT;
      const char *source = g_ptr_array_index (item->sources, i);

      if (!paddock_file_place_open (&place, source))
        return paddock_library_error_set_errno (error, errno, "cannot remove", source);
      if (!paddock_file_place_holds (&place, &item->identities[i]))
        {
          g_autofree char *name = g_filename_display_name (source);

          g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_CHANGED, "%s: it was changed meanwhile", name);
          return FALSE;
        }
      if (!paddock_file_place_unlink (&place))
        return paddock_library_error_set_errno (error, errno, "cannot remove", source);
      paddock_file_place_sync (&place);
    }
  return TRUE;
}

static gboolean
run_set (Run *self, PaddockImportItem *item, GError **error)
{
  g_autofree PaddockFileIdentity *made = g_new0 (PaddockFileIdentity, item->sources->len);
  gboolean is_move = self->plan->mode == PADDOCK_IMPORT_MOVE;

  for (guint i = 0; i < item->sources->len; i++)
    if (!put_part (self, item, i, is_move, &made[i], error))
      {
        while (i-- > 0)
          if (made[i].size > 0)
            remove_file (g_ptr_array_index (item->targets, i), &made[i]);
        return FALSE;
      }
  return !is_move || remove_sources (item, error);
}

static gboolean
run_item (Run *self, PaddockImportItem *item, GError **error)
{
  gboolean is_move = self->plan->mode == PADDOCK_IMPORT_MOVE;
  g_autofree char *source = NULL;

  if (item->sources->len > 1)
    return run_set (self, item, error);
  /* Links are not moved; a source that became one since it was planned is refused by the transfer. */
  source = is_move ? g_strdup (g_ptr_array_index (item->sources, 0)) : resolve (g_ptr_array_index (item->sources, 0));
  if (!paddock_file_transfer (source, g_ptr_array_index (item->targets, 0), is_move ? PADDOCK_TRANSFER_MOVE : 0,
                              &item->identities[0], NULL, self->worker, self->done, self->total, error))
    return FALSE;
  self->done += item->size;
  return TRUE;
}

static gboolean
is_wanted (const PaddockImportItem *item)
{
  return item->problem == NULL && item->duplicate_of == NULL;
}

static void
tell (GPtrArray *imported, GPtrArray *paths)
{
  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add (imported, g_strdup (g_ptr_array_index (paths, i)));
}

/* Before anything is begun; where bytes are shared and renamed none are needed. */
static gboolean
check_space (PaddockImportPlan *self, GError **error)
{
  g_autofree char *needed = NULL;
  g_autofree char *there = NULL;

  paddock_import_plan_measure (self);
  if (self->bytes <= self->free_bytes)
    return TRUE;
  needed = g_format_size (self->bytes);
  there = g_format_size (self->free_bytes);
  g_set_error (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_NO_SPACE, "%s are needed in %s, and %s are free", needed,
               self->folder, there);
  return FALSE;
}

static gboolean
make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0755) != 0)
    return paddock_library_error_set_errno (error, errno, "cannot make", folder);
  paddock_file_transfer_sweep (folder);
  return TRUE;
}

/* Nothing was done: because of that, or because nothing of it was to be done in the first place. */
static gboolean
fail_with (PaddockImportPlan *self, const GError *problem, GError **error)
{
  for (guint i = 0; problem == NULL && i < self->items->len; i++)
    problem = ((PaddockImportItem *) g_ptr_array_index (self->items, i))->problem;
  if (problem != NULL)
    g_propagate_error (error, g_error_copy (problem));
  else
    g_set_error_literal (error, PADDOCK_LIBRARY_ERROR, PADDOCK_LIBRARY_ERROR_EXISTS, "the library has all of it already");
  return FALSE;
}

/**
 * paddock_import_plan_run:
 * @self: a plan
 * @worker: (nullable): the worker that does it
 * @error: return location for an error
 *
 * Imports what neither has a problem nor is there already: whoever wants a duplicate takes the mark away before.
 *
 * Returns: whether anything was done and it was not cancelled
 */
gboolean
paddock_import_plan_run (PaddockImportPlan *self, PaddockWorker *worker, GError **error)
{
  Run run = { .plan = self, .worker = worker };
  const GError *first = NULL;
  guint done = 0;

  if (self->mode != PADDOCK_IMPORT_LEAVE && (!check_space (self, error) || !make_folder (self->folder, error)))
    return FALSE;
  for (guint i = 0; i < self->items->len; i++)
    if (is_wanted (g_ptr_array_index (self->items, i)))
      run.total += ((PaddockImportItem *) g_ptr_array_index (self->items, i))->size;
  for (guint i = 0; i < self->items->len; i++)
    {
      PaddockImportItem *item = g_ptr_array_index (self->items, i);
      guint64 before = run.done;

      if (!is_wanted (item))
        continue;
      if (!paddock_worker_poll (worker, error))
        return FALSE;
      if (self->mode == PADDOCK_IMPORT_LEAVE || run_item (&run, item, &item->problem))
        {
          tell (self->imported, self->mode == PADDOCK_IMPORT_LEAVE ? item->sources : item->targets);
          done++;
          continue;
        }
      if (g_error_matches (item->problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&item->problem));
          return FALSE;
        }
      run.done = before + item->size;
      first = first != NULL ? first : item->problem;
    }
  return done > 0 || self->items->len == 0 || fail_with (self, first, error);
}

static gpointer
run_in_worker (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  return paddock_import_plan_run (snapshot, worker, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

/**
 * paddock_import_plan_run_async:
 * @self: a plan; nobody looks into it before @callback
 * @progress: (nullable): is told how many bytes are done
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop it; what is done by then stays
 * @callback: is called when it is done
 * @user_data: for @callback
 */
void
paddock_import_plan_run_async (PaddockImportPlan *self, PaddockProgressFunc progress, gpointer progress_data,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  const PaddockWork work = {
    .name = "import",
    .run = run_in_worker,
    .snapshot = paddock_import_plan_ref (self),
    .snapshot_free = (GDestroyNotify) paddock_import_plan_unref,
    .progress = progress,
    .progress_data = progress_data,
  };

  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_import_plan_run_finish:
 * @result: as it was given to the callback
 * @error: return location for an error
 *
 * Returns: as of paddock_import_plan_run()
 */
gboolean
paddock_import_plan_run_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error) != NULL;
}
