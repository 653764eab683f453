/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-list.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes the headings of a list's sections (transfer full). */
GtkListItemFactory *paddock_section_header_new_factory (PaddockLibraryList *list);

G_END_DECLS
