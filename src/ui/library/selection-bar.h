/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PADDOCK_TYPE_SELECTION_BAR (paddock_selection_bar_get_type ())

/**
 * PaddockSelectionBar:
 *
 * What can be done with the models that are selected. Its buttons are made when a person first selects. Property
 * "selecting" (gboolean): whether they do.
 */
G_DECLARE_FINAL_TYPE (PaddockSelectionBar, paddock_selection_bar, PADDOCK, SELECTION_BAR, AdwBin)

G_END_DECLS
