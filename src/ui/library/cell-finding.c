/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/cell-finding.h"

/* The cell that a widget is in. */
static PaddockLibraryCell *
find_cell (GtkWidget *widget)
{
  GtkWidget *cell = widget != NULL ? gtk_widget_get_ancestor (widget, PADDOCK_TYPE_LIBRARY_CELL) : NULL;

  return cell != NULL && paddock_library_cell_get_item (PADDOCK_LIBRARY_CELL (cell)) != NULL ? PADDOCK_LIBRARY_CELL (cell)
                                                                                              : NULL;
}

const char *
paddock_cell_finding_get_id (PaddockLibraryCell *cell)
{
  return cell != NULL ? paddock_library_item_get_entry (paddock_library_cell_get_item (cell))->id : NULL;
}

PaddockLibraryCell *
paddock_cell_finding_focused (GtkWidget *view)
{
  GtkRoot *root = gtk_widget_get_root (view);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, view) ? find_cell (focus) : NULL;
}

PaddockLibraryCell *
paddock_cell_finding_at (GtkWidget *view, double x, double y)
{
  return find_cell (gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT));
}

PaddockLibraryCell *
paddock_cell_finding_by_id (GtkWidget *list, const char *id)
{
  GtkWidget *child = gtk_widget_get_first_child (list);

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (g_strcmp0 (paddock_cell_finding_get_id (find_cell (child)), id) == 0)
      return find_cell (child);
  return NULL;
}
