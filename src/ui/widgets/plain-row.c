/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "widgets/plain-row.h"

/**
 * paddock_plain_row_new:
 * @title: the first line
 * @subtitle: (nullable): what is below it
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
paddock_plain_row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}
