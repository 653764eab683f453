/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What memory is needed for; the order is that of the colours. */
typedef enum
{
  PADDOCK_MEMORY_PART_WEIGHTS,
  PADDOCK_MEMORY_PART_CACHE,
  PADDOCK_MEMORY_PART_COMPUTE,
  PADDOCK_MEMORY_PART_PROJECTOR,
  PADDOCK_MEMORY_PART_OVERHEAD,
  PADDOCK_MEMORY_PART_DRAFT,
  PADDOCK_MEMORY_N_PARTS
} PaddockMemoryPart;

typedef struct
{
  PaddockMemoryPart part;
  char *label;
  guint64 bytes;
} PaddockMemorySegment;

typedef struct _PaddockMemoryBar PaddockMemoryBar;

PaddockMemoryBar           *paddock_memory_bar_new          (const char *device, guint64 capacity, guint64 available,
                                                             guint64 taken);
PaddockMemoryBar           *paddock_memory_bar_ref          (PaddockMemoryBar *self);
void                        paddock_memory_bar_unref        (PaddockMemoryBar *self);
/* A NULL label is the part's own; nothing is added for 0 bytes. Only before the bar is shown. */
void                        paddock_memory_bar_add          (PaddockMemoryBar *self, PaddockMemoryPart part,
                                                             const char *label, guint64 bytes);

const char                 *paddock_memory_bar_get_device   (PaddockMemoryBar *self);
guint64                     paddock_memory_bar_get_capacity (PaddockMemoryBar *self);
guint64                     paddock_memory_bar_get_free     (PaddockMemoryBar *self);
guint64                     paddock_memory_bar_get_taken    (PaddockMemoryBar *self);   /* by others */
guint64                     paddock_memory_bar_get_needed   (PaddockMemoryBar *self);   /* by all segments */
guint                       paddock_memory_bar_get_count    (PaddockMemoryBar *self);
const PaddockMemorySegment *paddock_memory_bar_get_segment  (PaddockMemoryBar *self, guint position);

/* Where a number of bytes stands, from 0 to 1: the end is the capacity, or what is needed where that is more. */
double                      paddock_memory_bar_place        (PaddockMemoryBar *self, guint64 bytes);
/* Where each segment ends in that many pixels; each is at least as wide as narrowest, as long as all can be. */
void                        paddock_memory_bar_lay_out      (PaddockMemoryBar *self, float width, float narrowest,
                                                             float *ends);
char                       *paddock_memory_bar_describe     (PaddockMemoryBar *self);   /* in a sentence or two */

const char                 *paddock_memory_part_get_label   (PaddockMemoryPart part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockMemoryBar, paddock_memory_bar_unref)

G_END_DECLS
