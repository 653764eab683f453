/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library-scanner.h"
#include "library-settings.h"

G_BEGIN_DECLS

/* Every place to look in: of Paddock and other programs, and the folders that the person named
   (transfer container: PaddockScanRoot). A folder that two of them claim is the first one's. Asks the disk: for a worker. */
GPtrArray *paddock_scan_roots_find (const PaddockStorePlaces *places, const PaddockLibrarySettings *settings);

G_END_DECLS
