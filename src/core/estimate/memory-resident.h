/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockMemoryParts:
 *
 * What a run consists of, in bytes, as the engine counts it.
 */
typedef struct
{
  guint64 weights;                   /* all of them, as the file has them */
  guint64 repacked;                  /* the originals of what is copied */
  guint64 copies;
  guint64 context;                   /* cache and state */
  guint64 compute;
  guint64 output;
  guint64 vocabulary;                /* tokens */
  gboolean mmap;
} PaddockMemoryParts;

/**
 * PaddockMemoryResident:
 *
 * What the system shows of a process that runs a model.
 */
typedef struct
{
  guint64 resident;                  /* after its first answer */
  guint64 peak_loading;              /* the most until it is ready */
  guint64 evictable;                 /* of what is resident: pages of the file, which the system may drop and read again */
  guint64 overhead;                  /* of what is resident: programs, tables of tokens, buffers of requests */
} PaddockMemoryResident;

void    paddock_memory_resident_compute      (PaddockMemoryResident *self, const PaddockMemoryParts *parts);
guint64 paddock_memory_resident_get_overhead (guint64 vocabulary);

G_END_DECLS
