/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/memory-curve.h"

#include <string.h>

#define SMALLEST_CONTEXT 512u

static void
append (GArray *points, const PaddockMemoryEstimate *estimate, guint32 context)
{
  PaddockMemoryPoint point = { .context = context, .total = estimate->total };

  memcpy (point.bytes, estimate->bytes, sizeof point.bytes);
  g_array_append_val (points, point);
}

/**
 * paddock_memory_curve_compute:
 * @shape: a model
 * @request: how to run it; its context does not matter
 * @n_points: how many points there may be, at least 2
 * @error: return location for an error of %PADDOCK_ESTIMATE_ERROR
 *
 * Returns: (transfer full) (nullable) (element-type PaddockMemoryPoint): contexts at equal distances, and what each needs
 */
GArray *
paddock_memory_curve_compute (const PaddockModelShape *shape, const PaddockMemoryRequest *request, guint n_points,
                              GError **error)
{
  g_autoptr (GArray) points = g_array_sized_new (FALSE, FALSE, sizeof (PaddockMemoryPoint), n_points);
  guint32 last = shape->training_context;
  guint32 first = MIN (MAX (SMALLEST_CONTEXT, request->parallel), last);
  PaddockMemoryRequest changed = *request;
  PaddockMemoryEstimate estimate;

  g_return_val_if_fail (n_points >= 2, NULL);

  changed.context = first;
  if (!paddock_memory_estimate_compute (&estimate, shape, &changed, error))
    return NULL;
  append (points, &estimate, first);
  for (guint i = 1; i < n_points && changed.context < last; i++)
    {
      changed.context = first + (guint32) ((guint64) (last - first) * i / (n_points - 1));
      if (!paddock_memory_estimate_change (&estimate, shape, &changed, error))
        return NULL;
      append (points, &estimate, changed.context);
    }
  return g_steal_pointer (&points);
}
