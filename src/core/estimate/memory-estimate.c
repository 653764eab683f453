/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-estimate.h"

#include "estimate/estimate-error.h"
#include "estimate/memory-cache.h"
#include "estimate/memory-compute.h"
#include "estimate/memory-output.h"
#include "estimate/memory-repack.h"
#include "estimate/memory-resident.h"
#include "estimate/memory-weights.h"

/* Cells of a cache come in steps of so many. */
#define CELLS 256

/* Programs and libraries differ from system to system. */
#define OVERHEAD_BAND 0.2

static const char *const kind_ids[PADDOCK_MEMORY_N_KINDS] = {
  [PADDOCK_MEMORY_WEIGHTS] = "weights",     [PADDOCK_MEMORY_REPACKED] = "repacked",
  [PADDOCK_MEMORY_CACHE] = "cache",         [PADDOCK_MEMORY_STATE] = "state",
  [PADDOCK_MEMORY_COMPUTE] = "compute",     [PADDOCK_MEMORY_OUTPUT] = "output",
  [PADDOCK_MEMORY_PROJECTOR] = "projector", [PADDOCK_MEMORY_DRAFT] = "draft",
  [PADDOCK_MEMORY_ADAPTERS] = "adapters",   [PADDOCK_MEMORY_OVERHEAD] = "overhead",
};

static const char *const basis_ids[] = {
  [PADDOCK_MEMORY_COMPUTED] = "computed", [PADDOCK_MEMORY_APPROXIMATE] = "approximate",
  [PADDOCK_MEMORY_ENGINE] = "engine",     [PADDOCK_MEMORY_MEASURED] = "measured",
  [PADDOCK_MEMORY_UNKNOWN] = "unknown",
};

const char *
paddock_memory_kind_get_id (PaddockMemoryKind kind)
{
  g_return_val_if_fail (kind < PADDOCK_MEMORY_N_KINDS, NULL);

  return kind_ids[kind];
}

const char *
paddock_memory_basis_get_id (PaddockMemoryBasis basis)
{
  g_return_val_if_fail (basis < G_N_ELEMENTS (basis_ids), NULL);

  return basis_ids[basis];
}

static void
sum_up (PaddockMemoryEstimate *self, const PaddockModelShape *shape, gboolean mmap)
{
  guint64 beside = self->bytes[PADDOCK_MEMORY_PROJECTOR] + self->bytes[PADDOCK_MEMORY_DRAFT] +
                   self->bytes[PADDOCK_MEMORY_ADAPTERS];
  const PaddockMemoryParts parts = {
    .weights = self->stored,
    .repacked = self->originals,
    .copies = self->bytes[PADDOCK_MEMORY_REPACKED],
    .context = self->bytes[PADDOCK_MEMORY_CACHE] + self->bytes[PADDOCK_MEMORY_STATE],
    .compute = self->bytes[PADDOCK_MEMORY_COMPUTE],
    .output = self->bytes[PADDOCK_MEMORY_OUTPUT],
    .vocabulary = shape->vocabulary,
    .mmap = mmap,
  };
  PaddockMemoryResident resident;

  paddock_memory_resident_compute (&resident, &parts);
  self->bytes[PADDOCK_MEMORY_OVERHEAD] = resident.overhead;
  self->resident = resident.resident + beside;
  self->peak_loading = resident.peak_loading + beside;
  self->evictable = resident.evictable;
  self->total = 0;
  for (guint i = 0; i < PADDOCK_MEMORY_N_KINDS; i++)
    self->total += self->bytes[i];
}

static gboolean
measure_weights (PaddockMemoryEstimate *self, const PaddockModelShape *shape, const PaddockMemoryRequest *request,
                 GError **error)
{
  const PaddockEngineVariant *variant;
  PaddockMemoryRepack repack;

  if (!paddock_memory_repack_resolve (request->repack, &variant))
    {
      g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_REPACK,
                   "the engine has no variant for a processor called %s", request->repack);
      return FALSE;
    }
  if (!paddock_memory_weights_compute (shape, &self->stored, error))
    return FALSE;
  paddock_memory_repack_compute (&repack, shape, variant);
  self->originals = repack.stored;
  self->bytes[PADDOCK_MEMORY_REPACKED] = repack.copies;
  self->bytes[PADDOCK_MEMORY_WEIGHTS] = self->stored - repack.stored;
  return TRUE;
}

static void
measure_compute (PaddockMemoryEstimate *self, const PaddockModelShape *shape, const PaddockMemoryRequest *request)
{
  guint64 *bytes = &self->bytes[PADDOCK_MEMORY_COMPUTE];
  double band = 0;

  if (!paddock_memory_compute_simulate (shape, request, bytes))
    *bytes = paddock_memory_compute_guess (shape, request, &band);
  self->basis[PADDOCK_MEMORY_COMPUTE] = band > 0 ? PADDOCK_MEMORY_APPROXIMATE : PADDOCK_MEMORY_COMPUTED;
  self->band[PADDOCK_MEMORY_COMPUTE] = band;
}

/* Of what is counted no sum may overflow. */
static gboolean
check_bytes (const PaddockMemoryEstimate *self, GError **error)
{
  for (guint i = 0; i < PADDOCK_MEMORY_N_KINDS; i++)
    if (self->bytes[i] > PADDOCK_MEMORY_MOST_BYTES)
      {
        g_set_error (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_OVERFLOW,
                     "it needs more bytes than can be counted (%s)", kind_ids[i]);
        return FALSE;
      }
  return TRUE;
}

/**
 * paddock_memory_estimate_change:
 * @self: an estimate of the same model
 * @shape: the model
 * @request: how to run it; repacking as it was
 * @error: return location for an error of %PADDOCK_ESTIMATE_ERROR
 *
 * Computes again what depends on the context, the batches, the cache and the outputs.
 *
 * Returns: whether the request can be met
 */
gboolean
paddock_memory_estimate_change (PaddockMemoryEstimate *self, const PaddockModelShape *shape,
                                const PaddockMemoryRequest *request, GError **error)
{
  if (!paddock_memory_request_check (request, shape, error))
    return FALSE;
  self->bytes[PADDOCK_MEMORY_OUTPUT] = paddock_memory_output_compute (shape, request);
  if (self->bytes[PADDOCK_MEMORY_OUTPUT] == G_MAXUINT64 ||
      !paddock_memory_cache_compute (shape, request, &self->bytes[PADDOCK_MEMORY_CACHE],
                                     &self->bytes[PADDOCK_MEMORY_STATE], NULL))
    {
      g_set_error_literal (error, PADDOCK_ESTIMATE_ERROR, PADDOCK_ESTIMATE_ERROR_OVERFLOW,
                           "its cache has more bytes than can be counted");
      return FALSE;
    }
  measure_compute (self, shape, request);
  if (!check_bytes (self, error))
    return FALSE;
  sum_up (self, shape, request->mmap);
  return TRUE;
}

/**
 * paddock_memory_estimate_compute:
 * @self: (out caller-allocates): an estimate
 * @shape: a model
 * @request: how to run it
 * @error: return location for an error of %PADDOCK_ESTIMATE_ERROR
 *
 * Returns: whether the request can be met
 */
gboolean
paddock_memory_estimate_compute (PaddockMemoryEstimate *self, const PaddockModelShape *shape,
                                 const PaddockMemoryRequest *request, GError **error)
{
  *self = (PaddockMemoryEstimate) { 0 };
  self->basis[PADDOCK_MEMORY_OVERHEAD] = PADDOCK_MEMORY_APPROXIMATE;
  self->band[PADDOCK_MEMORY_OVERHEAD] = OVERHEAD_BAND;
  return measure_weights (self, shape, request, error) && paddock_memory_estimate_change (self, shape, request, error);
}

/**
 * paddock_memory_estimate_add:
 * @self: an estimate
 * @kind: what it is
 * @bytes: how much it takes
 * @basis: where that is from
 * @band: the part by which it may be off
 */
void
paddock_memory_estimate_add (PaddockMemoryEstimate *self, PaddockMemoryKind kind, guint64 bytes,
                             PaddockMemoryBasis basis, double band)
{
  g_return_if_fail (kind < PADDOCK_MEMORY_N_KINDS);

  self->bytes[kind] += bytes;
  self->basis[kind] = MAX (self->basis[kind], basis);
  self->band[kind] = MAX (self->band[kind], band);
  self->total += bytes;
  self->resident += bytes;
  self->peak_loading += bytes;
}

/**
 * paddock_memory_estimate_get_band:
 * @self: an estimate
 *
 * Returns: the part by which the total may be off
 */
double
paddock_memory_estimate_get_band (const PaddockMemoryEstimate *self)
{
  double off = 0;

  for (guint i = 0; i < PADDOCK_MEMORY_N_KINDS; i++)
    off += (double) self->bytes[i] * self->band[i];
  return self->total > 0 ? off / (double) self->total : 0;
}

static gboolean
is_within (PaddockMemoryEstimate *estimate, const PaddockModelShape *shape, const PaddockMemoryRequest *request,
           guint32 context, guint64 beside, guint64 limit)
{
  PaddockMemoryRequest changed = *request;

  changed.context = context;
  return paddock_memory_estimate_change (estimate, shape, &changed, NULL) && estimate->total <= limit &&
         limit - estimate->total >= beside;
}

/**
 * paddock_memory_estimate_find_largest_context:
 * @shape: a model
 * @request: how to run it; its context does not matter
 * @beside: bytes that stand beside the model
 * @limit: bytes that there are
 *
 * The total does not fall while the context grows, so that it is found by halving.
 *
 * Returns: the most tokens, at most what the model has learnt; 0 if it does not fit at all
 */
guint32
paddock_memory_estimate_find_largest_context (const PaddockModelShape *shape, const PaddockMemoryRequest *request,
                                              guint64 beside, guint64 limit)
{
  PaddockMemoryRequest first = *request;
  PaddockMemoryEstimate estimate;
  guint32 step = request->unified ? CELLS : CELLS * MAX (request->parallel, 1);
  guint32 low = 0, high = shape->training_context / step;

  first.context = MIN (step, shape->training_context);
  if (!paddock_memory_estimate_compute (&estimate, shape, &first, NULL))
    return 0;
  if (is_within (&estimate, shape, request, shape->training_context, beside, limit))
    return shape->training_context;
  while (low < high)
    {
      guint32 middle = low + (high - low + 1) / 2;

      if (is_within (&estimate, shape, request, middle * step, beside, limit))
        low = middle;
      else
        high = middle - 1;
    }
  return low * step;
}
