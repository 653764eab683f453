/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-number.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_OVERRIDE_DIALOG (paddock_override_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PaddockOverrideDialog, paddock_override_dialog, PADDOCK, OVERRIDE_DIALOG, AdwAlertDialog)

AdwDialog  *paddock_override_dialog_new       (const char *path, const PaddockHardwareNumber *number);
const char *paddock_override_dialog_get_path  (PaddockOverrideDialog *self);
guint64     paddock_override_dialog_get_value (PaddockOverrideDialog *self);   /* in bytes, or bytes per second */

G_END_DECLS
