/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library.h"

G_BEGIN_DECLS

/* Lets files that hold the same share their bytes, and tells what became of each. Returns what to exit with. */
int paddock_library_merge_run (PaddockLibrary *library, gboolean json);

G_END_DECLS
