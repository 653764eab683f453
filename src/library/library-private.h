/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library.h"

G_BEGIN_DECLS

/* For library-change.c. The task (transfer full) returns when the next index is there, made of records as they are now. */
void        paddock_library_await_records     (PaddockLibrary *self, GTask *task);
/* settings: (transfer full) */
void        paddock_library_await_settings    (PaddockLibrary *self, PaddockLibrarySettings *settings, GTask *task);
const char *paddock_library_get_settings_path (PaddockLibrary *self);

G_END_DECLS
