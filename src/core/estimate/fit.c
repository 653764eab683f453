/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "estimate/fit.h"

/**
 * paddock_fit_get_id:
 * @fit: how a model fits
 *
 * Returns: its name in files and in the output for programs; "unknown" for a number that stands for nothing
 */
const char *
paddock_fit_get_id (PaddockFit fit)
{
  static const char * const ids[] = {
    [PADDOCK_FIT_UNKNOWN] = "unknown", [PADDOCK_FIT_GPU] = "fits-gpu", [PADDOCK_FIT_MEMORY] = "fits-memory",
    [PADDOCK_FIT_SPLIT] = "fits-split", [PADDOCK_FIT_TIGHT] = "tight",  [PADDOCK_FIT_TOO_LARGE] = "too-large",
  };

  return ids[(guint) fit < G_N_ELEMENTS (ids) ? fit : PADDOCK_FIT_UNKNOWN];
}
