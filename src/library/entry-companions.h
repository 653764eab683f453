/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-index.h"

G_BEGIN_DECLS

/* Tells the entries of an index that is being built which projectors and adapters go with them: as the person said, as the
   store says, else by what their headers have in common. */
void paddock_entry_companions_pair (PaddockLibraryIndex *index);

G_END_DECLS
