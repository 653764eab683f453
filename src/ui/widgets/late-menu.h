/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_LATE_MENU (paddock_late_menu_get_type ())

/**
 * PaddockLateMenu:
 *
 * Gives a button of a template its menu when somebody first opens it: the popover of each is some dozen widgets, for which
 * no window's first frame is to wait. It stands beside the template, with the properties `menu-model` and `button`. Only
 * for menus of plain actions: what can be checked is told as such to those who do not see it only if it is made before its
 * button comes into a window.
 */
G_DECLARE_FINAL_TYPE (PaddockLateMenu, paddock_late_menu, PADDOCK, LATE_MENU, GObject)

G_END_DECLS
