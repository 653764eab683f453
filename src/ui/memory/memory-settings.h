/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-request.h"
#include "estimate/memory-suggestion.h"
#include "memory/companion-file.h"

G_BEGIN_DECLS

/**
 * PaddockMemorySettings:
 *
 * How a person wants to run a model. Nothing is made to fit: what cannot work is refused when it is estimated.
 */
typedef struct
{
  PaddockMemoryRequest request;
  gboolean layers_automatic;         /* as many layers on devices as there is room for */
  guint32 gpu_layers;                /* else so many, the output counts as one */
  PaddockCompanionFile *projector;   /* Whoever keeps the settings owns these two; NULL: there is none */
  PaddockCompanionFile *draft;
} PaddockMemorySettings;

void     paddock_memory_settings_init  (PaddockMemorySettings *self, const PaddockModelShape *shape);
/* All as at first, but what stands beside the model. */
void     paddock_memory_settings_reset (PaddockMemorySettings *self, const PaddockModelShape *shape);
/* The files beside the model, for a copy that outlives the settings. */
void     paddock_memory_settings_ref_files   (PaddockMemorySettings *self);
void     paddock_memory_settings_unref_files (PaddockMemorySettings *self);
/* NULL: it is loaded without. */
void     paddock_memory_settings_set_file    (PaddockMemorySettings *self, PaddockCompanionKind kind,
                                              PaddockCompanionFile *file);
gboolean paddock_memory_settings_equal (const PaddockMemorySettings *self, const PaddockMemorySettings *other);
/* What is asked for, with as many rows of output as requests are answered at a time. */
PaddockMemoryRequest paddock_memory_settings_get_request (const PaddockMemorySettings *self,
                                                          const PaddockModelShape *shape);

/* Some suggestions are for another file. */
gboolean paddock_memory_settings_can_apply (const PaddockMemorySuggestion *suggestion);
void     paddock_memory_settings_apply     (PaddockMemorySettings *self, const PaddockMemorySuggestion *suggestion);

G_END_DECLS
