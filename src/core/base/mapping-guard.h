/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PaddockMappingGuard:
 *
 * Keeps a mapped file from killing the process when somebody cuts it short: the pages that went away read as zero from
 * then on, and the guard remembers that it happened. Guards are made and ended by any thread.
 */
typedef struct _PaddockMappingGuard PaddockMappingGuard;

/* NULL: too many mappings at once */
PaddockMappingGuard *paddock_mapping_guard_new     (const void *start, gsize length);
void                 paddock_mapping_guard_free    (PaddockMappingGuard *self);         /* before the mapping goes */
gboolean             paddock_mapping_guard_was_hit (const PaddockMappingGuard *self);

G_END_DECLS
