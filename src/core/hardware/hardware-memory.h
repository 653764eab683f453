/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-number.h"

G_BEGIN_DECLS

/* Memory that some of the processors are nearer to than the others. */
typedef struct
{
  guint id;
  char *cpus;                        /* Owned: "0-15,32-47"; "": none; NULL: unknown */
  PaddockHardwareNumber total;
  PaddockHardwareNumber free;
} PaddockHardwareNode;

/* Pages of one size that are set aside. */
typedef struct
{
  guint64 size;
  PaddockHardwareNumber total;       /* pages */
  PaddockHardwareNumber free;        /* pages */
} PaddockHardwareHugePages;

/**
 * PaddockHardwareMemory:
 *
 * The memory of this computer, in bytes. Files that are kept in memory only because there is room count as available.
 */
typedef struct
{
  /* Owned */
  GPtrArray *nodes;                  /* of PaddockHardwareNode, by id */
  GPtrArray *huge_pages;             /* of PaddockHardwareHugePages, by size */
  char *transparent_huge_pages;      /* "always", "madvise", "never"; NULL: unknown */
  char *transparent_source;

  PaddockHardwareNumber total;
  PaddockHardwareNumber available;   /* to this process: never more than the limit leaves */
  PaddockHardwareNumber limit;       /* of the control group this process is in; unknown: there is none */
  PaddockHardwareNumber swap_total;
  PaddockHardwareNumber swap_free;
  PaddockHardwareNumber swap_compressed;   /* the part of the swap that is compressed memory itself */
  PaddockHardwareNumber bandwidth;   /* bytes read per second */
} PaddockHardwareMemory;

PaddockHardwareMemory *paddock_hardware_memory_new  (void);
PaddockHardwareMemory *paddock_hardware_memory_copy (const PaddockHardwareMemory *self);
void                   paddock_hardware_memory_free (PaddockHardwareMemory *self);

PaddockHardwareNode      *paddock_hardware_memory_add_node       (PaddockHardwareMemory *self, guint id);
PaddockHardwareHugePages *paddock_hardware_memory_add_huge_pages (PaddockHardwareMemory *self, guint64 size);

/* What there is for this process: the total, or the limit where that is less. FALSE where nobody tells. */
gboolean paddock_hardware_memory_get_usable (const PaddockHardwareMemory *self, guint64 *total, guint64 *available,
                                             gboolean *limited);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockHardwareMemory, paddock_hardware_memory_free)

G_END_DECLS
