/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/sharing-actions.h"

#include "library/sharing-dialog.h"
#include "widgets/lasting-dialog.h"

/**
 * paddock_sharing_actions_begin:
 * @view: the library's
 * @entry: a model
 *
 * Asks in which program it shall be used.
 */
void
paddock_sharing_actions_begin (PaddockLibraryView *view, PaddockLibraryEntry *entry)
{
  AdwDialog *dialog = paddock_sharing_dialog_new (paddock_library_view_get_library (view),
                                                  paddock_library_view_get_activities (view), entry, GTK_WIDGET (view));

  paddock_lasting_dialog_present (dialog, GTK_WIDGET (view));
}

/* NULL: the library does not have it, or no model's page is shown. */
static PaddockLibraryEntry *
find_shown (PaddockLibraryPage *page)
{
  PaddockLibrary *library = paddock_library_view_get_library (paddock_library_page_get_view (page));
  PaddockOpenedModel *model = paddock_library_page_get_shown (page);

  return model != NULL ? g_hash_table_lookup (paddock_library_get_index (library)->by_path,
                                              paddock_opened_model_get_path (model))
                       : NULL;
}

static void
share_shown_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  PaddockLibraryPage *page = PADDOCK_LIBRARY_PAGE (widget);
  PaddockLibraryEntry *entry = find_shown (page);

  if (entry != NULL)
    paddock_sharing_actions_begin (paddock_library_page_get_view (page), entry);
}

void
paddock_sharing_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "library.share-shown", NULL, share_shown_action);
}

/**
 * paddock_sharing_actions_update:
 * @page: the library's, after something else is shown or known
 */
void
paddock_sharing_actions_update (PaddockLibraryPage *page)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (page), "library.share-shown", find_shown (page) != NULL);
}
