/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/selection-actions.h"

#include "library/batch-edits.h"
#include "library/entry-actions.h"
#include "library/library-page.h"
#include "library/move-dialog.h"
#include "library/removal-flow.h"
#include "library/tags-dialog.h"
#include "library/verify-activity.h"
#include "widgets/lasting-dialog.h"
#include "widgets/undo-toast.h"

#include <glib/gi18n.h>

static PaddockLibrarySelection *
get_selection (GtkWidget *view)
{
  return paddock_library_view_get_selection (PADDOCK_LIBRARY_VIEW (view));
}

static PaddockLibrary *
get_library (GtkWidget *view)
{
  return paddock_library_view_get_library (PADDOCK_LIBRARY_VIEW (view));
}

static GPtrArray *
list_entries (GtkWidget *view)
{
  return paddock_library_selection_list_entries (get_selection (view));
}

static void
edit_tags (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (GPtrArray) entries = list_entries (widget);

  if (entries->len > 0)
    paddock_lasting_dialog_present (paddock_tags_dialog_new (get_library (widget), entries, widget), widget);
}

/* As soon as one of them is none, all are meant to be. */
static void
toggle_favourites (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (GPtrArray) entries = list_entries (widget);
  g_auto (GStrv) ids = paddock_library_selection_list_ids (get_selection (widget));
  gboolean favourite = FALSE;

  for (guint i = 0; i < entries->len; i++)
    favourite = favourite || !((PaddockLibraryEntry *) g_ptr_array_index (entries, i))->record->favourite;
  if (entries->len > 0)
    paddock_batch_edits_set_favourite (get_library (widget), widget, (const char *const *) ids, favourite);
}

static void
verify_selected (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (GPtrArray) entries = list_entries (widget);
  PaddockActivityList *activities = paddock_library_view_get_activities (PADDOCK_LIBRARY_VIEW (widget));

  for (guint i = 0; i < entries->len; i++)
    {
      PaddockLibraryEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (PaddockActivity) activity = NULL;

      if (paddock_library_entry_get_path (entry) == NULL)
        continue;
      activity = paddock_verify_activity_new (get_library (widget), entry);
      paddock_activity_list_add (activities, activity);
    }
  paddock_library_view_set_selecting (PADDOCK_LIBRARY_VIEW (widget), FALSE);
}

static void
copy_files (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (GPtrArray) entries = list_entries (widget);
  g_autoptr (GdkContentProvider) content = paddock_entry_actions_new_content (entries);

  if (content == NULL)
    return;
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), content);
  paddock_undo_toast_say (widget, _("Files copied"));
}

static void
copy_paths (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (GPtrArray) entries = list_entries (widget);
  g_autofree char *paths = paddock_entry_actions_dup_paths (entries);

  if (*paths == '\0')
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), paths);
  paddock_undo_toast_say (widget, _("Paths copied"));
}

static void
move_selected (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryView *view = PADDOCK_LIBRARY_VIEW (widget);
  g_autoptr (GPtrArray) entries = list_entries (widget);

  if (entries->len > 0)
    paddock_move_dialog_present (get_library (widget), paddock_library_view_get_activities (view), entries, widget);
}

static void
remove_selected (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_auto (GStrv) ids = paddock_library_selection_list_ids (get_selection (widget));

  if (ids[0] == NULL)
    return;
  paddock_removal_flow_remove_models (get_library (widget), widget, (const char *const *) ids);
  paddock_library_view_set_selecting (PADDOCK_LIBRARY_VIEW (widget), FALSE);
}

static const struct
{
  const char *name;
  GtkWidgetActionActivateFunc activate;
} actions[] = {
  { "selected.tags", edit_tags },
  { "selected.favourite", toggle_favourites },
  { "selected.verify", verify_selected },
  { "selected.copy-files", copy_files },
  { "selected.copy-paths", copy_paths },
  { "selected.move", move_selected },
  { "selected.remove", remove_selected },
};

static gboolean
stop_selecting (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  if (!paddock_library_selection_get_active (get_selection (widget)))
    return GDK_EVENT_PROPAGATE;
  paddock_library_view_set_selecting (PADDOCK_LIBRARY_VIEW (widget), FALSE);
  return GDK_EVENT_STOP;
}

static gboolean
select_all (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  return gtk_selection_model_select_all (GTK_SELECTION_MODEL (get_selection (widget)));
}

static void
select_all_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  select_all (widget, parameter, NULL);
}

void
paddock_selection_actions_install (GtkWidgetClass *view_class)
{
  gtk_widget_class_install_action (view_class, "selection.all", NULL, select_all_action);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (view_class, actions[i].name, NULL, actions[i].activate);
  gtk_widget_class_add_binding (view_class, GDK_KEY_Escape, 0, stop_selecting, NULL);
  gtk_widget_class_add_binding (view_class, GDK_KEY_a, GDK_CONTROL_MASK, select_all, NULL);
}

static GtkWidget *
get_view (GtkWidget *page)
{
  return GTK_WIDGET (paddock_library_page_get_view (PADDOCK_LIBRARY_PAGE (page)));
}

static void
select_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  paddock_library_view_set_selecting (PADDOCK_LIBRARY_VIEW (get_view (widget)), TRUE);
}

static void
stop_selecting_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stop_selecting (get_view (widget), NULL, NULL);
}

void
paddock_selection_actions_install_on_page (GtkWidgetClass *page_class)
{
  gtk_widget_class_install_action (page_class, "library.select", NULL, select_action);
  gtk_widget_class_install_action (page_class, "library.stop-selecting", NULL, stop_selecting_action);
}

/**
 * paddock_selection_actions_update:
 * @view: where something else is selected
 */
void
paddock_selection_actions_update (PaddockLibraryView *view)
{
  gboolean any = paddock_library_selection_count (paddock_library_view_get_selection (view)) > 0;

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (view), actions[i].name, any);
}
