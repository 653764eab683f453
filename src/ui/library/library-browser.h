/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "library/library-selection.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PaddockLibraryBrowser:
 *
 * The models themselves, as rows or as cards, and what the pointer and the keys do to them. Its actions "entry.*" and "selected.*" are
 * those of what it is in. Signal "open" (id): the person wants to see a model.
 */
#define PADDOCK_TYPE_LIBRARY_BROWSER (paddock_library_browser_get_type ())
G_DECLARE_FINAL_TYPE (PaddockLibraryBrowser, paddock_library_browser, PADDOCK, LIBRARY_BROWSER, AdwBin)

/* Must be called once. */
void paddock_library_browser_set_selection (PaddockLibraryBrowser *self, PaddockLibrarySelection *selection);
void paddock_library_browser_set_grid      (PaddockLibraryBrowser *self, gboolean grid);
/* Whether the list has headings above its sections; cards have none. */
void paddock_library_browser_set_headings  (PaddockLibraryBrowser *self, gboolean headings);
void paddock_library_browser_go_to_top     (PaddockLibraryBrowser *self);

G_END_DECLS
