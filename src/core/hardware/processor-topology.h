/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-draft.h"
#include "hardware/processor-set.h"

G_BEGIN_DECLS

/* How the computer's threads belong together, by what lies below /sys/devices/system/cpu. */

/* The threads that are switched on. FALSE: the system does not say. */
gboolean paddock_processor_topology_read_online (const char *root, PaddockProcessorSet *online, PaddockHardwareDraft *draft);
/* Sockets, cores, their kinds and their caches. */
void     paddock_processor_topology_read        (const char *root, const PaddockProcessorSet *online,
                                                 PaddockHardwareDraft *draft);

G_END_DECLS
