/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/model-snapshot.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_QUANTIZATION_GROUP (paddock_quantization_group_get_type ())
G_DECLARE_FINAL_TYPE (PaddockQuantizationGroup, paddock_quantization_group, PADDOCK, QUANTIZATION_GROUP, AdwPreferencesGroup)

void paddock_quantization_group_set_snapshot (PaddockQuantizationGroup *self, PaddockModelSnapshot *snapshot);

G_END_DECLS
