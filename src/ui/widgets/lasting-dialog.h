/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void paddock_lasting_dialog_present (AdwDialog *dialog,
                                     GtkWidget *near);

G_END_DECLS
