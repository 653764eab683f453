/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-snapshot.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_NUMBER_ROW (paddock_number_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockNumberRow, paddock_number_row, PADDOCK, NUMBER_ROW, AdwActionRow)

GtkWidget *paddock_number_row_new    (const char *title, const char *path);
void       paddock_number_row_update (PaddockNumberRow *self, const PaddockHardwareSnapshot *computer);

G_END_DECLS
