/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_FACT_ROW (paddock_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockFactRow, paddock_fact_row, PADDOCK, FACT_ROW, AdwActionRow)

GtkWidget *paddock_fact_row_new (const char *title, const char *value);

G_END_DECLS
