/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "estimate/memory-request.h"

G_BEGIN_DECLS

#define PADDOCK_TYPE_MORE_ROW (paddock_more_row_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMoreRow, paddock_more_row, PADDOCK, MORE_ROW, AdwExpanderRow)

void paddock_more_row_show        (PaddockMoreRow *self, const PaddockModelShape *shape, const PaddockMemoryRequest *request);
void paddock_more_row_read        (PaddockMoreRow *self, PaddockMemoryRequest *request);
/* Why the batches cannot be like that; NULL: they can. */
void paddock_more_row_set_problem (PaddockMoreRow *self, const char *reason);

G_END_DECLS
