/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/late-release.h"
#include "library.h"

G_BEGIN_DECLS

/* For library-change.c and library-follower.c. The task (transfer full) returns when the next index is there, made of
   records as they are now. */
void        paddock_library_await_records     (PaddockLibrary *self, GTask *task);
/* settings: (transfer full) */
void        paddock_library_await_settings    (PaddockLibrary *self, PaddockLibrarySettings *settings, GTask *task);
const char *paddock_library_get_settings_path (PaddockLibrary *self);
/* Reads them again: another program, or the person themselves, may have written them. Where they are the same, nothing
   follows; where they cannot be read, those that were stay. */
void        paddock_library_reread_settings   (PaddockLibrary *self);
/* The task (transfer full) returns when everything was looked at with them, or why they cannot be read. */
void        paddock_library_await_reread      (PaddockLibrary *self, GTask *task);

G_END_DECLS
