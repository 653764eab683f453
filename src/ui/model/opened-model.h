/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "computer/machine-choice.h"
#include "memory/memory-settings.h"
#include "model/model-snapshot.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_OPENED_LOADING,
  PADDOCK_OPENED_READY,
  PADDOCK_OPENED_FAILED              /* the header could not be read to its end */
} PaddockOpenedState;

#define PADDOCK_TYPE_OPENED_MODEL (paddock_opened_model_get_type ())
G_DECLARE_FINAL_TYPE (PaddockOpenedModel, paddock_opened_model, PADDOCK, OPENED_MODEL, GObject)

PaddockOpenedModel   *paddock_opened_model_new           (const char *path, const char *identity,
                                                          PaddockMachineChoice *machines);
const char           *paddock_opened_model_get_path      (PaddockOpenedModel *self);
const char           *paddock_opened_model_get_identity  (PaddockOpenedModel *self);
PaddockMachineChoice *paddock_opened_model_get_machines  (PaddockOpenedModel *self);   /* for which it is judged */
PaddockOpenedState    paddock_opened_model_get_state     (PaddockOpenedModel *self);
PaddockModelSnapshot *paddock_opened_model_get_snapshot  (PaddockOpenedModel *self);
void                  paddock_opened_model_load          (PaddockOpenedModel *self);

/* How the person wants to run it, as long as it is open; to be changed in place. NULL: nobody can tell what it needs. */
PaddockMemorySettings *paddock_opened_model_get_memory_settings (PaddockOpenedModel *self);

G_END_DECLS
