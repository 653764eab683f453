/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory/companion-group.h"

#include <glib/gi18n.h>

#include "base/units.h"
#include "memory/refusal-words.h"
#include "model/model-words.h"
#include "widgets/model-filter.h"

#define MESSAGE_CHARS 300
#define N_KINDS (PADDOCK_COMPANION_DRAFT + 1)

typedef struct
{
  /* Owned */
  GCancellable *reading;             /* NULL: nothing is read */

  /* The group's */
  AdwActionRow *row;
  GtkWidget *choose_button;
  GtkWidget *remove_button;
} CompanionRow;

/**
 * PaddockCompanionGroup:
 *
 * What is loaded together with a model: a projector, and a smaller model that guesses ahead.
 */
struct _PaddockCompanionGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  GFile *folder;                     /* of the model */

  CompanionRow rows[N_KINDS];
};

/* What a dialog, and then a worker, is asked for. */
typedef struct
{
  PaddockCompanionGroup *group;
  PaddockCompanionKind kind;
  char *path;                        /* Owned; NULL until there is one */
} Choice;

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockCompanionGroup, paddock_companion_group, ADW_TYPE_PREFERENCES_GROUP)

static Choice *
choice_new (PaddockCompanionGroup *group, PaddockCompanionKind kind)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->group = g_object_ref (group);
  choice->kind = kind;
  return choice;
}

static void
choice_free (Choice *choice)
{
  g_object_unref (choice->group);
  g_free (choice->path);
  g_free (choice);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Choice, choice_free)

static void
stop (CompanionRow *row)
{
  if (row->reading != NULL)
    g_cancellable_cancel (row->reading);
  g_clear_object (&row->reading);
}

static void
say (CompanionRow *row, const char *text, gboolean problem)
{
  adw_action_row_set_subtitle (row->row, text);
  if (problem)
    gtk_widget_add_css_class (GTK_WIDGET (row->row), "problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row->row), "problem");
}

static void
show_problem (CompanionRow *row, const char *path, const GError *error)
{
  g_autofree char *name = paddock_model_words_dup_file_name (path);
  g_autofree char *reason = paddock_refusal_words_dup_unknown (error);
  /* Translators: the name of a file, and a sentence about it. */
  g_autofree char *text = g_strdup_printf (_("%s: %s"), name, reason);

  say (row, text, TRUE);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Choice) choice = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockCompanionFile) file = paddock_companion_file_load_finish (result, &error);
  CompanionRow *row = &choice->group->rows[choice->kind];

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (file != NULL)
    g_signal_emit (choice->group, signals[CHOSEN], 0, choice->kind, file);
  else
    show_problem (row, choice->path, error);
  g_clear_object (&row->reading);
}

/* error: NULL: a file was chosen, and is not on this computer. */
static void
say_unchosen (CompanionRow *row, const GError *error)
{
  g_autofree char *reason = error != NULL ? paddock_units_escape (error->message, -1, MESSAGE_CHARS) : NULL;
  g_autofree char *text = NULL;

  if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    return;
  /* Translators: %s is what the desktop said. */
  text = error != NULL ? g_strdup_printf (_("No file could be chosen: %s"), reason)
                       : g_strdup (_("Only files on this computer can be opened"));
  say (row, text, TRUE);
}

static void
on_file (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Choice) choice = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);
  CompanionRow *row = &choice->group->rows[choice->kind];

  choice->path = file != NULL ? g_file_get_path (file) : NULL;
  if (choice->path == NULL)
    {
      say_unchosen (row, error);
      return;
    }
  stop (row);
  row->reading = g_cancellable_new ();
  paddock_companion_file_load_async (choice->path, choice->kind, row->reading, on_read, choice);
  g_steal_pointer (&choice);
}

static PaddockCompanionKind
find_kind (PaddockCompanionGroup *self, GtkWidget *button)
{
  CompanionRow *draft = &self->rows[PADDOCK_COMPANION_DRAFT];

  return button == draft->choose_button || button == draft->remove_button ? PADDOCK_COMPANION_DRAFT
                                                                          : PADDOCK_COMPANION_PROJECTOR;
}

static void
on_choose_clicked (PaddockCompanionGroup *self, GtkWidget *button)
{
  PaddockCompanionKind kind = find_kind (self, button);
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GtkFileFilter) models = paddock_model_filter_new ();

  gtk_file_dialog_set_title (dialog, kind == PADDOCK_COMPANION_DRAFT ? _("Choose a Draft Model") : _("Choose a Projector"));
  gtk_file_dialog_set_default_filter (dialog, models);
  gtk_file_dialog_set_initial_folder (dialog, self->folder);
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, on_file,
                        choice_new (self, kind));
}

static void
on_remove_clicked (PaddockCompanionGroup *self, GtkWidget *button)
{
  PaddockCompanionKind kind = find_kind (self, button);

  stop (&self->rows[kind]);
  g_signal_emit (self, signals[CHOSEN], 0, kind, NULL);
}

static void
paddock_companion_group_dispose (GObject *object)
{
  PaddockCompanionGroup *self = PADDOCK_COMPANION_GROUP (object);

  for (guint i = 0; i < N_KINDS; i++)
    stop (&self->rows[i]);
  g_clear_object (&self->folder);
  G_OBJECT_CLASS (paddock_companion_group_parent_class)->dispose (object);
}

static void
paddock_companion_group_class_init (PaddockCompanionGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = paddock_companion_group_dispose;

  /**
   * PaddockCompanionGroup::chosen:
   * @kind: a #PaddockCompanionKind
   * @file: (nullable): a #PaddockCompanionFile, for the time of the call; %NULL: the model is loaded without
   *
   * A person has chosen a file, and it is one that can be loaded together with a model.
   */
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_POINTER);
}

static GtkWidget *
add_button (PaddockCompanionGroup *self, AdwActionRow *row, const char *icon, const char *tooltip, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (row, button);
  return button;
}

static void
add_row (PaddockCompanionGroup *self, PaddockCompanionKind kind, const char *title, const char *choose, const char *remove)
{
  CompanionRow *row = &self->rows[kind];

  row->row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "use-markup", FALSE, "subtitle-lines", 0, NULL);
  row->remove_button = add_button (self, row->row, "edit-clear-symbolic", remove, G_CALLBACK (on_remove_clicked));
  row->choose_button = add_button (self, row->row, "document-open-symbolic", choose, G_CALLBACK (on_choose_clicked));
  adw_action_row_set_activatable_widget (row->row, row->choose_button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row->row));
}

static void
paddock_companion_group_init (PaddockCompanionGroup *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Together With"));
  add_row (self, PADDOCK_COMPANION_PROJECTOR, _("Projector"), _("Choose a Projector"), _("Without a Projector"));
  add_row (self, PADDOCK_COMPANION_DRAFT, _("Draft Model"), _("Choose a Draft Model"), _("Without a Draft Model"));
}

static void
show_file (CompanionRow *row, const PaddockCompanionFile *file, const char *without)
{
  g_autofree char *name = file != NULL ? paddock_model_words_dup_file_name (file->path) : NULL;

  say (row, name != NULL ? name : without, FALSE);
  gtk_widget_set_visible (row->remove_button, file != NULL);
}

/**
 * paddock_companion_group_show:
 * @self: the group
 * @settings: how a model is run
 * @path: (type filename): the model
 */
void
paddock_companion_group_show (PaddockCompanionGroup *self, const PaddockMemorySettings *settings, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_clear_object (&self->folder);
  self->folder = g_file_get_parent (file);
  /* What is still read was chosen for what was shown before. */
  for (guint i = 0; i < N_KINDS; i++)
    stop (&self->rows[i]);
  show_file (&self->rows[PADDOCK_COMPANION_PROJECTOR], settings->projector, _("For pictures or sound"));
  show_file (&self->rows[PADDOCK_COMPANION_DRAFT], settings->draft, _("A smaller model that guesses ahead"));
}
