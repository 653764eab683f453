/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-query.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PaddockSavedFilters:
 *
 * What a person wants to see again and again, by the names that they gave it: kept in the settings, for all windows. Signal
 * "changed": there are others.
 */
#define PADDOCK_TYPE_SAVED_FILTERS (paddock_saved_filters_get_type ())
G_DECLARE_FINAL_TYPE (PaddockSavedFilters, paddock_saved_filters, PADDOCK, SAVED_FILTERS, GObject)

PaddockSavedFilters *paddock_saved_filters_new       (GSettings *settings);
guint                paddock_saved_filters_count     (PaddockSavedFilters *self);
const char          *paddock_saved_filters_get_name  (PaddockSavedFilters *self, guint n);
const char          *paddock_saved_filters_get_json  (PaddockSavedFilters *self, guint n);
PaddockLibraryQuery *paddock_saved_filters_dup_query (PaddockSavedFilters *self, guint n);
gboolean             paddock_saved_filters_find      (PaddockSavedFilters *self, const char *name, guint *n);
/* The one that asks for the same. */
gboolean             paddock_saved_filters_match     (PaddockSavedFilters *self, const PaddockLibraryQuery *query, guint *n);

/* n: where; past the end for the last. FALSE: there is one of that name. */
gboolean             paddock_saved_filters_insert    (PaddockSavedFilters *self, guint n, const char *name, const char *json);
gboolean             paddock_saved_filters_rename    (PaddockSavedFilters *self, guint n, const char *name);
void                 paddock_saved_filters_remove    (PaddockSavedFilters *self, guint n);

G_END_DECLS
