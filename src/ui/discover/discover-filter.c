/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "discover/discover-filter.h"

#include "base/units.h"
#include "discover/discover-words.h"

#include <glib/gi18n.h>

#define TASK "discover-task"
#define AUTHOR "discover-author"
#define AUTHOR_CHARS 40

struct _PaddockDiscoverFilter
{
  GtkPopover parent_instance;

  /* Owned */
  GSettings *settings;

  /* Template */
  AdwWrapBox *tasks;
  GtkEditable *author_entry;
  GtkWidget *clear_button;
};

G_DEFINE_FINAL_TYPE (PaddockDiscoverFilter, paddock_discover_filter, GTK_TYPE_POPOVER)

static void
update_clear_button (PaddockDiscoverFilter *self)
{
  g_autofree char *task = g_settings_get_string (self->settings, TASK);
  g_autofree char *author = g_settings_get_string (self->settings, AUTHOR);

  gtk_widget_set_sensitive (self->clear_button, *task != '\0' || *author != '\0');
}

/* One task at a time, as the hub wants it: the others follow when the setting changes. */
static void
on_toggled (PaddockDiscoverFilter *self, GtkToggleButton *button)
{
  g_autofree char *chosen = g_settings_get_string (self->settings, TASK);
  const char *task = g_object_get_data (G_OBJECT (button), "paddock-task");

  if (gtk_toggle_button_get_active (button))
    g_settings_set_string (self->settings, TASK, task);
  else if (g_str_equal (chosen, task))
    g_settings_set_string (self->settings, TASK, "");
}

static void
add_task (PaddockDiscoverFilter *self, const char *task)
{
  g_autofree char *label = paddock_discover_words_dup_task (task);
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_add_css_class (button, "filter-chip");
  g_object_set_data_full (G_OBJECT (button), "paddock-task", g_strdup (task), g_free);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (self->tasks, button);
}

static void
show_task (PaddockDiscoverFilter *self)
{
  g_autofree char *chosen = g_settings_get_string (self->settings, TASK);
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->tasks));

  for (; button != NULL; button = gtk_widget_get_next_sibling (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                  g_str_equal (g_object_get_data (G_OBJECT (button), "paddock-task"), chosen));
  update_clear_button (self);
}

static void
on_author_applied (PaddockDiscoverFilter *self)
{
  g_autofree char *author = g_strstrip (g_strdup (gtk_editable_get_text (self->author_entry)));

  g_settings_set_string (self->settings, AUTHOR, author);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_shown (PaddockDiscoverFilter *self)
{
  g_autofree char *author = g_settings_get_string (self->settings, AUTHOR);

  gtk_editable_set_text (self->author_entry, author);
  show_task (self);
}

static void
on_closed (PaddockDiscoverFilter *self)
{
  g_autofree char *author = g_strstrip (g_strdup (gtk_editable_get_text (self->author_entry)));

  g_settings_set_string (self->settings, AUTHOR, author);
}

static void
on_clear_clicked (PaddockDiscoverFilter *self)
{
  gtk_editable_set_text (self->author_entry, "");
  paddock_discover_filter_clear (self->settings);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
paddock_discover_filter_dispose (GObject *object)
{
  PaddockDiscoverFilter *self = PADDOCK_DISCOVER_FILTER (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), PADDOCK_TYPE_DISCOVER_FILTER);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (paddock_discover_filter_parent_class)->dispose (object);
}

static void
paddock_discover_filter_class_init (PaddockDiscoverFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_discover_filter_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/discover-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverFilter, tasks);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverFilter, author_entry);
  gtk_widget_class_bind_template_child (widget_class, PaddockDiscoverFilter, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, on_author_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
}

static void
paddock_discover_filter_init (PaddockDiscoverFilter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_discover_filter_set_settings:
 * @self: the filter
 * @settings: where it is kept
 */
void
paddock_discover_filter_set_settings (PaddockDiscoverFilter *self, GSettings *settings)
{
  g_autofree char *chosen = g_settings_get_string (settings, TASK);
  gboolean known = *chosen == '\0';
  const char *task;

  self->settings = g_object_ref (settings);
  for (guint i = 0; (task = paddock_discover_words_get_task (i)) != NULL; i++)
    {
      add_task (self, task);
      known = known || g_str_equal (task, chosen);
    }
  /* One that a link named, which is not among the usual ones. */
  if (!known)
    add_task (self, chosen);
  g_signal_connect_object (settings, "changed::" TASK, G_CALLBACK (show_task), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::" AUTHOR, G_CALLBACK (update_clear_button), self, G_CONNECT_SWAPPED);
  show_task (self);
}

static void
on_chip_clicked (GSettings *settings, GtkButton *chip)
{
  g_settings_set_string (settings, g_object_get_data (G_OBJECT (chip), "paddock-key"), "");
}

static void
add_chip (AdwWrapBox *box, GSettings *settings, const char *key, const char *label)
{
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
  g_object_set_data (G_OBJECT (button), "paddock-key", (gpointer) key);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_chip_clicked), settings, G_CONNECT_SWAPPED);
  adw_wrap_box_append (box, button);
}

/**
 * paddock_discover_filter_fill_chips:
 * @box: where the chips are
 * @settings: where the conditions are kept
 */
void
paddock_discover_filter_fill_chips (AdwWrapBox *box, GSettings *settings)
{
  g_autofree char *task = g_settings_get_string (settings, TASK);
  g_autofree char *author = g_settings_get_string (settings, AUTHOR);
  g_autofree char *task_label = paddock_discover_words_dup_task (task);
  g_autofree char *author_label = paddock_units_escape (author, -1, AUTHOR_CHARS);

  adw_wrap_box_remove_all (box);
  if (*task != '\0')
    add_chip (box, settings, TASK, task_label);
  if (*author != '\0')
    add_chip (box, settings, AUTHOR, author_label);
  gtk_widget_set_visible (GTK_WIDGET (box), *task != '\0' || *author != '\0');
}

void
paddock_discover_filter_clear (GSettings *settings)
{
  g_settings_reset (settings, TASK);
  g_settings_reset (settings, AUTHOR);
}
