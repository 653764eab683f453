/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-index.h"
#include "store-places.h"

G_BEGIN_DECLS

/* What a worker is asked about giving a model to other programs. */
typedef struct
{
  PaddockLibraryIndex *index;
  PaddockStorePlaces *places;
  char *id;                          /* of an entry */
  char *program;                     /* id of a store; NULL: all that are known */
} PaddockSharingRequest;

PaddockSharingRequest *paddock_sharing_request_new  (PaddockLibraryIndex *index, const char *id, const char *program,
                                                     const PaddockStorePlaces *places);
void                   paddock_sharing_request_free (PaddockSharingRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockSharingRequest, paddock_sharing_request_free)

G_END_DECLS
