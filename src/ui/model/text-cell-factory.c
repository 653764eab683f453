/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/text-cell-factory.h"

/*
 * A view of columns makes about two hundred rows, however many are seen. A template with expressions would take ten
 * times as long for each cell, and a label would be measured anew for every text.
 */

static void
setup (const PaddockTextCell *cell, GtkColumnViewCell *item)
{
  GtkWidget *text = g_object_new (GTK_TYPE_INSCRIPTION, "min-chars", cell->min_chars, "nat-chars", cell->nat_chars,
                                  "xalign", cell->xalign, "text-overflow", cell->overflow, NULL);

  if (cell->style != NULL)
    {
      g_auto (GStrv) classes = g_strsplit (cell->style, " ", -1);

      gtk_widget_set_css_classes (text, (const char **) classes);
    }
  gtk_column_view_cell_set_child (item, text);
}

static void
show_text (GtkInscription *text, GParamSpec *property, GObject *row)
{
  g_autofree char *value = NULL;

  g_object_get (row, property->name, &value, NULL);
  gtk_inscription_set_text (text, value);
  if (gtk_widget_get_has_tooltip (GTK_WIDGET (text)))
    gtk_widget_set_tooltip_text (GTK_WIDGET (text), value);
}

static void
bind (const PaddockTextCell *cell, GtkColumnViewCell *item)
{
  GObject *row = gtk_column_view_cell_get_item (item);
  GtkWidget *text = gtk_column_view_cell_get_child (item);
  g_autofree char *detailed = g_strconcat ("notify::", cell->property, NULL);

  gtk_widget_set_has_tooltip (text, cell->tooltip);
  g_signal_connect_object (row, detailed, G_CALLBACK (show_text), text, G_CONNECT_SWAPPED);
  show_text (GTK_INSCRIPTION (text), g_object_class_find_property (G_OBJECT_GET_CLASS (row), cell->property), row);
}

static void
unbind (const PaddockTextCell *cell, GtkColumnViewCell *item)
{
  g_signal_handlers_disconnect_by_data (gtk_column_view_cell_get_item (item), gtk_column_view_cell_get_child (item));
}

/**
 * paddock_text_cell_factory_new:
 * @cell: (transfer none): what the cells are like; it must stay
 *
 * Returns: (transfer full): the factory of a column's cells
 */
GtkListItemFactory *
paddock_text_cell_factory_new (const PaddockTextCell *cell)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup), (gpointer) cell);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind), (gpointer) cell);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind), (gpointer) cell);
  return factory;
}
