/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/saved-filters.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockSavedFilterBar:
 *
 * A button for each saved filter, the one that is shown pressed in, and one to save what is shown. Signal "chosen" (json):
 * the person wants to see that; "" for everything.
 */
#define PADDOCK_TYPE_SAVED_FILTER_BAR (paddock_saved_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (PaddockSavedFilterBar, paddock_saved_filter_bar, PADDOCK, SAVED_FILTER_BAR, AdwBin)

/* Must be called once. */
void paddock_saved_filter_bar_set_filters (PaddockSavedFilterBar *self, PaddockSavedFilters *filters);
/* What is shown now. */
void paddock_saved_filter_bar_show        (PaddockSavedFilterBar *self, const PaddockLibraryQuery *query);

G_END_DECLS
