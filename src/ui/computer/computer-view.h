/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hardware/hardware-snapshot.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_COMPUTER_VIEW (paddock_computer_view_get_type ())
G_DECLARE_FINAL_TYPE (PaddockComputerView, paddock_computer_view, PADDOCK, COMPUTER_VIEW, AdwBin)

GtkWidget *paddock_computer_view_new           (void);
void       paddock_computer_view_set_imagined  (PaddockComputerView *self);
void       paddock_computer_view_add_group     (PaddockComputerView *self, AdwPreferencesGroup *group, int position);
void       paddock_computer_view_set_computer  (PaddockComputerView *self, PaddockHardwareSnapshot *computer);
/* The same computer with other numbers. */
void       paddock_computer_view_refresh       (PaddockComputerView *self, PaddockHardwareSnapshot *computer);

G_END_DECLS
