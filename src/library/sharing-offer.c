/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sharing-offer.h"

#include "library-error.h"
#include "model-store.h"
#include "sharing-request.h"

static const char *const programs[] = { "ollama", "lmstudio", "llamacpp" };

static void
free_offer (gpointer data)
{
  PaddockSharingOffer *self = data;

  g_clear_pointer (&self->outline, paddock_sharing_plan_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static gboolean
is_there (const char *program, const PaddockStorePlaces *places)
{
  g_autoptr (GPtrArray) roots = g_ptr_array_new_with_free_func (g_free);

  paddock_model_store_find (program)->locate (places, roots);
  return roots->len > 0;
}

static gboolean
has_entry (const char *program, const PaddockLibraryEntry *entry)
{
  for (guint i = 0; i < entry->locations->len; i++)
    if (g_str_equal (((PaddockEntryLocation *) g_ptr_array_index (entry->locations, i))->store, program))
      return TRUE;
  return FALSE;
}

static PaddockSharingObstacle
explain (const PaddockSharingOffer *self, const PaddockLibraryEntry *entry, const PaddockStorePlaces *places)
{
  if (self->error->domain != PADDOCK_LIBRARY_ERROR)
    return PADDOCK_SHARING_OTHER;
  switch (self->error->code)
    {
    case PADDOCK_LIBRARY_ERROR_NOT_FOUND:
      return is_there (self->program, places) ? PADDOCK_SHARING_INCOMPLETE : PADDOCK_SHARING_NO_PROGRAM;
    case PADDOCK_LIBRARY_ERROR_EXISTS:
      return entry != NULL && has_entry (self->program, entry) ? PADDOCK_SHARING_THERE : PADDOCK_SHARING_NAME_TAKEN;
    case PADDOCK_LIBRARY_ERROR_INVALID:
      return entry != NULL && entry->shards > 1 ? PADDOCK_SHARING_SPLIT : PADDOCK_SHARING_OTHER;
    default:
      return PADDOCK_SHARING_OTHER;
    }
}

/**
 * paddock_sharing_offer_list:
 * @index: a library
 * @id: of an entry
 * @places: where programs are
 *
 * Returns: (transfer full) (element-type PaddockSharingOffer): one for each program
 */
GPtrArray *
paddock_sharing_offer_list (PaddockLibraryIndex *index, const char *id, const PaddockStorePlaces *places)
{
  GPtrArray *offers = g_ptr_array_new_with_free_func (free_offer);

  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      PaddockSharingOffer *offer = g_new0 (PaddockSharingOffer, 1);

      offer->program = programs[i];
      offer->outline = paddock_sharing_plan_new_outline (index, id, offer->program, places, &offer->error);
      if (offer->outline == NULL)
        offer->obstacle = explain (offer, paddock_library_index_find (index, id), places);
      g_ptr_array_add (offers, offer);
    }
  return offers;
}

static gpointer
list_in_worker (PaddockWorker *worker, gpointer snapshot, GError **error)
{
  const PaddockSharingRequest *self = snapshot;

  return paddock_worker_poll (worker, error) ? paddock_sharing_offer_list (self->index, self->id, self->places) : NULL;
}

/**
 * paddock_sharing_offer_list_async:
 * @index: a library
 * @id: of an entry
 * @places: where programs are
 * @cancellable: (nullable): to stop it
 * @callback: is called when it is done
 * @user_data: for @callback
 */
void
paddock_sharing_offer_list_async (PaddockLibraryIndex *index, const char *id, const PaddockStorePlaces *places,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  const PaddockWork work = {
    .name = "list-programs-to-share-with",
    .run = list_in_worker,
    .snapshot = paddock_sharing_request_new (index, id, NULL, places),
    .snapshot_free = (GDestroyNotify) paddock_sharing_request_free,
    .result_free = (GDestroyNotify) g_ptr_array_unref,
  };

  paddock_worker_run_async (NULL, &work, cancellable, callback, user_data);
}

/**
 * paddock_sharing_offer_list_finish:
 * @result: as it was given to the callback
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type PaddockSharingOffer): one for each program
 */
GPtrArray *
paddock_sharing_offer_list_finish (GAsyncResult *result, GError **error)
{
  return paddock_worker_run_finish (NULL, result, error);
}
