/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/library-layout.h"

void
paddock_library_layout_install (GtkWidget *widget, GSettings *settings)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GAction) grid = g_settings_create_action (settings, "library-grid");
  g_autoptr (GAction) sections = g_settings_create_action (settings, "library-sections");

  g_action_map_add_action (G_ACTION_MAP (actions), grid);
  g_action_map_add_action (G_ACTION_MAP (actions), sections);
  gtk_widget_insert_action_group (widget, "layout", G_ACTION_GROUP (actions));
}

/**
 * paddock_library_layout_apply:
 * @browser: where the models are
 * @settings: how they are to look
 *
 * Returns: what is to be under one heading
 */
PaddockSectioning
paddock_library_layout_apply (PaddockLibraryBrowser *browser, GSettings *settings)
{
  PaddockSectioning sectioning = (PaddockSectioning) g_settings_get_enum (settings, "library-sections");

  paddock_library_browser_set_grid (browser, g_settings_get_boolean (settings, "library-grid"));
  paddock_library_browser_set_headings (browser, sectioning != PADDOCK_SECTIONS_NONE);
  return sectioning;
}
