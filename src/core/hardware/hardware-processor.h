/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-number.h"

G_BEGIN_DECLS

typedef enum
{
  PADDOCK_HARDWARE_CACHE_DATA,
  PADDOCK_HARDWARE_CACHE_INSTRUCTION,
  PADDOCK_HARDWARE_CACHE_UNIFIED
} PaddockHardwareCacheKind;

/* Caches of one level, kind and size; cores of two kinds have different ones. */
typedef struct
{
  guint level;
  PaddockHardwareCacheKind kind;
  guint64 size;                      /* bytes of one of them */
  guint shared_by;                   /* threads that share one */
  guint count;                       /* how many there are; 0: nobody said */
} PaddockHardwareCache;

/**
 * PaddockHardwareProcessor:
 *
 * The processors of this computer taken together.
 */
typedef struct
{
  /* Owned */
  char *name;
  char *name_source;
  char *architecture;                /* "x86_64", "aarch64"; NULL: unknown */
  char **features;                   /* as the system's list calls them: "avx2", "asimddp"; never NULL */
  char *features_source;
  GArray *caches;                    /* of PaddockHardwareCache, by level */
  char *caches_source;

  PaddockHardwareNumber sockets;
  PaddockHardwareNumber cores;       /* physical ones */
  PaddockHardwareNumber performance_cores;   /* both unknown: all cores are alike, or nobody says */
  PaddockHardwareNumber efficiency_cores;
  PaddockHardwareNumber threads;     /* that are switched on */
  PaddockHardwareNumber smt;         /* threads of one core, 1 where that is switched off */
  PaddockHardwareNumber allowed;     /* threads that this process may run on */
  PaddockHardwareNumber quota;       /* thousandths of a thread's time that it may use; unknown: all */
} PaddockHardwareProcessor;

PaddockHardwareProcessor *paddock_hardware_processor_new  (void);
PaddockHardwareProcessor *paddock_hardware_processor_copy (const PaddockHardwareProcessor *self);
void                      paddock_hardware_processor_free (PaddockHardwareProcessor *self);

gboolean paddock_hardware_processor_has_feature (const PaddockHardwareProcessor *self, const char *feature);
/* How many threads can work at the same time, by what is switched on, allowed and not used up: at least 1. */
guint    paddock_hardware_processor_get_usable  (const PaddockHardwareProcessor *self);

const char *paddock_hardware_cache_kind_get_name (PaddockHardwareCacheKind kind);   /* "data", "instruction", "unified" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHardwareProcessor, paddock_hardware_processor_free)

G_END_DECLS
