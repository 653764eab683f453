/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-entry.h"

G_BEGIN_DECLS

/* What models of a list have in common under one heading. */
typedef enum
{
  PADDOCK_SECTIONS_NONE,
  PADDOCK_SECTIONS_STORE,
  PADDOCK_SECTIONS_FAMILY,
  PADDOCK_SECTIONS_QUANTIZATION
} PaddockSectioning;

/**
 * PaddockLibrarySections:
 *
 * Where the sections of a list begin. Each keeps the order that its models had.
 */
typedef struct
{
  GArray *starts;                    /* of guint: the position of the first model of each */
  GPtrArray *titles;                 /* char *, ready to be shown */
  guint n_entries;
} PaddockLibrarySections;

/* entries (element-type PaddockLibraryEntry) are put into a new array (transfer container), section after section. */
PaddockLibrarySections *paddock_library_sections_new  (GPtrArray *entries, PaddockSectioning sectioning, GPtrArray **grouped);
void                    paddock_library_sections_free (PaddockLibrarySections *self);
/* Which section a position is in. */
guint                   paddock_library_sections_find (const PaddockLibrarySections *self, guint position);
guint                   paddock_library_sections_get_end (const PaddockLibrarySections *self, guint section);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PaddockLibrarySections, paddock_library_sections_free)

G_END_DECLS
