/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_FILE_WATCH (paddock_file_watch_get_type ())
G_DECLARE_FINAL_TYPE (PaddockFileWatch, paddock_file_watch, PADDOCK, FILE_WATCH, GObject)

PaddockFileWatch *paddock_file_watch_new (const char * const *paths);

G_END_DECLS
