/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_CHART_TABLE_DIALOG (paddock_chart_table_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockChartTableDialog, paddock_chart_table_dialog, PADDOCK, CHART_TABLE_DIALOG, AdwDialog)

PaddockChartTableDialog *paddock_chart_table_dialog_new (const char *title, const char *first, const char *second);
void                     paddock_chart_table_dialog_add (PaddockChartTableDialog *self, const char *first,
                                                         const char *second);

G_END_DECLS
