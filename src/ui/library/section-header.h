/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is above the models of one section: its title, and how many there are. */
GtkWidget *paddock_section_header_new  (void);
void       paddock_section_header_show (GtkWidget *header, PaddockLibraryList *list, guint first, guint end);

G_END_DECLS
