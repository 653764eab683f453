/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockFit:
 *
 * How a model would find room on this computer.
 */
typedef enum
{
  PADDOCK_FIT_UNKNOWN,               /* nobody knows yet, or nobody can */
  PADDOCK_FIT_GPU,                   /* all of it beside the graphics processor */
  PADDOCK_FIT_MEMORY,                /* all of it in the main memory */
  PADDOCK_FIT_SPLIT,                 /* a part in each */
  PADDOCK_FIT_TIGHT,                 /* it fits, with next to nothing left over */
  PADDOCK_FIT_TOO_LARGE
} PaddockFit;

const char *paddock_fit_get_id (PaddockFit fit);   /* as programs write it: "fits-gpu" */

G_END_DECLS
