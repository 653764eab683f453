/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/saving-group.h"

#include <glib/gi18n.h>

/* Both are the group's. */
typedef struct
{
  AdwActionRow *row;
  GtkWidget *button;
} SavingRow;

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
  GArray *rows;                      /* of SavingRow */
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

      if (button == g_array_index (self->rows, SavingRow, i).button)
        {
          g_signal_emit (self, signals[CHOSEN], 0, &chosen);
          return;
        }
    }
}

static void
paddock_saving_group_finalize (GObject *object)
{
  PaddockSavingGroup *self = PADDOCK_SAVING_GROUP (object);

  g_array_unref (self->suggestions);
  g_array_unref (self->rows);
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
  self->rows = g_array_new (FALSE, FALSE, sizeof (SavingRow));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("What Would Save Memory"));
}

static void
add_row (PaddockSavingGroup *self)
{
  SavingRow added = { .button = gtk_button_new_with_label (_("Apply")) };

  added.row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 0, NULL);
  /* Else the word on it would be its name. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (added.button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_widget_set_valign (added.button, GTK_ALIGN_CENTER);
  g_signal_connect_object (added.button, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (added.row, added.button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (added.row));
  g_array_append_val (self->rows, added);
}

/* The rows stay while what they say changes: that is much cheaper, and what has the focus keeps it. */
static void
show_suggestion (const SavingRow *row, const PaddockMemorySuggestion *suggestion)
{
  g_autofree char *text = paddock_memory_suggestion_dup_text (suggestion);
  /* Translators: what a button does; what follows is a suggestion. */
  g_autofree char *name = g_strdup_printf (_("Apply: %s"), text);

  if (g_strcmp0 (text, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row->row))) == 0)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->row), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (row->button, paddock_memory_settings_can_apply (suggestion));
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
  g_array_unref (self->suggestions);
  self->suggestions = g_array_ref (suggestions);
  while (self->rows->len < suggestions->len)
    add_row (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const SavingRow *row = &g_array_index (self->rows, SavingRow, i);

      gtk_widget_set_visible (GTK_WIDGET (row->row), i < suggestions->len);
      if (i < suggestions->len)
        show_suggestion (row, &g_array_index (suggestions, PaddockMemorySuggestion, i));
    }
}
