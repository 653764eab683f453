/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-request.h"

G_BEGIN_DECLS

/**
 * PaddockEstimateDevice:
 *
 * A device that somebody says the computer has.
 */
typedef struct
{
  char *name;
  guint64 capacity;
} PaddockEstimateDevice;

/* In the place of a number of layers, which must not be negative. */
#define PADDOCK_ESTIMATE_ANY_LAYERS G_MININT

/**
 * PaddockEstimateOptions:
 *
 * What `estimate` was told, as the options have it.
 */
typedef struct
{
  int context, batch, ubatch, parallel, outputs, gpu_layers, curve;   /* below 0: not given */
  char *cache_k, *cache_v, *flash_attention, *repack;
  char *projector, *draft, *machine, *strategy;
  GStrv adapters, devices;
  gboolean cpu, unified, not_unified, swa_full, no_mmap, ask_engine;
} PaddockEstimateOptions;

/* All complain of what is wrong. */
gboolean paddock_estimate_options_check      (const PaddockEstimateOptions *self);
gboolean paddock_estimate_options_apply      (const PaddockEstimateOptions *self, const PaddockModelShape *shape,
                                              PaddockMemoryRequest *request);
/* (element-type PaddockEstimateDevice) */
GArray  *paddock_estimate_options_dup_devices (const PaddockEstimateOptions *self);

G_END_DECLS
