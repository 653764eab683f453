/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "computer/machine-choice.h"
#include "estimate/fit.h"
#include "library-entry.h"

G_BEGIN_DECLS

/* How a model fits a computer: bytes that it takes, and that are free where it would go. */
typedef struct
{
  PaddockFit fit;
  guint64 needed, available;         /* needed is 0 where nobody knows */
} PaddockLibraryFit;

/**
 * PaddockLibraryFits:
 *
 * How the models of the library fit the chosen computer. What nobody asked for is not worked out; what somebody did is, in a
 * worker, those asked for last first, and remembered until the model or the computer changes. Signal "judged": some more are
 * known.
 */
#define PADDOCK_TYPE_LIBRARY_FITS (paddock_library_fits_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLibraryFits, paddock_library_fits, PADDOCK, LIBRARY_FITS, GObject)

PaddockLibraryFits *paddock_library_fits_new  (PaddockMachineChoice *machines);
/* FALSE: not known (yet). An answer about the computer as it was before is better than none until the new one is there. */
gboolean            paddock_library_fits_look (PaddockLibraryFits *self, const PaddockLibraryEntry *entry,
                                               PaddockLibraryFit *fit);

G_END_DECLS
