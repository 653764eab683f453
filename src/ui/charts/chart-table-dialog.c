/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "charts/chart-table-dialog.h"

#include <string.h>

#define SEPARATOR '\t'

/**
 * PaddockChartTableDialog:
 *
 * The data of a chart as a table of two columns.
 */
struct _PaddockChartTableDialog
{
  AdwDialog parent_instance;

  /* Owned */
  GtkStringList *rows;               /* both cells in one text */

  /* Template */
  GtkColumnView *column_view;
  GtkNoSelection *selection;
  GtkColumnViewColumn *first_column;
  GtkColumnViewColumn *second_column;
};

G_DEFINE_FINAL_TYPE (PaddockChartTableDialog, paddock_chart_table_dialog, ADW_TYPE_DIALOG)

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer second)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", second != NULL ? 1.0f : 0.0f, NULL);

  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer second)
{
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));
  const char *separator = strchr (text, SEPARATOR);
  g_autofree char *cell = second != NULL ? g_strdup (separator + 1) : g_strndup (text, (gsize) (separator - text));

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), cell);
}

static void
set_factory (GtkColumnViewColumn *column, gboolean second)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GINT_TO_POINTER (second));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GINT_TO_POINTER (second));
  gtk_column_view_column_set_factory (column, factory);
}

static void
paddock_chart_table_dialog_dispose (GObject *object)
{
  PaddockChartTableDialog *self = PADDOCK_CHART_TABLE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_CHART_TABLE_DIALOG);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (paddock_chart_table_dialog_parent_class)->dispose (object);
}

static void
paddock_chart_table_dialog_class_init (PaddockChartTableDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_chart_table_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/chart-table-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockChartTableDialog, column_view);
  gtk_widget_class_bind_template_child (widget_class, PaddockChartTableDialog, selection);
  gtk_widget_class_bind_template_child (widget_class, PaddockChartTableDialog, first_column);
  gtk_widget_class_bind_template_child (widget_class, PaddockChartTableDialog, second_column);
}

static void
paddock_chart_table_dialog_init (PaddockChartTableDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_factory (self->first_column, FALSE);
  set_factory (self->second_column, TRUE);
  self->rows = gtk_string_list_new (NULL);
  gtk_no_selection_set_model (self->selection, G_LIST_MODEL (self->rows));
}

/**
 * paddock_chart_table_dialog_new:
 * @title: of the dialog
 * @first: the first column's title
 * @second: the second one's
 *
 * Returns: (transfer floating): the dialog, without rows
 */
PaddockChartTableDialog *
paddock_chart_table_dialog_new (const char *title, const char *first, const char *second)
{
  PaddockChartTableDialog *self = g_object_new (PADDOCK_TYPE_CHART_TABLE_DIALOG, "title", title, NULL);

  gtk_column_view_column_set_title (self->first_column, first);
  gtk_column_view_column_set_title (self->second_column, second);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->column_view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return self;
}

/**
 * paddock_chart_table_dialog_add:
 * @self: the dialog
 * @first: a text without tabs
 * @second: a text
 */
void
paddock_chart_table_dialog_add (PaddockChartTableDialog *self, const char *first, const char *second)
{
  g_autofree char *row = g_strdup_printf ("%s%c%s", first, SEPARATOR, second);

  gtk_string_list_append (self->rows, row);
}
