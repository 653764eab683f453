/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/text-cell-factory.h"

/*
 * A view of columns makes about two hundred rows, however many are seen. A template with expressions would take ten
 * times as long for each cell, and a label would be measured anew for every text.
 */

#define CELL_KEY "paddock-text-cell"

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
  g_object_set_data (G_OBJECT (text), CELL_KEY, (gpointer) cell);
  gtk_column_view_cell_set_child (item, text);
}

/* The direction of the first letter, or %GTK_TEXT_DIR_NONE where there is none. */
static GtkTextDirection
get_text_direction (const char *value)
{
  for (const char *at = value; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    {
      if (!g_unichar_isalpha (g_utf8_get_char (at)))
        continue;
      switch (g_unichar_get_script (g_utf8_get_char (at)))
        {
        case G_UNICODE_SCRIPT_ARABIC:
        case G_UNICODE_SCRIPT_HEBREW:
        case G_UNICODE_SCRIPT_NKO:
        case G_UNICODE_SCRIPT_SYRIAC:
        case G_UNICODE_SCRIPT_THAANA:
          return GTK_TEXT_DIR_RTL;
        default:
          return GTK_TEXT_DIR_LTR;
        }
    }
  return GTK_TEXT_DIR_NONE;
}

/* An inscription begins where its own text does; a column has one edge for all, where the window's direction begins. */
static float
get_xalign (GtkInscription *text, const char *value)
{
  const PaddockTextCell *cell = g_object_get_data (G_OBJECT (text), CELL_KEY);
  GtkTextDirection direction = get_text_direction (value);
  gboolean against = direction != GTK_TEXT_DIR_NONE && direction != gtk_widget_get_direction (GTK_WIDGET (text));

  return against ? 1 - cell->xalign : cell->xalign;
}

static void
show_text (GtkInscription *text, GParamSpec *property, GObject *row)
{
  g_autofree char *value = NULL;

  g_object_get (row, property->name, &value, NULL);
  gtk_inscription_set_text (text, value);
  gtk_inscription_set_xalign (text, get_xalign (text, value));
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
