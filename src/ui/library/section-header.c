/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/section-header.h"

#include "base/units.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/**
 * paddock_section_header_new:
 *
 * Returns: (transfer floating): a header, by the name that style sheets know
 */
GtkWidget *
paddock_section_header_new (void)
{
  GtkWidget *header = g_object_new (ADW_TYPE_BIN, "css-name", "header", NULL);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "section-heading");
  adw_bin_set_child (ADW_BIN (header), label);
  return header;
}

/**
 * paddock_section_header_show:
 * @header: a header
 * @list: what has sections
 * @first: the first model below it
 * @end: the one after the last
 *
 * Makes it say "Ollama · 12 models".
 */
void
paddock_section_header_show (GtkWidget *header, PaddockLibraryList *list, guint first, guint end)
{
  guint count = end - first;
  const char *title = paddock_library_list_get_section_title (list, first);
  g_autofree char *number = paddock_units_format_count (count);
  g_autofree char *models = g_strdup_printf (ngettext ("%s model", "%s models", count), number);
  g_autofree char *text = title != NULL ? g_strdup_printf ("%s · %s", title, models) : NULL;

  gtk_label_set_label (GTK_LABEL (adw_bin_get_child (ADW_BIN (header))), text != NULL ? text : "");
}
