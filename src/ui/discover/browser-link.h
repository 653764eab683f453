/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* An address that the person knows is opened in their browser at once; one that somebody wrote into a text is shown first. */
void paddock_browser_link_open (GtkWidget *near, const char *address);
void paddock_browser_link_ask (GtkWidget *near, const char *address);

G_END_DECLS
