/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "command.h"
#include "library.h"

G_BEGIN_DECLS

/* How commands work with the person's library. Whatever fails has been complained of, and status says what to exit with. */

/* Looks at everything once; follow: told of the progress (NULL: nobody). NULL: it failed. */
typedef void (*PaddockLibraryFollow) (PaddockLibrary *library, guint count, gpointer user_data);

PaddockLibrary      *paddock_library_access_open         (PaddockLibraryFollow follow, gpointer user_data, int *status);
PaddockLibraryEntry *paddock_library_access_find         (PaddockLibrary *library, const char *text);
/* Of the models that they mean (transfer container, with NULL at its end: borrowed char *), each once; NULL: not all of them
   are there. */
GPtrArray           *paddock_library_access_find_ids     (PaddockLibrary *library, const PaddockArguments *arguments);
gboolean             paddock_library_access_change       (PaddockLibrary *library, const char *id, PaddockRecordChange change,
                                                          gpointer data, int *status);
gboolean             paddock_library_access_set_settings (PaddockLibrary *library, const PaddockLibrarySettings *settings,
                                                          int *status);
gboolean             paddock_library_access_rescan       (PaddockLibrary *library, int *status);
/* An argument as text: NULL if it is none in the locale's charset. */
char                *paddock_library_access_read_text    (const char *argument);

G_END_DECLS
