/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-query.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockLibraryFilter:
 *
 * Asks what the library is to be filtered by, in a popover: values to switch on and off, of which those are offered that some
 * model has.
 * Signal "changed": the query that it was given is another one.
 */
#define PADDOCK_TYPE_LIBRARY_FILTER (paddock_library_filter_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLibraryFilter, paddock_library_filter, PADDOCK, LIBRARY_FILTER, AdwBin)

GtkWidget *paddock_library_filter_new (void);
/* Makes its buttons anew; the query is changed in place. */
void       paddock_library_filter_show (PaddockLibraryFilter *self, PaddockLibraryQuery *query, PaddockLibraryIndex *index);

G_END_DECLS
