/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gguf/gguf-editor.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_CHANGE_ROW (paddock_change_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockChangeRow, paddock_change_row, PADDOCK, CHANGE_ROW, AdwPreferencesRow)

GtkWidget *paddock_change_row_new (const PaddockGgufChange *change);

G_END_DECLS
