/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/model-snapshot.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockEngineFindingsRow:
 *
 * What was found before about one model: when the engine said something else than Paddock, how it was asked, and both
 * answers. It is seen only while there is something.
 */
#define PADDOCK_TYPE_ENGINE_FINDINGS_ROW (paddock_engine_findings_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockEngineFindingsRow, paddock_engine_findings_row, PADDOCK, ENGINE_FINDINGS_ROW, AdwExpanderRow)

/* Looks at what is kept, which takes a moment. NULL: about no model. */
void paddock_engine_findings_row_load (PaddockEngineFindingsRow *self, PaddockModelSnapshot *snapshot);

G_END_DECLS
