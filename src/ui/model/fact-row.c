/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/fact-row.h"

/**
 * PaddockFactRow:
 *
 * One known fact: its name above its value, which can be selected and copied. Never markup: values come from files.
 */
struct _PaddockFactRow
{
  AdwActionRow parent_instance;
};

G_DEFINE_FINAL_TYPE (PaddockFactRow, paddock_fact_row, ADW_TYPE_ACTION_ROW)

static void
paddock_fact_row_class_init (PaddockFactRowClass *klass)
{
}

static void
paddock_fact_row_init (PaddockFactRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "property");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 4);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (self), TRUE);
}

/**
 * paddock_fact_row_new:
 * @title: what it is
 * @value: its value, escaped if it comes from a file
 *
 * Returns: (transfer full): the row
 */
GtkWidget *
paddock_fact_row_new (const char *title, const char *value)
{
  return g_object_new (PADDOCK_TYPE_FACT_ROW, "title", title, "subtitle", value, NULL);
}
