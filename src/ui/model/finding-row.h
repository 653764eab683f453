/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/model-report.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_FINDING_ROW (paddock_finding_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockFindingRow, paddock_finding_row, PADDOCK, FINDING_ROW, AdwExpanderRow)

GtkWidget *paddock_finding_row_new (const PaddockFinding *finding, gpointer owner, GDestroyNotify release);

G_END_DECLS
