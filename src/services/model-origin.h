/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub-update.h"
#include "library-entry.h"

G_BEGIN_DECLS

/* Where on the hub a model of the library is from, and what of it the person has; NULL: it is from elsewhere. */
PaddockHubOrigin *
paddock_model_origin_new (const PaddockLibraryEntry *entry, const char *endpoint);

G_END_DECLS
