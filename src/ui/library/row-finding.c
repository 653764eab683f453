/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/row-finding.h"

/* The row that a widget is in, or that is in it. */
static PaddockLibraryRow *
find_row (GtkWidget *widget)
{
  GtkWidget *row = widget != NULL ? gtk_widget_get_ancestor (widget, PADDOCK_TYPE_LIBRARY_ROW) : NULL;
  GtkWidget *child = widget != NULL ? gtk_widget_get_first_child (widget) : NULL;

  if (row == NULL && child != NULL && PADDOCK_IS_LIBRARY_ROW (child))
    row = child;
  return row != NULL && paddock_library_row_get_item (PADDOCK_LIBRARY_ROW (row)) != NULL ? PADDOCK_LIBRARY_ROW (row) : NULL;
}

const char *
paddock_row_finding_get_id (PaddockLibraryRow *row)
{
  return row != NULL ? paddock_library_item_get_entry (paddock_library_row_get_item (row))->id : NULL;
}

PaddockLibraryRow *
paddock_row_finding_focused (GtkListView *list)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (list));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (list)) ? find_row (focus) : NULL;
}

PaddockLibraryRow *
paddock_row_finding_at (GtkListView *list, double x, double y)
{
  return find_row (gtk_widget_pick (GTK_WIDGET (list), x, y, GTK_PICK_DEFAULT));
}

PaddockLibraryRow *
paddock_row_finding_by_id (GtkListView *list, const char *id)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (list));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (g_strcmp0 (paddock_row_finding_get_id (find_row (child)), id) == 0)
      return find_row (child);
  return NULL;
}
