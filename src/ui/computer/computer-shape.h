/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-snapshot.h"

G_BEGIN_DECLS

/* What of a computer is no number, and which of its numbers are known, as a text: that of two computers is the same where
 * the same rows show both. */
char *paddock_computer_shape_dup (const PaddockHardwareSnapshot *computer);

G_END_DECLS
