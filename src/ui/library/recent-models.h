/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-entry.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tells the desktop that a model was opened, so that it is among the recent files of the application's own menu; entry: what
   the library knows of it, or NULL. */
void paddock_recent_models_note (const char *path, const PaddockLibraryEntry *entry);

G_END_DECLS
