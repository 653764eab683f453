/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-request.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_MEMORY_COMPUTED,           /* to the byte, as the engine does it */
  PADDOCK_MEMORY_APPROXIMATE,        /* within a band */
  PADDOCK_MEMORY_ENGINE,             /* the engine said so */
  PADDOCK_MEMORY_MEASURED,           /* a run showed it */
  PADDOCK_MEMORY_UNKNOWN
} PaddockMemoryBasis;

typedef enum
{
  PADDOCK_MEMORY_WEIGHTS,            /* those that stay as they are stored */
  PADDOCK_MEMORY_REPACKED,           /* copies in the order that the processor likes */
  PADDOCK_MEMORY_CACHE,
  PADDOCK_MEMORY_STATE,
  PADDOCK_MEMORY_COMPUTE,
  PADDOCK_MEMORY_OUTPUT,
  PADDOCK_MEMORY_PROJECTOR,
  PADDOCK_MEMORY_DRAFT,
  PADDOCK_MEMORY_ADAPTERS,
  PADDOCK_MEMORY_OVERHEAD,
  PADDOCK_MEMORY_N_KINDS
} PaddockMemoryKind;

/**
 * PaddockMemoryEstimate:
 *
 * What a model needs to run as requested, by kind. All of it is in the main memory; a placement divides it.
 */
typedef struct
{
  guint64 bytes[PADDOCK_MEMORY_N_KINDS];
  PaddockMemoryBasis basis[PADDOCK_MEMORY_N_KINDS];
  double band[PADDOCK_MEMORY_N_KINDS];   /* the part by which it may be off: 0.05 for 5 % */
  guint64 total;                     /* of all kinds */
  guint64 resident;                  /* what the system shows of such a run, with pages of the file */
  guint64 peak_loading;              /* the most until it is ready */
  guint64 evictable;                 /* of what is resident: pages of the file, which the system may drop */

  /*< private >*/
  guint64 stored;                    /* all weights */
  guint64 originals;                 /* those that have copies */
} PaddockMemoryEstimate;

/* FALSE: the request cannot be met, and why. */
gboolean paddock_memory_estimate_compute (PaddockMemoryEstimate *self, const PaddockModelShape *shape,
                                          const PaddockMemoryRequest *request, GError **error);
/* The same for a request that differs in nothing but the context, batches, cache or outputs: quicker. */
gboolean paddock_memory_estimate_change  (PaddockMemoryEstimate *self, const PaddockModelShape *shape,
                                          const PaddockMemoryRequest *request, GError **error);
/* Adds what stands beside the model: a projector, a draft model, adapters. */
void     paddock_memory_estimate_add     (PaddockMemoryEstimate *self, PaddockMemoryKind kind, guint64 bytes,
                                          PaddockMemoryBasis basis, double band);

double   paddock_memory_estimate_get_band (const PaddockMemoryEstimate *self);   /* of the total */

/* The most tokens, in steps of the cache's 256 cells, with which the total is within so many bytes; 0: not even one
 * step. beside is what stands beside the model and does not depend on the context. */
guint32  paddock_memory_estimate_find_largest_context (const PaddockModelShape *shape,
                                                       const PaddockMemoryRequest *request, guint64 beside,
                                                       guint64 limit);

const char *paddock_memory_kind_get_id  (PaddockMemoryKind kind);    /* "weights" */
const char *paddock_memory_basis_get_id (PaddockMemoryBasis basis);  /* "computed" */

G_END_DECLS
