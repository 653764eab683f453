/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/removal-proposal.h"

#include "base/worker.h"

typedef struct
{
  PaddockLibraryIndex *index;
  char **ids;
  char **paths;
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  paddock_library_index_unref (request->index);
  g_strfreev (request->ids);
  g_strfreev (request->paths);
  g_free (request);
}

void
paddock_removal_proposal_free (PaddockRemovalProposal *self)
{
  g_clear_pointer (&self->own, paddock_removal_plan_unref);
  g_clear_pointer (&self->all, paddock_removal_plan_unref);
  g_free (self);
}

static PaddockRemovalPlan *
make_plan (const Request *request, gboolean foreign, GError **error)
{
  if (request->ids != NULL)
    return paddock_removal_plan_new (request->index, (const char *const *) request->ids, foreign, error);
  return paddock_removal_plan_new_for_files (request->index, (const char *const *) request->paths, foreign, error);
}

static gpointer
propose (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  g_autoptr (PaddockRemovalProposal) self = g_new0 (PaddockRemovalProposal, 1);

  self->own = make_plan (snapshot, FALSE, error);
  if (self->own == NULL)
    return NULL;
  self->all = make_plan (snapshot, TRUE, error);
  return self->all != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * paddock_removal_proposal_load_async:
 * @index: the library
 * @ids: (nullable) (array zero-terminated=1): of entries
 * @paths: (nullable) (array zero-terminated=1) (element-type filename): of files, if not of entries
 * @callback: is called with the proposal
 * @user_data: for @callback
 */
void
paddock_removal_proposal_load_async (PaddockLibraryIndex *index, const char *const *ids, const char *const *paths,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  Request *request = g_new0 (Request, 1);
  const PaddockWork work = {
    .name = "propose-removal",
    .run = propose,
    .snapshot = request,
    .snapshot_free = free_request,
    .result_free = (GDestroyNotify) paddock_removal_proposal_free,
  };

  request->index = paddock_library_index_ref (index);
  request->ids = g_strdupv ((char **) ids);
  request->paths = g_strdupv ((char **) paths);
  paddock_worker_run_async (NULL, &work, NULL, callback, user_data);
}

PaddockRemovalProposal *
paddock_removal_proposal_load_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}

gboolean
paddock_removal_proposal_needs_consent (const PaddockRemovalProposal *self)
{
  return self->all->items->len > self->own->items->len || self->all->dangling->len > 0;
}
