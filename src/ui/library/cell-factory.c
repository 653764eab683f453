/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/cell-factory.h"

#include "library/library-cell.h"

typedef struct
{
  GType cell_type;
  PaddockLibrarySelection *selection;
} Template;

static void
free_template (gpointer data)
{
  Template *template = data;

  g_object_unref (template->selection);
  g_free (template);
}

static void
on_setup (const Template *template, GtkListItem *item)
{
  GtkWidget *cell = g_object_new (template->cell_type, NULL);

  gtk_list_item_set_child (item, cell);
  g_object_bind_property (item, "item", cell, "item", G_BINDING_SYNC_CREATE);
  g_object_bind_property (item, "selected", cell, "selected", G_BINDING_SYNC_CREATE);
  g_object_bind_property (template->selection, "active", cell, "selecting", G_BINDING_SYNC_CREATE);
  g_object_bind_property (cell, "label", item, "accessible-label", G_BINDING_SYNC_CREATE);
}

/**
 * paddock_cell_factory_new:
 * @cell_type: a type of cell
 * @selection: tells whether the person is selecting
 *
 * Returns: (transfer full): the factory
 */
GtkListItemFactory *
paddock_cell_factory_new (GType cell_type, PaddockLibrarySelection *selection)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Template *template = g_new0 (Template, 1);

  template->cell_type = cell_type;
  template->selection = g_object_ref (selection);
  g_signal_connect_data (factory, "setup", G_CALLBACK (on_setup), template, (GClosureNotify) (GCallback) free_template,
                         G_CONNECT_SWAPPED);
  return factory;
}
