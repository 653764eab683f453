/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-snapshot.h"

G_BEGIN_DECLS

/* What a computer has, for a person: each line says what it is, how much, and who says so. */
void paddock_hardware_text_print (const PaddockHardwareSnapshot *snapshot);

G_END_DECLS
