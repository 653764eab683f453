/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hardware/hardware-probe.h"

#include "hardware/bandwidth-store.h"
#include "hardware/bandwidth.h"
#include "hardware/hardware-file.h"

void
paddock_hardware_probe_measured (const char *root, PaddockHardwareDraft *draft)
{
  g_autoptr (GPtrArray) measured = NULL;

  if (!paddock_hardware_root_is_live (root))
    return;
  measured = paddock_bandwidth_store_load ();
  paddock_bandwidth_apply (measured, draft);
}
