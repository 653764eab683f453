/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/opened-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_OPENED_ROW (paddock_opened_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockOpenedRow, paddock_opened_row, PADDOCK, OPENED_ROW, AdwBin)

G_END_DECLS
