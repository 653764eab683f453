/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "library.h"

G_BEGIN_DECLS

/**
 * PaddockSearchProvider:
 *
 * Answers the desktop's search with models of the library. The first search after a start waits until the library knows
 * what its cache knew.
 *
 * Signals: `asked` when somebody searches, `opened` (id) when the person has chosen a model, `searched` (text) when they
 * want to see all that was found.
 */
#define PADDOCK_TYPE_SEARCH_PROVIDER (paddock_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (PaddockSearchProvider, paddock_search_provider, PADDOCK, SEARCH_PROVIDER, GObject)

PaddockSearchProvider *paddock_search_provider_new      (PaddockLibrary *library);
/* Below the path of the application. */
gboolean               paddock_search_provider_export   (PaddockSearchProvider *self, GDBusConnection *connection,
                                                         const char *path, GError **error);
void                   paddock_search_provider_unexport (PaddockSearchProvider *self, GDBusConnection *connection);

G_END_DECLS
