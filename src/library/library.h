/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "library-index.h"
#include "library-settings.h"
#include "record-store.h"
#include "store-places.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_LIBRARY (paddock_library_get_type ())

/**
 * PaddockLibrary:
 *
 * Every model of this person: loaded from the cache at once, then held against the disk in the background, and watched.
 * Everything slow happens in workers; the object lives in the main thread.
 *
 * Signals: `changed` (index): there is a new index; `scanned` (count): so many files were met so far. Properties:
 * `scanning` (boolean), `loaded` (boolean: what the cache knew is there).
 */
G_DECLARE_FINAL_TYPE (PaddockLibrary, paddock_library, PADDOCK, LIBRARY, GObject)

/* NULL: the person's own places. */
PaddockLibrary      *paddock_library_new         (const PaddockStorePlaces *places);

/* Begins with the cache: for whoever is going to start it when there is time to look at the disk. */
void                 paddock_library_recall       (PaddockLibrary *self);
/* The cache, then the records, then the disk; returns when all were looked at once. With watch, changes on disk are
   followed from then on. */
void                 paddock_library_start_async  (PaddockLibrary *self, gboolean watch, GCancellable *cancellable,
                                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean             paddock_library_start_finish (PaddockLibrary *self, GAsyncResult *result, GError **error);
void                 paddock_library_rescan_async (PaddockLibrary *self, GCancellable *cancellable,
                                                   GAsyncReadyCallback callback, gpointer user_data);
gboolean             paddock_library_rescan_finish (PaddockLibrary *self, GAsyncResult *result, GError **error);

/* Cancels what goes on, for a program that ends: whoever waits is told, and nothing is begun any more. */
void                 paddock_library_stop         (PaddockLibrary *self);

PaddockLibraryIndex *paddock_library_get_index    (PaddockLibrary *self);   /* never NULL (transfer none) */
gboolean             paddock_library_get_scanning (PaddockLibrary *self);
gboolean             paddock_library_get_loaded   (PaddockLibrary *self);
const PaddockLibrarySettings *paddock_library_get_settings (PaddockLibrary *self);
PaddockRecordStore  *paddock_library_get_records  (PaddockLibrary *self);
const PaddockStorePlaces *paddock_library_get_places (PaddockLibrary *self);

/* They are written and take effect; returns when what they added was scanned. */
void                 paddock_library_set_settings_async  (PaddockLibrary *self, const PaddockLibrarySettings *settings,
                                                          GAsyncReadyCallback callback, gpointer user_data);
gboolean             paddock_library_set_settings_finish (PaddockLibrary *self, GAsyncResult *result, GError **error);

/* Changes what a person said of a model: written durably in a worker, and in the index when it is done. */
void                 paddock_library_change_async  (PaddockLibrary *self, const char *id, PaddockRecordChange change,
                                                    gpointer change_data, GDestroyNotify change_free,
                                                    GAsyncReadyCallback callback, gpointer user_data);
gboolean             paddock_library_change_finish (PaddockLibrary *self, GAsyncResult *result, GError **error);
/* For whoever changed records without it: there will be an index of what they say now. */
void                 paddock_library_look_again    (PaddockLibrary *self);

G_END_DECLS
