/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate/memory-requirements.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_MEMORY_NUMBERS (paddock_memory_numbers_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMemoryNumbers, paddock_memory_numbers, PADDOCK, MEMORY_NUMBERS, AdwPreferencesGroup)

void paddock_memory_numbers_set_estimate (PaddockMemoryNumbers *self, const PaddockModelShape *shape,
                                          const PaddockMemoryEstimate *estimate);

G_END_DECLS
