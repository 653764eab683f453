/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockDiscoverFilter:
 *
 * Chooses what of the hub is shown: for which task, and whose. The settings "discover-task" and "discover-author" hold it.
 */
#define PADDOCK_TYPE_DISCOVER_FILTER (paddock_discover_filter_get_type ())
G_DECLARE_FINAL_TYPE (PaddockDiscoverFilter, paddock_discover_filter, PADDOCK, DISCOVER_FILTER, GtkPopover)

void paddock_discover_filter_set_settings (PaddockDiscoverFilter *self, GSettings *settings);
/* A button for each condition that is chosen, which takes it away; none: the box hides. */
void paddock_discover_filter_fill_chips (AdwWrapBox *box, GSettings *settings);
/* Takes all conditions away. */
void paddock_discover_filter_clear (GSettings *settings);

G_END_DECLS
