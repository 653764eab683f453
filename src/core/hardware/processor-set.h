/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PADDOCK_PROCESSOR_SET_MAX 8192u

/**
 * PaddockProcessorSet:
 *
 * Some of the computer's threads, by the system's numbers of them.
 */
typedef struct
{
  guint64 words[PADDOCK_PROCESSOR_SET_MAX / 64];
} PaddockProcessorSet;

/* "0-3,8"; FALSE: it is no such list, and the set is empty. */
gboolean paddock_processor_set_parse     (PaddockProcessorSet *self, const char *list);
void     paddock_processor_set_add       (PaddockProcessorSet *self, guint id);
gboolean paddock_processor_set_contains  (const PaddockProcessorSet *self, guint id);
void     paddock_processor_set_intersect (PaddockProcessorSet *self, const PaddockProcessorSet *other);
guint    paddock_processor_set_count     (const PaddockProcessorSet *self);
/* The first of at least @id; the maximum: there is none. */
guint    paddock_processor_set_next      (const PaddockProcessorSet *self, guint id);

G_END_DECLS
