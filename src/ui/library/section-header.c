/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/section-header.h"

#include "base/units.h"

#include <glib/gi18n.h>

/* "Ollama · 12 models" */
static void
update (PaddockLibraryList *list, GtkListHeader *header)
{
  GtkWidget *label = gtk_list_header_get_child (header);
  guint count = gtk_list_header_get_n_items (header);
  const char *title = NULL;
  g_autofree char *number = paddock_units_format_count (count);
  g_autofree char *models = g_strdup_printf (ngettext ("%s model", "%s models", count), number);
  g_autofree char *text = NULL;

  if (gtk_list_header_get_item (header) != NULL)
    title = paddock_library_list_get_section_title (list, gtk_list_header_get_start (header));
  text = title != NULL ? g_strdup_printf ("%s · %s", title, models) : NULL;
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
}

static void
on_changed (GtkListHeader *header, GParamSpec *property, PaddockLibraryList *list)
{
  update (list, header);
}

static void
on_setup (PaddockLibraryList *list, GtkListHeader *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "section-heading");
  gtk_list_header_set_child (header, label);
  g_signal_connect_object (header, "notify::n-items", G_CALLBACK (on_changed), list, 0);
  g_signal_connect_object (header, "notify::item", G_CALLBACK (on_changed), list, 0);
}

/**
 * paddock_section_header_new_factory:
 * @list: what has sections
 *
 * Returns: (transfer full): the factory
 */
GtkListItemFactory *
paddock_section_header_new_factory (PaddockLibraryList *list)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), list, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (update), list, G_CONNECT_SWAPPED);
  return factory;
}
