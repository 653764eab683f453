/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-draft.h"

G_BEGIN_DECLS

/*
 * Each probe looks at one part of the computer below a root, and writes what it finds to the draft. What it cannot
 * find stays as it is; what is wrong becomes a note. Probes that ask more than files do nothing unless
 * paddock_hardware_root_is_live(). They run in a worker thread, one after the other, in the order of hardware-scan.c.
 */
typedef void (*PaddockHardwareProbe) (const char *root, PaddockHardwareDraft *draft);

void paddock_hardware_probe_host   (const char *root, PaddockHardwareDraft *draft);   /* its name, and what hides parts */
void paddock_hardware_probe_cpu    (const char *root, PaddockHardwareDraft *draft);
void paddock_hardware_probe_memory (const char *root, PaddockHardwareDraft *draft);
void paddock_hardware_probe_disk   (const char *root, PaddockHardwareDraft *draft);
void paddock_hardware_probe_engine (const char *root, PaddockHardwareDraft *draft);
/* Devices, from the most to the least trustworthy: what is known already is only added to. */
void paddock_hardware_probe_nvml   (const char *root, PaddockHardwareDraft *draft);
void paddock_hardware_probe_drm    (const char *root, PaddockHardwareDraft *draft);
void paddock_hardware_probe_vulkan (const char *root, PaddockHardwareDraft *draft);
void paddock_hardware_probe_opencl (const char *root, PaddockHardwareDraft *draft);
void paddock_hardware_probe_window (const char *root, PaddockHardwareDraft *draft);   /* sizes that nobody told */
/* Speeds that were measured on this computer before. */
void paddock_hardware_probe_measured (const char *root, PaddockHardwareDraft *draft);

/* What is in one directory, for those whom a person told where to look. */
PaddockHardwareEngine *paddock_hardware_probe_engine_in (const char *root, const char *directory, const char *source);

/* Where one place lies, for those who ask about more places than a scan does. */
PaddockHardwareDisk *paddock_hardware_probe_disk_at (const char *root, const char *path, PaddockHardwareDraft *draft);

/* Only how much memory there is for this process, quickly, for those who ask often. FALSE: nobody tells. */
gboolean paddock_hardware_probe_memory_usable (const char *root, guint64 *total, guint64 *available, gboolean *limited);

G_END_DECLS
