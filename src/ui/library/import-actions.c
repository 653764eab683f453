/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/import-actions.h"

#include "library/import-asking.h"

static void
open_known (gpointer data, GListModel *files)
{
  paddock_library_page_open (data, files);
}

static PaddockImportAsking
get_asking (PaddockLibraryPage *self)
{
  PaddockLibraryView *view = paddock_library_page_get_view (self);

  return (PaddockImportAsking) {
    .library = paddock_library_view_get_library (view),
    .activities = paddock_library_view_get_activities (view),
    .settings = paddock_library_view_get_settings (view),
    .near = GTK_WIDGET (self),
    .open = open_known,
    .data = G_OBJECT (self),
  };
}

/**
 * paddock_import_actions_begin:
 * @page: who imports
 * @files: (element-type GFile): files and folders
 */
void
paddock_import_actions_begin (PaddockLibraryPage *page, GListModel *files)
{
  const PaddockImportAsking asking = get_asking (page);

  paddock_import_asking_begin (&asking, files);
}

static void
import_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const PaddockImportAsking asking = get_asking (PADDOCK_LIBRARY_PAGE (widget));

  paddock_import_asking_choose_files (&asking);
}

static void
import_folder_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const PaddockImportAsking asking = get_asking (PADDOCK_LIBRARY_PAGE (widget));

  paddock_import_asking_choose_folders (&asking);
}

static void
import_shown_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryPage *self = PADDOCK_LIBRARY_PAGE (widget);
  PaddockOpenedModel *model = paddock_library_page_get_shown (self);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = NULL;

  if (model == NULL)
    return;
  file = g_file_new_for_path (paddock_opened_model_get_path (model));
  g_list_store_append (files, file);
  paddock_import_actions_begin (self, G_LIST_MODEL (files));
}

void
paddock_import_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "library.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "library.import-folder", NULL, import_folder_action);
  gtk_widget_class_install_action (widget_class, "library.import-shown", NULL, import_shown_action);
}
