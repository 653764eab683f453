/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/saving-group.h"

#include <glib/gi18n.h>

/**
 * PaddockSavingGroup:
 *
 * What would save memory, the most first, each with a button that does it.
 */
struct _PaddockSavingGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  GArray *suggestions;               /* of PaddockMemorySuggestion */
  GPtrArray *rows;                   /* borrowed from the group */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockSavingGroup, paddock_saving_group, ADW_TYPE_PREFERENCES_GROUP)

static void
on_clicked (PaddockSavingGroup *self, GtkWidget *button)
{
  for (guint i = 0; i < self->rows->len && i < self->suggestions->len; i++)
    {
      /* The receiver shows other suggestions, which frees this one. */
      PaddockMemorySuggestion chosen = g_array_index (self->suggestions, PaddockMemorySuggestion, i);

      if (gtk_widget_is_ancestor (button, g_ptr_array_index (self->rows, i)))
        {
          g_signal_emit (self, signals[CHOSEN], 0, &chosen);
          return;
        }
    }
}

static void
clear_rows (PaddockSavingGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
}

static void
paddock_saving_group_finalize (GObject *object)
{
  PaddockSavingGroup *self = PADDOCK_SAVING_GROUP (object);

  g_array_unref (self->suggestions);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (paddock_saving_group_parent_class)->finalize (object);
}

static void
paddock_saving_group_class_init (PaddockSavingGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = paddock_saving_group_finalize;

  /**
   * PaddockSavingGroup::chosen:
   * @suggestion: a #PaddockMemorySuggestion, for the time of the call
   *
   * A person wants to save memory this way.
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
paddock_saving_group_init (PaddockSavingGroup *self)
{
  self->suggestions = g_array_new (FALSE, FALSE, sizeof (PaddockMemorySuggestion));
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("What Would Save Memory"));
}

static GtkWidget *
create_row (PaddockSavingGroup *self, const PaddockMemorySuggestion *suggestion)
{
  g_autofree char *text = paddock_memory_suggestion_dup_text (suggestion);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", text, "title-lines", 0, NULL);
  g_autofree char *name = NULL;
  GtkWidget *button;

  if (!paddock_memory_settings_can_apply (suggestion))
    return row;
  button = gtk_button_new_with_label (_("Apply"));
  /* Translators: what a button does; what follows is a suggestion. */
  name = g_strdup_printf (_("Apply: %s"), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static gboolean
is_same (PaddockSavingGroup *self, GArray *suggestions)
{
  if (suggestions->len != self->suggestions->len)
    return FALSE;
  for (guint i = 0; i < suggestions->len; i++)
    {
      const PaddockMemorySuggestion *one = &g_array_index (suggestions, PaddockMemorySuggestion, i);
      const PaddockMemorySuggestion *other = &g_array_index (self->suggestions, PaddockMemorySuggestion, i);

      if (one->kind != other->kind || one->saves != other->saves || one->number != other->number ||
          g_strcmp0 (one->type, other->type) != 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * paddock_saving_group_set_suggestions:
 * @self: the group
 * @suggestions: (element-type PaddockMemorySuggestion): what would save memory
 */
void
paddock_saving_group_set_suggestions (PaddockSavingGroup *self, GArray *suggestions)
{
  gtk_widget_set_visible (GTK_WIDGET (self), suggestions->len > 0);
  if (is_same (self, suggestions))
    return;
  clear_rows (self);
  g_array_unref (self->suggestions);
  self->suggestions = g_array_ref (suggestions);
  for (guint i = 0; i < suggestions->len; i++)
    {
      GtkWidget *row = create_row (self, &g_array_index (suggestions, PaddockMemorySuggestion, i));

      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      g_ptr_array_add (self->rows, row);
    }
}
