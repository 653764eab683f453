/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-entry.h"
#include "library-scanner.h"

G_BEGIN_DECLS

/* For a person, in their language and safe for a terminal. */
const char *paddock_library_labels_state      (PaddockEntryState state);
const char *paddock_library_labels_root_state (PaddockRootState state);
const char *paddock_library_labels_store      (const char *id);
char       *paddock_library_labels_title      (const PaddockLibraryEntry *entry);
char       *paddock_library_labels_size       (guint64 bytes);   /* "" where it is not known */

G_END_DECLS
