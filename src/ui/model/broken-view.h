/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/model-snapshot.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_BROKEN_VIEW (paddock_broken_view_get_type ())
G_DECLARE_FINAL_TYPE (PaddockBrokenView, paddock_broken_view, PADDOCK, BROKEN_VIEW, AdwBin)

void paddock_broken_view_set_snapshot (PaddockBrokenView *self, PaddockModelSnapshot *snapshot);

G_END_DECLS
