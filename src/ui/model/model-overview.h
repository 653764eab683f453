/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/model-snapshot.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_MODEL_OVERVIEW (paddock_model_overview_get_type ())
G_DECLARE_FINAL_TYPE (PaddockModelOverview, paddock_model_overview, PADDOCK, MODEL_OVERVIEW, AdwBin)

void paddock_model_overview_set_snapshot (PaddockModelOverview *self, PaddockModelSnapshot *snapshot);

G_END_DECLS
