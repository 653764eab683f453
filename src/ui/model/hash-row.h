/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/hash-activity.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_HASH_ROW (paddock_hash_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockHashRow, paddock_hash_row, PADDOCK, HASH_ROW, AdwPreferencesRow)

GtkWidget *paddock_hash_row_new          (const char *path);
void       paddock_hash_row_set_activity (PaddockHashRow *self, PaddockHashActivity *activity, guint file);

G_END_DECLS
