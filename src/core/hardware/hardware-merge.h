/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-draft.h"

G_BEGIN_DECLS

/*
 * Brings what a probe saw together with what others have seen before: one device a card, whoever saw it. The probes run
 * from the most to the least trustworthy, so that a number that is known stays; where another one differs much from it,
 * the draft gets a note. Takes the device that was seen, and returns the one in the draft.
 */
PaddockHardwareDevice *paddock_hardware_merge (PaddockHardwareDraft *draft, PaddockHardwareDevice *seen);

/* "0000:03:00.0" */
char *paddock_hardware_merge_format_address (guint domain, guint bus, guint device, guint function);

G_END_DECLS
