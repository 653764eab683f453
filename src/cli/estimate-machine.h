/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "estimate-options.h"
#include "hardware/hardware-snapshot.h"

G_BEGIN_DECLS

/*
 * The computer that a model is placed on: this one, or a saved one, with the devices that were given in the place of its
 * own. NULL: that has been complained of, and status is the program's.
 */
PaddockHardwareSnapshot *paddock_estimate_machine_find (const PaddockEstimateOptions *options, int *status);

G_END_DECLS
