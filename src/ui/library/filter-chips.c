/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/filter-chips.h"

#include "library/filter-choices.h"

#include <glib/gi18n.h>

static GtkWidget *
create_chip (const PaddockFilterChoice *choice)
{
  g_autofree char *label = paddock_filter_choices_dup_label (choice->field, choice->value);
  /* Translators: removes one of the conditions for what is shown: "Remove Filter: Favourites" */
  g_autofree char *tooltip = g_strdup_printf (_("Remove Filter: %s"), label);
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new ();

  gtk_box_append (GTK_BOX (content), gtk_label_new (label));
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "filter-chip");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  g_object_set_data (G_OBJECT (button), "paddock-field", GUINT_TO_POINTER (choice->field));
  g_object_set_data_full (G_OBJECT (button), "paddock-value", g_strdup (choice->value), g_free);
  return button;
}

void
paddock_filter_chips_fill (AdwWrapBox *box, const PaddockLibraryQuery *query, GCallback clicked, gpointer data)
{
  g_autoptr (GPtrArray) chosen = paddock_filter_choices_chosen (query);

  adw_wrap_box_remove_all (box);
  for (guint i = 0; i < chosen->len; i++)
    {
      GtkWidget *chip = create_chip (g_ptr_array_index (chosen, i));

      g_signal_connect_object (chip, "clicked", clicked, data, G_CONNECT_SWAPPED);
      adw_wrap_box_append (box, chip);
    }
  gtk_widget_set_visible (GTK_WIDGET (box), chosen->len > 0);
}

void
paddock_filter_chips_drop (GtkButton *chip, PaddockLibraryQuery *query)
{
  guint field = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chip), "paddock-field"));

  paddock_filter_choices_set (query, field, g_object_get_data (G_OBJECT (chip), "paddock-value"), FALSE);
}
