/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sharing-request.h"

/**
 * paddock_sharing_request_new:
 * @index: a library
 * @id: of an entry
 * @program: (nullable): id of a store
 * @places: where programs are
 *
 * Returns: (transfer full): what a worker needs to know
 */
PaddockSharingRequest *
paddock_sharing_request_new (PaddockLibraryIndex *index, const char *id, const char *program,
                             const PaddockStorePlaces *places)
{
  PaddockSharingRequest *self = g_new0 (PaddockSharingRequest, 1);

  self->index = paddock_library_index_ref (index);
  self->places = paddock_store_places_copy (places);
  self->id = g_strdup (id);
  self->program = g_strdup (program);
  return self;
}

/**
 * paddock_sharing_request_free:
 * @self: (transfer full): a request
 */
void
paddock_sharing_request_free (PaddockSharingRequest *self)
{
  paddock_library_index_unref (self->index);
  paddock_store_places_free (self->places);
  g_free (self->id);
  g_free (self->program);
  g_free (self);
}
