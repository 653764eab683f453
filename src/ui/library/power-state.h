/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_POWER_STATE (paddock_power_state_get_type ())

/**
 * PaddockPowerState:
 *
 * Whether the computer has power to spend on what nobody waits for: it runs from the mains, and the person did not ask it
 * to save power. Property: `plentiful` (boolean), FALSE as long as that is not known.
 */
G_DECLARE_FINAL_TYPE (PaddockPowerState, paddock_power_state, PADDOCK, POWER_STATE, GObject)

PaddockPowerState *paddock_power_state_new          (void);
gboolean           paddock_power_state_is_plentiful (PaddockPowerState *self);

G_END_DECLS
