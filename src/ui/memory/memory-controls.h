/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "memory/memory-outlook.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_MEMORY_CONTROLS (paddock_memory_controls_get_type ())
G_DECLARE_FINAL_TYPE (PaddockMemoryControls, paddock_memory_controls, PADDOCK, MEMORY_CONTROLS, AdwPreferencesGroup)

/* What can be set at all depends on the model; "changed" does not follow. */
void paddock_memory_controls_show        (PaddockMemoryControls *self, const PaddockModelShape *shape,
                                          const PaddockMemorySettings *settings);
/* Writes what the person has set; the context is not among it. */
void paddock_memory_controls_read        (PaddockMemoryControls *self, PaddockMemorySettings *settings);
void paddock_memory_controls_set_outlook (PaddockMemoryControls *self, const PaddockMemoryOutlook *outlook);
/* The rows that it is about say it. NULL: there is none. FALSE: none of them is about it. */
gboolean paddock_memory_controls_set_problem (PaddockMemoryControls *self, const GError *problem, const char *reason);

G_END_DECLS
