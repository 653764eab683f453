/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "activity/activity-button.h"

#include "activity/activity-row.h"
#include "activity/activity-words.h"
#include "activity/text-direction.h"

#include <glib/gi18n.h>

/**
 * PaddockActivityButton:
 *
 * The place at the foot of the sidebar: how many activities there are and how far they are together. It opens the list
 * of them, and is not there while that is empty.
 */
struct _PaddockActivityButton
{
  AdwBin parent_instance;

  /* Owned */
  PaddockActivityList *list;

  /* Template */
  GtkMenuButton *menu_button;
  GtkLabel *summary_label;
  GtkLabel *percent_label;
  GtkProgressBar *progress_bar;
  GtkPopover *popover;
  GtkListBox *list_box;
  GtkWidget *clear_button;
};

G_DEFINE_FINAL_TYPE (PaddockActivityButton, paddock_activity_button, ADW_TYPE_BIN)

static guint
count_failed (PaddockActivityList *list)
{
  guint count = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (PaddockActivity) activity = g_list_model_get_item (G_LIST_MODEL (list), i);

      if (paddock_activity_get_state (activity) == PADDOCK_ACTIVITY_FAILED)
        count++;
    }
  return count;
}

static char *
dup_summary (PaddockActivityList *list)
{
  guint unfinished = paddock_activity_list_get_n_unfinished (list);
  guint finished = g_list_model_get_n_items (G_LIST_MODEL (list)) - unfinished;
  guint failed = count_failed (list);

  if (unfinished > 0)
    /* Translators: how many pieces of work, such as checks of models, are under way. */
    return g_strdup_printf (ngettext ("%u running", "%u running", unfinished), unfinished);
  if (failed > 0)
    /* Translators: how many pieces of work, such as checks of models, ended badly. */
    return g_strdup_printf (ngettext ("%u with a problem", "%u with problems", failed), failed);
  /* Translators: how many pieces of work, such as checks of models, are over. */
  return g_strdup_printf (ngettext ("%u finished", "%u finished", finished), finished);
}

static void
on_fraction_changed (PaddockActivityButton *self)
{
  double fraction = MAX (paddock_activity_list_get_fraction (self->list), 0);
  /* Translators: how much is done of the work that is under way. */
  g_autofree char *percent = paddock_text_direction_isolate (g_strdup_printf (_("%d %%"), (int) (fraction * 100)));

  gtk_progress_bar_set_fraction (self->progress_bar, fraction);
  if (!g_str_equal (gtk_label_get_label (self->percent_label), percent))
    gtk_label_set_label (self->percent_label, percent);
}

static void
on_list_changed (PaddockActivityButton *self)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint unfinished = paddock_activity_list_get_n_unfinished (self->list);
  g_autofree char *summary = dup_summary (self->list);
  /* Translators: the name of a button; what follows is "2 running" or "3 finished". */
  g_autofree char *name = g_strdup_printf (_("Activity: %s"), summary);

  if (count == 0)
    gtk_popover_popdown (self->popover);
  gtk_widget_set_visible (GTK_WIDGET (self), count > 0);
  gtk_widget_set_visible (self->clear_button, unfinished < count);
  gtk_widget_set_visible (GTK_WIDGET (self->percent_label), unfinished > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), unfinished > 0);
  gtk_label_set_label (self->summary_label, summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* The window that is in front says it; the others would only repeat it. */
static void
on_ended (PaddockActivityButton *self, PaddockActivity *activity)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *text = NULL;

  if (!GTK_IS_WINDOW (root) || !gtk_window_is_active (GTK_WINDOW (root)))
    return;
  text = paddock_activity_words_dup_end (activity);
  gtk_accessible_announce (GTK_ACCESSIBLE (root), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static void
on_clear_clicked (PaddockActivityButton *self)
{
  paddock_activity_list_clear_finished (self->list);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  return paddock_activity_row_new (item);
}

static void
paddock_activity_button_dispose (GObject *object)
{
  PaddockActivityButton *self = PADDOCK_ACTIVITY_BUTTON (object);

  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  if (self->list_box != NULL)
    gtk_list_box_bind_model (self->list_box, NULL, NULL, NULL, NULL);
  /* The template would drop its own child, and leave the bin with a pointer to where it was. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_ACTIVITY_BUTTON);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (paddock_activity_button_parent_class)->dispose (object);
}

static void
paddock_activity_button_class_init (PaddockActivityButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_activity_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/activity-button.ui");
  gtk_widget_class_bind_template_child (widget_class, PaddockActivityButton, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PaddockActivityButton, summary_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockActivityButton, percent_label);
  gtk_widget_class_bind_template_child (widget_class, PaddockActivityButton, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, PaddockActivityButton, popover);
  gtk_widget_class_bind_template_child (widget_class, PaddockActivityButton, list_box);
  gtk_widget_class_bind_template_child (widget_class, PaddockActivityButton, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
}

static void
paddock_activity_button_init (PaddockActivityButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * paddock_activity_button_set_list:
 * @self: the button
 * @list: what to show
 *
 * Can be called once.
 */
void
paddock_activity_button_set_list (PaddockActivityButton *self, PaddockActivityList *list)
{
  g_return_if_fail (self->list == NULL);

  self->list = g_object_ref (list);
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (list), create_row, NULL, NULL);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (on_list_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::n-unfinished", G_CALLBACK (on_list_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::fraction", G_CALLBACK (on_fraction_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
  on_list_changed (self);
  on_fraction_changed (self);
}

/**
 * paddock_activity_button_open:
 * @self: the button
 *
 * Shows the list, if there is something in it.
 */
void
paddock_activity_button_open (PaddockActivityButton *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_menu_button_popup (self->menu_button);
}
