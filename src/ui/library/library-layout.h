/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-browser.h"

G_BEGIN_DECLS

/* How the models are laid out, which is no part of a filter: it stays when another one is chosen. */

/* What a menu or a button can change of it, as actions "layout.*" of a widget. */
void              paddock_library_layout_install (GtkWidget *widget, GSettings *settings);
/* Gives the browser that look; returns what models under one heading have in common. */
PaddockSectioning paddock_library_layout_apply   (PaddockLibraryBrowser *browser, GSettings *settings);

G_END_DECLS
