/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for folders, and adds them to those that the library looks into; what goes wrong is said on the toasts around. */
void paddock_folder_adding_ask  (PaddockLibrary *library, GtkWidget *near);
void paddock_folder_adding_add  (PaddockLibrary *library, GtkWidget *near, const char *const *paths);

G_END_DECLS
