/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/placement.h"
#include "memory/memory-settings.h"

G_BEGIN_DECLS

/* What one device has to do with a model, in bytes. */
typedef struct
{
  char *name;
  PaddockHardwareDeviceKind kind;
  guint64 total;
  guint64 usable;                    /* what is free, less a reserve that nothing is placed in */
  guint64 weights, cache, compute, overhead;
  guint64 projector, draft;          /* what is loaded together with the model */
  guint64 needed;                    /* all of these */
  guint layers;                      /* the output counts as one */
} PaddockMemoryOutlookDevice;

/**
 * PaddockMemoryOutlook:
 *
 * What becomes of a model with some settings on a computer: how it fits, where its parts go, and how to run it so.
 */
typedef struct
{
  /* Owned */
  GArray *devices;                   /* of PaddockMemoryOutlookDevice: the processor, then those that can be used */
  char **arguments;                  /* of llama-server, without the model */

  PaddockMemoryEstimate estimate;    /* without regard to devices */
  PaddockFit fit;
  guint64 needed, available;         /* where it goes, or where it is too much */
  guint n_layers;                    /* with the output */
  guint gpu_layers;                  /* on devices */
  gboolean layers_refused;           /* more are asked for: these are what there is room for */
} PaddockMemoryOutlook;

/* What is placed, and what it needs, with what stands beside it; NULL: it cannot be run with that context. */
PaddockPlacementLoad *paddock_memory_outlook_make_load (const PaddockModelShape *shape,
                                                        const PaddockMemorySettings *settings,
                                                        const PaddockMemoryRequest *request,
                                                        PaddockMemoryEstimate *estimate, GError **error);

/* NULL: it cannot be run like that; %PADDOCK_ESTIMATE_ERROR says why. */
PaddockMemoryOutlook *paddock_memory_outlook_new  (const PaddockModelShape *shape, const PaddockMemorySettings *settings,
                                                   const PaddockHardwareSnapshot *machine, GError **error);
/* What all of it needs together, or on graphics processors alone; 0: it is not there alone. */
guint64               paddock_memory_outlook_count (const PaddockMemoryOutlook *self, gboolean on_devices);
void                  paddock_memory_outlook_free (PaddockMemoryOutlook *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockMemoryOutlook, paddock_memory_outlook_free)

G_END_DECLS
