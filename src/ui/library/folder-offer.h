/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* After somebody opened folders to look into them once: offers to keep them in the library, unless it knows what is in them. */
void   paddock_folder_offer_show (AdwToastOverlay *toasts, PaddockLibrary *library, char **opened, GPtrArray *found);
/* Of what was opened, the folders that hold something that the library does not know (PaddockFoundFile). */
char **paddock_folder_offer_list (PaddockLibraryIndex *index, char **opened, GPtrArray *found);

G_END_DECLS
