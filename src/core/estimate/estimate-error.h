/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockEstimateError:
 *
 * Why nobody can say what a model needs, or why it cannot be run like that.
 */
typedef enum
{
  PADDOCK_ESTIMATE_ERROR_ARCHITECTURE, /* none is named, or one that makes no use of these numbers */
  PADDOCK_ESTIMATE_ERROR_HEADER,       /* a number is missing, absurd, or contradicts the tensors */
  PADDOCK_ESTIMATE_ERROR_INCOMPLETE,   /* shards are missing, or the header breaks off */
  PADDOCK_ESTIMATE_ERROR_TENSOR_TYPE,  /* a tensor of a type whose size nobody knows */
  PADDOCK_ESTIMATE_ERROR_OVERFLOW,     /* more bytes than can be counted */
  PADDOCK_ESTIMATE_ERROR_CONTEXT,      /* no context, or more than the model has learnt */
  PADDOCK_ESTIMATE_ERROR_BATCH,        /* batches that are empty or do not fit each other */
  PADDOCK_ESTIMATE_ERROR_PARALLEL,     /* no sequence at all, or too many */
  PADDOCK_ESTIMATE_ERROR_CACHE_TYPE,   /* a type that the cache, or this model's cache, cannot have */
  PADDOCK_ESTIMATE_ERROR_ATTENTION,    /* settings that need flash attention, or forbid it */
  PADDOCK_ESTIMATE_ERROR_OUTPUTS,      /* more rows of output than a batch has */
  PADDOCK_ESTIMATE_ERROR_REPACK,       /* a processor that the engine has no variant for */
  PADDOCK_ESTIMATE_ERROR_COMPANION,    /* a file beside the model that is not what it is taken for */
  PADDOCK_ESTIMATE_ERROR_MACHINE       /* nobody knows what the computer has */
} PaddockEstimateError;

#define PADDOCK_ESTIMATE_ERROR (paddock_estimate_error_quark ())
GQuark paddock_estimate_error_quark (void);

G_END_DECLS
