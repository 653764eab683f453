/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-entry.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Says of a model that is not there now what it was, and why it is gone. */
AdwNavigationPage *paddock_offline_page_new (const PaddockLibraryEntry *entry);

G_END_DECLS
