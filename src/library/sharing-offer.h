/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sharing-plan.h"

G_BEGIN_DECLS

/* Why a program cannot have a model. */
typedef enum
{
  PADDOCK_SHARING_POSSIBLE,
  PADDOCK_SHARING_NO_PROGRAM,        /* it keeps no models here */
  PADDOCK_SHARING_INCOMPLETE,        /* not all of the model is there */
  PADDOCK_SHARING_THERE,             /* it has the model already */
  PADDOCK_SHARING_NAME_TAKEN,        /* it has something else of that name */
  PADDOCK_SHARING_SPLIT,             /* it takes no model of several files */
  PADDOCK_SHARING_OTHER              /* the error says */
} PaddockSharingObstacle;

/**
 * PaddockSharingOffer:
 *
 * A program that may be given a model, and what that would be, or why it cannot.
 */
typedef struct
{
  const char *program;               /* id of a store */
  PaddockSharingPlan *outline;       /* NULL: there is an obstacle */
  PaddockSharingObstacle obstacle;
  GError *error;                     /* NULL: there is none */
} PaddockSharingOffer;

/* Of each program that is known (transfer full, PaddockSharingOffer); blocks for a moment. */
GPtrArray *paddock_sharing_offer_list        (PaddockLibraryIndex *index, const char *id, const PaddockStorePlaces *places);

/* The same in a worker. */
void       paddock_sharing_offer_list_async  (PaddockLibraryIndex *index, const char *id, const PaddockStorePlaces *places,
                                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *paddock_sharing_offer_list_finish (GAsyncResult *result, GError **error);

G_END_DECLS
