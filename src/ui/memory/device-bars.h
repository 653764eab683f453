/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "memory/memory-outlook.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_DEVICE_BARS (paddock_device_bars_get_type ())
G_DECLARE_FINAL_TYPE (PaddockDeviceBars, paddock_device_bars, PADDOCK, DEVICE_BARS, AdwBin)

void paddock_device_bars_set_outlook (PaddockDeviceBars *self, const PaddockMemoryOutlook *outlook);
/* The same as tables, in a dialog: of one device, or of all in one. */
void paddock_device_bars_show_table  (PaddockDeviceBars *self);

G_END_DECLS
