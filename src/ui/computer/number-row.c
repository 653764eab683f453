/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "computer/number-row.h"

#include <glib/gi18n.h>

#include "base/units.h"
#include "computer/computer-words.h"

/**
 * PaddockNumberRow:
 *
 * A number of a computer: its name, where it comes from, its value, and a way to say another one.
 */
struct _PaddockNumberRow
{
  AdwActionRow parent_instance;

  /* Owned */
  char *path;

  /* Borrowed from the row */
  GtkLabel *value;
  GtkWidget *reset_button;

  PaddockNumberKind kind;
};

G_DEFINE_FINAL_TYPE (PaddockNumberRow, paddock_number_row, ADW_TYPE_ACTION_ROW)

static void
paddock_number_row_finalize (GObject *object)
{
  g_free (PADDOCK_NUMBER_ROW (object)->path);
  G_OBJECT_CLASS (paddock_number_row_parent_class)->finalize (object);
}

static void
paddock_number_row_class_init (PaddockNumberRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_number_row_finalize;
}

static void
paddock_number_row_init (PaddockNumberRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 3);
  self->value = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->value), "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->value));
}

static GtkWidget *
add_button (PaddockNumberRow *self, const char *icon, const char *tooltip, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", self->path);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
  return button;
}

static void
add_buttons (PaddockNumberRow *self, const char *title)
{
  /* Translators: a button; what follows is the name of a number. */
  g_autofree char *edit = g_strdup_printf (_("Change: %s"), title);
  /* Translators: a button that drops a number the person has given; what follows is its name. */
  g_autofree char *reset = g_strdup_printf (_("Use what was found: %s"), title);

  self->reset_button = add_button (self, "edit-undo-symbolic", reset, "computer.reset");
  add_button (self, "document-edit-symbolic", edit, "computer.edit");
}

/**
 * paddock_number_row_new:
 * @title: what it is
 * @path: which number, as paddock_hardware_path_find() takes it
 *
 * Returns: (transfer full): a row, which shows nothing before its first update
 */
GtkWidget *
paddock_number_row_new (const char *title, const char *path)
{
  PaddockNumberRow *self = g_object_new (PADDOCK_TYPE_NUMBER_ROW, "title", title, NULL);

  self->path = g_strdup (path);
  self->kind = paddock_hardware_path_get_kind (path);
  /* Of what other computers lend, the person has said all there is to know. */
  if (!g_str_has_prefix (path, "rpc:"))
    add_buttons (self, title);
  return GTK_WIDGET (self);
}

/**
 * paddock_number_row_update:
 * @self: the row
 * @computer: the computer of which it shows a number
 */
void
paddock_number_row_update (PaddockNumberRow *self, const PaddockHardwareSnapshot *computer)
{
  const PaddockHardwareNumber *number = paddock_hardware_path_find (computer, self->path);
  g_autofree char *value = NULL;
  g_autofree char *source = NULL;
  g_autofree char *shown = NULL;

  if (number == NULL)
    return;
  value = number->known ? paddock_computer_words_format (number->value, self->kind) : g_strdup ("–");
  source = paddock_computer_words_dup_source (number, self->kind);
  shown = source != NULL ? paddock_units_escape (source, -1, 0) : g_strdup ("");
  if (!g_str_equal (gtk_label_get_label (self->value), value))
    gtk_label_set_label (self->value, value);
  if (g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (self)), shown) != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), shown);
  if (number->overridden)
    gtk_widget_add_css_class (GTK_WIDGET (self->value), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->value), "accent");
  if (self->reset_button != NULL)
    gtk_widget_set_visible (self->reset_button, number->overridden);
}
