/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "computer/machine-choice.h"
#include "model/opened-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_MEMORY_VIEW (paddock_memory_view_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMemoryView, paddock_memory_view, PADDOCK, MEMORY_VIEW, AdwBin)

/* Must be called once, before there is something to show. */
void paddock_memory_view_set_machines (PaddockMemoryView *self, PaddockMachineChoice *machines);
/* What was read of the model last; its settings are kept with it. */
void paddock_memory_view_show_model   (PaddockMemoryView *self, PaddockOpenedModel *model);

G_END_DECLS
