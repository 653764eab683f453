/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/import-dialog.h"

#include "base/units.h"
#include "library/folder-adding.h"
#include "library/import-activity.h"
#include "library/import-draft.h"
#include "library/import-words.h"
#include "library/problem-words.h"
#include "model/model-words.h"
#include "widgets/lasting-dialog.h"
#include "widgets/plain-row.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

#define PATIENCE_MS 250              /* a dialog that flashes by only disturbs */
#define ROWS_MAX 100                 /* of one kind: nobody reads more */
#define PATH_CHARS 400

struct _PaddockImportDialog
{
  AdwDialog parent_instance;

  /* Owned */
  PaddockLibrary *library;
  PaddockActivityList *activities;
  GSettings *settings;
  GtkWidget *near;                   /* where it is shown, and what goes wrong is told */
  GCancellable *planning;
  PaddockImportDraft *draft;         /* NULL: it is not known yet, or given away */
  GPtrArray *rows;                   /* borrowed from their groups */
  guint patience_source;

  gboolean shown;

  /* Template */
  AdwWindowTitle *window_title;
  GtkStack *stack;
  AdwPreferencesGroup *ways_group;
  AdwPreferencesGroup *refused_group;
  AdwPreferencesGroup *there_group;
  AdwPreferencesGroup *wanted_group;
  AdwActionRow *copy_row;
  AdwActionRow *move_row;
  AdwActionRow *leave_row;
  GtkCheckButton *copy_check;
  GtkCheckButton *move_check;
  GtkCheckButton *leave_check;
};

enum
{
  KNOWN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PaddockImportDialog, paddock_import_dialog, ADW_TYPE_DIALOG)

static GtkCheckButton *
get_check (PaddockImportDialog *self, PaddockImportMode mode)
{
  GtkCheckButton *const checks[] = { self->copy_check, self->move_check, self->leave_check };

  return checks[mode];
}

static PaddockImportMode
get_mode (PaddockImportDialog *self)
{
  if (gtk_check_button_get_active (self->move_check))
    return PADDOCK_IMPORT_MOVE;
  return gtk_check_button_get_active (self->leave_check) ? PADDOCK_IMPORT_LEAVE : PADDOCK_IMPORT_COPY;
}

static void
show (PaddockImportDialog *self)
{
  if (!self->shown)
    paddock_lasting_dialog_present (ADW_DIALOG (self), self->near);
  self->shown = TRUE;
}

static void
add_row (PaddockImportDialog *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static GtkWidget *
create_health_button (const PaddockImportItem *item, const char *name)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Health"));
  /* Translators: %s is the name of a file. */
  g_autofree char *tooltip = g_strdup_printf (_("What is wrong with “%s”"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "import.show-health");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button),
                                          g_variant_new_bytestring (g_ptr_array_index (item->sources, 0)));
  return button;
}

static void
add_item (PaddockImportDialog *self, const PaddockImportItem *item)
{
  g_autofree char *name = paddock_model_words_dup_file_name (g_ptr_array_index (item->sources, 0));
  g_autofree char *text = NULL;
  AdwPreferencesGroup *group = self->wanted_group;
  GtkWidget *row;

  if (item->problem != NULL)
    {
      text = paddock_import_words_dup_reason (item);
      group = self->refused_group;
    }
  else if (item->duplicate_of != NULL)
    {
      text = paddock_import_words_dup_duplicate (item, self->draft->index);
      group = self->there_group;
    }
  else
    text = paddock_import_words_dup_item (item);
  row = paddock_plain_row_new (name, text);
  if (item->problem != NULL && paddock_import_words_has_health (item))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_health_button (item, name));
  add_row (self, group, row);
}

static AdwPreferencesGroup *
get_group (PaddockImportDialog *self, const PaddockImportItem *item)
{
  if (item->problem != NULL)
    return self->refused_group;
  return item->duplicate_of != NULL ? self->there_group : self->wanted_group;
}

/* Those of one kind; beyond what anybody reads they are only counted. */
static void
fill_group (PaddockImportDialog *self, AdwPreferencesGroup *group, const PaddockImportPlan *plan)
{
  guint count = 0;

  for (guint i = 0; i < plan->items->len; i++)
    {
      const PaddockImportItem *item = g_ptr_array_index (plan->items, i);

      if (get_group (self, item) == group && ++count <= ROWS_MAX)
        add_item (self, item);
    }
  if (count > ROWS_MAX)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", count - ROWS_MAX), count - ROWS_MAX);

      add_row (self, group, paddock_plain_row_new (more, ""));
    }
  gtk_widget_set_visible (GTK_WIDGET (group), count > 0);
}

static void
show_count (PaddockImportDialog *self, const PaddockImportPlan *plan)
{
  guint64 size;
  guint count = paddock_import_draft_count (plan, &size);
  g_autofree char *text = paddock_import_words_dup_count (count, size);

  adw_window_title_set_title (self->window_title, count > 0 ? _("Import") : _("Nothing to Import"));
  adw_window_title_set_subtitle (self->window_title, count > 0 ? text : "");
}

static void
show_way (PaddockImportDialog *self, AdwActionRow *row, PaddockImportMode mode)
{
  const PaddockImportPlan *plan = self->draft->plans[mode];
  g_autofree char *text = paddock_import_words_dup_way (plan);

  adw_action_row_set_subtitle (row, text);
  if (plan->bytes > plan->free_bytes)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
}

static gboolean
has_wanted (PaddockImportDialog *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->draft->plans); i++)
    if (paddock_import_draft_count (self->draft->plans[i], NULL) > 0)
      return TRUE;
  return FALSE;
}

static void
show_plan (PaddockImportDialog *self)
{
  const PaddockImportPlan *plan = self->draft->plans[get_mode (self)];
  AdwPreferencesGroup *const groups[] = { self->refused_group, self->there_group, self->wanted_group };

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (
        ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP)), row);
    }
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    fill_group (self, groups[i], plan);
  show_count (self, plan);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.run", paddock_import_draft_is_possible (plan));
}

static void
on_way_toggled (PaddockImportDialog *self, GtkCheckButton *check)
{
  if (self->draft == NULL || !gtk_check_button_get_active (check))
    return;
  g_settings_set_enum (self->settings, "import-mode", (int) get_mode (self));
  show_plan (self);
}

static void
show_draft (PaddockImportDialog *self)
{
  g_autofree char *display = g_filename_display_name (paddock_library_get_places (self->library)->own);
  g_autofree char *folder = paddock_units_escape (display, -1, PATH_CHARS);
  /* Translators: %s is a folder. */
  g_autofree char *where = g_strdup_printf (_("Copies, and what is moved, go to %s"), folder);
  g_autofree char *markup = g_markup_escape_text (where, -1);

  show_way (self, self->copy_row, PADDOCK_IMPORT_COPY);
  show_way (self, self->move_row, PADDOCK_IMPORT_MOVE);
  show_way (self, self->leave_row, PADDOCK_IMPORT_LEAVE);
  adw_preferences_group_set_description (self->ways_group, markup);
  gtk_widget_set_visible (GTK_WIDGET (self->ways_group), has_wanted (self));
  show_plan (self);
  gtk_stack_set_visible_child_name (self->stack, "ready");
  show (self);
  gtk_widget_grab_focus (GTK_WIDGET (get_check (self, get_mode (self))));
}

static gboolean
is_empty (const PaddockImportDraft *draft)
{
  return draft->plans[PADDOCK_IMPORT_COPY]->items->len == 0;
}

static void
give_up (PaddockImportDialog *self)
{
  if (self->shown)
    adw_dialog_force_close (ADW_DIALOG (self));
}

static void
on_planned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PaddockImportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PaddockImportDraft) draft = paddock_import_draft_load_finish (result, &error);

  g_clear_handle_id (&self->patience_source, g_source_remove);
  if (draft == NULL || g_cancellable_is_cancelled (self->planning))
    {
      if (error != NULL)
        paddock_problem_words_say (self->near, _("Nothing could be imported"), error);
      give_up (self);
    }
  else if (draft->known)
    {
      give_up (self);
      g_signal_emit (self, signals[KNOWN], 0);
    }
  else if (is_empty (draft))
    {
      give_up (self);
      paddock_undo_toast_say (self->near, _("There are no GGUF files there"));
    }
  else
    {
      self->draft = g_steal_pointer (&draft);
      show_draft (self);
    }
}

static void
run_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockImportDialog *self = PADDOCK_IMPORT_DIALOG (widget);
  g_autoptr (PaddockImportDraft) draft = g_steal_pointer (&self->draft);
  PaddockImportPlan *plan = draft != NULL ? draft->plans[get_mode (self)] : NULL;

  if (plan == NULL)
    return;
  if (plan->mode == PADDOCK_IMPORT_LEAVE)
    {
      g_ptr_array_add (plan->folders, NULL);
      paddock_folder_adding_add (self->library, self->near, (const char *const *) plan->folders->pdata);
    }
  else
    {
      g_autoptr (PaddockActivity) activity = paddock_import_activity_new (self->library, plan, self->near);

      paddock_activity_list_add (self->activities, activity);
    }
  adw_dialog_close (ADW_DIALOG (self));
}

static void
show_health_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockImportDialog *self = PADDOCK_IMPORT_DIALOG (widget);
  g_autoptr (GtkWidget) near = g_object_ref (self->near);
  const char *path = g_variant_get_bytestring (parameter);

  gtk_widget_activate_action (near, "app.show-model", "(^ays)", path, "health");
  adw_dialog_close (ADW_DIALOG (self));
}

static void
paddock_import_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (PADDOCK_IMPORT_DIALOG (dialog)->planning);
}

static void
paddock_import_dialog_dispose (GObject *object)
{
  PaddockImportDialog *self = PADDOCK_IMPORT_DIALOG (object);

  g_clear_handle_id (&self->patience_source, g_source_remove);
  g_clear_pointer (&self->draft, paddock_import_draft_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PADDOCK_TYPE_IMPORT_DIALOG);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->library);
  g_clear_object (&self->activities);
  g_clear_object (&self->settings);
  g_clear_object (&self->near);
  g_clear_object (&self->planning);
  G_OBJECT_CLASS (paddock_import_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PaddockImportDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, PaddockImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PaddockImportDialog, ways_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockImportDialog, refused_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockImportDialog, there_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockImportDialog, wanted_group);
  gtk_widget_class_bind_template_child (widget_class, PaddockImportDialog, copy_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockImportDialog, move_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockImportDialog, leave_row);
  gtk_widget_class_bind_template_child (widget_class, PaddockImportDialog, copy_check);
  gtk_widget_class_bind_template_child (widget_class, PaddockImportDialog, move_check);
  gtk_widget_class_bind_template_child (widget_class, PaddockImportDialog, leave_check);
  gtk_widget_class_bind_template_callback (widget_class, on_way_toggled);
}

static void
paddock_import_dialog_class_init (PaddockImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = paddock_import_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = paddock_import_dialog_closed;

  /**
   * PaddockImportDialog::known:
   *
   * All that was given is where the library looks anyway.
   */
  signals[KNOWN] = g_signal_new ("known", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/paddockapp/Paddock/ui/import-dialog.ui");
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "import.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "import.show-health", "ay", show_health_action);
}

static void
paddock_import_dialog_init (PaddockImportDialog *self)
{
  self->planning = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.run", FALSE);
}

/**
 * paddock_import_dialog_new:
 * @library: what is imported into
 * @activities: where it is done
 * @settings: where the way that was chosen is kept
 * @near: a widget of the window that outlasts the dialog
 *
 * Returns: (transfer floating): the dialog, not shown
 */
PaddockImportDialog *
paddock_import_dialog_new (PaddockLibrary *library, PaddockActivityList *activities, GSettings *settings, GtkWidget *near)
{
  PaddockImportDialog *self = g_object_new (PADDOCK_TYPE_IMPORT_DIALOG, NULL);

  self->library = g_object_ref (library);
  self->activities = g_object_ref (activities);
  self->settings = g_object_ref (settings);
  self->near = g_object_ref (near);
  gtk_check_button_set_active (get_check (self, (PaddockImportMode) g_settings_get_enum (settings, "import-mode")), TRUE);
  return self;
}

static void
on_patience_ends (gpointer user_data)
{
  PaddockImportDialog *self = user_data;

  self->patience_source = 0;
  show (self);
}

/**
 * paddock_import_dialog_begin:
 * @self: (transfer floating): the dialog
 * @paths: (array zero-terminated=1) (element-type filename): files and folders
 */
void
paddock_import_dialog_begin (PaddockImportDialog *self, const char *const *paths)
{
  self->patience_source = g_timeout_add_once (PATIENCE_MS, on_patience_ends, self);
  paddock_import_draft_load_async (paths, paddock_library_get_places (self->library)->own,
                                   paddock_library_get_index (self->library), self->planning, on_planned,
                                   g_object_ref_sink (self));
}
