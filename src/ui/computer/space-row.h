/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-snapshot.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_SPACE_ROW (paddock_space_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockSpaceRow, paddock_space_row, PADDOCK, SPACE_ROW, AdwPreferencesRow)

GtkWidget *paddock_space_row_new    (const char *name, const char *total, const char *free);
void       paddock_space_row_update (PaddockSpaceRow *self, const PaddockHardwareSnapshot *computer);

G_END_DECLS
